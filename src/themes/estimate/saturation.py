"""Whether new cases still bring new codes: a description of what was read, never a proof that nothing is left to find.

Sources: Guest, Namey and Chen (2020), PLoS ONE 15(5) e0232076, for the curve; Chao (1984), Scandinavian Journal of
Statistics 11, and Chao (1987), Biometrics 43, for codes that nobody has spoken of yet, and their interval.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BASE, RUN, NEW = 4, 2, 0.05
"""So many cases form the base; a run of so many more that brings at most this share of new codes is where the authors
would speak of saturation. They report 4, 5 and 6, 2 and 3, 5 % and 0; these are their least strict."""
ORDERS = 200

type Numbers = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Saturation:
    """A curve, averaged over orders in which the cases might have come."""

    codes: Numbers
    """How many codes the first case, two cases, … have together, shape (n_cases,)."""
    new: Numbers
    """Of the run that ends with each case, new codes as a share of those in the base, shape (n_cases,); NaN before the
    first run."""
    saturated_after: float | None
    """With how many cases, on average over orders, a run first brings few enough; None where in most orders none does.
    An order in which none does counts as all cases."""


def saturation(has_code: Flags, *, seed: int) -> Saturation:
    """The curve of cases in shuffled order.

    Args:
        has_code: Whether each case has each code, shape (n_cases, n_codes).
        seed: For the orders.
    """
    random = np.random.default_rng(seed)
    cases = len(has_code)
    together, news, ends = np.zeros((ORDERS, cases)), np.full((ORDERS, cases), np.nan), np.full(ORDERS, np.inf)
    for order in range(ORDERS):
        codes = np.maximum.accumulate(has_code[random.permutation(cases)], axis=0).sum(axis=1).astype(float)
        together[order] = codes
        if cases >= BASE + RUN and codes[BASE - 1] > 0:
            brought = (codes[BASE + RUN - 1 :] - codes[BASE - 1 : cases - RUN]) / codes[BASE - 1]
            news[order, BASE + RUN - 1 :] = brought
            few = np.flatnonzero(brought <= NEW)
            ends[order] = BASE + RUN + few[0] if len(few) else np.inf
    told = ~np.isnan(news)
    mean_new = np.divide(
        np.where(told, news, 0).sum(axis=0), told.sum(axis=0), out=np.full(cases, np.nan), where=told.any(axis=0)
    )
    reached = np.isfinite(ends).mean() > 0.5
    return Saturation(together.mean(axis=0), mean_new, float(np.minimum(ends, cases).mean()) if reached else None)


def chao1(cases_with: npt.NDArray[np.int64]) -> tuple[float, float, float]:
    """How many codes there are, those that nobody has spoken of yet among them; at the least.

    Args:
        cases_with: How many cases have each code, shape (n_codes,); codes that none has count for nothing.

    Returns:
        The estimate, bias-corrected: S + f₁ (f₁ − 1) / (2 (f₂ + 1)), of S codes seen, f₁ in one case and f₂ in two; and
        its 95 % interval, which begins with S at the least.

    >>> chao1(np.array([0, 1, 1, 4, 2, 5, 2, 4, 1, 2]))[0]
    9.75
    """
    seen = int((cases_with > 0).sum())
    once, twice = int((cases_with == 1).sum()), int((cases_with == 2).sum())
    unseen = once * (once - 1) / (2 * (twice + 1))
    if unseen == 0:
        return float(seen), float(seen), float(seen)
    variance = (
        once * (once - 1) / (2 * (twice + 1))
        + once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
        + once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    )
    factor = float(np.exp(1.959963984540054 * np.sqrt(np.log1p(variance / unseen**2))))
    return seen + unseen, seen + unseen / factor, seen + unseen * factor
