"""How far shares differ: of two groups, of two runs, of two questions. And how many such differences are luck.

Sources: Welch (1947), Biometrika 34, for the degrees of freedom; Holm (1979), Scandinavian Journal of Statistics 6;
Benjamini and Hochberg (1995), JRSS B 57.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from themes.estimate.prevalence import Estimates

FEWEST_REVIEWED = 10
"""With fewer reviewed cases on either side no difference is told, and no share either."""

type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Differences:
    """How much larger each theme's share is in one than in the other, shape (n_themes,). NaN where it is withheld."""

    theme_ids: tuple[str, ...]
    difference: Numbers
    """-1 to 1."""
    low: Numbers
    high: Numbers
    """A 95 % interval for this difference alone."""
    p: Numbers
    """How likely one so large would be by luck alone, were there none."""
    adjusted: Numbers
    """The same with all the comparisons that were made beside it heeded."""
    planned: bool
    """Whether it was decided on before anybody looked: then `adjusted` is Holm's, else Benjamini and Hochberg's."""


def compare(pairs: Sequence[tuple[Estimates, Estimates]], *, planned: bool) -> list[Differences]:
    """One less the other of each pair, with luck weighed over all pairs and themes together.

    A theme is withheld where fewer than `FEWEST_REVIEWED` cases were reviewed on either side. Cases on both sides, as
    when one run follows another, are paired: what people found in them is no reason for a difference.

    Args:
        pairs: Of the same themes.
        planned: Whether all of them were decided on before anybody looked.
    """
    found = [_differ(one, other) for one, other in pairs]
    if not found:
        return []
    all_p = np.concatenate([p for *_, p in found])
    adjusted = (holm if planned else benjamini_hochberg)(all_p).reshape(len(found), -1)
    return [
        Differences(one.theme_ids, difference, low, high, p, of_pair, planned)
        for (one, _), (difference, low, high, p), of_pair in zip(pairs, found, adjusted, strict=True)
    ]


def _differ(one: Estimates, other: Estimates) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    from scipy.stats import t

    if one.theme_ids != other.theme_ids:
        raise ValueError("only shares of the same themes, in the same order, can be compared")
    told = (one.reviewed >= FEWEST_REVIEWED) & (other.reviewed >= FEWEST_REVIEWED)
    variance = np.maximum(one.variance + other.variance - 2 * shared_error(one, other), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = (one.variance + other.variance) ** 2 / (
            one.variance**2 / (one.reviewed - 1) + other.variance**2 / (other.reviewed - 1)
        )
        freedom = np.where(np.isfinite(freedom), freedom, 1.0)
        difference = np.where(told, one.share - other.share, np.nan)
        error = np.sqrt(variance)
        p = 2 * t.sf(np.abs(difference) / error, freedom)
    # What is known exactly differs, or it does not.
    p = np.where(error > 0, p, np.where(difference == 0, 1.0, 0.0))
    half = t.ppf(0.975, freedom) * error
    return (
        difference,
        np.where(told, np.clip(difference - half, -1, 1), np.nan),
        np.where(told, np.clip(difference + half, -1, 1), np.nan),
        np.where(told, p, np.nan),
    )


def shared_error(one: Estimates, other: Estimates) -> Numbers:
    """The part of the error that both have from the same cases, as a covariance, shape (n_themes,).

    Of a case drawn for one and later, with a larger chance, for both, the larger chance counts: (1 − π) w w' r r'.
    """
    _, ours, theirs = np.intersect1d(one.cluster_ids, other.cluster_ids, return_indices=True)
    chance, against = one.left_to_chance[ours], other.left_to_chance[theirs]
    largest = np.maximum(chance, against)
    nested = np.divide(np.minimum(chance, against), largest, out=np.zeros_like(largest), where=largest > 0)
    return np.asarray((one.spread[ours] * other.spread[theirs] * nested[:, None]).sum(axis=0))


def holm(p: Numbers) -> Numbers:
    """Adjusted so that the chance of any wrong finding at all stays below the level. NaN is passed over.

    >>> holm(np.array([0.01, 0.04, 0.03])).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    adjusted = np.full(p.shape, np.nan)
    told = np.flatnonzero(~np.isnan(p))
    order = told[np.argsort(p[told])]
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(order), 0, -1)), 1.0)
    return adjusted


def benjamini_hochberg(p: Numbers) -> Numbers:
    """Adjusted so that the expected part of wrong ones among the findings stays below the level. NaN is passed over.

    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(2).tolist()
    [0.03, 0.04, 0.04]
    """
    from scipy.stats import false_discovery_control

    adjusted = np.full(p.shape, np.nan)
    told = ~np.isnan(p)
    if told.any():
        adjusted[told] = false_discovery_control(p[told])
    return adjusted
