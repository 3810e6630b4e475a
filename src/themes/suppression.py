"""Small counts hidden, and as many others as it takes that subtraction gives nothing back.

What is hidden here is what an attacker with one edition could otherwise tell (`subtraction` tries it): by totals and
their parts, by a census beside the counts, by questions that two codes speak to.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from types import MappingProxyType

from themes.coarser import coarser, is_count
from themes.records.estimate import BY_WHAT_IS_SAID, Prevalence

NAMES_NOBODY = BY_WHAT_IS_SAID | {""}
"""The other groupings are by who people are, and the name of a small group may tell of them."""

OVERLAPPING = frozenset({"theme", "stance"})
"""Groupings in which one case belongs to many groups, so that they do not add up to a total anybody could use."""

type CellKey = tuple[str, str, str, str]
"""(theme_id, group, question, period)"""
type Bearing = Mapping[str, Sequence[str]]
"""The codes that speak to each research question."""

NO_QUESTIONS: Bearing = MappingProxyType({})


def suppress(
    prevalences: Iterable[Prevalence], *, fewest_cases: int = 10, round_to: int = 1, bearing: Bearing = NO_QUESTIONS
) -> tuple[Prevalence, ...]:
    """The same numbers with the small ones hidden, and those from which they could be worked out.

    A breakdown is a total and its cells: the groups of one attribute, the periods, the questions. People with no
    value for it are one more cell, which nobody sees. If something in a breakdown is hidden, then at least two
    numbers are, together at least `fewest_cases`; else its smallest shown cells are hidden as well. Totals stay
    unless they are small themselves. So a hidden cell need not be a small one.

    A number that is told twice is hidden twice: the size of a group beside counts and beside shares; what is
    suggested, and the same reviewed in full. Of a research question with two codes nobody is told how many speak to
    it where it is hidden how many speak of both: that is what the two have more than the question.

    Args:
        prevalences: With `group` "" or "attribute=value"; "experience=…" counts each case once, under one value.
        fewest_cases: Counts below it are hidden, 0 included.
        round_to: Shown counts are rounded to a multiple of it, halves up.
        bearing: The codes of each research question.

    Returns:
        Counts of suggestions, then estimates, each in the same order, without the rows of groups and months whose size
        is hidden: "village=Ham" says that somebody lives there, "2019-10" that somebody wrote then.
        Shares of unchecked machine codings are dropped whatever their size; estimated ones where a count is hidden.
    """
    given = list(prevalences)
    tables = [_Table([p for p in given if is_count(p) is counted]) for counted in (True, False)]
    with_theme = _hidden_in_all([table.with_theme for table in tables], tables[1].exact, fewest_cases, bearing)
    everywhere = frozenset(tables[0].sizes) & frozenset(tables[1].sizes)
    sizes = _hidden_in_all([table.sizes for table in tables], everywhere, fewest_cases, NO_QUESTIONS)
    counts, shares = (
        _cleared(table, of_table, of_sizes, fewest_cases, round_to)
        for table, of_table, of_sizes in zip(tables, with_theme, sizes, strict=True)
    )
    named = {p.group for p in counts}
    return (*counts, *(coarser(p, round_to=round_to) for p in shares if not tables[0].rows or p.group in named))


@dataclass(frozen=True)
class _Table:
    """What is suggested, or what is estimated."""

    rows: Sequence[Prevalence]

    @property
    def with_theme(self) -> dict[CellKey, int]:
        return {_key(p): p.cases_with for p in self.rows if p.cases_with is not None}

    @property
    def sizes(self) -> dict[CellKey, int]:
        """The size of a group is the same number for every theme, so it is hidden for all of them or for none."""
        return {("", *_key(p)[1:]): p.cases for p in self.rows if p.theme_id and p.cases is not None}

    @property
    def exact(self) -> frozenset[CellKey]:
        """What everybody was reviewed for: no estimate, but a count."""
        return frozenset(_key(p) for p in self.rows if p.share is not None and p.low == p.high)


def rounded(count: int, to: int) -> int:
    """A multiple of `to`, halves up.

    >>> [rounded(count, 5) for count in (12, 13)]
    [10, 15]
    """
    return (count + to // 2) // to * to


def _cleared(
    table: _Table, hidden: Collection[CellKey], hidden_sizes: Collection[CellKey], fewest_cases: int, round_to: int
) -> tuple[Prevalence, ...]:
    unnamed = {
        p.group
        for p in table.rows
        if not (p.question or p.period) and p.group.partition("=")[0] not in NAMES_NOBODY
        if ("", *_key(p)[1:]) in (hidden_sizes if p.theme_id else hidden)
    }

    def shown(count: int | None, is_hidden: bool) -> int | None:
        if count is None or is_hidden or count < fewest_cases:
            return None
        return rounded(count, round_to)

    def cleared(p: Prevalence) -> Prevalence:
        cases = shown(p.cases, bool(p.theme_id) and ("", *_key(p)[1:]) in hidden_sizes)
        cases_with = shown(p.cases_with, _key(p) in hidden)
        if cases_with is None or is_count(p):
            return replace(p, cases=cases, cases_with=cases_with, share=None, low=None, high=None)
        return replace(p, cases=cases, cases_with=cases_with)

    def named(p: Prevalence) -> bool:
        of_size = ("", *_key(p)[1:])
        return p.group not in unnamed and not (p.period and of_size in (hidden_sizes if p.theme_id else hidden))

    return tuple(cleared(p) for p in table.rows if named(p))


def _key(p: Prevalence) -> CellKey:
    return p.theme_id, p.group, p.question, p.period


def _hidden_in_all(
    tables: Sequence[Mapping[CellKey, int]], same: Set[CellKey], fewest: int, bearing: Bearing
) -> list[set[CellKey]]:
    """What is hidden in each of the tables. What is the same number in all of them is hidden in all or none."""
    found = [hidden_among(counts, fewest, bearing=bearing) for counts in tables]
    while common := {key for one in found for key in one if key in same}:
        more = [
            hidden_among(counts, fewest, hidden=one | (common & counts.keys()), bearing=bearing)
            for counts, one in zip(tables, found, strict=True)
        ]
        if more == found:
            break
        found = more
    return found


def hidden_among(
    counts: Mapping[CellKey, int],
    fewest: int,
    *,
    hidden: Collection[CellKey] = (),
    bearing: Bearing = NO_QUESTIONS,
) -> set[CellKey]:
    """Which counts are to be hidden, with those that are `hidden` for another reason."""
    found = {key for key, count in counts.items() if count < fewest} | set(hidden)
    breakdowns = _breakdowns(counts)
    settled = False
    while not settled:  # hiding a cell of one breakdown may open another that shares it
        more = _of_questions(counts, found, bearing) - found
        found |= more
        settled = not more
        for total, cells in breakdowns:
            more = _also_to_hide(total, cells, counts, found, fewest)
            found |= more
            settled = settled and not more
    return found


def _of_questions(counts: Mapping[CellKey, int], hidden: Collection[CellKey], bearing: Bearing) -> set[CellKey]:
    """What questions and their codes tell of one another: a question of one code is that code; one of two is what
    either has less what both have."""
    more: set[CellKey] = set()
    for question, codes in bearing.items():
        if len(codes) == 1:
            alike = {question: codes[0], codes[0]: question}
            more |= {(alike[cell[0]], *cell[1:]) for cell in hidden if cell[0] in alike}
        elif len(codes) == 2:
            one, other = codes
            both = {(one, f"theme={other}", "", ""), (other, f"theme={one}", "", "")}
            alone = {(question, "", "", ""), (one, "", "", ""), (other, "", "", "")}
            if both & set(hidden) and not alone & set(hidden):
                more.add((question, "", "", ""))
    return {key for key in more if key in counts}


def _breakdowns(counts: Mapping[CellKey, int]) -> list[tuple[CellKey, list[CellKey]]]:
    """Each total with the cells that make it up: by group, by question, by period."""
    cells: dict[tuple[CellKey, str], list[CellKey]] = defaultdict(list)
    for theme_id, group, question, period in counts:
        key = (theme_id, group, question, period)
        attribute = group.partition("=")[0]
        if group and attribute not in OVERLAPPING:
            cells[(theme_id, "", question, period), f"group {attribute}"].append(key)
        if question:
            cells[(theme_id, group, "", period), "question"].append(key)
        if period:
            cells[(theme_id, group, question, ""), "period"].append(key)
    return [(total, keys) for (total, _), keys in cells.items() if total in counts]


def _also_to_hide(
    total: CellKey, cells: Sequence[CellKey], counts: Mapping[CellKey, int], hidden: set[CellKey], fewest: int
) -> set[CellKey]:
    dark = [cell for cell in cells if cell in hidden]
    without_value = max(0, counts[total] - sum(counts[cell] for cell in cells))
    unknowns = len(dark) + (without_value > 0) + (total in hidden)
    if unknowns == 0 or (not dark and total not in hidden and without_value >= fewest):
        return set()
    dark_people = sum(counts[cell] for cell in dark) + without_value
    # If each hidden cell were the largest a small one can be, their sum would tell each.
    at_their_most = not without_value and all(counts[cell] == fewest - 1 for cell in dark)
    if unknowns >= 2 and (total in hidden or (dark_people >= fewest and not at_their_most)):
        return set()
    shown = {cell: counts[cell] for cell in cells if cell not in hidden}
    smallest = min(shown.values(), default=0)
    return {cell for cell, count in shown.items() if count == smallest}  # all of them: which one was taken would tell
