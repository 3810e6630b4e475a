"""Decisions on a text that was made anew: kept, moved along, or flagged for a person to look at. Never lost.

A stretch of the earlier text is brought back to the text before replacement, and from there into the later text. An end
that falls within a mask has no place there: then the decision is flagged, and the masks that it touches are proposed.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from themes.records.anchor import Anchor, Hold, SegmentMove
from themes.records.coding import Coding
from themes.records.corpus import Document
from themes.records.replaced import ReplacementMap
from themes.records.span import Span
from themes.store.run_folder import RunFolder

GONE = "Its text is not in the later run: it was withdrawn, quarantined or removed."
CHANGED = "What was written was changed."
CUT = "A mask reaches over its edge."
OUTSIDE = "The earlier text has no such place."
MASKED = "\0"
"""Stands for a masked character: cleaning leaves none in a text."""


def anchored(span: Span, before: Document, after: Document | None) -> Anchor:
    """Where a stretch of the earlier text stands in the later one.

    Args:
        span: In `before.text`.
        before: The document as it was when somebody decided.
        after: The same document made anew; None if it is not there any more.
    """
    if after is None:
        return Anchor(before.document_id, span, None, Hold.STALE, GONE)
    if span.end > len(before.text):
        return Anchor(before.document_id, span, None, Hold.STALE, OUTSIDE)
    if (before.text, before.replacements) == (after.text, after.replacements):
        return Anchor(before.document_id, span, span, Hold.SAME)
    if not same_source(before, after):
        return Anchor(before.document_id, span, None, Hold.STALE, CHANGED)
    source, left_exactly = ReplacementMap(before.replacements).before(span)
    there, arrived_exactly = ReplacementMap(after.replacements).after(source)
    if not (left_exactly and arrived_exactly):
        return Anchor(before.document_id, span, there, Hold.STALE, CUT)
    same = there == span and there.of(after.text) == span.of(before.text)
    return Anchor(before.document_id, span, there, Hold.SAME if same else Hold.MOVED)


def same_source(before: Document, after: Document) -> bool:
    """Whether two documents can have been made of the same text: they agree wherever neither is masked."""
    one, other = _with_blanks(before), _with_blanks(after)
    return len(one) == len(other) and all(a == b or MASKED in (a, b) for a, b in zip(one, other, strict=True))


def span_of(segment_id: str) -> tuple[str, Span]:
    """The document and the stretch that the id of a segment names.

    >>> span_of("d7k2q:118-240")
    ('d7k2q', Span(start=118, end=240))
    """
    document_id, _, stretch = segment_id.rpartition(":")
    start, _, end = stretch.partition("-")
    return document_id, Span(int(start), int(end))


def hash_of_words(words: str) -> str:
    """By what it is known later whether an excerpt still says what its coder saw: SHA-256, 64 hexadecimal figures."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def hashes_in(run: RunFolder, segment_ids: Iterable[str]) -> dict[str, str]:
    """`hash_of_words` of stretches of a run, by segment id; those that its texts do not have are left out."""
    wanted = {segment_id: span_of(segment_id) for segment_id in segment_ids}
    documents = _documents(run, {document_id for document_id, _ in wanted.values()})
    return {
        segment_id: hash_of_words(span.of(documents[document_id].text))
        for segment_id, (document_id, span) in wanted.items()
        if document_id in documents and span.end <= len(documents[document_id].text)
    }


def anchored_ids(segment_ids: Iterable[str], before: RunFolder, after: RunFolder) -> dict[str, Anchor]:
    """What became of each segment, or stretch that somebody marked, from an earlier run to a later one.

    Args:
        segment_ids: As they were in the earlier run.
        before: The run in which they were decided on.
        after: Any later run of the corpus.
    """
    wanted = {segment_id: span_of(segment_id) for segment_id in segment_ids}
    ids = {document_id for document_id, _ in wanted.values()}
    old = _documents(before, ids)
    new = _documents(after, ids)
    return {
        segment_id: anchored(span, old[document_id], new.get(document_id))
        if document_id in old
        else Anchor(document_id, span, None, Hold.STALE, OUTSIDE)
        for segment_id, (document_id, span) in wanted.items()
    }


@dataclass(frozen=True, slots=True)
class Carried:
    """A decision, and what became of it."""

    coding: Coding
    """In the later run where it has a place there; as it was where it has none."""
    anchor: Anchor


def carried_over(decisions: Iterable[Coding], before: RunFolder, after: RunFolder) -> list[Carried]:
    """People's decisions of an earlier run as they stand in a later one: one for each, in order.

    A stale one keeps the segment it was made on, so that nothing is taken for a decision that nobody made; its anchor
    says what to propose.
    """
    given = list(decisions)
    anchors = anchored_ids({coding.segment_id for coding in given}, before, after)
    return [Carried(_moved(coding, anchors[coding.segment_id]), anchors[coding.segment_id]) for coding in given]


def segment_moves(documents: Mapping[str, tuple[Document, Document]], segment_ids: Iterable[str]) -> list[SegmentMove]:
    """What became of the segments of documents whose text changed, in the order given.

    Args:
        documents: Id to the earlier and the later document.
        segment_ids: Those of the earlier ones.
    """
    moves = []
    for segment_id in segment_ids:
        document_id, span = span_of(segment_id)
        anchor = anchored(span, *documents[document_id])
        moves.append(SegmentMove(segment_id, anchor.segment_id, anchor.hold, anchor.reason))
    return moves


def _moved(coding: Coding, anchor: Anchor) -> Coding:
    if anchor.hold is Hold.STALE or anchor.segment_id is None:
        return coding
    return replace(coding, segment_id=anchor.segment_id)


def _documents(run: RunFolder, ids: Iterable[str]) -> dict[str, Document]:
    return {d.document_id: d for d in run.read(Document, where={"document_id": ids})}


def _with_blanks(document: Document) -> str:
    """The text before replacement as far as it can be seen."""
    way = ReplacementMap(document.replacements)
    parts, at = [], 0
    for start, words in way.clear(document.text):
        parts += [MASKED * (start - at), words]
        at = start + len(words)
    return "".join(parts)
