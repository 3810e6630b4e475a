"""Why an excerpt is worth a person's time: each reason is a function from what is known of it to a number.

0 says that the reason does not hold; of two excerpts the one with the greater number comes first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from themes.records.coding import Coding

LEAST_UNSURE = 0.6
"""Chances from 30 to 70 in a hundred: beyond them the machine leans clearly enough."""
RARE_SHARE = 0.02
"""A code that machines give to fewer excerpts than this is rare: a mistake in one of them weighs much."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of an excerpt beside its codings."""

    risk: float = 0.0
    """How surely the machine holds that it tells of risk to life, and 1 more if in plain words; 0: it does not."""
    shares: Mapping[str, float] = field(default_factory=dict)
    """Code to the share of excerpts to which the machine gives it."""
    drift: Mapping[str, float] = field(default_factory=dict)
    """Code to how much its share among new texts differs from that among earlier ones, in standard errors; only for an
    excerpt of a new text."""
    stale: int = 0
    """How many decisions on it hold no more, since its text or a code was changed."""
    new_theme: float = 0.0
    """How much it belongs to a theme that the newest run was the first to find, 0 to 1."""


type Reason = Callable[[Sequence[Coding], Around], float]


def needs_a_person(said: Sequence[Coding], around: Around) -> float:
    """The machine holds that it may tell of risk to life."""
    return around.risk


def stale(said: Sequence[Coding], around: Around) -> float:
    """Somebody decided on it, and that holds no more: the number of such decisions."""
    return float(around.stale)


def unsure(said: Sequence[Coding], around: Around) -> float:
    """The machine gives a code about even chances: 1 where they are even, 0 where it leans to either side."""
    own = [c.probability for c in said if not c.is_advice and c.probability is not None]
    nearest = max((1 - abs(2 * p - 1) for p in own), default=0.0)
    return nearest if nearest >= LEAST_UNSURE else 0.0


def disputed(said: Sequence[Coding], around: Around) -> float:
    """Two machines say otherwise: the number of codes on which they do. (What people dispute has a page of its own.)"""
    own = {c.code_id for c in said if not c.is_advice and c.applies}
    advised = {c.code_id for c in said if c.is_advice and c.applies}
    return float(len(own ^ advised)) if any(c.is_advice for c in said) else 0.0


def rare_code(said: Sequence[Coding], around: Around) -> float:
    """A code is suggested that hardly any other excerpt has."""
    shares = [around.shares.get(c.code_id, 0.0) for c in said if c.applies]
    return max((1 - share / RARE_SHARE for share in shares if share < RARE_SHARE), default=0.0)


def new_theme(said: Sequence[Coding], around: Around) -> float:
    """It belongs to a theme that was not there before."""
    return around.new_theme


def drift(said: Sequence[Coding], around: Around) -> float:
    """It is from a new text, and new texts have a code of it more often, or less, than earlier ones had."""
    return max((around.drift.get(c.code_id, 0.0) for c in said if c.applies), default=0.0)


REASONS: dict[str, Reason] = {
    "risk": needs_a_person,
    "stale": stale,
    "unsure": unsure,
    "disputed": disputed,
    "rare": rare_code,
    "theme": new_theme,
    "drift": drift,
}

TOLD = {
    "risk": "may tell of risk to life",
    "stale": "a decision holds no more",
    "unsure": "the machine is unsure",
    "disputed": "opinions differ",
    "rare": "a rare code",
    "theme": "a new theme",
    "drift": "new texts differ from earlier ones",
}
"""Each reason in words, for the page."""
