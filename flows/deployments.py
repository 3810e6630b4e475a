"""Schedules: every corpus with a `schedule` in its corpus.toml, served from one Prefect server on loopback.

Prefect replays missed runs one by one, oldest first. One is enough: a run takes up all that is new. So what was missed
while nothing was serving is deleted at the start, and one run is asked for in its place.
"""

from collections.abc import Sequence
from datetime import UTC, timedelta
from pathlib import Path

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.deployments.flow_runs import arun_deployment
from prefect.runner import Runner
from prefect.schedules import Cron, Interval, Schedule
from prefect.types import DateTime
from prefect.types.entrypoint import EntrypointType

from flows.pipeline import run_corpus
from themes.read.spec import seconds_between
from themes.records.spec import CorpusSpec


def schedule_of(spec: CorpusSpec) -> Schedule:
    """Prefect's schedule for what corpus.toml says: "0 6 * * 1", or "every 10 s"."""
    assert spec.schedule is not None
    seconds = seconds_between(spec.schedule)
    if seconds is not None:
        return Interval(timedelta(seconds=seconds), timezone=spec.timezone)
    return Cron(spec.schedule, timezone=spec.timezone)


async def serve(specs: Sequence[CorpusSpec], outputs: Path) -> None:
    """Run every corpus on its schedule until stopped. PREFECT_API_URL names the server."""
    missed = [spec for spec in specs if await forget_missed_runs(spec)]
    runner = Runner(name="themes", pause_on_shutdown=False, limit=len(specs), query_seconds=2)
    for spec in specs:
        deployment = await run_corpus.ato_deployment(
            name=spec.name,
            schedule=schedule_of(spec),
            parameters={"corpus": str(spec.folder), "outputs": str(outputs), "on_schedule": True},
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        await runner.aadd_deployment(deployment)
    for spec in missed:
        await arun_deployment(deployment_name(spec), timeout=0, as_subflow=False)
    await runner.start()


async def forget_missed_runs(spec: CorpusSpec) -> int:
    """Delete the runs of a corpus that should have begun before now and did not. Returns how many there were."""
    async with get_client() as client:
        missed = await client.read_flow_runs(
            deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=[spec.name])),
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
                expected_start_time=FlowRunFilterExpectedStartTime(before_=DateTime.now(UTC)),
            ),
        )
        for flow_run in missed:
            await client.delete_flow_run(flow_run.id)
    return len(missed)


def deployment_name(spec: CorpusSpec) -> str:
    return f"{run_corpus.name}/{spec.name}"
