"""Every step by its name, so that Prefect and worker processes are handed names, paths and numbers alone."""

from functools import partial

from flows.guard import guarded
from flows.job import Job
from flows.work import analyse, decisions, ingest, learning, publish, residual, shares
from themes.engine import map_partitions

ONCE = {
    "look at the files": ingest.chunk_count,
    "arrange the documents": ingest.arrange,
    "take up decisions": decisions.take_up_decisions,
    "fit the coder": analyse.fit_coder,
    "find themes": analyse.find_themes,
    "count people": analyse.count_people,
    "estimate shares": shares.estimate_shares,
    "say what was learned": learning.say_what_was_learned,
    "weigh what is left": residual.weigh_what_is_left,
    "report and export": publish.publish_team_edition,
}
PER_PARTITION = {
    "read, clean, de-identify": ingest.ingest_chunk,
    "segment and code": analyse.code_partition,
    "look again": residual.look_again,
}

type Parameters = dict[str, str | int | None]


def run_once(stage: str, parameters: Parameters) -> int:
    """A step over the whole corpus. Returns the count it gives."""
    job = Job.from_parameters(parameters)
    return guarded(stage, "the whole corpus", partial(ONCE[stage], job), corpus=job.corpus)


def run_partition(stage: str, parameters: Parameters, number: int) -> int:
    """A step on one partition, in whatever process. Returns the count it gives."""
    job = Job.from_parameters(parameters)
    return guarded(stage, f"partition {number}", partial(PER_PARTITION[stage], job, number), corpus=job.corpus)


def run_all(stage: str, parameters: Parameters, partitions: int) -> int:
    """A step on every partition, several at a time. Returns the sum of the counts."""
    job = Job.from_parameters(parameters)
    work = partial(run_partition, stage, parameters)
    return sum(map_partitions(work, range(partitions), workers=job.workers, engine=job.engine))
