"""residual risk → disclosure check → report · export: the team edition, which every run writes unattended."""

from prefect import flow

from flows.job import Job
from flows.steps import once, over_partitions
from flows.work.stages import Parameters
from themes.records.corpus import Document


@flow(name="publish", persist_result=False, log_prints=False)
def publish(job: Parameters) -> int:
    """Measure what could still point to somebody, write the report and the spreadsheets. Returns how many files."""
    this = Job.from_parameters(job)
    over_partitions("look again", this, len(this.folder.parts(Document)))
    once("weigh what is left", this)
    return once("report and export", this)
