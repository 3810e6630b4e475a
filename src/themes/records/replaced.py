"""The way between a text and the same text with surrogates in it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from themes.records.privacy import Replacement
from themes.records.span import Span


@dataclass(frozen=True)
class ReplacementMap:
    """Replacements in order, without overlap; their spans count the text before replacement.

    >>> way = ReplacementMap((Replacement(Span(3, 8), "PERSON", "[person K7QX2]"),))
    >>> way.after(Span(0, 10)), way.before(Span(0, 19))
    ((Span(start=0, end=19), True), (Span(start=0, end=10), True))
    """

    replacements: tuple[Replacement, ...]

    def after(self, span: Span) -> tuple[Span, bool]:
        """Where a stretch of the text before stands in the text with surrogates, and whether both ends are exact.

        An end that lies within a detail is moved outward, to the edge of its surrogate.
        """
        return _through(span, self.details, self.surrogates)

    def before(self, span: Span) -> tuple[Span, bool]:
        """The way back: where a stretch of the text with surrogates stood before. As `after`."""
        return _through(span, self.surrogates, self.details)

    def clear(self, text: str) -> list[tuple[int, str]]:
        """The stretches that stand in both texts: where in the text before, and the words.

        Args:
            text: The text with surrogates.

        >>> ReplacementMap((Replacement(Span(3, 8), "PERSON", "[person K7QX2]"),)).clear("Is [person K7QX2] in?")
        [(0, 'Is '), (8, ' in?')]
        """
        starts = [0, *(span.end for span in self.surrogates)]
        ends = [*(span.start for span in self.surrogates), len(text)]
        sources = [0, *(span.end for span in self.details)]
        return [(at, text[start:end]) for at, start, end in zip(sources, starts, ends, strict=True)]

    def length_before(self, text: str) -> int:
        """Characters of the text before, of which this is the one with surrogates."""
        return self.before(Span(0, len(text)))[0].end

    @cached_property
    def details(self) -> list[Span]:
        """Where the replaced details stand in the text before."""
        return [replacement.span for replacement in self.replacements]

    @cached_property
    def surrogates(self) -> list[Span]:
        """Where the surrogates stand in the text with surrogates, one for each detail."""
        longer = accumulate((len(r.surrogate) - (r.span.end - r.span.start) for r in self.replacements), initial=0)
        return [
            Span(r.span.start + shift, r.span.start + shift + len(r.surrogate))
            for r, shift in zip(self.replacements, longer, strict=False)
        ]


def _through(span: Span, here: Sequence[Span], there: Sequence[Span]) -> tuple[Span, bool]:
    start, start_is_exact = _edge(span.start, here, there, opens=True)
    end, end_is_exact = _edge(span.end, here, there, opens=False)
    return Span(start, end), start_is_exact and end_is_exact


def _edge(offset: int, here: Sequence[Span], there: Sequence[Span], *, opens: bool) -> tuple[int, bool]:
    at = bisect_left(here, offset, key=lambda span: span.end)  # the first that ends at or behind the offset
    if at < len(here) and here[at].start < offset < here[at].end:
        return (there[at].start if opens else there[at].end), False
    if at < len(here) and here[at].end == offset:
        return there[at].end, True
    return offset + (there[at - 1].end - here[at - 1].end if at else 0), True
