"""A step as a Prefect task that sees only a stage's name, paths and counts."""

from functools import partial

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.job import Job
from flows.progress import tracked, working
from flows.work.stages import run_all, run_once, run_partition

# What a task returns is a count; it is not kept, and no two runs share one.
_quiet = partial(task, persist_result=False, cache_policy=NO_CACHE, log_prints=False)


def once(stage: str, job: Job) -> int:
    """Run a step over the whole corpus as one task. Returns the count it gives."""
    with working(stage):
        return _quiet(name=stage)(run_once)(stage, job.as_parameters())


def over_partitions(stage: str, job: Job, partitions: int) -> int:
    """Run a step on every partition. Returns the sum of the counts.

    With one worker each partition is a task. With more, or on many machines, one task hands the partitions to the
    engine: a process for each task costs Prefect seventy times as much as a task here.
    """
    if job.workers == 1 and job.engine == "local":
        one = _quiet(name=stage)(run_partition)
        numbers = tracked(stage, range(partitions), partitions)
        return sum(one(stage, job.as_parameters(), number) for number in numbers)
    with working(stage):
        return _quiet(name=stage)(run_all)(stage, job.as_parameters(), partitions)
