"""What people do in review, as the log keeps it: one entry for each thing that was said or done."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class EntryKind(StrEnum):
    """What an entry tells."""

    DECISION = "decision"
    """A coder decided about an excerpt: `records.decision.Decision`."""
    MEMO = "memo"
    """Somebody noted something: `records.coding.Memo`."""
    CONCERN = "needs a person"
    """Somebody holds that an excerpt is worrying, or that it no longer is."""
    BATCH = "batch"
    """A batch of the probability sample was drawn: how, from which run."""
    DRAW = "draw"
    """One case in a batch, drawn or not, with its chance of being drawn."""
    CODEBOOK = "codebook"
    """Another version of the codebook was made: which file, by whom, what changed. Says ids, never what a code says."""
    QUERY = "query"
    """Somebody kept what they looked for."""
    ASSIGNMENT = "assignment"
    """An excerpt or a case was given to people to code, or to nobody any more: `records.assignment.Assignment`."""
    ERASURE = "erasure"
    """What some entries said was taken out of them, since a person is forgotten. Holds their numbers alone."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """Something to be written down."""

    kind: EntryKind
    entry_id: str
    """Chosen by whoever writes it, and of no other entry of the corpus: who sends an entry again, not knowing whether
    the first got through, adds nothing."""
    about: str
    """The id of what it is about: a document, a case, a code, a theme. By it an entry is found."""
    content: Mapping[str, Any]
    """What JSON can hold."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the log."""

    number: int
    """From 1, without gaps, within a corpus."""
    kind: EntryKind
    written_at: str
    """ISO 8601, UTC; by the clock of whoever keeps the log."""
    entry_id: str
    about: str
    content: Mapping[str, Any] | None
    """None once it was erased; then id and `about` are empty as well."""
