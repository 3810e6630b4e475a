"""The unit that is coded."""

from dataclasses import dataclass

from themes.records.span import Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, clause or short answer of a document, with the words around it for context.

    `segment_id` reads "d7k2q:118-240": document and span. An analyst's nudged span is a new segment.
    """

    segment_id: str
    document_id: str
    case_id: str
    span: Span
    text: str
    prompt: str | None = None
    before: str = ""
    """The sentence before, empty at the start of a document."""
    after: str = ""
    quoted: tuple[Span, ...] = ()
    """Stretches of this segment's `text` that repeat somebody else's words."""
    speaker: str | None = None
    """Who speaks, as the source tells it; None leaves it to the coder to suggest."""
