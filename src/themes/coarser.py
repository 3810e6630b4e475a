"""Shares as coarse as the counts beside them: a share of 60 people in whole per cents would tell each of the 60."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import ceil, floor

from themes.records.estimate import Difference, Prevalence

FINEST = 0.01
"""No share in public is finer than this."""
TOO_LITTLE = "withheld: Too little was reviewed to tell a share."
HIDDEN = "estimated from a reviewed sample; hidden"
ESTIMATED = "estimated from a reviewed sample"


def is_count(p: Prevalence) -> bool:
    """Whether it counts what the machine suggests, and is no estimate."""
    return "unchecked" in p.method


def coarser(p: Prevalence, *, round_to: int) -> Prevalence:
    """An estimate whose counts are cleared: without a share where they are hidden; else, in public, a rounded one.

    An exact share is the quotient of the two counts that are shown: rounded by itself it would tell these more closely.

    Args:
        p: With counts that are hidden or rounded already.
        round_to: What counts are rounded to; above 1 the edition is for the public.
    """
    is_told = p.cases is not None and p.cases_with is not None and p.share is not None
    if not is_told:
        withheld = p.method.startswith("withheld: ")
        method = (p.method if round_to == 1 else TOO_LITTLE) if withheld else HIDDEN
        return replace(p, share=None, low=None, high=None, method=method)
    if round_to == 1:
        return p
    if p.low == p.high and p.cases and p.cases_with is not None:  # of everybody, so that it is a count of its own
        share = low = high = round(p.cases_with / p.cases, 2)
    else:
        share, low, high = _rounded(p.share or 0.0, p.low or 0.0, p.high or 0.0, _step(p.cases, round_to))
    return replace(p, share=share, low=low, high=high, method=ESTIMATED)


def coarser_differences(
    differences: Iterable[Difference], cleared: Sequence[Prevalence], *, fewest: int, round_to: int
) -> tuple[Difference, ...]:
    """Differences of shares that are both told; in public rounded like them.

    In public a change between two runs that were both reviewed in full is not told: it would say more of the earlier
    counts than their own edition does.

    Args:
        differences: With the names of groups as they are released.
        cleared: The shares of the same release.
        fewest: Counts below it are hidden: a change would tell the earlier share.
        round_to: As for `coarser`.
    """
    told = {
        (p.theme_id, p.group): p
        for p in cleared
        if p.share is not None and not is_count(p) and not (p.question or p.period)
    }
    kept = []
    for each in differences:
        if each.difference is None:
            kept += [each] if round_to == 1 and _may_name(each, cleared) else []
            continue
        sides = _sides(each, told)
        if sides is None or (each.is_between_runs and _before(sides[0], each.difference) < fewest):
            continue
        step = max(_step(side.cases, round_to) for side in sides) if round_to > 1 else 0.0
        if step and each.low == each.high and all(side.low == side.high for side in sides):
            kept += [] if each.is_between_runs else [_of_told(each, *sides)]
        elif step and each.low is not None and each.high is not None:
            difference, low, high = _rounded(each.difference, each.low, each.high, step)
            kept.append(replace(each, difference=difference, low=low, high=high))
        else:
            kept.append(each)
    return tuple(kept)


def _of_told(each: Difference, one: Prevalence, other: Prevalence) -> Difference:
    """The difference of two exact shares as they are told: it says nothing that they do not."""
    difference = round((one.share or 0.0) - (other.share or 0.0), 2)
    return replace(each, difference=difference, low=difference, high=difference)


def _sides(each: Difference, told: Mapping[tuple[str, str], Prevalence]) -> tuple[Prevalence, Prevalence] | None:
    names = ("", "") if each.is_between_runs else (each.one, each.other)
    one, other = (told.get((each.theme_id, name)) for name in names)
    return (one, other) if one and other else None


def _may_name(each: Difference, cleared: Iterable[Prevalence]) -> bool:
    named = {p.group for p in cleared}
    return each.is_between_runs or {each.one, each.other} <= named


def _before(now: Prevalence, difference: float) -> float:
    return ((now.share or 0.0) - difference) * (now.cases or 0)


def _step(cases: int | None, round_to: int) -> float:
    return max(FINEST, round_to / cases) if cases else 1.0


def _rounded(figure: float, low: float, high: float, step: float) -> tuple[float, float, float]:
    """A figure to the nearest step, its interval outwards; what has no width keeps none, and its ends tell no more."""
    if low == high:
        return (_to_step(figure / step, step),) * 3
    slack = 1e-9  # 0.21 is 21 steps of 0.01, and not 20.999…
    ends = floor(low / step + slack), ceil(high / step - slack)
    return _to_step(figure / step, step), _to_step(ends[0], step), _to_step(ends[1], step)


def _to_step(steps: float, step: float) -> float:
    return round(max(-1.0, min(1.0, round(steps) * step)), 4)
