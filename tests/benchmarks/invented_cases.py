"""An invented corpus of scores and truths, to see how often intervals hold what is true: no texts, figures alone.

5,000 cases with 1 to some 20 excerpts, 20,000 in all; ten themes that 1 to 30 % of cases have. A machine scores each
excerpt; it tells all themes apart equally well, so well that its macro-F1 over excerpts is the one asked for: as always
F1 is lower for rare themes. Like a real one it is too sure of itself, leans its own way in each theme, and errs in some
cases throughout.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.stats import norm

CASES = 5_000
EXCERPTS = 20_000
SHARES = (0.01, 0.02, 0.03, 0.05, 0.07, 0.10, 0.14, 0.18, 0.24, 0.30)
TOO_SURE = 1 / 0.6
"""By how much the machine's log odds are too large."""
LEANINGS = (1.0, -0.8, 0.4, -1.0, 0.8, 0.0, -0.6, 1.0, -0.4, 0.6)
"""By how much the machine's log odds are too high, in each theme."""
ERRS_TOGETHER = 0.3
"""The part of the variance of a score that all excerpts of a case share."""

type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Invented:
    """Whole cases; excerpts are behind them."""

    truth: Numbers
    """1 or 0, shape (n_cases, n_themes)."""
    scores: Numbers
    """The highest log odds of a case's excerpts, same shape."""
    suggested: Numbers
    """Whether the machine suggests the theme for any excerpt, same shape."""
    excerpts: Numbers
    """How many each case has, shape (n_cases,)."""
    macro_f1: float
    """What the machine reaches on these excerpts."""


def invented(f1: float, seed: int) -> Invented:
    """One corpus.

    Args:
        f1: The macro-F1 that the machine has on average.
        seed: Of everything that is drawn.
    """
    random = np.random.default_rng(seed)
    excerpts = 1 + random.negative_binomial(1.2, 1.2 / (1.2 + EXCERPTS / CASES - 1), CASES)
    case = np.repeat(np.arange(CASES), excerpts)
    has_theme = random.random((CASES, len(SHARES))) < np.array(SHARES)
    # A case that has a theme speaks of it in one excerpt, and in some of its others.
    first = np.cumsum(excerpts) - excerpts + (random.random(CASES) * excerpts).astype(int)
    truth = has_theme[case] & (random.random((len(case), len(SHARES))) < 0.25)
    truth[first] |= has_theme
    common = random.normal(size=(CASES, len(SHARES)))[case]
    noise = np.sqrt(ERRS_TOGETHER) * common + np.sqrt(1 - ERRS_TOGETHER) * random.normal(size=truth.shape)
    scores = np.empty(truth.shape)
    apart = separation(f1, truth.mean(axis=0))
    for k, usual in enumerate(truth.mean(axis=0)):
        odds = apart * (noise[:, k] + apart * (truth[:, k] - 0.5)) + np.log(usual / (1 - usual))
        scores[:, k] = TOO_SURE * odds + LEANINGS[k]
    starts = np.cumsum(excerpts) - excerpts
    hit = scores > 0
    return Invented(
        truth=np.maximum.reduceat(truth, starts).astype(float),
        scores=np.maximum.reduceat(scores, starts),
        suggested=np.maximum.reduceat(hit, starts).astype(float),
        excerpts=excerpts.astype(float),
        macro_f1=float(np.mean(2 * (truth & hit).sum(axis=0) / (truth.sum(axis=0) + hit.sum(axis=0)))),
    )


def separation(f1: float, usual: Numbers) -> float:
    """How many standard deviations apart the scores of excerpts with and without a theme lie, so that cutting at even
    odds gives this macro-F1 for themes so usual."""

    def too_good(apart: float) -> float:
        cut = (-np.array(LEANINGS) / TOO_SURE - np.log(usual / (1 - usual))) / apart
        found, wrong = norm.sf(cut - apart / 2), norm.sf(cut + apart / 2)
        return float(np.mean(2 * usual * found / (usual + usual * found + (1 - usual) * wrong)) - f1)

    return float(brentq(too_good, 0.3, 12))
