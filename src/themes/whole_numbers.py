"""How small and how large whole numbers can be of which some sums are known, by a solver (HiGHS)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
import numpy.typing as npt

NEAR_ENOUGH = 0.2
"""An answer whose cost is at most that far from the least, in parts of it, is as good where many are asked for."""
ROUNDS_IN_VAIN = 3
NO_COUNTS = "No counts fit all that was published and is said to add up."


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a sum of counts, each times a whole number: that it is no less and no more than this."""

    times: Mapping[Any, float]
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


def worked_out(facts: Sequence[Fact], hidden: Iterable[Any], *, within: int = 0) -> list[Recovered]:
    """Which counts, all whole and 0 or more, can be told from the facts, in the order given.

    Args:
        facts: What is known of sums of counts.
        hidden: Names of the counts asked for.
        within: A count is told if its largest and smallest possible values are no further apart.

    Raises:
        Contradiction: If the facts cannot all be true; only looked for where something is hidden.
    """
    wanted = list(dict.fromkeys(hidden))
    if not wanted:
        return []
    names = list(dict.fromkeys([*wanted, *(name for fact in facts for name in fact.times)]))
    solver = _Solver(facts, names)
    low, high = np.full(len(names), inf), np.full(len(names), -inf)

    def ask(costs: npt.NDArray[np.float64], gap: float = 0.0) -> npt.NDArray[np.float64]:
        answer = solver.answer(costs, gap)
        np.minimum(low, answer, out=low)
        np.maximum(high, answer, out=high)
        return answer

    # Two answers in which a count differs by more than that show that it is safe; they need not be the best of all.
    # Those of which no two do yet are asked for together, as few and as many as can be, and then one by one.
    left = np.zeros(len(names))
    left[: len(wanted)] = 1
    signs = np.random.default_rng(len(names))
    in_vain = 0
    while left.any() and in_vain < ROUNDS_IN_VAIN:
        before = left.sum()
        sign = signs.choice((-1.0, 1.0), len(names)) if in_vain else 1.0
        ask(sign * left, NEAR_ENOUGH)
        ask(-sign * left, NEAR_ENOUGH)
        left[high - low > within] = 0
        in_vain = in_vain + 1 if left.sum() == before else 0
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
        self._bounds = Bounds(low, high)
        self._constraints = []
        if not sums:
            return
        entries = [(row, column[name], times) for row, fact in enumerate(sums) for name, times in fact.times.items()]
        rows, columns, values = np.array(entries, float).reshape(-1, 3).T
        matrix = csr_array((values, (rows.astype(int), columns.astype(int))), shape=(len(sums), len(names)))
        self._constraints.append(LinearConstraint(matrix, [fact.low for fact in sums], [fact.high for fact in sums]))

    def answer(self, costs: npt.NDArray[np.float64], gap: float) -> npt.NDArray[np.float64]:
        """Counts that fit all facts, at a cost that is no further from the least than this part of it."""
        from scipy.optimize import milp

        solved = milp(
            costs,
            constraints=self._constraints,
            bounds=self._bounds,
            integrality=np.ones(len(costs)),
            options={"mip_rel_gap": gap},
        )
        if solved.x is None:
            raise Contradiction(NO_COUNTS)
        return np.asarray(np.round(solved.x))
