"""Intervals, against figures that others published."""

import pytest

from themes.estimate.intervals import newcombe_interval, wilson_interval


def test_published_intervals_come_out():
    assert round(wilson_interval(0, 50)[1], 5) == 0.07135
    assert wilson_interval(0, 50)[0] == 0
    assert [round(end, 4) for end in wilson_interval(15 / 148, 148)] == [0.0624, 0.1605]
    assert [round(end, 4) for end in newcombe_interval((56, 70), (48, 80))] == [0.0524, 0.3339]


def test_the_other_share_has_the_mirrored_interval():
    low, high = wilson_interval(0.2, 30)
    assert wilson_interval(0.8, 30) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(("share", "cases"), [(0.5, 0), (1.1, 10), (-0.1, 10)])
def test_what_cannot_be_a_share_of_cases_is_refused(share, cases):
    with pytest.raises(ValueError, match="need cases > 0"):
        wilson_interval(share, cases)


@pytest.mark.parametrize(("one", "other"), [((0, 0), (4, 8)), ((4, 8), (0, 0)), ((9, 8), (4, 8)), ((4, 8), (-1, 8))])
def test_a_difference_of_shares_needs_cases_in_both_groups(one, other):
    with pytest.raises(ValueError, match="need cases, and no more with the theme"):
        newcombe_interval(one, other)


def test_nobody_and_everybody_have_a_difference():
    low, high = newcombe_interval((8, 8), (0, 8))
    assert 0 < low < 1 == high
