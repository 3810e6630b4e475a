"""What an analyst says of a mask: one is wrong, or one is missing. Without the words: they are in the vault."""

from dataclasses import dataclass
from enum import StrEnum

from themes.records.span import Span


class CorrectionAction(StrEnum):
    MASK = "mask"
    UNMASK = "unmask"


class Reach(StrEnum):
    """How far a correction goes beyond the place it was made in."""

    HERE = "here"
    """That stretch of that document, and of texts that are word for word the same."""
    THREAD = "thread"
    """The same words in the texts of its thread."""
    CORPUS = "corpus"
    """The same words in every text of the corpus."""


class Standing(StrEnum):
    """What has become of a correction."""

    WAITING = "waiting"
    """The next run takes it up."""
    IN_FORCE = "in force"
    OVERRULED = "overruled"
    """A later one says something else of the same words. It counts again if that is taken back."""
    REFUSED = "refused"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of a corpus's queue of corrections."""

    number: int
    """Its line of the queue: a later correction has a greater one."""
    document_id: str
    span: Span
    """In the cleaned text, before replacement."""
    action: CorrectionAction
    label: str
    """What it is to be masked as, such as PERSON; empty for a mask that is to go."""
    reach_asked: Reach | None
    """None: what the words are decides, when they are first read."""
    reach: Reach | None
    """How far it goes; None until that is decided."""
    by: str
    at: str
    """ISO 8601 with zone."""
    standing: Standing
    reason: str = ""
    """Why it was refused, as a sentence that quotes nobody."""
    by_later: int = 0
    """The number of the latest that overrules it."""
