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
    """How far coders agree on a code."""

    code_id: str
    coders: tuple[str, ...]
    segments: int
    measure: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ClaimWeight:
    """What speaks for a claim, against it, or gives it context: the segments, and how many cases they come from."""

    question_id: str
    claim_id: str
    stance: str
    """"for", "against" or "context"."""
    cases: int | None
    """None once suppressed."""
    segment_ids: tuple[str, ...] = ()
    method: str = "machine, unchecked"
