"""Shares in public are as coarse as the counts beside them."""

from dataclasses import replace

import pytest

from builders import a_prevalence
from themes.coarser import ESTIMATED, HIDDEN, TOO_LITTLE, coarser, coarser_differences, is_count
from themes.records.estimate import Difference

SHARE = a_prevalence(
    "food", 20, cases=60, share=1 / 3, low=0.21, high=0.47, method="estimated from 30 reviewed by chance"
)


def test_a_count_is_what_nobody_has_checked():
    assert is_count(a_prevalence())
    assert not is_count(SHARE)


def test_the_team_sees_a_share_as_it_is():
    assert coarser(SHARE, round_to=1) == SHARE


def test_in_public_a_share_of_sixty_people_moves_in_steps_of_five_of_them():
    told = coarser(SHARE, round_to=5)
    assert (told.share, told.low, told.high) == (pytest.approx(4 / 12, abs=1e-4), pytest.approx(2 / 12, abs=1e-4), 0.5)
    assert told.method == ESTIMATED
    # One person more or less, and nothing is seen of it.
    assert coarser(replace(SHARE, share=21 / 60), round_to=5).share == told.share


def test_in_public_a_share_of_many_people_moves_in_whole_per_cents():
    told = coarser(replace(SHARE, cases=1000, cases_with=335, share=0.3349), round_to=5)
    assert (told.share, told.low, told.high) == (0.33, 0.21, 0.47)


def test_an_exact_share_is_that_of_the_counts_that_are_shown():
    """22 of 62 as 20 of 60: by itself it would be rounded to 4 of 12, which only 18 to 23 of 62 are."""
    exact = replace(SHARE, share=22 / 62, low=22 / 62, high=22 / 62)
    told = coarser(exact, round_to=5)
    assert told.share == told.low == told.high == 0.33
    assert coarser(exact, round_to=1) == exact


def test_where_a_count_is_hidden_there_is_no_share():
    hidden = coarser(replace(SHARE, cases_with=None), round_to=1)
    assert (hidden.share, hidden.low, hidden.high, hidden.method) == (None, None, None, HIDDEN)


def test_a_reason_is_for_the_team():
    withheld = a_prevalence("food", None, method="withheld: Too few were reviewed: 3, and it takes 10.")
    assert coarser(withheld, round_to=1).method == withheld.method
    assert coarser(withheld, round_to=5).method == TOO_LITTLE


OLD, YOUNG = (replace(SHARE, group=group) for group in ("age=old", "age=young"))
APART = Difference("food", "age=old", "age=young", 0.123, 0.01, 0.236, 0.03, planned=False)


def test_a_difference_is_told_where_both_shares_are():
    assert coarser_differences([APART], [OLD, YOUNG], fewest=10, round_to=1) == (APART,)
    assert coarser_differences([APART], [OLD, replace(YOUNG, share=None)], fewest=10, round_to=1) == ()
    (public,) = coarser_differences([APART], [OLD, YOUNG], fewest=10, round_to=5)
    assert (public.difference, public.low, public.high) == (pytest.approx(1 / 12, abs=1e-4), 0.0, 0.25)


def test_a_difference_of_exact_shares_says_nothing_that_they_do_not():
    old, young = (replace(each, share=share, low=share, high=share) for each, share in ((OLD, 0.5), (YOUNG, 0.33)))
    exact = replace(APART, difference=0.1612, low=0.1612, high=0.1612)
    (public,) = coarser_differences([exact], [old, young], fewest=10, round_to=5)
    assert (public.difference, public.low, public.high) == (0.17, 0.17, 0.17)
    assert coarser_differences([exact], [old, young], fewest=10, round_to=1) == (exact,)
    whole = replace(old, group="")
    change = replace(exact, one="r2", other="r1")
    assert coarser_differences([change], [whole], fewest=10, round_to=5) == ()
    assert coarser_differences([change], [whole], fewest=10, round_to=1) == (change,)


def test_a_change_is_not_told_where_it_would_tell_a_small_earlier_share():
    change = replace(APART, one="r2", other="r1", difference=0.2)
    assert coarser_differences([change], [SHARE], fewest=10, round_to=1) == ()
    small = replace(change, difference=0.1)
    assert coarser_differences([small], [SHARE], fewest=10, round_to=1) == (small,)


def test_why_nothing_is_told_of_a_group_is_for_the_team_and_names_no_small_group():
    why = Difference("food", "age=old", "age=young", None, None, None, None, planned=False, reason="Too few.")
    assert coarser_differences([why], [OLD, YOUNG], fewest=10, round_to=1) == (why,)
    assert coarser_differences([why], [OLD], fewest=10, round_to=1) == ()
    assert coarser_differences([why], [OLD, YOUNG], fewest=10, round_to=5) == ()
