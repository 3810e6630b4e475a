"""Where in a text something stands."""

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: half-open, in Unicode code points.

    >>> Span(0, 4).of("Anna was kind")
    'Anna'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got {self.start} to {self.end}")

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The way from offsets in a cleaned text back to offsets in the text as received.

    `steps` are pairs (cleaned, received), ascending in both. From a step on, both count on together until the
    next; where characters were dropped or changed in length, a new step begins. No steps: nothing was moved.

    >>> OffsetMap(((0, 2), (5, 8))).received(6)
    9
    """

    steps: tuple[tuple[int, int], ...] = ()

    def received(self, offset: int) -> int:
        at = bisect_right(self.steps, (offset, float("inf"))) - 1
        if at < 0:
            return offset
        cleaned, received = self.steps[at]
        return received + offset - cleaned


UNMOVED = OffsetMap()
