"""How many cases have each theme, from the scores of all and what people found in a sample drawn by chance.

Estimator A: a cross-fitted, calibrated difference estimator. The machine says what is likely, the sample how far that
is wrong: a bad machine makes intervals wide, not wrong. Sources: Särndal, Swensson and Wretman (1992), "Model assisted
survey sampling"; Angelopoulos, Duchi and Zrnic (2023), "PPI++"; Wilson (1927) for the form of the interval.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from themes.estimate.intervals import wilson_interval
from themes.estimate.reviewed import Reviewed

FEW_WITH = 5
"""Fewer reviewed cases with a theme than this, or without it, and the variance gets an addition."""
_TAIL = 0.025

type Numbers = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Estimates:
    """One figure for each theme, shape (n_themes,) unless it says otherwise. NaN where fewer than two cases (or
    clusters) were reviewed."""

    theme_ids: tuple[str, ...]
    cases: int
    """N: of how many the share is."""
    reviewed: npt.NDArray[np.int64]
    """How many of them were reviewed; cases that stay together count once, here and in the next."""
    reviewed_with: npt.NDArray[np.int64]
    """How many of those have the theme. With 0 the theme was "not found in review"."""
    share: Numbers
    """θ, 0 to 1."""
    low: Numbers
    high: Numbers
    variance: Numbers
    """V*: never below what the machine alone is unsure of."""
    cluster_ids: npt.NDArray[np.str_]
    """Sorted, shape (n_clusters,)."""
    spread: Numbers
    """What each cluster adds to the error, shape (n_clusters, n_themes): the sum of squares is V."""
    left_to_chance: Numbers
    """√(1−π) of each cluster, shape (n_clusters,): 0 where it was certain to be drawn."""


def estimate(reviewed: Reviewed, group: Flags | None = None) -> Estimates:
    """The share of cases with each theme, with 95 % intervals.

    Args:
        reviewed: All cases. The calibration learns from all reviewed ones, whatever the group.
        group: Whether each case belongs to those whom the share is about, shape (n_cases,); default: all do.

    Returns:
        θ = mean ḡ + Σ w r / Σ w over reviewed cases, r = Y − ḡ, w = 1 / π. V, clustered, is
        n/(n−1) Σ (Σ √(1−π) w (r − r̄))² / (Σ w)², outer sums over clusters; V_m the same of √((1−π)/π ḡ(1−ḡ)) over all
        cases, by N². V* = max(V, V_m), and 0.25 / n_eff² more where fewer than `FEW_WITH` have the theme, or have it
        not. Where all cases were certain to be drawn and are reviewed, the share is exact.

    Raises:
        NotConverged: If the calibration cannot be fitted.
    """
    inside = np.ones(len(reviewed.case_ids), bool) if group is None else group
    chances, probabilities = reviewed.chances[inside], reviewed.probabilities[inside, None]
    outcomes, known = reviewed.outcomes[inside], reviewed.is_reviewed[inside]
    cluster_ids, at = np.unique(reviewed.cluster_ids[inside], return_inverse=True)
    cases = int(inside.sum())

    def together(of_case: Numbers) -> Numbers:
        sums = np.zeros((len(cluster_ids), of_case.shape[1]))
        np.add.at(sums, at, of_case)
        return sums

    weights = np.where(known, 1 / probabilities, 0.0)
    misses = np.where(known, outcomes - chances, 0.0)
    in_all = weights.sum(axis=0)
    count = (together(known.astype(float)) > 0).sum(axis=0)
    count_with = (together(np.where(known, outcomes, 0.0)) > 0).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_miss = (weights * misses).sum(axis=0) / in_all
        share = chances.mean(axis=0) + mean_miss if cases else np.full(len(in_all), np.nan)
        spread = (
            together(np.sqrt(1 - probabilities) * weights * (misses - mean_miss))
            / in_all
            * np.sqrt(count / (count - 1))
        )
        unsure = together(np.sqrt((1 - probabilities) / probabilities * chances * (1 - chances))) / max(cases, 1)
        effective = in_all**2 / (together(weights) ** 2).sum(axis=0)
        exact = known.all(axis=0) & bool(np.all(probabilities == 1))
        few = (np.minimum(count_with, count - count_with) < FEW_WITH) & ~exact
        variance = np.maximum((spread**2).sum(axis=0), (unsure**2).sum(axis=0)) + np.where(few, 0.25 / effective**2, 0)
    left_to_chance = np.zeros(len(cluster_ids))
    np.maximum.at(left_to_chance, at, np.sqrt(1 - probabilities[:, 0]))
    told = (count >= 2) | exact & (cases > 0)
    share = np.where(told, np.clip(share, 0, 1), np.nan)
    ends = [
        _interval(share[k], 0.0 if exact[k] else variance[k], effective[k], int(count[k]), int(count_with[k]))
        if told[k]
        else (np.nan, np.nan)
        for k in range(len(share))
    ]
    low, high = np.array(ends).reshape(-1, 2).T
    return Estimates(
        reviewed.theme_ids,
        cases,
        count.astype(np.int64),
        count_with.astype(np.int64),
        share,
        low,
        high,
        np.where(told, np.where(exact, 0.0, variance), np.nan),
        cluster_ids,
        np.where(exact, 0.0, spread),
        left_to_chance,
    )


def _interval(share: float, variance: float, effective: float, count: int, count_with: int) -> tuple[float, float]:
    """Wilson's, for as many cases as the variance is worth, with Student's quantile; wider where a review found a theme
    in no case, or in every one."""
    from scipy.stats import t

    if variance <= 0:
        return share, share
    edge = min(0.5, 0.5 / effective)
    inner = min(max(share, edge), 1 - edge)
    worth = inner * (1 - inner) / variance
    low, high = wilson_interval(share, worth, quantile=float(t.ppf(1 - _TAIL, count - 1)))
    if count_with == 0:
        return 0.0, max(high, 1 - _TAIL ** (1 / effective))
    if count_with == count:
        return min(low, _TAIL ** (1 / effective)), 1.0
    return low, high
