"""What somebody could work out from published counts: by subtraction, from one release or from several.

The attacker writes down all that is known of every count: what was shown, and what it may have been before rounding;
that groups add up; that nobody leaves between releases. Then a solver of whole numbers (HiGHS) is asked how small and
how large each hidden count could be. Where the two are the same, it is recovered. Knows nothing of how numbers are
chosen to be hidden, so that it shares no mistake with that; and so misses what only that choice would tell.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import inf
from types import MappingProxyType
from typing import Any

from themes.records.estimate import Prevalence
from themes.whole_numbers import Fact, Recovered, worked_out

type Count = tuple[int, str, str, str, str]
"""(release, theme_id, group, question, period), as a row names it: how many have the theme; with theme_id "" how many
there are."""

NEVER_ADD_UP = frozenset({"theme", "stance"})
"""Groupings in which one case is in many groups, whatever the study."""
_OF_WHAT_IS_SAID = ("experience=", "polarity=")
"""Groups in which a case may be no more once it says more; the second is of runs by earlier versions."""
QUOTIENT = 0.005
"""So far may a share be from the quotient of two shown counts, and tell no more than these: it is rounded."""
EXACT = 1e-4
"""Shares are published to four places."""


def attack(
    releases: Sequence[Iterable[Prevalence]],
    *,
    round_to: int = 1,
    complete: Mapping[str, Collection[str]] = MappingProxyType({}),
    overlapping: Iterable[str] = ("question", "period"),
    nobody_leaves: bool = True,
    within: int = 0,
    fewest_joined: int = 0,
    fewest: int = 0,
    bearing: Mapping[str, Collection[str]] = MappingProxyType({}),
    wrote_once: bool = False,
) -> list[Recovered]:
    """The hidden counts of released tables that can be worked out, by release and name.

    Args:
        releases: What was published each time, oldest first; hidden counts are None. Two rows of one name are of one
            number: a suggested count, and the same from a census. One that either hides is asked for.
        round_to: Shown counts were rounded to a multiple of it, halves up.
        complete: Attributes of which the attacker knows that everybody is in one of these groups, "age" in "age=old" or
            "age=young": also in one that no row names. Of others some people may be in none.
        overlapping: Attributes, and "question" and "period", of which a case may be in several groups: they do not add
            up. The fewer there are, the more the attacker knows.
        nobody_leaves: Whether the attacker knows that a count never falls from one release to the next.
        within: Report a count as recovered if its largest and smallest possible values are no further apart.
        fewest_joined: Report as well how many joined a count since the release before, as (count, "joined"), where it
            can be told, is not 0, and is below this. Needs `nobody_leaves`.
        fewest: The attacker knows that no shown count is below this.
        bearing: The codes of each research question: who speaks of one of them is counted with the question.
        wrote_once: Whether the attacker knows that nobody wrote a second time: then no count of people without a theme
            falls either. Needs `nobody_leaves`.

    Raises:
        Contradiction: If the facts cannot all be true, as when groups were said to add up and do not.
    """
    facts: list[Fact] = []
    hidden: list[Any] = []
    named: set[Any] = set()
    everybody_in = {group for groups in complete.values() for group in groups}
    overlap = NEVER_ADD_UP | set(overlapping)
    for number, table in enumerate(map(list, releases)):
        shown, out_of = _shown(number, table)
        named |= set(shown)
        _name_missing(shown, out_of, everybody_in)
        facts += [fact for count, values in shown.items() for fact in _as_shown(count, values, round_to, fewest)]
        facts += [fact for row in table for fact in _by_share(number, row, round_to)]
        facts += [Fact({whole: 1, count: -1}, 0, inf) for count, whole in out_of.items() if count != whole]
        facts += _of_both(shown, out_of) + _of_any(shown, bearing) + _sums(shown, overlap, complete)
        hidden += [count for count, values in shown.items() if None in values]
        if nobody_leaves and number:
            grow = [count for count in shown if wrote_once or not count[2].startswith(_OF_WHAT_IS_SAID)]
            facts += [fact for count in grow for fact in _since_before(count, out_of[count], wrote_once)]
            hidden += [_joined(count) for count in grow] if fewest_joined else []
    found = worked_out(facts, hidden, within=within)
    # That nobody is in a group which is not named is no secret of anybody.
    found = [each for each in found if each.high > 0 or each.count in named]
    return [each for each in found if len(each.count) > 2 or 0 < each.low <= each.high < fewest_joined]


def _since_before(count: Count, whole: Count, wrote_once: bool) -> list[Fact]:
    """That a count is what it was in the release before and who joined it; and, where nobody wrote a second time, that
    no fewer of its whole are outside it than were."""
    joined = Fact({count: 1, _before(count): -1, _joined(count): -1}, 0, 0)
    if not wrote_once or whole == count:
        return [joined]
    return [joined, Fact({whole: 1, count: -1, _before(whole): -1, _before(count): 1}, 0, inf)]


def _joined(count: Count) -> tuple[Count, str]:
    """The name of how many joined a count since the release before."""
    return count, "joined"


def _before(count: Count) -> Count:
    """The same count in the release before."""
    number, theme_id, group, question, period = count
    return number - 1, theme_id, group, question, period


def _shown(number: int, table: Iterable[Prevalence]) -> tuple[dict[Count, set[int | None]], dict[Count, Count]]:
    """Every count that a table has a place for, with what its rows say of it, None where they hide it; and of which
    larger one each is a part."""
    shown: dict[Count, set[int | None]] = defaultdict(set)
    out_of = {}
    for row in table:
        count = _count(number, row)
        out_of[count] = whole = _out_of(count)
        shown[count].add(row.cases_with)
        if whole != count:
            shown[whole].add(row.cases)
    for whole in set(shown) - set(out_of):
        out_of[whole] = _out_of(whole)
    return dict(shown), out_of


def _count(number: int, row: Prevalence) -> Count:
    return number, row.theme_id, row.group, row.question, row.period


def _name_missing(shown: dict[Count, set[int | None]], out_of: dict[Count, Count], groups: Iterable[str]) -> None:
    """Add hidden counts of groups that are known to be there and have no row, where others of their breakdown have."""
    by_breakdown: dict[str, list[str]] = defaultdict(list)
    for group in sorted(groups):
        by_breakdown[group.partition("=")[0]].append(group)
    broken_down = {(count[:2], count[2].partition("=")[0], count[3:]) for count in shown if count[2]}
    for (number, theme_id), breakdown, (question, period) in sorted(broken_down):
        for group in by_breakdown[breakdown]:
            count = (number, theme_id, group, question, period)
            if count not in shown:
                shown[count], out_of[count] = {None}, _out_of(count)
                shown.setdefault(out_of[count], {None})
                out_of.setdefault(out_of[count], _out_of(out_of[count]))


def _out_of(count: Count) -> Count:
    """Of which count `Prevalence.cases` tells in this row."""
    number, _, group, question, period = count
    grouping, _, other = group.partition("=")
    if grouping == "theme":
        return number, other, "", question, period
    return number, "", "" if grouping in {"experience", "polarity", "stance"} else group, question, period


def _of_both(shown: Iterable[Count], out_of: Mapping[Count, Count]) -> list[Fact]:
    """Who speaks of both of two themes is counted with either, and is nobody less than the two have too many."""
    known = set(shown)
    facts = []
    for count in known:
        number, theme_id, group, question, period = count
        if group.startswith("theme="):
            other = (number, group.removeprefix("theme="), f"theme={theme_id}", question, period)
            facts += [Fact({count: 1, other: -1}, 0, 0)] if other in known and count < other else []
            one, two = (number, theme_id, "", question, period), out_of[count]
            if one in known and two in known:
                facts.append(Fact({one: 1, two: 1, count: -1, _out_of(one): -1}, -inf, 0))
    return facts


def _of_any(shown: Iterable[Count], bearing: Mapping[str, Collection[str]]) -> list[Fact]:
    """Who speaks of a research question speaks of one of its codes at least."""
    known = set(shown)
    facts = []
    for count in known:
        number, subject, *where = count
        codes = [(number, code_id, *where) for code_id in bearing.get(subject, ())]
        if not codes or count[2].startswith(("theme=", *_OF_WHAT_IS_SAID)) or not known.issuperset(codes):
            continue
        facts += [Fact({count: 1, code: -1}, 0, 0 if len(codes) == 1 else inf) for code in codes]
        facts.append(Fact({count: 1} | dict.fromkeys(codes, -1), -inf, 0))
        if len(codes) == 2 and (both := (number, codes[0][1], f"theme={codes[1][1]}", *where[1:])) in known:
            facts += [Fact({count: 1, codes[0]: -1, codes[1]: -1, both: 1}, 0, 0)] if not where[0] else []
    return facts


def _as_shown(count: Count, values: Iterable[int | None], round_to: int, fewest: int) -> list[Fact]:
    facts = [Fact({count: 1}, 0, inf)]
    for value in values:
        if value is not None:
            low = value - round_to // 2
            facts.append(Fact({count: 1}, max(low, fewest), low + round_to - 1))
    return facts


def _by_share(number: int, row: Prevalence, round_to: int) -> list[Fact]:
    """An exact share tells a part of the whole, unless it is the quotient of counts that are shown beside it."""
    if row.share is None or row.low != row.high:
        return []
    if row.cases and row.cases_with is not None and abs(row.share - row.cases_with / row.cases) <= QUOTIENT:
        return []
    count = _count(number, row)
    finest = (max(0.01, round_to / row.cases) if row.cases else 0.01) if round_to > 1 else 0.0
    low, high = row.share - finest / 2 - EXACT, row.share + finest / 2 + EXACT
    return [Fact({count: 1, _out_of(count): -low}, 0, inf), Fact({count: 1, _out_of(count): -high}, -inf, 0)]


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
            facts += [Fact({total: 1} | dict.fromkeys(counts, -1), -inf, 0)] if breakdown in complete else []
        else:
            facts.append(Fact({total: 1} | dict.fromkeys(counts, -1), 0, 0 if breakdown in complete else inf))
    return facts
