"""What in a codebook might be worked on, as decisions show it."""

from dataclasses import dataclass
from enum import StrEnum


class Work(StrEnum):
    """What decisions point to."""

    CONFUSED = "confused"
    """The coder gives the first code where people give the second."""
    DISPUTED = "disputed"
    """Some people give the first code where others give the second."""
    TOO_WIDE = "too wide"
    """The codebook's words speak for the code where people say no."""
    TOO_NARROW = "too narrow"
    """They do not speak for it where people say yes."""
    UNCOVERED = "uncovered"
    """No code covers what is said."""


@dataclass(frozen=True, slots=True)
class CodebookProposal:
    """One piece of work. Shows ids and the codebook's words, never a participant's."""

    what: Work
    code_ids: tuple[str, ...]
    excerpts: int | None
    """In how many it shows; None once suppressed."""
    out_of: int | None
    """Of so many that could have shown it."""
    cases: int | None
    """How many cases these are from."""
    segment_ids: tuple[str, ...]
    """Up to three of them, one a case."""
    words: tuple[str, ...] = ()
    """What in the codebook speaks for the code in most of them, such as "cue: sanction*"."""
    theme_id: str = ""
    """Of what no code covers: the emergent theme that they share, if they do."""
