"""Numbers, each with what it counts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prevalence:
    """How many cases of a group speak of a theme. Cases, not segments: one talkative respondent counts once.

    `share`, `low` and `high` are 0 to 1, and None until a probability sample is reviewed: the machine's share is
    never published. Counts are None once suppressed.
    """

    theme_id: str
    group: str
    """"" for everyone, else "attribute=value"."""
    question: str
    period: str
    cases: int | None
    cases_with: int | None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    method: str = "machine, unchecked"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree on a code, or on all codes taken together."""

    code_id: str
    """Empty for all codes."""
    coders: tuple[str, ...]
    segments: int
    measure: str
    value: float
    low: float
    high: float
    cases: int = 0
    """How many cases the segments are from: the unit of the interval."""
