"""What somebody could work out from published counts: by subtraction, from one release or from several.

The attacker writes down all that is known of every count: what was shown, and what it may have been before rounding;
that groups add up; that nobody leaves between releases. Then a solver of whole numbers (HiGHS) is asked how small and
how large each hidden count could be. Where the two are the same, it is recovered. Knows nothing of how numbers are
chosen to be hidden, so that it shares no mistake with that; and so misses what only that choice would tell.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from themes.records.estimate import Prevalence

type Count = tuple[int, str, str, str, str]
"""(release, theme_id, group, question, period), as a row names it: how many have the theme; with theme_id "" how many
there are."""

NO_COUNTS = "No counts fit all that was published and is said to add up."
NEVER_ADD_UP = frozenset({"theme", "stance"})
"""Groupings in which one case is in many groups, whatever the study."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a sum of counts, each times a whole number: that it is no less and no more than this."""

    times: Mapping[Any, int]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Recovered:
    """A hidden count that can be worked out, nearly or exactly."""

    count: Any
    low: int
    high: int


class Contradiction(ValueError):
    """No counts at all are as the facts say: one of them is wrong."""


def attack(
    releases: Sequence[Iterable[Prevalence]],
    *,
    round_to: int = 1,
    complete: Mapping[str, Collection[str]] = MappingProxyType({}),
    overlapping: Iterable[str] = ("question", "period"),
    nobody_leaves: bool = True,
    within: int = 0,
    fewest_joined: int = 0,
) -> list[Recovered]:
    """The hidden counts of released tables that can be worked out, by release and name.

    Args:
        releases: What was published each time, oldest first; hidden counts are None.
        round_to: Shown counts were rounded to a multiple of it, halves up.
        complete: Attributes of which the attacker knows that everybody is in one of these groups, "age" in "age=old" or
            "age=young": also in one that no row names. Of others some people may be in none.
        overlapping: Attributes, and "question" and "period", of which a case may be in several groups: they do not add
            up. The fewer there are, the more the attacker knows.
        nobody_leaves: Whether the attacker knows that a count never falls from one release to the next.
        within: Report a count as recovered if its largest and smallest possible values are no further apart.
        fewest_joined: Report as well how many joined a count since the release before, as (count, "joined"), where it
            can be told, is not 0, and is below this. Needs `nobody_leaves`.

    Raises:
        Contradiction: If the facts cannot all be true, as when groups were said to add up and do not.
    """
    tables = [list(table) for table in releases]
    facts: list[Fact] = []
    hidden: list[Any] = []
    named: set[Any] = set()
    for number, table in enumerate(tables):
        shown, out_of = _shown(number, table)
        named |= set(shown)
        _name_missing(shown, out_of, {group for groups in complete.values() for group in groups})
        facts += [_as_shown(count, value, round_to) for count, value in shown.items()]
        hidden += [count for count, value in shown.items() if value is None]
        facts += [Fact({whole: 1, count: -1}, 0, inf) for count, whole in out_of.items() if count != whole]
        facts += _the_other_way_round(shown) + _sums(shown, NEVER_ADD_UP | set(overlapping), complete)
        for count in shown if nobody_leaves and number else ():
            joined = (count, "joined")
            facts.append(Fact({count: 1, (number - 1, *count[1:]): -1, joined: -1}, 0, 0))
            hidden += [joined] if fewest_joined else []
    found = worked_out(facts, hidden, within=within)
    # That nobody is in a group which is not named is no secret of anybody.
    found = [each for each in found if each.high > 0 or each.count in named]
    return [each for each in found if each.count[1] != "joined" or 0 < each.low <= each.high < fewest_joined]


def worked_out(facts: Sequence[Fact], hidden: Iterable[Any], *, within: int = 0) -> list[Recovered]:
    """Which counts, all whole and 0 or more, can be told from the facts, in the order given.

    Raises:
        Contradiction: If the facts cannot all be true.
    """
    wanted = list(dict.fromkeys(hidden))
    names = list(dict.fromkeys([*wanted, *(name for fact in facts for name in fact.times)]))
    solver = _Solver(facts, names)
    low, high = np.full(len(names), inf), np.full(len(names), -inf)

    def ask(costs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        answer = solver.answer(costs)
        np.minimum(low, answer, out=low)
        np.maximum(high, answer, out=high)
        return answer

    # Two answers in which a count differs by more than that show that it is safe. Those of which no two do yet are
    # asked for together, as few and as many as can be; and then one by one.
    left = np.zeros(len(names))
    left[: len(wanted)] = 1
    while left.any():
        before = left.sum()
        for sign in (1, -1):
            ask(sign * left)
        left[high - low > within] = 0
        if left.sum() == before:
            break
    found = []
    for at in np.flatnonzero(left).tolist():
        alone = np.zeros(len(names))
        alone[at] = 1
        least, most = ask(alone)[at], ask(-alone)[at]
        if most - least <= within:
            found.append(Recovered(wanted[at], round(least), round(most)))
    return found


class _Solver:
    """The facts as a mixed integer programme."""

    def __init__(self, facts: Sequence[Fact], names: Sequence[Any]) -> None:
        from scipy.optimize import Bounds, LinearConstraint
        from scipy.sparse import csr_array

        column = {name: at for at, name in enumerate(names)}
        # A hidden count of which nothing else is known could be anything; beyond this it makes no difference.
        most = 1_000 + 2 * sum(abs(fact.high) for fact in facts if np.isfinite(fact.high))
        low, high = np.zeros(len(names)), np.full(len(names), float(most))
        sums = []
        for fact in facts:
            ((name, times), *others) = fact.times.items()
            if others or times != 1:
                sums.append(fact)
            else:
                low[column[name]] = max(low[column[name]], fact.low)
                high[column[name]] = min(high[column[name]], fact.high)
        if np.any(low > high):
            raise Contradiction(NO_COUNTS)
        entries = [(row, column[name], times) for row, fact in enumerate(sums) for name, times in fact.times.items()]
        rows, columns, values = np.array(entries, float).reshape(-1, 3).T
        matrix = csr_array((values, (rows.astype(int), columns.astype(int))), shape=(len(sums), len(names)))
        self._constraints = LinearConstraint(matrix, [fact.low for fact in sums], [fact.high for fact in sums])
        self._bounds = Bounds(low, high)

    def answer(self, costs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Counts that fit all facts, at the least cost."""
        from scipy.optimize import milp

        solved = milp(costs, constraints=self._constraints, bounds=self._bounds, integrality=np.ones(len(costs)))
        if solved.x is None:
            raise Contradiction(NO_COUNTS)
        return np.asarray(np.round(solved.x))


def _shown(number: int, table: Iterable[Prevalence]) -> tuple[dict[Count, int | None], dict[Count, Count]]:
    """Every count that a table has a place for, None where it is hidden; and of which larger one each is a part."""
    shown: dict[Count, int | None] = {}
    out_of = {}
    for row in table:
        count = (number, row.theme_id, row.group, row.question, row.period)
        out_of[count] = whole = _out_of(count)
        for name, value in ((count, row.cases_with), (whole, row.cases)):
            shown[name] = shown.get(name) if value is None else value
    return shown, out_of


def _name_missing(shown: dict[Count, int | None], out_of: dict[Count, Count], groups: Iterable[str]) -> None:
    """Add hidden counts of groups that are known to be there and have no row."""
    ungrouped = [count for count in shown if not count[2]]
    for number, theme_id, _, question, period in ungrouped:
        for group in sorted(groups):
            count = (number, theme_id, group, question, period)
            if count not in shown:
                shown[count], out_of[count] = None, _out_of(count)
                shown.setdefault(out_of[count], None)


def _out_of(count: Count) -> Count:
    """Of which count `Prevalence.cases` tells in this row."""
    number, _, group, question, period = count
    grouping, _, other = group.partition("=")
    if grouping == "theme":
        return number, other, "", question, period
    return number, "", "" if grouping in {"polarity", "stance"} else group, question, period


def _the_other_way_round(shown: Iterable[Count]) -> list[Fact]:
    """Who speaks of both of two themes is counted with either."""
    known = set(shown)
    facts = []
    for count in known:
        number, theme_id, group, question, period = count
        if group.startswith("theme="):
            other = (number, group.removeprefix("theme="), f"theme={theme_id}", question, period)
            facts += [Fact({count: 1, other: -1}, 0, 0)] if other in known and count < other else []
    return facts


def _as_shown(count: Count, value: int | None, round_to: int) -> Fact:
    if value is None:
        return Fact({count: 1}, 0, inf)
    low = value - round_to // 2
    return Fact({count: 1}, low, low + round_to - 1)


def _sums(shown: Iterable[Count], overlapping: Collection[str], complete: Collection[str]) -> list[Fact]:
    """That the groups of a breakdown, and those of whom no group is known, make up its total; or, where groups overlap,
    that none is larger than it."""
    parts: dict[tuple[Count, str], list[Count]] = defaultdict(list)
    for count in shown:
        number, theme_id, group, question, period = count
        if group:
            parts[(number, theme_id, "", question, period), group.partition("=")[0]].append(count)
        if question:
            parts[(number, theme_id, group, "", period), "question"].append(count)
        if period:
            parts[(number, theme_id, group, question, ""), "period"].append(count)
    facts, known = [], set(shown)
    for (total, breakdown), counts in parts.items():
        if total not in known:
            continue
        if breakdown in overlapping:
            facts += [Fact({total: 1, count: -1}, 0, inf) for count in counts]
        else:
            facts.append(Fact({total: 1} | dict.fromkeys(counts, -1), 0, 0 if breakdown in complete else inf))
    return facts
