"""disclosure check → report · export: the team edition, which every run writes unattended."""

from prefect import flow

from flows.job import Job
from flows.steps import once
from flows.work.stages import Parameters


@flow(name="publish", persist_result=False, log_prints=False)
def publish(job: Parameters) -> int:
    """Write the report and the spreadsheets. Returns how many files."""
    return once("report and export", Job.from_parameters(job))
