"""Texts with personal details taken out, the people behind them, and what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from themes.records.privacy import Replacement
from themes.records.span import UNMOVED, OffsetMap, Span


class DocumentKind(StrEnum):
    """What sort of text it is. An article is an organisation's voice: coded and shown apart, never a case."""

    ARTICLE = "article"
    COMMENT = "comment"
    STORY = "story"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where a text came from: a file below `raw/`, and the place in it ("row 12, column 5", "comment 3")."""

    file: str
    place: str = ""

    @property
    def without_row(self) -> "SourceRef":
        """The same without the number of the row, which says when somebody's row arrived and changes when rows do.

        >>> SourceRef("survey.csv", "row 12, column 5").without_row.place
        'column 5'
        """
        row, _, rest = self.place.partition(", ")
        return SourceRef(self.file, rest) if row.startswith("row ") else self


@dataclass(frozen=True, slots=True)
class Case:
    """The unit of comparison, known by its attributes alone. We hold no record of respondents."""

    case_id: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    released: Mapping[str, str] = field(default_factory=dict)
    """What the release profile makes of them: "column=answer" to "column=answer", where it is something else."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text in which surrogates stand for personal details. Made by `deidentify`, and by nothing else."""

    document_id: str
    case_id: str
    kind: DocumentKind
    text: str
    source: SourceRef
    """Screened: a file or column name in which a recogniser finds something reads "file 3", "column 5"."""
    prompt: str | None = None
    written: str | None = None
    """Month, "2013-04"."""
    speaker: str | None = None
    released_prompt: str | None = None
    """The question by the release profile, where that makes something else of it; the speaker likewise."""
    released_speaker: str | None = None
    consent: str | None = None
    promises: tuple[str, ...] = ()
    name_hidden: bool = False
    reply_to: str | None = None
    """The `document_id` of the text this one answers."""
    duplicate_of: str | None = None
    """The `document_id` of the first text that says the same; that one is coded, this one inherits."""
    quotations: tuple[Span, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    """What the coding profile replaced; spans in the cleaned text, before replacement."""
    release_replacements: tuple[Replacement, ...] = ()
    """What the strict profile replaces besides; spans in `text`, so that `text` can be made publishable."""
    offsets: OffsetMap = UNMOVED
    """From the cleaned text back to the text as received."""
    fingerprint: str = ""
    """Keyed hash of all that went in (text, names known in the thread, settings, models): same in, same out."""


class Fate(StrEnum):
    """What became of a candidate text. Each has exactly one: the conservation law of a run."""

    CODED = "coded"
    NO_CODE = "no_code"
    EMPTY = "empty"
    QUARANTINED = "quarantined"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A candidate text that could not be taken in, with the reason. Never quotes it."""

    source: SourceRef
    reason: str
    """A sentence that says what is wrong and what to do."""
    candidates: int = 1
    """How many candidate texts are lost with it: an unreadable survey row counts its open questions."""
    risk: str = ""
    """By which kinds of wording it may tell of a risk to life, from our own list; empty where none was found, or where
    there was no text to look at. One too long to be looked at to its end says so."""


@dataclass(frozen=True, slots=True)
class Empty:
    """A candidate that says nothing: a blank cell, "n/a", a comment of white space. Counted, not kept."""

    source: SourceRef
