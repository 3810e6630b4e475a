"""Small counts are hidden, and what would give them back."""

from collections import defaultdict
from dataclasses import replace
from itertools import product

import pytest

from builders import a_prevalence
from themes.estimate.breakdowns import EVERYONE
from themes.records.estimate import Prevalence
from themes.suppression import suppress


def shown(prevalences):
    return {(p.theme_id, p.group, p.period): (p.cases, p.cases_with) for p in prevalences}


def cells(total: int, *counts: int) -> list[Prevalence]:
    return [a_prevalence(cases_with=total, cases=1000)] + [
        a_prevalence(cases_with=count, cases=100, group=f"region={number}") for number, count in enumerate(counts)
    ]


@pytest.mark.parametrize(
    ("total", "counts", "left"),
    [
        (60, (30, 20, 10), [60, 30, 20, 10]),
        (9, (9,), [None, None]),
        (10, (10,), [10, 10]),
        # the one hidden cell is the rest of the total: the smallest shown one goes too
        (53, (30, 20, 3), [53, 30, None, None]),
        # two hidden cells together are 8: their sum would still tell
        (38, (20, 10, 5, 3), [38, 20, None, None, None]),
        # two hidden cells are 12 together: enough
        (42, (20, 10, 7, 5), [42, 20, 10, None, None]),
        # 4 people gave no region: total less cells tells of them
        (54, (30, 20), [54, 30, None]),
        # 40 people gave no region: nothing small to find
        (90, (30, 20), [90, 30, 20]),
        # 3 hidden cells are safe behind the 40 without a region
        (73, (30, 3), [73, 30, None]),
        # a group of nobody is hidden like any small one, and so is what would reveal it
        (50, (30, 20, 0), [50, 30, None, None]),
    ],
)
def test_small_counts_go_and_so_does_what_would_give_them_back(total, counts, left):
    assert [p.cases_with for p in suppress(cells(total, *counts))] == left


def tables_of(total: int):
    """Every way in which people can fall into three groups and a rest without one."""
    for groups in product(range(total + 1), repeat=3):
        if sum(groups) <= total:
            yield groups


@pytest.mark.parametrize("everyone_has_a_group", [False, True])
def test_nobody_who_knows_the_rule_can_work_out_a_hidden_number(everyone_has_a_group):
    """The solver tries every table with the total, and keeps those that would have been published just so."""
    for total in range(5, 22):
        alike = defaultdict(list)
        for groups in tables_of(total):
            if not everyone_has_a_group or sum(groups) == total:
                alike[tuple(p.cases_with for p in suppress(cells(total, *groups), fewest_cases=5))].append(groups)
        for published, tables in alike.items():
            for place, count in enumerate(published[1:]):
                possible = {table[place] for table in tables}
                assert possible == {count} if count is not None else len(possible) > 1, published


def test_nobody_can_work_out_a_group_from_the_names_that_are_missing():
    """As above, where empty groups have no row and groups of hidden size lose theirs."""
    for total in range(5, 24):
        alike = defaultdict(list)
        for groups in tables_of(total):
            if sum(groups) == total:
                rows = [a_prevalence(EVERYONE, size, group=f"region={n}") for n, size in enumerate(groups) if size]
                shown_rows = suppress([a_prevalence(EVERYONE, total), *rows], fewest_cases=5)
                alike[tuple((p.group, p.cases_with) for p in shown_rows)].append(groups)
        for published, tables in alike.items():
            named = {group for group, _ in published}
            for place in range(3):
                possible = {table[place] for table in tables}
                assert len(possible) > 1 or f"region={place}" in named or possible == {0}, published


def test_periods_and_groups_of_periods_are_settled_together():
    def cell(group, period, count):
        return a_prevalence(cases_with=count, group=group, period=period)

    table = [
        cell("", "", 100), cell("region=n", "", 50), cell("region=s", "", 50),
        cell("", "2013-04", 60), cell("", "2013-05", 40),
        cell("region=n", "2013-04", 47), cell("region=n", "2013-05", 3),
        cell("region=s", "2013-04", 13), cell("region=s", "2013-05", 37),
    ]  # fmt: skip
    cleared = suppress(table)
    assert {(p.group, p.period): p.cases_with for p in cleared} == {
        ("", ""): 100, ("region=n", ""): 50, ("region=s", ""): 50, ("", "2013-04"): 60, ("", "2013-05"): 40,
        ("region=n", "2013-04"): None, ("region=n", "2013-05"): None,
        ("region=s", "2013-04"): None, ("region=s", "2013-05"): None,
    }  # fmt: skip


def test_the_size_of_a_group_is_hidden_for_every_theme_or_for_none():
    table = [
        a_prevalence(theme, with_theme, group=group, cases=cases)
        for theme, total in (("sanctions", 40), ("coercion", 60))
        for group, with_theme, cases in [
            ("", total, 100),
            ("age=old", 20, 70),
            ("age=middling", 20, 26),
            ("age=young", 0, 4),
        ]
    ]
    assert shown(suppress(table)) == {
        ("sanctions", "", ""): (100, 40), ("sanctions", "age=old", ""): (70, None),
        ("coercion", "", ""): (100, 60), ("coercion", "age=old", ""): (70, 20),
    }  # fmt: skip


def test_a_group_whose_size_is_hidden_is_not_even_named():
    """Iffley is large enough, but were it named and hidden, one would know that Ham, unnamed, is small."""
    sizes = {"village=Oxley": 60, "village=Iffley": 31, "village=Ham": 9}
    table = [a_prevalence(EVERYONE, 100)]
    table += [a_prevalence(EVERYONE, size, group=group) for group, size in sizes.items()]
    table += [a_prevalence("sanctions", 50), a_prevalence("sanctions", 9, group="experience=positive")]
    table += [a_prevalence("sanctions", size // 2, group=group, cases=size) for group, size in sizes.items()]
    assert [(p.theme_id, p.group) for p in suppress(table)] == [
        (EVERYONE, ""),
        (EVERYONE, "village=Oxley"),
        ("sanctions", ""),
        ("sanctions", "experience=positive"),
        ("sanctions", "village=Oxley"),
    ]


def test_groups_that_overlap_are_hidden_one_by_one():
    table = [
        a_prevalence(cases_with=30),
        a_prevalence(cases_with=25, group="theme=coercion", cases=40),
        a_prevalence(cases_with=4, group="theme=waiting", cases=12),
    ]
    assert [p.cases_with for p in suppress(table)] == [30, 25, None]


def test_counts_are_rounded_after_small_ones_are_hidden():
    assert [p.cases_with for p in suppress(cells(65, 33, 23, 9), round_to=5)] == [65, 35, None, None]


def test_the_share_of_unchecked_codings_is_never_released():
    checked = a_prevalence(share=0.2, low=0.1, high=0.3, method="estimator A")
    assert suppress([replace(checked, method="machine, unchecked"), checked]) == (
        a_prevalence(),
        checked,
    )


def reviewed(cases_with, **fields):
    row = a_prevalence(cases_with=cases_with, method="estimated from all reviewed by chance", **fields)
    share = cases_with / row.cases
    return replace(row, share=share, low=share, high=share)


def test_what_a_census_tells_again_is_hidden_in_both_or_in_neither():
    table = [*cells(53, 30, 20, 3), *(reviewed(n, cases=100, group=f"region={at}") for at, n in enumerate((30, 20)))]
    assert [p.cases_with for p in suppress(table)] == [53, 30, None, None, 30, None]
    estimated = [replace(p, high=1.0) if p.share else p for p in table]
    assert [p.cases_with for p in suppress(estimated)] == [53, 30, None, None, 30, 20]


def test_how_many_speak_of_both_codes_of_a_question_is_not_told_by_the_question():
    table = [
        a_prevalence("a", 20),
        a_prevalence("b", 15),
        a_prevalence("Q", 28),
        a_prevalence("a", 7, group="theme=b", cases=15),
        a_prevalence("b", 7, group="theme=a", cases=20),
    ]
    assert [p.cases_with for p in suppress(table)] == [20, 15, 28, None, None]
    assert [p.cases_with for p in suppress(table, bearing={"Q": ["a", "b"]})] == [20, 15, None, None, None]
    assert [p.cases_with for p in suppress(table, bearing={"Q": ["a", "b", "c"]})] == [20, 15, 28, None, None]


def test_a_question_of_one_code_is_hidden_where_the_code_is():
    table = [replace(p, theme_id=theme) for theme in ("a", "Q") for p in cells(53, 30, 20, 3)]
    del table[7]  # the question has no row for the small region
    assert [p.cases_with for p in suppress(table, bearing={"Q": ["a"]})] == [53, 30, None, None, 53, 30, None]


def test_a_month_in_which_too_few_wrote_is_not_even_named():
    rows = [
        a_prevalence(cases_with=60, cases=100),
        a_prevalence(cases_with=30, cases=50, period="2014-01"),
        a_prevalence(cases_with=5, cases=40, period="2014-02"),
        a_prevalence(cases_with=1, cases=1, period="2019-10"),
        a_prevalence(cases_with=2, cases=9, period="2019-11"),
    ]
    assert [p.period for p in suppress(rows)] == ["", "2014-01", "2014-02"]
