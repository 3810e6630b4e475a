"""The newest run of a corpus, in memory, as the review page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import RLock

from themes.errors import ThemesError
from themes.records.codebook import Codebook
from themes.records.coding import Coding, RiskFlag, is_machine
from themes.records.corpus import Case, Document, Quarantined
from themes.records.decision import CarriedDecision
from themes.records.run import REFLEXIVE
from themes.records.segment import Segment
from themes.records.span import Span
from themes.records.theme import Membership, Theme
from themes.review.anchors import span_of
from themes.store.files import read_json
from themes.store.run_folder import ERASING, RunFolder, last_run
from themes.store.tables import from_plain


class NothingToReview(ThemesError):
    """There is no finished run, or somebody is being forgotten at this moment."""


@dataclass(frozen=True)
class Study:
    """What a run holds, by id. Documents and excerpts stand in the order in which they were read."""

    run_id: str
    title: str
    coder: str
    """The hash of the fitted coder that coded it; empty if it coded by the codebook alone."""
    codebook: Codebook
    cases: Mapping[str, Case]
    documents: Mapping[str, Document]
    segments: Mapping[str, Segment]
    codings: Mapping[str, Sequence[Coding]]
    """What machines suggest of each excerpt, the likeliest first."""
    flags: Mapping[str, RiskFlag]
    themes: Mapping[str, Theme]
    theme_of: Mapping[str, Membership]
    carried: Mapping[str, CarriedDecision]
    """What the run made of decisions, by decision id."""
    earlier_documents: frozenset[str] | None
    """Those that the run before had; None if there was none."""
    worrying: Sequence[Quarantined] = ()
    """Texts that were set aside and may tell of a risk to life: they are no excerpts, and in the raw files alone."""
    fewest_cases: int = 10
    """A count of people below this is hidden."""
    tells_agreement: bool = True
    """Whether figures of agreement belong to how the study reads."""

    @cached_property
    def by_document(self) -> Mapping[str, Sequence[str]]:
        """The excerpts of each document, in order."""
        found: dict[str, list[str]] = {}
        for segment in self.segments.values():
            found.setdefault(segment.document_id, []).append(segment.segment_id)
        return found

    @cached_property
    def by_case(self) -> Mapping[str, Sequence[str]]:
        """The excerpts of each case, in order."""
        found: dict[str, list[str]] = {}
        for segment in self.segments.values():
            found.setdefault(segment.case_id, []).append(segment.segment_id)
        return found

    @cached_property
    def prompts(self) -> Sequence[str]:
        """The questions asked, in the order in which they first come: an address names one by its place here."""
        return list(dict.fromkeys(d.prompt for d in self.documents.values() if d.prompt))

    def stretch(self, segment_id: str) -> tuple[Document, Span] | None:
        """The document and the place that an id names, whether or not an excerpt was cut there; None if it has none."""
        try:
            document_id, span = span_of(segment_id)
        except ValueError:
            return None
        document = self.documents.get(document_id)
        if document is None or not span.start < span.end <= len(document.text):
            return None
        if segment_id != f"{document_id}:{span.start}-{span.end}":
            return None
        return document, span

    def words(self, segment_id: str) -> str:
        """What an excerpt, or a stretch that somebody marked, says; empty if there is no such place."""
        place = self.stretch(segment_id)
        return place[1].of(place[0].text) if place else ""

    def suggested(self, segment_id: str) -> list[Coding]:
        """Codes that a machine holds to apply, or cannot rule out, one coding a code."""
        best: dict[str, Coding] = {}
        for coding in self.codings.get(segment_id, ()):
            if (coding.applies or coding.unclear) and coding.code_id in self.codebook:
                best.setdefault(coding.code_id, coding)
        return list(best.values())


class Newest:
    """The newest run of a corpus, loaded once and again whenever a run or an erasure has changed what there is."""

    def __init__(self, corpus_outputs: Path) -> None:
        """Nothing is read yet.

        Args:
            corpus_outputs: `outputs/<corpus>`.
        """
        self.corpus_outputs = corpus_outputs
        self._lock = RLock()
        self._loaded: tuple[tuple[Path, int], Study] | None = None

    def study(self) -> Study:
        """What there is to review.

        Raises:
            NothingToReview: If nothing was run yet, or somebody is being forgotten.
            StoreError: If a file of the run is damaged.
        """
        with self._lock:
            if (self.corpus_outputs / ERASING).exists():
                self._loaded = None
                raise NothingToReview("Somebody is being forgotten. Wait until it is done; then open the page again.")
            run = last_run(self.corpus_outputs)
            if run is None:
                self._loaded = None
                raise NothingToReview("There is nothing to review yet: run the corpus first, with themes run.")
            mark = run.path, (run.path / "manifest.json").stat().st_mtime_ns
            if self._loaded is None or self._loaded[0] != mark:
                self._loaded = mark, load(run)
            return self._loaded[1]


def load(run: RunFolder) -> Study:
    """A finished run.

    Raises:
        StoreError: If one of its files is damaged.
    """
    segments = {s.segment_id: s for s in run.read(Segment)}
    codings: dict[str, list[Coding]] = {}
    for coding in run.read(Coding):
        if is_machine(coding.coder_id) and coding.segment_id in segments:
            codings.setdefault(coding.segment_id, []).append(coding)
    for said in codings.values():
        said.sort(key=lambda c: (c.is_advice, -(c.probability or 0)))
    memberships: dict[str, Membership] = {}
    for membership in run.read(Membership):
        held = memberships.get(membership.segment_id)
        if held is None or membership.weight > held.weight:
            memberships[membership.segment_id] = membership
    return Study(
        run_id=run.path.name,
        title=str(read_json(run.path / "notes.json")["title"]),
        coder=_coder_of(run),
        codebook=from_plain(Codebook, read_json(run.path / "codebook.json")),
        cases={c.case_id: c for c in run.read(Case)},
        documents={d.document_id: d for d in run.read(Document)},
        segments=segments,
        codings=codings,
        flags={f.segment_id: f for f in run.read(RiskFlag)},
        themes={t.theme_id: t for t in run.read(Theme)},
        theme_of=memberships,
        carried={one.decision_id: one for one in run.read(CarriedDecision)},
        earlier_documents=_documents_before(run),
        worrying=[q for q in run.read(Quarantined) if q.risk],
        fewest_cases=int(str(run.manifest.get("fewest_cases", 10))),
        tells_agreement=run.manifest.get("approach") != REFLEXIVE,
    )


def _documents_before(run: RunFolder) -> frozenset[str] | None:
    name = run.manifest.get("previous")
    if not name or not (before := RunFolder(run.path.parent / str(name))).path.is_dir():
        return None
    return frozenset(d.document_id for d in before.read(Document))


def _coder_of(run: RunFolder) -> str:
    path = run.path / "coder.json"
    return str(read_json(path)["coder"]) if path.is_file() else ""
