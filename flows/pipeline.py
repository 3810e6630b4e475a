"""The whole sentence: read → clean → de-identify → segment → code → theme → estimate → report · export.

One run of one corpus. Needs Prefect; `flows.plan` says beforehand, without it, whether there is anything to do.
"""

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from prefect import flow

from flows.analyse import analyse
from flows.guard import guarded, note_failure
from flows.ingest import ingest
from flows.job import Job
from flows.plan import nothing_new, plan_of_run, screened_inputs, work_of
from flows.publish import publish
from flows.work.publish import close
from themes.deidentify.self_test import self_test_when_due
from themes.deidentify.vault.vault import Vault
from themes.erase.belonging import vault_for_runs
from themes.erase.forget import finish_unfinished
from themes.erase.proof import refuse_hits
from themes.errors import RunBusy, ThemesError
from themes.read.spec import read_spec
from themes.store.run_folder import FAILURE_NOTICE, begin_run, corpus_lock, last_run


@flow(name="themes", persist_result=False, log_prints=False)
def run_corpus(
    corpus: str,
    outputs: str,
    now: str | None = None,
    workers: int = 1,
    engine: str = "local",
    on_schedule: bool = False,
) -> str:
    """Run the pipeline over one corpus, doing only what changed since its last run.

    Args:
        corpus: The corpus folder.
        outputs: The outputs folder; the run lands in `<outputs>/<corpus name>/<run id>`.
        now: When the run begins, ISO 8601; default: the clock.
        workers: Processes on this machine.
        engine: "local", or "dask://host:port".
        on_schedule: Whether a schedule asked for it: then a run that is under way already is no failure.

    Returns:
        The run folder: the last run's if nothing has changed since.

    Raises:
        ThemesError: With a message that quotes nobody and names no private file. `LAST-RUN-FAILED.txt` is left in
            the outputs until a run succeeds.
    """
    folder, spot = Path(corpus), Path(outputs)
    try:
        return guarded("the run", "the corpus", partial(_run, folder, spot, now, workers, engine), corpus=folder)
    except RunBusy:
        if on_schedule:
            return ""
        raise
    except ThemesError as error:
        note_failure(folder, spot, error)
        raise


def _run(corpus: Path, outputs: Path, now: str | None, workers: int, engine: str) -> str:
    spec = read_spec(corpus)
    corpus_outputs = outputs / spec.name
    if (found := Vault.find(corpus)) is not None:
        with closing(found):
            for erased in finish_unfinished(spec, found):
                refuse_hits(erased.proof)
    with corpus_lock(corpus_outputs):
        with closing(vault_for_runs(corpus, corpus_outputs)) as vault:
            vault.remember_outputs(outputs)
            self_test_when_due()
            work, inputs = work_of(spec, vault, corpus_outputs), screened_inputs(spec, vault)
            _keep_temporary_files_in(vault.temporary_folder)
        previous = last_run(corpus_outputs)
        if previous and nothing_new(work, previous.path):
            (corpus_outputs / FAILURE_NOTICE).unlink(missing_ok=True)
            return str(previous.path)
        _, plan = begin_run(corpus_outputs, plan_of_run(work, inputs, previous, _utc(now)))
        job = Job(corpus, corpus_outputs, plan["started_at"], plan["previous"], workers=workers, engine=engine)
        watch = Stopwatch()
        watch.timed("ingest", partial(ingest, job.as_parameters()))
        coded_anew = watch.timed("analyse", partial(analyse, job.as_parameters()))
        watch.timed("publish", partial(publish, job.as_parameters()))
        done = close(job, watch.seconds, coded_anew)
        (corpus_outputs / FAILURE_NOTICE).unlink(missing_ok=True)
        return str(done)


def _utc(now: str | None) -> datetime:
    """The time given, or the clock's, in UTC: ids and months do not depend on where the laptop is."""
    if now is None:
        return datetime.now(UTC)
    given = datetime.fromisoformat(now)
    return given.astimezone(UTC) if given.tzinfo else given.replace(tzinfo=UTC)


class Stopwatch:
    """Seconds by stage, for the manifest."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def timed[T](self, stage: str, work: Callable[[], T]) -> T:
        began = time.monotonic()
        result = work()
        self.seconds[stage] = time.monotonic() - began
        return result


def _keep_temporary_files_in(folder: Path) -> None:
    """Libraries put raw words into temporary files: those belong beside the vault."""
    tempfile.tempdir = str(folder)
    os.environ["TMPDIR"] = str(folder)
