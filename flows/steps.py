"""A stage as a Prefect task that sees only paths and counts.

A step is named by its stage and looked up in `STEPS`, so that neither Prefect nor a worker process is handed anything
but a name, paths and numbers.
"""

from functools import partial

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.guard import guarded
from flows.job import Job
from flows.work import analyse, ingest, publish
from themes.engine import map_partitions

ONCE = {
    "arrange documents": ingest.arrange,
    "find themes": analyse.find_themes,
    "count people": analyse.count_people,
    "report and export": publish.publish_team_edition,
}
PER_PARTITION = {
    "read, clean, de-identify": ingest.ingest_chunk,
    "segment and code": analyse.code_partition,
}

type Parameters = dict[str, str | int | None]

# What a task returns is a count; it is not kept, and no two runs share one.
_quiet = partial(task, persist_result=False, cache_policy=NO_CACHE, log_prints=False)


def once(stage: str, job: Job) -> int:
    """Run a step over the whole corpus as one task. Returns the count it gives."""
    return _quiet(name=stage)(run_once)(stage, job.as_parameters())


def over_partitions(stage: str, job: Job, partitions: int) -> int:
    """Run a step on every partition. Returns the sum of the counts.

    With one worker each partition is a task. With more, or on many machines, one task hands the partitions to the
    engine: a process for each task costs Prefect seventy times as much as a task here.
    """
    if job.workers == 1 and job.engine == "local":
        one = _quiet(name=stage)(run_partition)
        return sum(one(stage, job.as_parameters(), number) for number in range(partitions))
    return _quiet(name=stage)(run_all)(stage, job.as_parameters(), partitions)


def run_once(stage: str, parameters: Parameters) -> int:
    job = Job.from_parameters(parameters)
    return guarded(stage, "the whole corpus", partial(ONCE[stage], job), corpus=job.corpus)


def run_partition(stage: str, parameters: Parameters, number: int) -> int:
    job = Job.from_parameters(parameters)
    return guarded(stage, f"partition {number}", partial(PER_PARTITION[stage], job, number), corpus=job.corpus)


def run_all(stage: str, parameters: Parameters, partitions: int) -> int:
    job = Job.from_parameters(parameters)
    work = partial(run_partition, stage, parameters)
    return sum(map_partitions(work, range(partitions), workers=job.workers, engine=job.engine))
