"""read → clean → de-identify, per chunk of the raw files; then the documents are arranged into partitions."""

from prefect import flow

from flows.job import Job
from flows.steps import once, over_partitions
from flows.work.stages import Parameters


@flow(name="ingest", persist_result=False, log_prints=False)
def ingest(job: Parameters) -> int:
    """Make the documents of a run. Returns how many."""
    this = Job.from_parameters(job)
    documents = over_partitions("read, clean, de-identify", this, once("look at the files", this))
    once("arrange the documents", this)
    return documents
