"""k-anonymity: how many people share what is known of each, and which answers together make somebody stand alone.

Sources: Samarati and Sweeney (1998) for k-anonymity; Elliot, Manning and Ford (2002) for looking at the few answers
that single somebody out rather than at all answers at once.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from themes.records.corpus import Case, Document, DocumentKind
from themes.records.residual import Measure, Residual, Severity
from themes.release_text import as_released

FEW, SOME = 5, 10
"""Groups below these are counted. Five is the usual k of published tables of people, ten our own for counts."""

MOST_TOGETHER = 3
"""Answers that somebody is held to know at once; and all of them besides."""

MOST_COMBINATIONS = 400
"""With more columns than give these, pairs are looked at and no threes."""

TOLD = {"AGE": "age", "DATE": "date", "LOCATION": "place"}
"""Kinds whose surrogates may be a vaguer answer ("[age 40–49]") rather than a tag ("[place K7QX2]")."""

TAG = re.compile(r" [A-Z][2-9][A-Z2-9]{3,}$")
"""At the end of a surrogate; a year is none."""
SAYS_NOTHING = frozenset({"age", "date", "place", "detail", "date: day and month"})

SINGLED_OUT_BY, BELOW, SMALLEST = "singled out by: ", "in groups below ", "smallest group: "
"""How `kind` begins; names of columns follow, joined by " + "."""
JOINED = " + "

type Known = Mapping[str, Mapping[str, str]]
"""Case to what is known of it, by column."""


@dataclass(frozen=True, slots=True)
class Combination:
    """What follows if somebody knows these columns of a person."""

    columns: tuple[str, ...]
    people: int
    """Of whom at least one of the columns is known."""
    smallest: int
    below_few: int
    """People in groups of fewer than `FEW`."""
    below_some: int


def told_in_text(document: Document) -> set[tuple[str, str]]:
    """What a released text says in vaguer words: {("age in the text", "40–49")}. Nothing for an article."""
    if document.kind is DocumentKind.ARTICLE:
        return set()
    told = ((r.label, TAG.sub("", r.surrogate.strip("[]"))) for r in as_released(document).replacements)
    return {
        (f"{TOLD[label]} in the text", value) for label, value in told if label in TOLD and value not in SAYS_NOTHING
    }


def known_of(cases: Iterable[Case], told: Mapping[str, Iterable[tuple[str, str]]]) -> Known:
    """Closed answers and what the texts say besides, case by case; what is said twice in a column is joined."""
    known = {}
    for case in cases:
        columns: dict[str, list[str]] = defaultdict(list)
        for column, value in sorted(told.get(case.case_id, ())):
            columns[column].append(value)
        known[case.case_id] = {**case.attributes, **{c: "; ".join(values) for c, values in columns.items()}}
    return known


def group_findings(known: Known) -> list[Residual]:
    """What k-anonymity says of the cases, as findings.

    Returns:
        For each combination of columns in which groups are small, how many people stand in groups of fewer than
        `FEW` and than `SOME`, and the size of the smallest; then each case in a group below `FEW`, with the fewest
        columns that put it there. MEDIUM below `FEW`: closed answers are never published case by case, but whoever
        gets hold of them could single these people out.
    """
    groups = groups_of(known)
    rows = []
    for found in (combination_of(columns, sizes) for columns, sizes in groups.items()):
        if not found.below_some:
            continue
        names = _names(found.columns)
        severity = Severity.MEDIUM if found.below_few else Severity.LOW
        for what, figure in (
            (f"{BELOW}{FEW}: ", found.below_few),
            (f"{BELOW}{SOME}: ", found.below_some),
            (SMALLEST, found.smallest),
        ):
            rows.append(Residual(Measure.GROUPS, f"{what}{names}", figure, severity, out_of=found.people))
    return rows + [
        Residual(Measure.GROUPS, f"{SINGLED_OUT_BY}{_names(columns)}", size, Severity.MEDIUM, case_id=case_id)
        for case_id, (columns, size) in singled_out(known, groups).items()
    ]


type Groups = Mapping[tuple[str, ...], Counter[tuple[str, ...]]]
"""Columns to the groups that their values make, with the size of each."""


def groups_of(known: Known) -> Groups:
    """The groups of every combination of columns: one, two, three at once, and all.

    A blank is an answer of its own: whoever knows that somebody did not say so knows that too. People of whom none
    of the columns is known are in no group.
    """
    columns = sorted({column for values in known.values() for column in values})
    wanted = [c for size in range(1, MOST_TOGETHER + 1) for c in combinations(columns, size)]
    if len(wanted) > MOST_COMBINATIONS:
        wanted = [c for c in wanted if len(c) < MOST_TOGETHER]
    if columns and tuple(columns) not in wanted:
        wanted.append(tuple(columns))
    found: dict[tuple[str, ...], Counter[tuple[str, ...]]] = {combination: Counter() for combination in wanted}
    for values, times in Counter(tuple(row.get(column, "") for column in columns) for row in known.values()).items():
        by_column = dict(zip(columns, values, strict=True))
        for combination, counter in found.items():
            group = tuple(by_column[column] for column in combination)
            if any(group):
                counter[group] += times
    return found


def combination_of(columns: tuple[str, ...], sizes: Mapping[tuple[str, ...], int]) -> Combination:
    small = [size for size in sizes.values() if size < FEW]
    some = [size for size in sizes.values() if size < SOME]
    return Combination(columns, sum(sizes.values()), min(sizes.values(), default=0), sum(small), sum(some))


def singled_out(known: Known, groups: Groups) -> dict[str, tuple[tuple[str, ...], int]]:
    """The cases in groups below `FEW`, each with the fewest columns that put it there and the size of that group.

    Of equally few columns, those that make the smallest group.
    """
    order = sorted(groups, key=lambda columns: (len(columns), columns))
    found = {}
    for case_id in sorted(known):
        best: tuple[int, int, tuple[str, ...]] | None = None
        for columns in order:
            if best is not None and len(columns) > best[0]:
                break
            size = groups[columns].get(tuple(known[case_id].get(column, "") for column in columns), SOME)
            if size < FEW and (best is None or size < best[1]):
                best = (len(columns), size, columns)
        if best is not None:
            found[case_id] = (best[2], best[1])
    return found


def _names(columns: Sequence[str]) -> str:
    return JOINED.join(columns)
