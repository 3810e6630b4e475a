"""Where a decision on a stretch of text stands when the text was made anew."""

from dataclasses import dataclass
from enum import StrEnum

from themes.records.span import Span


class Hold(StrEnum):
    """How well a decision still sits."""

    SAME = "same"
    """Same place, same words."""
    MOVED = "moved"
    """The same stretch of what was written, at another place or with another mask in it."""
    STALE = "stale"
    """Somebody has to look: a mask cuts through its edge, or its text is not the same any more."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What became of one stretch."""

    document_id: str
    before: Span
    """In the earlier text."""
    after: Span | None
    """In the later text; of a stale one, what is nearest: with all of the masks that it touches, or None."""
    hold: Hold
    reason: str = ""
    """Why it is stale."""

    @property
    def segment_id(self) -> str | None:
        """The id of the stretch in the later text, as segments have it."""
        return f"{self.document_id}:{self.after.start}-{self.after.end}" if self.after else None


@dataclass(frozen=True, slots=True)
class SegmentMove:
    """What became of a segment of the last run, in a document whose text has changed since."""

    segment_id: str
    """As it was."""
    now: str | None
    """The same stretch in this run, whether or not a segment is cut there."""
    hold: Hold
    reason: str
