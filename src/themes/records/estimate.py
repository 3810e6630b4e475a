"""Numbers, each with what it counts."""

from dataclasses import dataclass

BY_WHAT_IS_SAID = frozenset({"experience", "polarity", "theme", "stance"})
"""Groupings by what people say ("polarity" in runs of earlier versions); all others are by who they are."""
GROUPINGS = BY_WHAT_IS_SAID | {"kind", "speaker"}
"""Groupings of the program's own: no attribute of people is called so."""


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
class Difference:
    """How much larger a theme's share is in one group, or run, than in another. None where it is withheld."""

    theme_id: str
    one: str
    """"attribute=value", or the id of a run."""
    other: str
    """Of the same attribute; or of the run before."""
    difference: float | None
    """-1 to 1."""
    low: float | None
    high: float | None
    p: float | None
    """How likely one so large is by luck alone, all that were compared beside it heeded."""
    planned: bool
    """Whether it was to be compared before anybody looked: then `p` is Holm's, else Benjamini and Hochberg's."""
    reason: str = ""
    """Why it is withheld."""

    @property
    def is_between_runs(self) -> bool:
        return "=" not in self.one


@dataclass(frozen=True, slots=True)
class DriftFigure:
    """Whether cases that came after the sample was first drawn are unlike the others, by one look, for one theme."""

    look: str
    """"scores", "texts" or "review"; the last says that shares would be wrong."""
    theme_id: str
    """Empty for texts: all are meant."""
    size: float | None
    p: float | None
    """None where it cannot be told."""
    drifted: bool


@dataclass(frozen=True, slots=True)
class SaturationPoint:
    """How many codes so many cases have together, on average over orders in which they might have come."""

    cases: int
    codes: float
    saturated_after: float | None = None
    """With how many cases a run of more first brought hardly a new code; the same in each point; None: never."""
    codes_at_least: float | None = None
    """Chao1: codes, those that nobody spoke of yet among them, at the least; the same in each point."""


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
