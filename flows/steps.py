"""A step as a Prefect task that sees only a stage's name, paths and counts."""

from collections.abc import Callable
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.job import Job
from flows.progress import counted, tracked
from flows.work.stages import run_all, run_once, run_partition
from themes.waiting import working


def step[**P](work: Callable[P, int], stage: str) -> Callable[P, int]:
    """The work as a Prefect task. What it returns is a count; it is not kept, and no two runs share one."""
    named: Any = task(name=stage, persist_result=False, cache_policy=NO_CACHE, log_prints=False)
    done: Callable[P, int] = named(work)
    return done


def once(stage: str, job: Job) -> int:
    """Run a step over the whole corpus as one task. Returns the count it gives."""

    def work() -> int:
        with working(stage):
            return step(run_once, stage)(stage, job.as_parameters())

    return counted(stage, work)


def over_partitions(stage: str, job: Job, partitions: int) -> int:
    """Run a step on every partition. Returns the sum of the counts.

    With one worker each partition is a task. With more, or on many machines, one task hands the partitions to the
    engine: a process for each task costs Prefect seventy times as much as a task here.
    """

    def work() -> int:
        if job.workers == 1 and job.engine == "local":
            one = step(run_partition, stage)
            numbers = tracked(stage, range(partitions), partitions)
            return sum(one(stage, job.as_parameters(), number) for number in numbers)
        with working(stage):
            return step(run_all, stage)(stage, job.as_parameters(), partitions)

    return counted(stage, work)
