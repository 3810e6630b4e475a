"""Runs that were missed while nothing was serving are forgotten, so that one can catch up on all of them."""

from datetime import UTC, datetime, timedelta

import pytest

from flows_small_corpus import make_corpus
from themes.read.spec import read_spec

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]


def test_missed_runs_are_forgotten_and_those_to_come_are_kept(prefect_server, tmp_path):
    import asyncio

    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL, temporary_settings
    from prefect.states import Scheduled

    from flows.deployments import forget_missed_runs
    from flows.pipeline import run_corpus

    spec = read_spec(make_corpus(tmp_path / "corpora" / "missed", extra='schedule = "0 6 * * 1"\n'))
    now = datetime.now(UTC)

    async def scenario() -> tuple[int, int, int]:
        async with get_client() as client:
            flow = await client.create_flow(run_corpus)
            deployment = await client.create_deployment(flow_id=flow, name=spec.name)
            for days in (-21, -14, -7, 7):
                state = Scheduled(scheduled_time=now + timedelta(days=days))
                await client.create_flow_run_from_deployment(deployment, state=state)
        first = await forget_missed_runs(spec)
        again = await forget_missed_runs(spec)
        async with get_client() as client:
            left = await client.read_flow_runs()
        return first, again, sum(run.deployment_id == deployment for run in left)

    with temporary_settings({PREFECT_API_URL: prefect_server[0]}):
        assert asyncio.run(scenario()) == (3, 0, 1)
