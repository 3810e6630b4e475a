"""How many cases have two codes, and how many of each group have a code: counted as the report counts, small numbers
hidden as the report hides them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from themes.estimate.breakdowns import count_breakdowns
from themes.records.coding import MACHINE_ID, Coding
from themes.records.estimate import BY_WHAT_IS_SAID, Prevalence
from themes.records.theme import Theme, ThemeOrigin
from themes.review.study import Study
from themes.suppression import suppress

TOGETHER = "theme"
"""The breakdown of codes by codes, as prevalences name it."""


@dataclass(frozen=True, slots=True)
class Crosstab:
    """One table. A cell counts cases; None: too few to be shown, or hidden so that these cannot be worked out."""

    columns: tuple[str, ...]
    """Codes or the values of an attribute."""
    sizes: tuple[int | None, ...]
    """How many cases each group has; none for codes by codes."""
    rows: tuple[tuple[str, int | None, tuple[int | None, ...]], ...]
    """Code, how many cases have it in all, and its cells; where a code meets itself the cell is what it has in all."""


def counts(study: Study, coded: Mapping[str, Collection[str]]) -> tuple[Prevalence, ...]:
    """All counts of a run, small ones hidden; none if it has too few cases to be counted.

    Args:
        study: The run.
        coded: Code to the excerpts that have it.
    """
    if len(study.cases) < study.fewest_cases:
        return ()
    codes = [code for code in study.codebook.codes if code.code_id in coded]
    given = count_breakdowns(
        list(study.cases.values()),
        list(study.documents.values()),
        study.segments.values(),
        [Coding(each, code.code_id, MACHINE_ID, True) for code in codes for each in sorted(coded[code.code_id])],
        themes=[Theme(code.code_id, code.name, "", ThemeOrigin.GUIDED, (code.code_id,)) for code in codes],
        memberships=(),
        codebook=study.codebook,
    )
    known = {"", *(code.code_id for code in codes)}
    return suppress((p for p in given if p.theme_id in known and not p.period), fewest_cases=study.fewest_cases)


def breakdowns(found: Sequence[Prevalence]) -> list[str]:
    """The attributes of which something may be told, and what kind of text and who speaks."""
    names = dict.fromkeys(p.group.partition("=")[0] for p in found if p.group)
    return sorted(name for name in names if name not in BY_WHAT_IS_SAID)


def crosstab(study: Study, found: Sequence[Prevalence], by: str) -> Crosstab:
    """Codes by codes, or codes by the values of an attribute.

    Args:
        study: The run.
        found: From `counts`.
        by: `TOGETHER`, or one of `breakdowns`.
    """
    cells = {(p.theme_id, p.group): p for p in found}
    codes = [code.code_id for code in study.codebook.codes if (code.code_id, "") in cells]
    if by == TOGETHER:
        columns = codes
    else:
        told = (p.group.partition("=") for p in found if not p.theme_id)
        columns = list(dict.fromkeys(value for name, _, value in told if name == by))
    totals = {code_id: cells[code_id, ""].cases_with for code_id in codes}

    def cell(code_id: str, column: str) -> int | None:
        if by == TOGETHER and code_id == column:
            return totals[code_id]
        one = cells.get((code_id, f"{by}={column}"))
        return one.cases_with if one else None

    sizes = () if by == TOGETHER else tuple(cells["", f"{by}={column}"].cases for column in columns)
    rows = tuple((code_id, totals[code_id], tuple(cell(code_id, column) for column in columns)) for code_id in codes)
    return Crosstab(tuple(columns), sizes, rows)
