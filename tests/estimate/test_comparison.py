"""Differences of groups and runs, and how many of them are luck."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from themes.estimate.comparison import benjamini_hochberg, compare, holm, shared_error
from themes.estimate.prevalence import estimate
from themes.estimate.reviewed import Reviewed

CASES = 400


def a_run(outcomes, probabilities, chances, *, ids=None, clusters=()):
    ids = ids or tuple(f"c{n}" for n in range(len(outcomes)))
    given = Reviewed(ids, ("food",), np.zeros((len(outcomes), 1)), outcomes[:, None], probabilities, clusters)
    given.__dict__["chances"] = chances[:, None]
    return given


def invented(seed=1, cases=CASES):
    random = np.random.default_rng(seed)
    chances = random.beta(1, 2, cases)
    truth = (random.random(cases) < chances).astype(float)
    return random, truth, chances


def test_groups_without_a_case_in_common_add_their_variances():
    random, truth, chances = invented()
    probabilities = np.full(CASES, 0.3)
    whole = a_run(np.where(random.random(CASES) < 0.3, truth, np.nan), probabilities, chances)
    group = np.arange(CASES) < 150
    one, other = estimate(whole, group), estimate(whole, ~group)
    (found,) = compare([(one, other)], planned=True)
    variance = one.variance[0] + other.variance[0]
    freedom = variance**2 / (
        one.variance[0] ** 2 / (one.reviewed[0] - 1) + other.variance[0] ** 2 / (other.reviewed[0] - 1)
    )
    difference, half = one.share[0] - other.share[0], t.ppf(0.975, freedom) * np.sqrt(variance)
    assert (found.difference[0], found.low[0], found.high[0]) == pytest.approx(
        (difference, difference - half, difference + half)
    )
    assert found.p[0] == pytest.approx(2 * t.sf(abs(difference) / np.sqrt(variance), freedom))
    # The interval leaves out 0 just where the difference is called significant.
    assert (found.low[0] <= 0 <= found.high[0]) == (found.p[0] >= 0.05)
    (mirrored,) = compare([(other, one)], planned=True)
    assert (mirrored.low[0], mirrored.high[0]) == pytest.approx((-found.high[0], -found.low[0]))


@pytest.mark.parametrize("few", [0, 1])
def test_a_difference_is_withheld_below_ten_reviewed_on_either_side(few):
    _, truth, chances = invented()
    outcomes = truth.copy()
    outcomes[9:200] = np.nan
    whole = a_run(outcomes, np.full(CASES, 0.5), chances)
    sides = [estimate(whole, np.arange(CASES) < 200), estimate(whole, np.arange(CASES) >= 200)]
    (found,) = compare([(sides[few], sides[1 - few])], planned=False)
    assert np.isnan([found.difference, found.low, found.high, found.p, found.adjusted]).all()
    outcomes[9] = truth[9]
    again = a_run(outcomes, np.full(CASES, 0.5), chances)
    (told,) = compare(
        [(estimate(again, np.arange(CASES) < 200), estimate(again, np.arange(CASES) >= 200))], planned=False
    )
    assert not np.isnan([told.difference, told.low, told.high, told.p, told.adjusted]).any()


def test_the_same_cases_in_two_runs_are_paired():
    random, truth, chances = invented()
    drawn = random.random(CASES) < 0.4
    probabilities = np.full(CASES, 0.4)
    outcomes = np.where(drawn, truth, np.nan)
    # The second machine leans the other way; people found the same.
    flatter = 0.5 + 0.8 * (chances - 0.5)
    one, other = estimate(a_run(outcomes, probabilities, chances)), estimate(a_run(outcomes, probabilities, flatter))
    paired_ids = tuple(f"d{n}" for n in range(CASES))
    stranger = estimate(a_run(outcomes, probabilities, flatter, ids=paired_ids))
    (paired,) = compare([(one, other)], planned=True)
    (apart,) = compare([(one, stranger)], planned=True)
    assert paired.difference == pytest.approx(apart.difference)
    assert paired.high[0] - paired.low[0] < 0.55 * (apart.high[0] - apart.low[0])
    # By residuals: V of the pairs' differences, with what the floors add to either.
    known = ~np.isnan(outcomes)
    off = (outcomes - chances)[known], (outcomes - flatter)[known]
    n = int(known.sum())
    pairs = np.var(off[0] - off[1], ddof=1) * 0.6 / n
    floors = sum(run.variance[0] - (run.spread**2).sum() for run in (one, other))
    assert one.variance[0] + other.variance[0] - 2 * shared_error(one, other)[0] == pytest.approx(pairs + floors)


def test_a_run_does_not_differ_from_itself():
    random, truth, chances = invented()
    # A machine that is wrong enough for its misses to outweigh its own doubt: V is V*.
    run = estimate(a_run(np.where(random.random(CASES) < 0.5, truth, np.nan), np.full(CASES, 0.5), 1 - chances**4))
    (found,) = compare([(run, run)], planned=True)
    assert run.variance == pytest.approx((run.spread**2).sum(axis=0))
    assert (found.difference[0], found.p[0]) == (0, pytest.approx(1))
    assert (found.low[0], found.high[0]) == pytest.approx((0, 0), abs=1e-6)


def test_of_a_sample_that_grew_the_larger_chance_counts_over_all_samples():
    """Two batches, drawn over and over: how the errors of the first run and the second go together."""
    random = np.random.default_rng(6)
    cases, chances = 60, np.full(60, 0.4)
    truth = (random.random(cases) < 0.4).astype(float)
    first, both = np.full(cases, 0.4), np.full(cases, 0.7)
    shares, shared = [], []
    for _ in range(1_500):
        early = random.random(cases) < first
        late = early | (random.random(cases) < 0.5)
        one = estimate(a_run(np.where(early, truth, np.nan), first, chances))
        other = estimate(a_run(np.where(late, truth, np.nan), both, chances))
        shares.append((one.share[0], other.share[0]))
        shared.append(shared_error(one, other)[0])
    assert np.mean(shared) == pytest.approx(np.cov(np.array(shares).T)[0, 1], rel=0.12)


def test_exact_shares_differ_or_do_not():
    truth = np.array([1.0, 0] * 10)
    census = estimate(a_run(truth, np.ones(20), np.full(20, 0.5)))
    other = estimate(a_run(1 - truth * (np.arange(20) > 9), np.ones(20), np.full(20, 0.5)))
    same, unlike = compare([(census, census), (other, census)], planned=True)
    assert (same.p[0], same.low[0], same.high[0]) == (1, 0, 0)
    assert (unlike.p[0], unlike.low[0], unlike.high[0]) == (0, pytest.approx(0.25), pytest.approx(0.25))


def test_only_the_same_themes_are_compared():
    run = estimate(a_run(np.ones(12), np.ones(12), np.full(12, 0.5)))
    other = Reviewed(("c1", "c2"), ("cars",), np.zeros((2, 1)), np.ones((2, 1)), np.ones(2))
    with pytest.raises(ValueError, match="the same themes"):
        compare([(run, estimate(other))], planned=True)
    assert compare([], planned=True) == []


def test_luck_is_weighed_over_all_comparisons_together():
    random, truth, chances = invented()
    whole = a_run(np.where(random.random(CASES) < 0.4, truth, np.nan), np.full(CASES, 0.4), chances)
    pairs = [
        (estimate(whole, np.arange(CASES) < cut), estimate(whole, np.arange(CASES) >= cut)) for cut in (100, 200, 300)
    ]
    for planned, adjust in ((True, holm), (False, benjamini_hochberg)):
        found = compare(pairs, planned=planned)
        p = np.concatenate([one.p for one in found])
        assert np.concatenate([one.adjusted for one in found]) == pytest.approx(adjust(p))
        assert all(one.planned is planned for one in found)


def test_holms_and_benjamini_and_hochbergs_own_figures():
    # Benjamini and Hochberg (1995), 15 tests of a study: at .05 theirs finds 4 and Bonferroni's and Holm's 3.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.324,
        0.4262,
        0.5719,
        0.6528,
        0.759,
        1,
    ]
    assert (benjamini_hochberg(np.array(p)) <= 0.05).sum() == 4
    assert (holm(np.array(p)) <= 0.05).sum() == 3
    assert holm(np.array(p))[:4] == pytest.approx([0.0015, 0.0056, 0.0247, 0.114])
    assert benjamini_hochberg(np.array(p))[:4] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625])


@given(st.lists(st.floats(0, 1) | st.just(float("nan")), max_size=30))
def test_adjusting_keeps_the_order_and_never_flatters(p):
    values = np.array(p)
    told = ~np.isnan(values)
    strict, lenient = holm(values), benjamini_hochberg(values)
    assert np.array_equal(np.isnan(strict), ~told) and np.array_equal(np.isnan(lenient), ~told)
    assert np.all(values[told] <= lenient[told] + 1e-12) and np.all(lenient[told] <= strict[told] + 1e-12)
    assert np.all(strict[told] <= 1)
    order = np.argsort(values[told], kind="stable")
    assert np.all(np.diff(strict[told][order]) >= 0)
