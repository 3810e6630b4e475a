"""How precise a share will be once a sample is reviewed, told before anybody has reviewed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from themes.estimate.frame import Frame
from themes.estimate.intervals import wilson_interval
from themes.estimate.sampling import in_any, inclusion_probabilities, usefulness

type Numbers = npt.NDArray[np.float64]

FEW_WITH = 5
"""Fewer reviewed cases with a code than this, and the variance gets an addition."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What reviewing more cases would do for one code; half of an interval's width, as a share."""

    code_id: str
    now: float
    then: float


def model_variance(chances: Numbers, probabilities: Numbers) -> Numbers:
    """V_m: the variance of each code's estimated share as it is expected, shape (n_codes,).

    N⁻² Σ ((1 − π) / π) g (1 − g), over all cases. Needs no review. Infinite where a case cannot be drawn at all.

    Args:
        chances: g, shape (n_cases, n_codes).
        probabilities: π, shape (n_cases,).
    """
    with np.errstate(divide="ignore"):
        weights = (1 - probabilities) / probabilities
    uncertain = chances * (1 - chances)
    # Nothing is uncertain about a case that is sure to be so, even if it cannot be drawn: 0 times infinity is 0 here.
    weighted = np.multiply(weights[:, None], uncertain, out=np.zeros_like(uncertain), where=uncertain > 0)
    return np.asarray(weighted.sum(axis=0) / len(chances) ** 2)


def expected_intervals(chances: Numbers, probabilities: Numbers) -> list[tuple[float, float]]:
    """The 95 % interval that each code's share is expected to get: lower and upper end, 0 to 1.

    As the estimator forms it: Wilson's, for as many cases as V_m is worth, with Student's quantile for the cases that
    are reviewed. (0, 1) where fewer than two are expected to be.
    """
    from scipy.stats import t

    reviewed = float(probabilities.sum())
    if reviewed < 2 or not np.all(probabilities > 0):
        return [(0.0, 1.0)] * chances.shape[1]
    effective = len(chances) ** 2 / float((1 / probabilities).sum())
    variances = model_variance(chances, probabilities)
    few = probabilities @ chances < FEW_WITH
    certain = np.all(probabilities >= 1)
    variances = variances + np.where(few & ~certain, 0.25 / effective**2, 0.0)
    quantile = float(t.ppf(0.975, reviewed - 1))
    return [
        _interval(float(share), float(variance), effective, quantile)
        for share, variance in zip(chances.mean(axis=0), variances, strict=True)
    ]


def _interval(share: float, variance: float, effective: float, quantile: float) -> tuple[float, float]:
    if variance <= 0:
        return share, share
    edge = min(0.5, 0.5 / effective)
    inner = min(max(share, edge), 1 - edge)
    return wilson_interval(share, inner * (1 - inner) / variance, quantile=quantile)


def promises(frame: Frame, probabilities: Numbers, more_cases: float) -> list[Promise]:
    """What a batch of so many more cases would do for each code.

    Args:
        frame: All cases.
        probabilities: The chance of each that it is in the sample by now; 0 where none was drawn.
        more_cases: How many new cases the batch is expected to bring.
    """
    batch = inclusion_probabilities(usefulness(frame), 1 - probabilities, more_cases)
    now = expected_intervals(frame.chances, probabilities)
    then = expected_intervals(frame.chances, in_any(probabilities, batch))
    return [
        Promise(code_id, _half(before), _half(after))
        for code_id, before, after in zip(frame.code_ids, now, then, strict=True)
    ]


def over_all(each: Sequence[float]) -> float:
    """The half widths of all codes as one figure: the root of their mean square; 0 for none.

    >>> over_all([0.03, 0.04])
    0.035355339059327376
    """
    return sqrt(sum(half**2 for half in each) / len(each)) if each else 0.0


def _half(interval: tuple[float, float]) -> float:
    return (interval[1] - interval[0]) / 2
