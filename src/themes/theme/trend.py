"""Whether more people, or fewer, speak of a theme as time goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

_CLEAR = 2.58
"""Of the normal distribution, so that of 40 themes that do not change, fewer than one is said to."""


@dataclass(frozen=True, slots=True)
class InPeriod:
    """How many cases wrote in a period, and how many of them spoke of a theme."""

    period: str
    cases: int
    cases_with: int


def direction(periods: Sequence[InPeriod]) -> str:
    """ "rising", "falling" or "steady"; "" for fewer than three periods with cases, or none that ever spoke of it.

    Args:
        periods: In the order of time; those without cases count for nothing.

    Source: the trend test of Cochran (1954) and Armitage (1955), with the number of the period as its score.

    >>> direction([InPeriod("2026-01", 100, 5), InPeriod("2026-02", 100, 10), InPeriod("2026-03", 100, 30)])
    'rising'
    """
    told = [(at, each) for at, each in enumerate(periods) if each.cases]
    cases, spoke = sum(each.cases for _, each in told), sum(each.cases_with for _, each in told)
    if len(told) < 3 or not spoke:
        return ""
    share = spoke / cases
    middle = sum(at * each.cases for at, each in told) / cases
    moved = sum((at - middle) * (each.cases_with - share * each.cases) for at, each in told)
    variance = share * (1 - share) * sum(each.cases * (at - middle) ** 2 for at, each in told)
    if not variance or abs(moved) / sqrt(variance) < _CLEAR:
        return "steady"
    return "rising" if moved > 0 else "falling"
