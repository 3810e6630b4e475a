"""Changing a text in places while every offset can still be followed, back to the text as received and forward."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from themes.records.raw import RawDocument
from themes.records.span import OffsetMap, Span


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands in place of a stretch of text."""

    start: int
    end: int
    text: str = ""


def rewritten(document: RawDocument, edits: Iterable[Edit]) -> RawDocument:
    """The document with the edits made, its quotations and offsets moved along.

    Args:
        document: Left as it was.
        edits: In the order of the text, not overlapping; ones that change nothing are passed over.

    Returns:
        The document; the same one if nothing changes. A quotation of which nothing is left is gone.
    """
    made = [edit for edit in edits if document.text[edit.start : edit.end] != edit.text]
    if not made:
        return document
    text, offsets = _apply(document.text, made)
    forward = _Forward(made)
    moved = (
        Span(forward.place(span.start), max(forward.place(span.start), forward.end(span.end)))
        for span in document.quotations
    )
    return replace(
        document,
        text=text,
        offsets=chained(offsets, document.offsets),
        quotations=tuple(span for span in moved if span.start < span.end),
    )


def _apply(text: str, edits: Sequence[Edit]) -> tuple[str, OffsetMap]:
    parts: list[str] = []
    steps: list[tuple[int, int]] = []
    at = length = 0
    for edit in edits:
        parts += (text[at : edit.start], edit.text)
        length += edit.start - at + len(edit.text)
        at = edit.end
        if steps and steps[-1][0] == length:
            steps[-1] = (length, at)  # nothing new stands between two removals
        elif at - length != (steps[-1][1] - steps[-1][0] if steps else 0):
            steps.append((length, at))
    parts.append(text[at:])
    return "".join(parts), OffsetMap(tuple(steps))


def chained(later: OffsetMap, earlier: OffsetMap) -> OffsetMap:
    """The way back through two changes: `later` leads to the text that `earlier` leads on from.

    >>> chained(OffsetMap(((0, 1),)), OffsetMap(((0, 2),))).received(0)
    3
    """
    if not earlier.steps:
        return later
    if not later.steps:
        return earlier
    ends = [*(start for start, _ in later.steps[1:]), None]
    steps: list[tuple[int, int]] = [step for step in earlier.steps if step[0] < later.steps[0][0]]
    middles = [middle for middle, _ in earlier.steps]
    for (start, middle), end in zip(later.steps, ends, strict=True):
        steps.append((start, earlier.received(middle)))
        for at in range(bisect_right(middles, middle), len(middles)):
            place = start + middles[at] - middle
            if end is not None and place >= end:
                break
            steps.append((place, earlier.steps[at][1]))
    return OffsetMap(tuple(steps))


class _Forward:
    """Where a place in the text before the edits is after them."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._starts = [edit.start for edit in edits]
        self._edits = edits
        self._shifts = [0]
        for edit in edits:
            self._shifts.append(self._shifts[-1] + len(edit.text) - (edit.end - edit.start))

    def place(self, offset: int) -> int:
        """For the start of a span: the start of what stands there now."""
        before = bisect_right(self._starts, offset)
        if before and offset < self._edits[before - 1].end:
            edit = self._edits[before - 1]
            return edit.start + self._shifts[before - 1]
        return offset + self._shifts[before]

    def end(self, offset: int) -> int:
        """For the end of a span: the end of what stands before it now."""
        before = bisect_right(self._starts, offset - 1)
        if before and offset < self._edits[before - 1].end:
            edit = self._edits[before - 1]
            return edit.start + len(edit.text) + self._shifts[before - 1]
        return offset + self._shifts[before]
