"""The files of one run: parts by record while it is made, the manifest last, then its final name.

A run is made in `outputs/<corpus>/.in-progress` and renamed to its id when all is written, so a folder that carries
a run's id is whole. One that was interrupted is continued if the same work is asked for, else begun again.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO

from themes.errors import RunBusy, StoreError
from themes.records.anchor import SegmentMove
from themes.records.codebook import Codebook
from themes.records.codebook_work import CodebookProposal
from themes.records.coding import Coding, RiskFlag
from themes.records.corpus import Case, Document, DocumentKind, Quarantined
from themes.records.decision import CarriedDecision
from themes.records.estimate import Agreement, Difference, DriftFigure, Prevalence, SaturationPoint
from themes.records.privacy import LogEntry
from themes.records.project import EarlierRun, Project
from themes.records.residual import Residual
from themes.records.run import Run
from themes.records.segment import Segment
from themes.records.theme import Membership, Theme
from themes.store.files import read_json, write_json
from themes.store.tables import from_plain, read_records, to_plain, write_records

IN_PROGRESS = ".in-progress"
FAILURE_NOTICE = "LAST-RUN-FAILED.txt"
ERASING = ".erasure-unfinished"
"""In a corpus's outputs while somebody is being forgotten: some runs may still hold what others hold no more."""

FOLDERS: Mapping[type, str] = {
    Case: "cases",
    Document: "documents",
    LogEntry: "deidentification_log",
    Quarantined: "quarantine",
    Segment: "segments",
    SegmentMove: "segment_moves",
    Coding: "codings",
    RiskFlag: "risk_flags",
    Theme: "themes",
    Membership: "memberships",
    Prevalence: "prevalences",
    Difference: "differences",
    DriftFigure: "drift",
    SaturationPoint: "saturation",
    Agreement: "agreements",
    CarriedDecision: "decisions",
    CodebookProposal: "codebook_work",
    Residual: "residual_risk",
}


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A run's folder on disk, whole or in the making."""

    path: Path

    def part(self, record: type, number: int) -> Path:
        return self.path / FOLDERS[record] / f"part-{number:05d}.parquet"

    def write[R](self, record: type[R], number: int, records: Iterable[R]) -> Path:
        part = self.part(record, number)
        write_records(part, record, records)
        return part

    def read[R](self, record: type[R], *, where: Mapping[str, Iterable[str]] | None = None) -> Iterator[R]:
        return read_records(self.path / FOLDERS[record], record, where=where)

    def read_part[R](self, record: type[R], number: int) -> list[R]:
        return list(read_records(self.part(record, number), record))

    def parts(self, record: type) -> list[int]:
        folder = self.path / FOLDERS[record]
        return sorted(int(part.stem.removeprefix("part-")) for part in folder.glob("part-*.parquet"))

    @property
    def manifest(self) -> dict[str, Any]:
        manifest: dict[str, Any] = read_json(self.path / "manifest.json")
        return manifest


def finished_runs(corpus_outputs: Path) -> list[RunFolder]:
    """The whole runs of a corpus, oldest first. Ids begin with the time, so their order is that of time."""
    if not corpus_outputs.is_dir():
        return []
    manifests = corpus_outputs.glob("*/manifest.json")
    found = [RunFolder(path.parent) for path in manifests if not path.parent.name.startswith(".")]
    return sorted(found, key=lambda run: (str(run.manifest["started_at"]), run.path.name))


def last_run(corpus_outputs: Path) -> RunFolder | None:
    runs = finished_runs(corpus_outputs)
    return runs[-1] if runs else None


def begin_run(corpus_outputs: Path, plan: Mapping[str, Any]) -> tuple[RunFolder, dict[str, Any]]:
    """The folder in which to make a run, and its plan.

    Args:
        corpus_outputs: `outputs/<corpus>`.
        plan: `work`, which says what is to be done (equal work may be continued), `run_id`, and what else belongs to
            the run.

    Returns:
        The folder, with the parts already written if an interrupted run of the same work is there, and the plan:
        the interrupted run's own in that case. A run id that is taken is given a number.
    """
    folder = RunFolder(corpus_outputs / IN_PROGRESS)
    if (folder.path / "plan.json").is_file():
        earlier = read_json(folder.path / "plan.json")
        if earlier.get("work") == plan["work"]:
            return folder, _with_free_id(folder, earlier)
    shutil.rmtree(folder.path, ignore_errors=True)
    return folder, _with_free_id(folder, plan)


def _with_free_id(folder: RunFolder, plan: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the plan beside the run, its id one that no finished run has: two may begin in the same second."""
    wanted, number = str(plan["run_id"]), 1
    run_id = wanted
    while (folder.path.parent / run_id).exists():
        number += 1
        run_id = f"{wanted}-{number}"
    kept = {**plan, "run_id": run_id}
    write_json(folder.path / "plan.json", kept)
    return kept


def finish_run(folder: RunFolder, run_id: str, manifest: Mapping[str, Any]) -> RunFolder:
    """Write the manifest, give the run its final name, and only then take away what helped to make it.

    A run that is killed on the way is continued, and finds all of its work done.

    Raises:
        StoreError: If the disk refuses.
    """
    final = folder.path.parent / run_id
    write_json(folder.path / "manifest.json", dict(manifest))
    try:
        folder.path.rename(final)
    except OSError as trouble:
        raise StoreError(f"{final} could not be put in place: {trouble.strerror}. Run again.") from None
    shutil.rmtree(final / "work", ignore_errors=True)
    (final / "plan.json").unlink(missing_ok=True)
    return RunFolder(final)


def settle(corpus_outputs: Path) -> None:
    """Take away what an earlier failure or interruption left, once the last run is known to be up to date."""
    with corpus_lock(corpus_outputs):
        (corpus_outputs / FAILURE_NOTICE).unlink(missing_ok=True)
        shutil.rmtree(corpus_outputs / IN_PROGRESS, ignore_errors=True)


@contextmanager
def corpus_lock(corpus_outputs: Path) -> Iterator[None]:
    """Hold the corpus for one run; the lock falls with the process that held it.

    Raises:
        RunBusy: If another run holds it.
    """
    try:
        corpus_outputs.mkdir(parents=True, exist_ok=True)
        file = (corpus_outputs / ".lock").open("a+")
    except OSError as trouble:
        raise StoreError(
            f"{corpus_outputs} cannot be written: {trouble.strerror}. Choose another with --outputs."
        ) from None
    with file:
        if not _locked(file):
            raise RunBusy(
                f"Another run of '{corpus_outputs.name}' is under way. Wait until it is done; `themes status` shows it."
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def _locked(file: TextIO) -> bool:
    for _ in range(5):  # whoever only looks whether a run is under way (is_busy) holds it for a moment
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def is_busy(corpus_outputs: Path) -> bool:
    """Whether a run of the corpus is under way."""
    if not (corpus_outputs / ".lock").is_file():
        return False
    try:
        with corpus_lock(corpus_outputs):
            return False
    except RunBusy:
        return True


def write_codebook(folder: RunFolder, codebook: Codebook) -> None:
    """Keep the codebook that a run coded by beside its codings."""
    # Without the path of its labelled examples: what a run leaves does not say where on this machine it was made.
    write_json(folder.path / "codebook.json", to_plain(replace(codebook, labelled=None)))


def read_run(folder: RunFolder) -> Run:
    manifest = folder.manifest
    pairs = {key: sorted(manifest[key].items()) for key in ("versions", "inputs", "models", "counts")}
    return from_plain(Run, {**manifest, **pairs})


def read_project(run_dir: Path, *, run: Run | None = None, previous: str | None = None) -> Project:
    """All records of a run.

    Args:
        run_dir: A run folder.
        run: What the manifest will say, for a run that has none yet.
        previous: Likewise: the name of the run before, beside it.

    Raises:
        StoreError: If it is not a run folder, or one of its files is damaged.
    """
    folder = RunFolder(run_dir)
    if not (run_dir / "manifest.json").is_file() and run is None:
        raise StoreError(f"{run_dir} is not a run: it has no manifest.json. Runs are in outputs/<corpus>/.")
    extra = read_json(run_dir / "notes.json")
    before = previous if run else folder.manifest.get("previous")
    return Project(
        run=run or read_run(folder),
        title=extra["title"],
        codebook=from_plain(Codebook, read_json(run_dir / "codebook.json")),
        cases=tuple(folder.read(Case)),
        documents=tuple(folder.read(Document)),
        segments=tuple(folder.read(Segment)),
        codings=tuple(folder.read(Coding)),
        themes=tuple(folder.read(Theme)),
        memberships=tuple(folder.read(Membership)),
        prevalences=tuple(folder.read(Prevalence)),
        quarantined=tuple(folder.read(Quarantined)),
        differences=tuple(folder.read(Difference)),
        drift=tuple(folder.read(DriftFigure)),
        saturation=tuple(folder.read(SaturationPoint)),
        agreements=tuple(folder.read(Agreement)),
        flags=tuple(folder.read(RiskFlag)),
        notes=tuple(extra["notes"]),
        residual=tuple(folder.read(Residual)),
        decisions=tuple(folder.read(CarriedDecision)),
        codebook_work=tuple(folder.read(CodebookProposal)),
        earlier=read_earlier(run_dir.parent / before) if before else None,
    )


def read_earlier(run_dir: Path) -> EarlierRun | None:
    """A run as a later one is compared with it; None if it is gone."""
    if not (run_dir / "manifest.json").is_file():
        return None
    folder = RunFolder(run_dir)
    run = read_run(folder)
    return EarlierRun(
        run.run_id,
        run.started_at,
        run.codebook_version,
        run.models.get("coder", ""),
        run.counts.get("read", 0),
        frozenset(d.document_id for d in folder.read(Document) if d.kind is not DocumentKind.ARTICLE),
        tuple(folder.read(Theme)),
        tuple(folder.read(Prevalence)),
    )
