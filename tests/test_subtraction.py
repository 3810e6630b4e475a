"""What subtraction gives back: an attacker that finds what is unsafe, and nothing in what we publish."""

from dataclasses import replace
from itertools import product

import pytest

from builders import a_prevalence
from invented_tables import three_releases
from themes.disclosure import suppress
from themes.subtraction import Contradiction, Fact, Recovered, attack, worked_out

AGES = {"age": ("age=0", "age=1", "age=2")}


def a_table(total, *counts, theme="food", size=None):
    rows = [a_prevalence(theme, total, cases=size)]
    return rows + [a_prevalence(theme, count, group=f"age={n}", cases=None) for n, count in enumerate(counts)]


def told(*args, **settings):
    return {(each.count[0], each.count[1:3]): (each.low, each.high) for each in attack(*args, **settings)}


def test_one_hidden_group_is_the_total_less_the_others():
    assert told([a_table(50, 30, 15, None)], complete=AGES)[0, ("food", "age=2")] == (5, 5)


def test_where_some_may_be_in_no_group_it_is_only_bounded():
    assert told([a_table(50, 30, 15, None)]) == {}
    assert told([a_table(45, 30, 15, None)])[0, ("food", "age=2")] == (0, 0)


def test_two_hidden_groups_are_safe_and_a_later_release_opens_them():
    first = a_table(50, 30, None, None)
    assert told([first], complete=AGES) == {}
    # Later a group is large enough to be shown, and nobody had joined: then all was the same before.
    second = a_table(50, 30, 12, 8)
    assert told([first, second], complete=AGES) == {(0, ("food", "age=1")): (12, 12), (0, ("food", "age=2")): (8, 8)}
    assert told([first, second], complete=AGES, nobody_leaves=False) == {}


def test_a_group_that_no_row_names_is_hidden_as_well():
    assert told([a_table(50, 30, 15)], complete=AGES)[0, ("food", "age=2")] == (5, 5)


def test_that_nobody_is_in_a_group_without_a_row_is_nobodys_secret():
    assert told([a_table(45, 30, 15)], complete=AGES) == {}
    assert told([a_table(45, 30, 15, None)], complete=AGES)[0, ("food", "age=2")] == (0, 0)


def test_rounding_hides_what_subtraction_would_tell():
    assert told([a_table(50, 30, 15, None)], complete=AGES, round_to=5) == {}
    # 50 may be 48 to 52, 30 and 15 at least 28 and 13: from 0 to 11 are left.
    near = told([a_table(50, 30, 15, None)], complete=AGES, round_to=5, within=11)
    assert near[0, ("food", "age=2")] == (0, 11)


def test_groups_that_overlap_bound_and_do_not_add_up():
    rows = [
        a_prevalence("food", 12, cases=20),
        a_prevalence("food", 12, period="2013-04", cases=14),
        a_prevalence("food", None, period="2013-05", cases=6),
    ]
    assert told([rows]) == {}
    assert told([rows], overlapping=()) == {(0, ("food", "")): (0, 0)}
    both = [
        a_prevalence("a", 0, cases=30),
        a_prevalence("b", 9, cases=30),
        a_prevalence("a", None, group="theme=b", cases=9),
    ]
    assert told([both]) == {(0, ("a", "theme=b")): (0, 0)}


def test_who_speaks_of_both_themes_is_counted_with_either():
    rows = [
        a_prevalence("a", 20, cases=30),
        a_prevalence("b", 15, cases=30),
        a_prevalence("a", None, group="theme=b", cases=15),
        a_prevalence("b", 7, group="theme=a", cases=20),
    ]
    assert told([rows]) == {(0, ("a", "theme=b")): (7, 7)}


def test_who_joined_can_be_few_though_every_count_is_large():
    releases = [a_table(50, size=100), a_table(52, size=110)]
    found = attack(releases, fewest_joined=10)
    assert [(each.count[0][1:2], each.low, each.high) for each in found] == [(("food",), 2, 2)]
    assert attack([a_table(50, size=100), a_table(50, size=110)], fewest_joined=10) == []
    assert attack(releases, fewest_joined=10, round_to=5) == []


def test_counts_that_cannot_be_are_said_to_be_so():
    with pytest.raises(Contradiction):
        attack([a_table(40, 30, 15, None)], complete=AGES)
    with pytest.raises(Contradiction):
        worked_out([Fact({"a": 1}, 3, 3), Fact({"a": 1}, 4, 4)], ["a"])


def test_it_finds_what_trying_all_counts_finds():
    facts = [Fact({"a": 1, "b": 2, "c": 1}, 7, 8), Fact({"b": 1, "c": -1}, 1, 1), Fact({"a": 1}, 2, 3)]
    fits = [
        counts
        for counts in product(range(9), repeat=3)
        if all(f.low <= sum(f.times.get(n, 0) * v for n, v in zip("abc", counts, strict=True)) <= f.high for f in facts)
    ]
    for within in range(4):
        ranges = {n: (min(v), max(v)) for n, v in zip("abc", zip(*fits, strict=True), strict=True)}
        expected = [Recovered(n, *ends) for n, ends in ranges.items() if ends[1] - ends[0] <= within]
        assert worked_out(facts, "abc", within=within) == expected


@pytest.mark.parametrize("round_to", [1, 5])
def test_nothing_hidden_is_recovered_from_three_releases_of_ours(round_to):
    """The first of the thousand of `make bench`."""
    for seed in range(3):
        published = [suppress(table, round_to=round_to) for table in three_releases(seed)]
        assert attack(published, round_to=round_to, complete=AGES) == []


def test_were_small_counts_alone_hidden_the_attacker_would_find_them_and_be_right():
    recovered = 0
    for seed in range(8):
        tables = three_releases(seed)
        true = {(n, r.theme_id, r.group, r.question, r.period): r.cases_with for n, t in enumerate(tables) for r in t}
        small = [
            [
                replace(
                    r, cases_with=None if r.cases_with < 10 else r.cases_with, cases=None if r.cases < 10 else r.cases
                )
                for r in table
            ]
            for table in tables
        ]
        for each in attack(small, complete=AGES):
            assert each.low == each.high == true.get(each.count, 0)
            recovered += 1
    assert recovered > 10
