"""Whether new cases still bring new codes."""

from itertools import permutations

import numpy as np
import pytest

from themes.estimate.saturation import chao1, saturation


def test_the_first_cases_bring_codes_and_the_last_none():
    # Twelve cases, three codes that all have and one that a single case has.
    has_code = np.ones((12, 4), bool)
    has_code[1:, 3] = False
    found = saturation(has_code, seed=1)
    # The fourth code has come with the n-th case in n of 12 orders.
    assert found.codes == pytest.approx(3 + np.arange(1, 13) / 12, abs=0.1)
    assert np.isnan(found.new[:5]).all()
    # It is new in a run of two in one order of six, and then a third of the base of three.
    assert found.new[5:] == pytest.approx([1 / 18] * 7, abs=0.04)
    # The first run is enough unless it holds that case: then the second or third is.
    assert 6 <= found.saturated_after < 6.6


def test_the_curve_is_that_of_all_orders():
    has_code = np.array([[1, 0, 0], [1, 1, 0], [0, 0, 1], [0, 0, 0]], bool)
    orders = [np.maximum.accumulate(has_code[list(order)], axis=0).sum(axis=1) for order in permutations(range(4))]
    assert saturation(has_code, seed=3).codes == pytest.approx(np.mean(orders, axis=0), abs=0.15)


def test_where_each_case_brings_its_own_code_it_never_ends():
    found = saturation(np.eye(20, dtype=bool), seed=1)
    assert found.codes.tolist() == list(range(1, 21))
    # Two new ones to the four of the base.
    assert found.new[5:].tolist() == [0.5] * 15
    assert found.saturated_after is None


@pytest.mark.parametrize("has_code", [np.zeros((0, 3), bool), np.ones((5, 3), bool), np.zeros((9, 3), bool)])
def test_of_too_few_cases_or_no_codes_nothing_is_told(has_code):
    found = saturation(has_code, seed=1)
    assert np.isnan(found.new).all()
    assert found.saturated_after is None


def test_the_seed_alone_decides():
    has_code = np.random.default_rng(2).random((30, 9)) < 0.1
    one, other = (saturation(has_code, seed=5) for _ in range(2))
    assert np.array_equal(one.codes, other.codes) and one.saturated_after == other.saturated_after


def test_codes_unseen_are_told_from_those_seen_once_and_twice():
    # Nine seen, three of them once and three twice: 9 + 3 * 2 / (2 * 4).
    counts = np.array([0, 1, 1, 4, 2, 5, 2, 4, 1, 2])
    estimate, low, high = chao1(counts)
    assert estimate == 9.75
    # Other programs give 9.07 to 17.45 for these counts.
    assert (round(low, 2), round(high, 2)) == (9.07, 17.45)
    assert chao1(np.array([3, 5, 2, 0])) == (3, 3, 3)
    assert chao1(np.array([], int)) == (0, 0, 0)
