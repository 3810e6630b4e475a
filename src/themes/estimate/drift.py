"""Whether cases of late are unlike those that a coder and its calibration learned from.

Three looks: at the scores, at the texts, and at how far the calibration misses what people now find. The first two say
that something changed, not that it matters; the third says that figures are wrong, and asks for a new sample. Sources:
Kolmogorov (1933) and Smirnov (1948) for scores; Székely and Rizzo (2004), "Testing for equal distributions in high
dimension", for texts.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from themes.estimate.comparison import holm
from themes.estimate.prevalence import FEW_WITH
from themes.estimate.reviewed import Reviewed

LEVEL = 0.05
SHUFFLES = 499
MOST_CASES = 1_000
"""More cases than this on a side are drawn from: distances between all pairs are weighed."""

type Numbers = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Drift:
    """One look, a figure for each theme; of texts, one figure for all."""

    theme_ids: tuple[str, ...]
    """("",) where all are meant."""
    size: Numbers
    """How far they differ: of scores the largest distance between the shares below any score, 0 to 1; of residuals by
    how much more cases have the theme than was thought likely, -1 to 1; of texts energy distance, as a share of the
    mean distance between the two, 0 to 1."""
    p: Numbers
    """How likely that is by luck, all themes heeded (Holm); NaN where it cannot be told."""

    @property
    def drifted(self) -> tuple[str, ...]:
        """Themes in which it is not luck."""
        return tuple(theme for theme, p in zip(self.theme_ids, self.p, strict=True) if p <= LEVEL)


def score_drift(theme_ids: tuple[str, ...], before: Numbers, after: Numbers) -> Drift:
    """Whether the machine scores cases of late unlike earlier ones.

    Args:
        theme_ids: Of the columns.
        before: Of each case its highest score, any scale, shape (n_cases, n_themes).
        after: The same of other cases.
    """
    from scipy.stats import ks_2samp

    if not (len(before) and len(after)):
        return Drift(theme_ids, np.full(len(theme_ids), np.nan), np.full(len(theme_ids), np.nan))
    found = [ks_2samp(one, other, method="asymp") for one, other in zip(before.T, after.T, strict=True)]
    return Drift(
        theme_ids,
        np.array([float(each.statistic) for each in found]),
        holm(np.array([float(each.pvalue) for each in found])),
    )


def residual_drift(reviewed: Reviewed, late: Flags) -> Drift:
    """Whether what people find in cases of late contradicts what the reviews of the others taught.

    The calibration is fitted on reviewed cases that are not late, and held against those that are. Significant in a
    theme, it asks for a new sample of it.

    Args:
        reviewed: All cases.
        late: Whether each is of late, shape (n_cases,).

    Returns:
        NaN for a theme of which fewer than `FEW_WITH` cases on either side were reviewed, or could be expected to have
        it, or not to have it.

    Raises:
        NotConverged: If the calibration cannot be fitted.
    """
    from scipy.stats import t

    earlier = Reviewed(
        reviewed.case_ids,
        reviewed.theme_ids,
        reviewed.scores,
        np.where(late[:, None], np.nan, reviewed.outcomes),
        reviewed.probabilities,
        reviewed.clusters,
    )
    own, others = _mean_miss(earlier, late, reviewed.outcomes), _mean_miss(earlier, ~late, reviewed.outcomes)
    difference = own.mean - others.mean
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(own.variance + others.variance)
        freedom = error**4 / (own.variance**2 / (own.count - 1) + others.variance**2 / (others.count - 1))
        p = 2 * t.sf(np.abs(difference) / error, np.where(np.isfinite(freedom), freedom, 1.0))
    enough = np.minimum(own.expected, others.expected) >= FEW_WITH
    return Drift(reviewed.theme_ids, np.where(enough, difference, np.nan), holm(np.where(enough, p, np.nan)))


@dataclass(frozen=True)
class _Miss:
    mean: Numbers
    variance: Numbers
    count: Numbers
    expected: Numbers
    """Cases with the theme that are likely, or without it, whichever is less."""


def _mean_miss(model: Reviewed, chosen: Flags, outcomes: Numbers) -> _Miss:
    """How far outcomes of chosen cases lie above their chances, weighed by chance to be drawn; clusters stay whole."""
    known = ~np.isnan(outcomes) & chosen[:, None]
    weights = np.where(known, 1 / model.probabilities[:, None], 0.0)
    misses = np.where(known, outcomes - model.chances, 0.0)
    clusters, at = np.unique(model.cluster_ids, return_inverse=True)

    def together(of_case: Numbers) -> Numbers:
        sums = np.zeros((len(clusters), of_case.shape[1]))
        np.add.at(sums, at, of_case)
        return sums

    count = (together(known.astype(float)) > 0).sum(axis=0).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (weights * misses).sum(axis=0) / weights.sum(axis=0)
        spread = (together(weights * (misses - mean)) ** 2).sum(axis=0) / weights.sum(axis=0) ** 2
        # No less than the chances themselves leave open: a rare theme that nobody had tells little.
        open_still = (together(weights * np.sqrt(model.chances * (1 - model.chances))) ** 2).sum(axis=0)
        variance = np.maximum(spread * count / (count - 1), open_still / weights.sum(axis=0) ** 2)
    likely = np.where(known, model.chances, 0.0).sum(axis=0)
    return _Miss(mean, variance, count, np.minimum(likely, known.sum(axis=0) - likely))


def text_drift(before: Numbers, after: Numbers, *, seed: int) -> Drift:
    """Whether people write unlike earlier ones: energy distance between vectors, by shuffling who is of late.

    Args:
        before: Of each case the mean vector of its texts, shape (n_cases, n_dims).
        after: The same of other cases.
        seed: For the shuffles.

    Returns:
        One figure. NaN where there are fewer than two cases on a side.
    """
    from scipy.spatial.distance import cdist

    random = np.random.default_rng(seed)
    one, other = (
        side if len(side) <= MOST_CASES else side[np.sort(random.choice(len(side), MOST_CASES, replace=False))]
        for side in (before, after)
    )
    if min(len(one), len(other)) < 2:
        return Drift(("",), np.array([np.nan]), np.array([np.nan]))
    everybody = np.concatenate([one, other])
    distances = cdist(everybody, everybody)
    is_late = np.arange(len(everybody)) >= len(one)
    lots = np.array([is_late, *(random.permutation(is_late) for _ in range(SHUFFLES))]).astype(float)
    within_late = np.einsum("sc,sc->s", lots @ distances, lots) / len(other) ** 2
    within_early = np.einsum("sc,sc->s", (1 - lots) @ distances, 1 - lots) / len(one) ** 2
    between = np.einsum("sc,sc->s", lots @ distances, 1 - lots) / (len(one) * len(other))
    energy = 2 * between - within_late - within_early
    p = float((energy >= energy[0] - 1e-12).mean())
    size = float(energy[0] / (2 * between[0])) if between[0] > 0 else 0.0
    return Drift(("",), np.array([size]), np.array([p]))
