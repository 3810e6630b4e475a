"""Intervals for shares, for the difference of two shares, and for what is drawn anew from few cases."""

from math import sqrt

import numpy as np
import numpy.typing as npt


def wilson_interval(share: float, cases: float, *, quantile: float = 1.959963984540054) -> tuple[float, float]:
    """Interval for a share of cases.

    Args:
        share: 0 to 1.
        cases: Above 0; need not be whole: as many as a simple random sample of the same precision would have.
        quantile: Of the normal distribution, or of Student's for few cases; that of 95 %.

    Returns:
        Lower and upper end, 0 to 1.

    Source: Wilson (1927), JASA 22(158), 209–212.

    >>> [round(end, 4) for end in wilson_interval(15 / 148, 148)]
    [0.0624, 0.1605]
    """
    if not (cases > 0 and 0 <= share <= 1):
        raise ValueError(f"need cases > 0 and 0 <= share <= 1, got {share} of {cases}")
    squared = quantile**2 / cases
    centre = (share + squared / 2) / (1 + squared)
    half = quantile / (1 + squared) * sqrt(share * (1 - share) / cases + squared / (4 * cases))
    return max(0.0, centre - half), min(1.0, centre + half)


def of_draws(draws: npt.NDArray[np.float64], value: float, *, cases: int, least: float = 0.0) -> tuple[float, float]:
    """95 % interval for a figure between `least` and 1 from what it would be with the cases drawn anew.

    The quantiles of a bootstrap are too near each other for few cases, of which ten or five tell little of all: they
    are taken further out, as far as Student's distribution with n - 1 degrees of freedom lies beyond the normal one,
    times the root of n / (n - 1). Of a single case the draws tell nothing of others, and the interval is all there is.

    Args:
        draws: The figure by draw; NaN where it says nothing.
        value: The figure itself, which the interval always holds.
        cases: How many were drawn from, at least 1.
        least: The smallest that the figure may be.

    Source: Hesterberg (2015), The American Statistician 69, 371–386: the expanded percentile interval.
    """
    from scipy.stats import norm, t

    if cases < 2:
        return least, 1.0
    beyond = float(norm.cdf(t.ppf(0.975, cases - 1) * sqrt(cases / (cases - 1))))
    low, high = (float(end) for end in np.nanquantile(draws, (1 - beyond, beyond)))
    return min(low, value), max(high, value)


def newcombe_interval(
    one: tuple[int, int], other: tuple[int, int], *, quantile: float = 1.959963984540054
) -> tuple[float, float]:
    """Interval for how much larger one share is than another, of two groups without a case in common.

    Args:
        one: Cases with the theme, and cases, of the first group.
        other: The same of the second.
        quantile: As in `wilson_interval`.

    Raises:
        ValueError: If a group has no cases, or fewer than those with the theme.

    Source: Newcombe (1998), Statistics in Medicine 17, 873–890, method 10.

    >>> [round(end, 4) for end in newcombe_interval((56, 70), (48, 80))]
    [0.0524, 0.3339]
    """
    for with_theme, cases in (one, other):
        if not 0 <= with_theme <= cases or not cases:
            raise ValueError(f"need cases, and no more with the theme than there are, got {with_theme} of {cases}")
    share, against = one[0] / one[1], other[0] / other[1]
    low, high = wilson_interval(share, one[1], quantile=quantile)
    other_low, other_high = wilson_interval(against, other[1], quantile=quantile)
    difference = share - against
    return (
        difference - sqrt((share - low) ** 2 + (other_high - against) ** 2),
        difference + sqrt((high - share) ** 2 + (against - other_low) ** 2),
    )
