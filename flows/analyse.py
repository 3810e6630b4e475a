"""Decisions are taken up; segment → code, per partition; theme → estimate, over the corpus."""

from prefect import flow

from flows.job import Job
from flows.steps import once, over_partitions
from flows.work.stages import Parameters


@flow(name="analyse", persist_result=False, log_prints=False)
def analyse(job: Parameters) -> int:
    """Code the documents of a run and find themes in them. Returns how many segments were coded anew."""
    this = Job.from_parameters(job)
    once("take up decisions", this)
    segments = over_partitions("segment and code", this, once("fit the coder", this))
    once("find themes", this)
    once("count people", this)
    once("estimate shares", this)
    once("say what was learned", this)
    return segments
