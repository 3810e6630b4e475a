"""Which cases people should review: whole ones, drawn by chance with a known chance, more often where a review tells
more. Batches may follow one another; a case's chance is then that of being in any."""

import hmac
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from themes.estimate.frame import Frame

type Numbers = npt.NDArray[np.float64]

EVEN = 0.3
"""The part of a case's chance that is the same for all: nobody is left out for being uninteresting."""


def usefulness(frame: Frame, priorities: Sequence[float] | None = None) -> Numbers:
    """How much a review of each case would tell for its cost, shape (n_cases,), 0 or more.

    The square root of what is uncertain about the case for each excerpt that has to be read, each code weighed by its
    priority and by how much uncertainty it has at all: rare codes count as much as common ones.

    Args:
        frame: The cases.
        priorities: Of the codes, 0 or more; default: all the same.
    """
    usual = frame.chances.mean(axis=0)
    spread = usual * (1 - usual)
    weights = np.ones(len(frame.code_ids)) if priorities is None else np.asarray(priorities, float)
    weights = np.divide(weights, spread, out=np.zeros_like(weights), where=spread > 0)
    return np.asarray(np.sqrt(frame.chances * (1 - frame.chances) @ weights / frame.excerpts))


def inclusion_probabilities(useful: Numbers, costs: Numbers, budget: float) -> Numbers:
    """The chance of each case, shape (n_cases,), so that the expected cost is the budget.

    min(1, c (0.3 + 0.7 u / mean u)), with c such that the sum over cost and chance is the budget; 1 for all if the
    budget buys them all.

    Args:
        useful: Of each case.
        costs: What each costs, 0 or more: its excerpts, or 1 where cases are counted; less for a case that may be in
            the sample already, by how likely that is.
        budget: Above 0.

    Raises:
        ValueError: If the budget is not above 0.
    """
    if not budget > 0:
        raise ValueError(f"the budget must be above 0, not {budget}")
    mean = useful.mean() if len(useful) else 0.0
    wanted = EVEN + (1 - EVEN) * (useful / mean if mean > 0 else np.ones_like(useful))
    if budget >= costs.sum():
        return np.ones_like(wanted)
    certain = np.zeros(len(wanted), bool)
    while True:
        c = (budget - costs[certain].sum()) / (wanted * costs)[~certain].sum()
        more = ~certain & (c * wanted > 1)
        if not more.any():
            return np.asarray(np.where(certain, 1.0, c * wanted))
        certain |= more


def permanent_number(secret: bytes, stream: str, case_id: str) -> float:
    """The number, from 0 up to 1, by which a case is drawn in a stream: the same whenever it is asked for, in whatever
    company, and nobody without the secret can tell it before."""
    drawn = hmac.digest(secret, f"{stream}\0{case_id}".encode(), "sha256")
    return (int.from_bytes(drawn[:8], "big") >> 11) / (1 << 53)


def drawn(case_ids: Sequence[str], probabilities: Numbers, *, secret: bytes, stream: str) -> npt.NDArray[np.bool_]:
    """Whether each case is drawn, shape (n_cases,): each by its own chance, whatever becomes of the others (Poisson
    sampling)."""
    numbers = [permanent_number(secret, stream, case_id) for case_id in case_ids]
    return np.asarray(np.array(numbers) < probabilities)


def in_any(one: Numbers, other: Numbers) -> Numbers:
    """The chance of being drawn in one batch or another, drawn by streams of their own.

    >>> in_any(np.array([0.5, 0.0]), np.array([0.2, 0.2])).round(2).tolist()
    [0.6, 0.2]
    """
    return np.asarray(1 - (1 - one) * (1 - other))
