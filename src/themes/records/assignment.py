"""Who is to code what."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Assignment:
    """An excerpt, or all excerpts of a case, given to people. A later one of the same unit replaces it."""

    unit_id: str
    """The id of an excerpt, or of a case."""
    of_case: bool
    """Whether it is a case."""
    coder_ids: tuple[str, ...]
    """One, or two who code it without seeing what the machine or the other says; none: taken back."""
