"""The files of a run, one by one: kept as they are, byte for byte, or written without the rows that go."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from themes.erase.coding import Coded
from themes.erase.journal import Erasure, row_of
from themes.erase.swap import kept
from themes.erase.texts import Left
from themes.publication.log import NAME as LOG
from themes.records.coding import Coding, RiskFlag
from themes.records.corpus import Case, Document, Quarantined
from themes.records.decision import CarriedDecision
from themes.records.privacy import LogEntry
from themes.records.segment import Segment
from themes.store.files import whole_file
from themes.store.run_folder import FOLDERS, RunFolder
from themes.store.tables import read_records
from themes.store.vectors import FOLDER as VECTORS
from themes.store.vectors import write_vectors

MADE_ANEW = (
    *("themes", "memberships", "prevalences", "agreements", "codebook_work", "differences", "drift", "saturation"),
    *("report", "export", "release", ".release.partial", "registry", "coder"),
)
"""Folders of a run that are worked out again, or taken away: nothing in them is taken over. The next run fits its coder
anew, and says anew what it learned: what was learned from may be among what goes."""
MADE_ANEW_FILES = ("manifest.json", LOG)
"""The log of releases names excerpts: it is written anew without those of who goes (`erase.releases`)."""

type Vectors = dict[str, npt.NDArray[np.float32]]


class Parts:
    """Takes the files of a run to another folder."""

    def __init__(self, run: RunFolder, new: RunFolder, left: Left, coded: Coded, vectors: Vectors) -> None:
        """
        Args:
            run: The run as it was.
            new: The folder in which it is made anew.
            left: Its documents once some are gone.
            coded: What has been coded in the place of texts that go.
            vectors: Of all segments of the run, those of `coded` among them.
        """
        self._run, self._new, self._left, self._coded, self._vectors = run, new, left, coded, vectors
        self._done: set[Path] = set()

    def partitions(self) -> None:
        """Documents, segments, codings, flags and vectors, a partition at a time."""
        for number in self._run.parts(Document):
            self._partition(number)

    def _partition(self, number: int) -> None:
        left, run = self._left, self._run
        before = run.read_part(Document, number)
        now = [left.now[d.document_id] for d in before if d.document_id in left.now]
        self._put(Document, number, before, now)
        fresh = {d.document_id for d in left.stood_in_for} & {d.document_id for d in now}
        order = {d.document_id: at for at, d in enumerate(now)}
        old = run.read_part(Segment, number)
        segments = [after for s in old if s.document_id in left.now and says_something(after := left.segment(s))]
        segments += [s for s in self._coded.segments if s.document_id in fresh]
        segments.sort(key=lambda s: (order[s.document_id], s.span))
        self._put(Segment, number, old, segments)
        place = {s.segment_id: at for at, s in enumerate(segments)}
        codings, flags = run.read_part(Coding, number), run.read_part(RiskFlag, number)
        kept_codings = [c for c in [*codings, *self._coded.codings] if c.segment_id in place]
        self._put(Coding, number, codings, sorted(kept_codings, key=lambda c: (place[c.segment_id], c.code_id)))
        kept_flags = [f for f in [*flags, *self._coded.flags] if f.segment_id in place]
        self._put(RiskFlag, number, flags, sorted(kept_flags, key=lambda f: place[f.segment_id]))
        if segments != old:
            ids = [s.segment_id for s in segments]
            write_vectors(self._new.path, number, ids, np.array([self._vectors[i] for i in ids]))
            self._done.add(self._run.path / VECTORS / f"part-{number:05d}.parquet")

    def people(self, erasure: Erasure) -> None:
        """Cases and the log of masks."""
        without_text = {d.case_id for d in self._left.gone} - {d.case_id for d in self._left.now.values()}
        for number in self._run.parts(Case):
            cases = self._run.read_part(Case, number)
            gone = without_text | erasure.case_ids
            self._put(Case, number, cases, [case for case in cases if case.case_id not in gone])
        for number in self._run.parts(LogEntry):
            log = self._run.read_part(LogEntry, number)
            self._put(LogEntry, number, log, [entry for entry in log if entry.document_id in self._left.now])

    def set_aside(self, erasure: Erasure) -> None:
        """What was set aside, without what it may tell of those who go: in their rows no risk is told any more."""
        for number in self._run.parts(Quarantined):
            before = self._run.read_part(Quarantined, number)
            theirs = [row_of(q.source) in erasure.rows for q in before]
            now = [replace(q, risk="") if gone else q for q, gone in zip(before, theirs, strict=True)]
            self._put(Quarantined, number, before, now)

    def everything_else(self, erasure: Erasure, *, made_anew: Collection[str]) -> None:
        """All other files as they are, but for rows of tables that name a text or a person that goes."""
        # A decision may name a text that was taken out of the raw files before.
        gone = {document.document_id for document in self._left.gone} | erasure.document_ids
        for path in sorted(self._run.path.rglob("*")):
            below = path.relative_to(self._run.path)
            if not path.is_file() or path in self._done or below.parts[0] in made_anew:
                continue
            target = self._new.path / below
            if path.suffix != ".parquet" or not _without_rows(path, target, gone, erasure.case_ids):
                kept(path, target)

    def _put[R](self, record: type[R], number: int, before: Sequence[R], now: Sequence[R]) -> None:
        source = self._run.part(record, number)
        self._done.add(source)
        if list(before) == list(now):
            if source.is_file():
                kept(source, self._new.part(record, number))
            return
        self._new.write(record, number, now)


def says_something(segment: Segment) -> bool:
    """Whether there is a word left in it: one that was a quotation throughout is no excerpt of its writer's."""
    return any(map(str.isalnum, segment.text))


def holds(run: RunFolder, erasure: Erasure) -> bool:
    """Whether anything of what goes is in a run: a text, a case, a decision on a text that was in an earlier one, or
    that a text of theirs which was set aside may tell of a risk."""
    return (
        any(erasure.takes(document) for document in run.read(Document))
        or any(case.case_id in erasure.case_ids for case in read_records(run.path / FOLDERS[Case], Case))
        or any(one.made_on.split(":")[0] in erasure.document_ids for one in run.read(CarriedDecision))
        or any(one.risk and row_of(one.source) in erasure.rows for one in run.read(Quarantined))
    )


def _without_rows(source: Path, target: Path, documents: set[str], cases: Collection[str]) -> bool:
    """Write a table of any kind without the rows that name such a document, segment or case; False if none does."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(source, partitioning=None)
    stays = [True] * table.num_rows
    for column, gone in (("document_id", documents), ("case_id", cases), ("segment_id", documents)):
        if column in table.column_names:
            named = (str(value).split(":", maxsplit=1)[0] in gone for value in table.column(column).to_pylist())
            stays = [stay and not is_gone for stay, is_gone in zip(stays, named, strict=True)]
    if all(stays):
        return False
    with whole_file(target) as partial:
        pq.write_table(
            table.filter(pa.array(stays)), partial, compression="zstd", write_statistics=False, store_schema=False
        )
    return True
