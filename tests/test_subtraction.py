"""What subtraction gives back: an attacker that finds what is unsafe, and nothing in what we publish."""

from dataclasses import replace

import pytest

from benchmarks.subtraction_attack import public, small_alone, team
from builders import a_prevalence
from invented_tables import three_times
from themes.publication.ledger import attacked
from themes.records.project import Audience
from themes.subtraction import attack
from themes.whole_numbers import Contradiction

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


@pytest.mark.parametrize("theme_id", ["left", "joined"])
def test_what_a_code_is_called_changes_nothing(theme_id):
    groups = {"": (20, 30), "age=old": (18, 26), "age=young": (None, 4)}
    rows = [a_prevalence(theme_id, n, group=group, cases=cases) for group, (n, cases) in groups.items()]
    found = attack([rows], complete={"age": ["age=old", "age=young"]})
    assert [(each.count[1:3], each.low, each.high) for each in found] == [((theme_id, "age=young"), 2, 2)]


def test_counts_that_cannot_be_are_said_to_be_so():
    with pytest.raises(Contradiction):
        attack([a_table(40, 30, 15, None)], complete=AGES)


def test_a_count_that_one_row_hides_and_another_tells_is_told():
    rows = [a_prevalence("food", None, cases=30), a_prevalence("food", 12, cases=30)]
    assert told([rows]) == {(0, ("food", "")): (12, 12)}


def test_a_share_beside_a_hidden_count_tells_it():
    share = a_prevalence("food", None, cases=40, share=0.15, low=0.15, high=0.15, method="all reviewed")
    assert told([[share]]) == {(0, ("food", "")): (6, 6)}
    assert told([[replace(share, high=0.3)]]) == {}
    assert told([[replace(share, cases_with=20, share=0.5, low=0.5, high=0.5)]], round_to=5) == {}


def test_who_speaks_of_a_question_less_who_speaks_of_its_codes_speaks_of_both():
    rows = [
        a_prevalence("a", 20, cases=100),
        a_prevalence("b", 15, cases=100),
        a_prevalence("Q", 28, cases=100),
        a_prevalence("a", None, group="theme=b", cases=15),
        a_prevalence("b", None, group="theme=a", cases=20),
    ]
    assert told([rows]) == {}
    both = {(0, ("a", "theme=b")): (7, 7), (0, ("b", "theme=a")): (7, 7)}
    assert told([rows], bearing={"Q": ("a", "b")}) == both
    alone = [a_prevalence("a", None, cases=100), a_prevalence("Q", 28, cases=100)]
    assert told([alone], bearing={"Q": ("a",)}) == {(0, ("a", "")): (28, 28)}


def test_nobody_less_speaks_of_both_than_the_two_have_too_many():
    rows = [
        a_prevalence("a", 95, cases=100),
        a_prevalence("b", 5, cases=100),
        a_prevalence("a", None, group="theme=b", cases=5),
    ]
    assert told([rows], within=5) == {(0, ("a", "theme=b")): (0, 5)}
    assert told([[replace(rows[0], cases_with=100), *rows[1:]]]) == {(0, ("a", "theme=b")): (5, 5)}


def test_months_that_are_all_told_are_together_no_less_than_all():
    rows = [
        a_prevalence("food", 40, cases=60),
        a_prevalence("food", 15, period="2013-04", cases=35),
        a_prevalence("food", None, period="2013-05", cases=25),
    ]
    assert told([rows]) == {}
    assert told([rows], complete={"period": ()}) == {(0, ("food", "")): (25, 25)}


def test_a_shown_count_is_no_small_one():
    rows = [a_prevalence("food", 10, cases=None), a_prevalence("food", 10, group="age=0", cases=None)]
    rows.append(a_prevalence("food", None, group="age=1", cases=None))
    ages = {"age": ("age=0", "age=1")}
    assert told([rows], complete=ages, round_to=5, within=2) == {}
    assert told([rows], complete=ages, round_to=5, within=2, fewest=10)[0, ("food", "age=1")] == (0, 2)


def test_of_people_who_wrote_once_none_begins_or_ceases_to_have_a_theme():
    releases = [
        [a_prevalence("food", 15, cases=30)],
        [a_prevalence("food", None, cases=30)],
    ]
    assert told(releases) == {}
    assert told(releases, wrote_once=True) == {(1, ("food", "")): (15, 15)}


def test_what_somebody_thinks_of_a_theme_may_change_when_they_write_again():
    releases = [
        [a_prevalence("food", count, group="experience=negative", cases=30), a_prevalence("cars", None, cases=30)]
        for count in (15, 12)
    ]
    assert told(releases) == {}
    with pytest.raises(Contradiction):
        attack(releases, wrote_once=True)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_hidden_is_recovered_from_three_public_editions(seed):
    """The first of the thousand of `make bench`."""
    published, found = public(three_times(seed))
    assert found == []
    assert any(p.cases_with is None for each in published for p in each.counts)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_hidden_is_recovered_from_an_edition_for_the_team(seed):
    assert team(three_times(seed))[1] == []


def test_were_small_counts_alone_hidden_the_attacker_would_find_them_and_be_right():
    recovered = 0
    for seed in range(4):
        projects = three_times(seed)
        for project, published in zip(projects, small_alone(projects)[0], strict=True):
            true = {(p.theme_id, p.group, p.question, p.period): p.cases_with for p in project.prevalences}
            for each in attacked([published], audience=Audience.TEAM):
                assert each.low == each.high == true.get(each.count[1:], 0)
                recovered += 1
    assert recovered > 10
