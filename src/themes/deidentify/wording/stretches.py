"""Stretches of a text: which of many lie over a place, what is left beside them, where one should end."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from themes.deidentify.wording.lexicon import context
from themes.deidentify.wording.marks import is_mark
from themes.records.privacy import Finding
from themes.records.span import Span


class Stretches:
    """Spans in order, so that what lies over a place is found without looking at all of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(spans)
        self._starts = [span.start for span in self.spans]
        self._reach = list(accumulate((span.end for span in self.spans), max))

    def over(self, span: Span) -> list[Span]:
        """Those that overlap a span, in order."""
        first = bisect_right(self._reach, span.start)
        return [each for each in self.spans[first : bisect_left(self._starts, span.end)] if each.overlaps(span)]

    def touch(self, span: Span) -> bool:
        return bool(self.over(span))

    def hold(self, offset: int) -> bool:
        """Whether a character lies in one of them."""
        return self.touch(Span(offset, offset + 1))


def outside(finding: Finding, taken: Sequence[Span]) -> list[Finding]:
    """What of a finding lies outside all of `taken`, which are in order and all overlap it."""
    pieces, start = [], finding.span.start
    for span in taken:
        if start < span.start:
            pieces.append(Span(start, span.start))
        start = max(start, span.end)
    if start < finding.span.end:
        pieces.append(Span(start, finding.span.end))
    return [replace(finding, span=piece) for piece in pieces]


def is_a_list(text: str, finding: Finding, names: Sequence[Span]) -> bool:
    """Whether there is nothing but several names in a finding: "Samaritans, Mind"."""
    return len(names) > 1 and not any(map(str.isalnum, "".join(p.span.of(text) for p in outside(finding, names))))


def apart(text: str, findings: Iterable[Finding], standing: Callable[[Finding], tuple[object, ...]]) -> list[Finding]:
    """The findings in order and without overlap.

    The one that stands lower keeps its stretch; what sticks out of the other stays a finding of its own, unless it is a
    mere scrap that no pattern vouches for, or of a kind of which a part says nothing.

    Args:
        standing: Sorts the findings; the first wins.
    """
    settled: list[Span] = []
    kept: list[Finding] = []
    for finding in sorted(findings, key=standing):
        for piece in outside(finding, _over(settled, finding.span)):
            whole = piece.span == finding.span
            span = snapped(text, piece.span)
            scrap = finding.recognizer != "patterns" and span is not None and _is_scrap(span.of(text))
            if span is None or (not whole and (finding.label in WHOLE_OR_NOTHING or scrap)):
                continue
            insort(settled, span)
            kept.append(replace(piece, span=span))
    return sorted(kept, key=lambda finding: finding.span)


def _is_scrap(words: str) -> bool:
    """ "in", "at the": what is left where a town stood in the middle of a phrase."""
    return len(words) < SHORTEST_PIECE or all(word in context("phrase_edges") for word in words.casefold().split())


SHORTEST_PIECE = 3
"""Characters."""
WHOLE_OR_NOTHING = frozenset({"ORG", "CODE", "AGE", "DATE", "LOCATION"})


def _over(settled: Sequence[Span], span: Span) -> list[Span]:
    """Those of disjoint spans in order that overlap one."""
    first = bisect_right(settled, span.start, key=lambda each: each.end)
    return list(settled[first : bisect_left(settled, span.end, key=lambda each: each.start)])


def snapped(text: str, span: Span) -> Span | None:
    """A span without the blanks and marks at its edges, and without the possessive ending of a single word or of the
    one before it; a bracket that it opens is closed. None if nothing is left.

    >>> snapped(" Karen's, ", Span(0, 10))
    Span(start=1, end=6)
    """
    start, end = span.start, span.end
    while start < end and not (text[start].isalnum() or text[start] in "+@(["):
        start += 1
    if start and text[start - 1] in "'’" and text[start : start + 2] == "s " and end > start + 2:
        start += len(text[start:end]) - len(text[start + 1 : end].lstrip())  # the end of a name before it: "'s clinic"
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == "_" or is_mark(text[end - 1])):
        end -= 1
    words = text[start:end]
    if "(" in words and ")" not in words and text[end : end + 1] == ")":
        end += 1
    if words.endswith(("'s", "’s")) and len(words) > 3 and text[end - 3].isalpha() and " " not in words:
        end -= 2
    return Span(start, end) if start < end else None
