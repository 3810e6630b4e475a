"""How far two coders agree on a code: F1, Cohen's kappa, Gwet's AC1, with intervals by case."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from themes.estimate.intervals import of_draws
from themes.records.estimate import Agreement

ALL_CODES = ""
"""The `code_id` of all codes taken together."""
WITHOUT, WITH = "coder without decisions", "coder with decisions"
"""What the coder is called: as it was, and as it is once it has learned from them."""
DRAWS = 2_000
SHARES = frozenset({"F1", "Agreement"})
"""The measures that cannot be below 0; agreement beyond chance can be as low as -1."""

type Flags = npt.NDArray[np.bool_]
type Numbers = npt.NDArray[np.float64]


def agreements(
    people: Flags,
    coder: Flags,
    counted: Flags,
    *,
    code_ids: Sequence[str],
    case_ids: Sequence[str],
    coders: tuple[str, str],
    seed: int,
) -> list[Agreement]:
    """Every measure for all codes taken together, then for each code.

    Args:
        people: Whether each code applies to each excerpt, shape (n_excerpts, n_codes).
        coder: The same by the other coder.
        counted: Which pairs count, same shape.
        code_ids: Of the columns.
        case_ids: Of the rows.
        coders: What the two are called.
        seed: For the intervals.

    Returns:
        Nothing for a code of which no pair counts. A measure is left out where it says nothing: F1 of a code that
        neither gave, kappa of one that both gave always or never.
    """
    cases = sorted(set(case_ids))
    row_of = {case_id: row for row, case_id in enumerate(cases)}
    rows = np.array([row_of[case_id] for case_id in case_ids], np.int64)
    tables = np.zeros((len(cases), len(code_ids), 4))
    for place, of_kind in enumerate((people & coder, ~people & coder, people & ~coder, ~people & ~coder)):
        np.add.at(tables[:, :, place], rows, (of_kind & counted).astype(float))
    found = []
    by_code = {ALL_CODES: tables.sum(axis=1), **{code_id: tables[:, at] for at, code_id in enumerate(code_ids)}}
    for code_id, whole in by_code.items():
        table = whole[whole.sum(axis=1) > 0]
        excerpts = int(counted.any(axis=1).sum()) if code_id == ALL_CODES else int(table.sum())
        found += [
            Agreement(code_id, coders, excerpts, measure, value, low, high, cases=len(table))
            for measure, value, low, high in measured(table, seed=seed)
        ]
    return found


def measured(table: Numbers, *, seed: int) -> list[tuple[str, float, float, float]]:
    """Each measure with its value and 95 % interval, none that says nothing.

    Args:
        table: Shape (n_cases, 4): excerpts of each case to which the code was given by both, by the second alone, by
            the first alone, by neither.
        seed: For the intervals: a Bayesian bootstrap of the cases (Rubin, 1981, Annals of Statistics 9), since
            excerpts of one case are alike, widened where there are few (`of_draws`), with half an excerpt more in
            each of the four, as Jeffreys would have it: a few excerpts without a slip do not make a coder perfect.
    """
    if not len(table):
        return []
    random = np.random.default_rng(seed)
    drawn = random.standard_gamma(1.0, (DRAWS, len(table))) @ table + random.standard_gamma(0.5, (DRAWS, 4))
    found = []
    for name, measure in MEASURES.items():
        value = float(measure(table.sum(axis=0)))
        if np.isfinite(value):
            least = 0.0 if name in SHARES else -1.0
            found.append((name, value, *of_draws(measure(drawn), value, cases=len(table), least=least)))
    return found


def f1(table: Numbers) -> Numbers:
    """Twice what both gave, of all that either gave.

    >>> float(f1(np.array([20.0, 5.0, 10.0, 15.0]))).__round__(3)
    0.727
    """
    both, second, first, _ = _parts(table)
    return _share(2 * both, 2 * both + second + first)


def cohens_kappa(table: Numbers) -> Numbers:
    """Agreement beyond what each coder's own share would give by chance (Cohen, 1960).

    >>> float(cohens_kappa(np.array([20.0, 5.0, 10.0, 15.0]))).__round__(3)
    0.4
    """
    both, second, first, neither = _parts(table)
    count = both + second + first + neither
    one, other = _share(both + first, count), _share(both + second, count)
    chance = one * other + (1 - one) * (1 - other)
    return _share(_share(both + neither, count) - chance, 1 - chance)


def gwets_ac1(table: Numbers) -> Numbers:
    """Agreement beyond chance that stays sensible for rare codes (Gwet, 2008).

    >>> float(gwets_ac1(np.array([118.0, 5.0, 2.0, 0.0]))).__round__(4)
    0.9408
    """
    both, second, first, neither = _parts(table)
    count = both + second + first + neither
    usual = _share(2 * both + second + first, 2 * count)
    chance = 2 * usual * (1 - usual)
    return _share(_share(both + neither, count) - chance, 1 - chance)


MEASURES: Mapping[str, Callable[[Numbers], Numbers]] = {
    "F1": f1,
    "Cohen's kappa": cohens_kappa,
    "Gwet's AC1": gwets_ac1,
}


def _parts(table: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    return table[..., 0], table[..., 1], table[..., 2], table[..., 3]


def _share(part: Numbers, whole: Numbers) -> Numbers:
    """NaN where there is nothing to share."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(whole > 1e-12, part / whole, np.nan))
