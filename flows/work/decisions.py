"""Take up what analysts have decided: where each decision stands in this run, and what there is to learn from it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flows.job import Job
from flows.work.codebook import codebook_of
from themes.code.decided import DecidedExcerpt, Opinion, as_labelled, decided_excerpts, opinions
from themes.read.decisions import FILE
from themes.read.spec import read_spec
from themes.records.anchor import Anchor, Hold
from themes.records.codebook import Code, Codebook
from themes.records.coding import LabelledSegment
from themes.records.corpus import Document
from themes.records.decision import CarriedDecision, Decision, Verdict
from themes.records.segment import Segment
from themes.records.span import Span
from themes.review.anchors import CHANGED, anchored_ids, hashes_in, span_of
from themes.review.feeding import feed
from themes.segment import segment
from themes.store.chain import START
from themes.store.files import read_json, write_json
from themes.store.review_check import check_log, heads_seen
from themes.store.review_place import review_log_if_any
from themes.store.review_records import decisions_in
from themes.store.run_folder import RunFolder, finished_runs
from themes.store.tables import from_plain, to_plain

LOST = "The run it was made on is gone, and no later one has carried it along."
COPY = "Its text is now counted as a copy of another, which is coded in its place."
NO_CODE = "The codebook has no such code."
OTHER_CODE = "The codebook gives its code another meaning since."
MOST_LINES_NAMED = 10


@dataclass(frozen=True)
class Decided:
    """What people hold of the excerpts of a run."""

    opinions: Sequence[Opinion]
    excerpts: Sequence[DecidedExcerpt]
    segments: Mapping[str, Segment]
    """The decided segments by id."""

    def labelled(self, codebook: Codebook) -> list[LabelledSegment]:
        return as_labelled(self.excerpts, self.segments, codebook)


def take_up_decisions(job: Job) -> int:
    """Write all decisions as they stand in this run, and what the coder may learn. Returns how many hold.

    They are read from the review log, once it was held against its chain. Needs the documents of the run, not its
    segments.

    Raises:
        StoreError: If the log is not what was written.
    """
    run, codebook = job.folder, codebook_of(read_spec(job.corpus))
    problems, given, head = feed(job.outputs), [], (0, START)
    with review_log_if_any(job.outputs) as log:
        if log is not None:
            check_log(log, heads_seen(job.outputs))
            head = log.head()
            given = decisions_in(log)
    carried = _carried(given, job, codebook)
    run.write(CarriedDecision, 0, carried)
    holding = sum(one.hold is not Hold.STALE for one in carried)
    decided = decided_in(run)
    write_json(run.path / "work" / "learned-from.json", to_plain(tuple(decided.labelled(codebook))))
    counts = {
        "made": len(carried),
        "in_force": holding,
        "stale": len(carried) - holding,
        "excerpts": len(decided.excerpts),
        "lines_not_used": len(problems),
    }
    read = {"entries": head[0], "head": head[1]}
    told = {"counts": counts, "review_log": read, "notes": _notes(counts, problems)}
    write_json(run.path / "work" / "decisions.json", told)
    return holding


def learned_from(run: RunFolder) -> Sequence[LabelledSegment]:
    """The decided excerpts that the coder of a run in the making learns from."""
    labelled: tuple[LabelledSegment, ...] = from_plain(
        tuple[LabelledSegment, ...],
        read_json(run.path / "work" / "learned-from.json"),
    )
    return labelled


def notes_on_decisions(run: RunFolder) -> list[str]:
    """What readers of the report are told of decisions that could not be taken up; of a run in the making."""
    return [str(note) for note in read_json(run.path / "work" / "decisions.json")["notes"]]


def decided_in(run: RunFolder) -> Decided:
    """What people hold of the excerpts of a run whose documents are written."""
    held = opinions(run.read(CarriedDecision))
    spans = _spans(held)
    wanted = {one.segment_id for one in held}
    segments = {
        each.segment_id: each
        for document in run.read(Document, where={"document_id": spans})
        for each in segment(document, also=spans[document.document_id])
        if each.segment_id in wanted
    }
    return Decided(held, decided_excerpts(held), segments)


def stretches(run: RunFolder | None) -> dict[str, set[Span]]:
    """By document, the stretches that are decided on in a run."""
    return _spans(opinions(run.read(CarriedDecision))) if run else {}


def _spans(held: Iterable[Opinion]) -> dict[str, set[Span]]:
    found: dict[str, set[Span]] = defaultdict(set)
    for one in held:
        document_id, span = span_of(one.segment_id)
        found[document_id].add(span)
    return found


@dataclass(frozen=True)
class _Start:
    """The run from which a decision is carried on, and what it was there."""

    run: RunFolder
    segment_id: str
    covers: tuple[str, ...] | None = None
    """None: all codes of that run's codebook."""


def _carried(decisions: Iterable[Decision], job: Job, codebook: Codebook) -> list[CarriedDecision]:
    """Each decision as it stands in this run, in the order in which they were written down."""
    given = list(decisions)
    if not given:
        return []
    runs = {run.path.name: run for run in finished_runs(job.outputs)}
    held = {one.decision_id: one for one in job.previous_folder.read(CarriedDecision)} if job.previous_folder else {}
    starts = {one.decision_id: _start(one, job.previous_folder, held.get(one.decision_id), runs) for one in given}
    ids_by_run: dict[str, set[str]] = defaultdict(set)
    for start in starts.values():
        if start is not None:
            ids_by_run[start.run.path.name].add(start.segment_id)
    anchors = {name: anchored_ids(ids, runs[name], job.folder) for name, ids in ids_by_run.items()}
    books = {name: codebook_in(runs[name]) for name in anchors}
    wanted = {anchor.document_id for found in anchors.values() for anchor in found.values()}
    wanted |= {span_of(one.segment_id)[0] for one in given if starts[one.decision_id] is None}
    copies = {d.document_id for d in job.folder.read(Document, where={"document_id": wanted}) if d.duplicate_of}
    bound = [one for one in given if one.text_hash]
    seen = {name: hashes_in(runs[name], [one.segment_id for one in bound if one.run_id == name]) for name in books}
    now = hashes_in(job.folder, [one.segment_id for one in bound if starts[one.decision_id] is None])
    carried = []
    for one in given:
        start = starts[one.decision_id]
        if start is None:
            carried.append(_without_its_run(one, now.get(one.segment_id), copies, codebook))
        elif start.covers is None and one.text_hash and seen[one.run_id].get(one.segment_id) != one.text_hash:
            carried.append(_stale(one, CHANGED))
        else:
            name = start.run.path.name
            carried.append(_as_it_stands(one, start, anchors[name][start.segment_id], copies, books[name], codebook))
    return carried


def _start(
    decision: Decision, previous: RunFolder | None, held: CarriedDecision | None, runs: Mapping[str, RunFolder]
) -> _Start | None:
    if previous and held and held.is_same_as(decision) and held.hold is not Hold.STALE:
        return _Start(previous, held.segment_id, held.covers)
    return _Start(runs[decision.run_id], decision.segment_id) if decision.run_id in runs else None


def _without_its_run(decision: Decision, hash_now: str | None, copies: set[str], now: Codebook) -> CarriedDecision:
    """A decision whose run is gone holds where its place says the very words that were seen, by the same codebook."""
    if not decision.text_hash or hash_now != decision.text_hash:
        return _stale(decision, LOST)
    if span_of(decision.segment_id)[0] in copies:
        return _stale(decision, COPY)
    if decision.code_id and decision.code_id not in now:
        return _stale(decision, NO_CODE)
    if decision.codebook_version != now.version:
        return _stale(decision, OTHER_CODE if decision.code_id else LOST)
    covers = tuple(code.code_id for code in now.codes) if decision.verdict is Verdict.COMPLETE else ()
    return _in_run(decision, segment_id=decision.segment_id, hold=Hold.SAME, covers=covers)


def _as_it_stands(
    decision: Decision, start: _Start, anchor: Anchor, copies: set[str], then: Codebook, now: Codebook
) -> CarriedDecision:
    if anchor.hold is Hold.STALE or anchor.segment_id is None:
        return _stale(decision, anchor.reason)
    if anchor.document_id in copies:
        return _stale(decision, COPY)
    if decision.code_id and decision.code_id not in now:
        return _stale(decision, NO_CODE)
    if decision.code_id and not _means_the_same(decision.code_id, then, now):
        return _stale(decision, OTHER_CODE)
    covers = tuple(code.code_id for code in then.codes) if start.covers is None else start.covers
    kept = tuple(code_id for code_id in covers if code_id in now and _means_the_same(code_id, then, now))
    return _in_run(
        decision,
        segment_id=anchor.segment_id,
        hold=anchor.hold,
        covers=kept if decision.verdict is Verdict.COMPLETE else (),
    )


def _means_the_same(code_id: str, then: Codebook, now: Codebook) -> bool:
    """A codebook that changes the meaning of a code raises its version; else the wording was put better."""
    return then.version == now.version or (code_id in then and meaning(then[code_id]) == meaning(now[code_id]))


def meaning(code: Code) -> tuple[object, ...]:
    return code.name, code.definition, code.clarification, code.include, code.exclude, code.polarity


def _stale(decision: Decision, reason: str) -> CarriedDecision:
    return _in_run(decision, segment_id=decision.segment_id, hold=Hold.STALE, reason=reason)


def _in_run(
    decision: Decision, *, segment_id: str, hold: Hold, reason: str = "", covers: tuple[str, ...] = ()
) -> CarriedDecision:
    return CarriedDecision(
        decision.decision_id,
        decision.segment_id,
        segment_id,
        decision.code_id,
        decision.verdict,
        decision.coder_id,
        decision.made_at,
        decision.codebook_version,
        decision.sampling,
        hold,
        reason,
        covers,
    )


def codebook_in(run: RunFolder) -> Codebook:
    """The codebook that a run coded by."""
    return from_plain(Codebook, read_json(run.path / "codebook.json"))


def _notes(counts: Mapping[str, int], problems: Sequence[str]) -> list[str]:
    """What readers of the report are told of decisions that could not be taken up."""
    notes = []
    if problems:
        named = "; ".join(problems[:MOST_LINES_NAMED])
        more = f"; and {len(problems) - MOST_LINES_NAMED} more" if len(problems) > MOST_LINES_NAMED else ""
        notes.append(f"Some lines of {FILE} could not be used: {named}{more}. Correct them, and run again.")
    if counts["stale"]:
        notes.append(
            f"{counts['stale']} of {counts['made']} decisions hold no more, since a text or a code was changed. The "
            f"page on what was learned says which, and why. Look at these excerpts again."
        )
    return notes
