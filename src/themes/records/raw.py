"""Texts as people wrote them, before personal details are taken out.

Only `read`, `clean` and `deidentify` may import this module: an import contract holds them to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from themes.records.corpus import DocumentKind, Quarantined, SourceRef
from themes.records.span import UNMOVED, OffsetMap, Span


@dataclass(frozen=True, slots=True)
class SetAside(Quarantined):
    """What a reader could not take in, with its words: whoever has to may look at them in memory. Never stored."""

    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One comment, story, answer or article with everything its writer gave. Repr hides what could name someone."""

    source: SourceRef
    kind: DocumentKind
    text: str = field(repr=False)
    case_key: str = field(repr=False)
    """Who speaks, as the source tells it: a survey row's id, a story file, an author within a thread. Stays raw."""
    document_key: str = field(repr=False)
    """Which text it is, whatever its place in the file: the same row keeps it when rows are shuffled. Stays raw."""
    thread: str = field(repr=False)
    """The page, file or table the text belongs to: names known in it are looked for throughout it."""
    prompt: str | None = None
    author: str | None = field(default=None, repr=False)
    name_hidden: bool = False
    consent: str | None = None
    promises: tuple[str, ...] = ()
    speaker: str | None = None
    written: date | None = None
    attributes: Mapping[str, str] = field(default_factory=dict, repr=False)
    reply_to: str | None = field(default=None, repr=False)
    """The `document_key` of the text this one answers."""
    quotations: tuple[Span, ...] = ()
    """Stretches of `text` that repeat somebody else's words: never coded as the writer's own."""
    offsets: OffsetMap = UNMOVED
    """From `text` back to the text as received."""
    notes: tuple[str, ...] = ()
    """What could not be made sense of, without its words: "column 4 holds no date"."""
