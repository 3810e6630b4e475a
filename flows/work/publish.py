"""Clear a run for its readers, write the report and the spreadsheets, and close the run with its manifest."""

from pathlib import Path

from flows.job import Job
from flows.plan import code_version, library_versions, models_of
from themes.disclosure import release
from themes.export.catalog import EXPORTERS
from themes.read.spec import read_spec
from themes.records.project import Audience
from themes.records.run import Run
from themes.report.documents import write_report
from themes.store.files import read_json, write_json
from themes.store.run_folder import finish_run, read_project
from themes.store.tables import to_plain

# Written unattended at every run; the others wait for `themes export`.
EVERY_RUN = ("csv", "xlsx")


def publish_team_edition(job: Job) -> int:
    """Report and spreadsheets for the team, marked "not for publication". Returns how many files were written."""
    spec = read_spec(job.corpus)
    project = read_project(job.folder.path, run=describe(job), previous=job.previous)
    cleared = release(project, Audience.TEAM, fewest_cases=spec.fewest_cases)
    write_report(cleared, job.folder.path / "report")
    for name in EVERY_RUN:
        EXPORTERS[name](cleared, job.folder.path / "export")
    return 1 + len(EVERY_RUN)


def describe(job: Job) -> Run:
    """The run as its manifest and its report will say."""
    spec, path = read_spec(job.corpus), job.folder.path
    plan = read_json(path / "plan.json")
    return Run(
        run_id=plan["run_id"],
        corpus=spec.name,
        started_at=plan["started_at"],
        seed=spec.seed,
        codebook_version=str(dict(read_json(path / "codebook.json"))["version"]),
        versions={**library_versions(), "program": code_version()},
        inputs=plan["inputs"],
        models={**models_of(spec), **({"coder": coder} if (coder := read_json(path / "coder.json")["coder"]) else {})},
        counts=read_json(path / "work" / "fates.json"),
        approach=spec.approach,
    )


def close(job: Job, seconds: dict[str, float], coded_anew: int) -> Path:
    """Write the manifest last and give the run its id. Returns the run folder."""
    path = job.folder.path
    run, counts = describe(job), read_json(path / "work" / "counts.json")
    write_json(path / "work.json", read_json(path / "plan.json")["work"])
    manifest = {
        **{key: dict(value) if isinstance(value, list) else value for key, value in to_plain(run).items()},
        "seconds": {stage: round(value, 2) for stage, value in seconds.items()},
        "documents": {"all": counts.get("documents", 0), "taken_over": counts.get("reused", 0)},
        "corrections": {
            **read_json(path / "work" / "corrections.json"),
            "without_their_place": counts.get("corrections_lost", 0),
        },
        "decisions": read_json(path / "work" / "decisions.json")["counts"],
        "review_log": read_json(path / "work" / "decisions.json")["review_log"],
        "coded_anew": coded_anew,
        "previous": job.previous,
        "edition": "team",
        "fewest_cases": read_spec(job.corpus).fewest_cases,
        "consent_to_quote": list(read_spec(job.corpus).consent_to_quote),
    }
    return finish_run(job.folder, run.run_id, manifest).path
