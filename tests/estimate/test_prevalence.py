"""Estimator A: by hand, over all samples there are, and in what must never change."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from themes.estimate.intervals import wilson_interval
from themes.estimate.precision import model_variance
from themes.estimate.prevalence import estimate
from themes.estimate.reviewed import Reviewed

NAN = np.nan


def reviewed(outcomes, probabilities, *, chances=None, scores=None, clusters=(), ids=None):
    """One theme. `chances`: ḡ as if learned from others' reviews."""
    outcomes = np.array(outcomes, float)[:, None]
    count = len(outcomes)
    scores = np.zeros((count, 1)) if scores is None else np.array(scores, float)[:, None]
    ids = tuple(ids or (f"c{n:03}" for n in range(count)))
    given = Reviewed(ids, ("food",), scores, outcomes, np.broadcast_to(probabilities, count).astype(float), clusters)
    if chances is not None:
        given.__dict__["chances"] = np.broadcast_to(chances, count).astype(float)[:, None]
    return given


def some_sample(seed=2, cases=300, level=-1.0):
    random = np.random.default_rng(seed)
    scores = random.normal(-1, 2, cases)
    truth = random.random(cases) < 1 / (1 + np.exp(-level - scores))
    probabilities = random.uniform(0.1, 0.9, cases)
    return np.where(random.random(cases) < probabilities, truth, NAN), probabilities, scores


def test_an_estimate_by_hand():
    found = estimate(reviewed([1, 0, NAN, NAN], 0.5, chances=[0.8, 0.4, 0.6, 0.2]))
    # The machine says .5; it was .2 too low in the first and .4 too high in the second: .1 too high.
    assert found.share == pytest.approx([0.4])
    # V = 2 * (.5 * 4 * (.3² + .3²)) / 16 = .045; V_m = (.16 + .24 + .24 + .16) / 16 = .05; n_eff = 4² / 8 = 2.
    assert found.variance == pytest.approx([0.05 + 0.25 / 4])
    assert (found.spread**2).sum() == pytest.approx(0.045)
    low, high = wilson_interval(0.4, 0.24 / 0.1125, quantile=float(t.ppf(0.975, 1)))
    assert (found.low, found.high) == (pytest.approx([low]), pytest.approx([high]))
    assert (found.cases, found.reviewed.tolist(), found.reviewed_with.tolist()) == (4, [2], [1])


def test_the_floor_is_what_the_machine_alone_is_unsure_of():
    random = np.random.default_rng(3)
    chances, probabilities = random.uniform(0.2, 0.8, 200), random.uniform(0.2, 0.9, 200)
    # A machine that happens to be right in every reviewed case is no surer for it.
    outcomes = np.where(random.random(200) < probabilities, (chances > 0.5).astype(float), NAN)
    flattered = reviewed(outcomes, probabilities, chances=np.where(np.isnan(outcomes), chances, outcomes))
    found = estimate(flattered)
    assert (found.spread**2).sum() == pytest.approx(0, abs=1e-30)
    expected = model_variance(flattered.chances, probabilities)
    assert found.variance == pytest.approx(expected)


def test_where_review_finds_nothing_the_end_is_that_of_no_hit_in_so_many():
    found = estimate(reviewed([0] * 50 + [NAN] * 950, 0.05, chances=0.001))
    assert (found.low[0], found.reviewed_with[0]) == (0.0, 0)
    assert found.high[0] >= 1 - 0.025 ** (1 / 50)
    without_a_doubt = estimate(reviewed([0] * 50 + [NAN] * 50, 0.5, chances=0.0))
    # V* is the addition alone, .25 / 50²; Wilson's end, for p = .5 / 50 at least, is the lower of the two.
    assert without_a_doubt.variance == pytest.approx([0.25 / 2_500])
    assert without_a_doubt.high[0] == pytest.approx(1 - 0.025 ** (1 / 50))


def test_a_census_gives_the_exact_share():
    found = estimate(reviewed([1, 0, 0, 0, 1, 0], 1.0, scores=[3, 1, -1, -2, 0, -5]))
    assert (found.share, found.low, found.high) == (pytest.approx([2 / 6]),) * 3
    assert found.variance.tolist() == [0]


def test_a_machine_that_says_the_same_of_all_leaves_the_share_of_the_reviewed():
    outcomes, probabilities, _ = some_sample()
    known = ~np.isnan(outcomes)
    weights = 1 / probabilities[known]
    mean = weights @ outcomes[known] / weights.sum()
    for chance in (0.1, 0.5):
        found = estimate(reviewed(outcomes, probabilities, chances=chance))
        assert found.share == pytest.approx([mean])


@given(st.integers(0, 10_000), st.floats(-3, 2))
@settings(max_examples=25, deadline=None)
def test_flipped_labels_mirror_the_interval(seed, level):
    outcomes, probabilities, scores = some_sample(seed, 80, level)
    one = estimate(reviewed(outcomes, probabilities, scores=scores))
    other = estimate(reviewed(1 - outcomes, probabilities, scores=-scores))
    assert other.share == pytest.approx(1 - one.share, abs=1e-6)
    assert other.low == pytest.approx(1 - one.high, abs=1e-6)
    assert other.high == pytest.approx(1 - one.low, abs=1e-6)


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_the_order_of_cases_changes_nothing(seed):
    outcomes, probabilities, scores = some_sample(seed, 60)
    order = np.random.default_rng(seed).permutation(60)
    ids = [f"c{n}" for n in range(60)]
    one = estimate(reviewed(outcomes, probabilities, scores=scores, ids=ids))
    other = estimate(reviewed(outcomes[order], probabilities[order], scores=scores[order], ids=[ids[n] for n in order]))
    for field in ("share", "low", "high", "variance"):
        assert getattr(other, field) == pytest.approx(getattr(one, field), abs=1e-8)


def every_sample(truth, probabilities, chances):
    """Each sample of at least two cases with how likely it is."""
    for drawn in product((False, True), repeat=len(truth)):
        if sum(drawn) >= 2:
            likely = float(np.prod(np.where(drawn, probabilities, 1 - probabilities)))
            yield likely, sum(drawn), estimate(reviewed(np.where(drawn, truth, NAN), probabilities, chances=chances))


def test_over_all_samples_of_even_chance_share_and_variance_are_exact():
    truth = np.array([1, 0, 0, 1, 0, 1, 0.0])
    # No estimate leaves 0 to 1, so none is cut off.
    chances = np.array([0.6, 0.4, 0.5, 0.9, 0.1, 0.5, 0.5])
    squared = np.var(truth - chances, ddof=1)
    by_size = {}
    for likely, size, found in every_sample(truth, np.full(7, 0.4), chances):
        by_size.setdefault(size, []).append((likely, found.share[0], (found.spread**2).sum()))
    for size, rows in by_size.items():
        weights, shares, variances = np.array(rows).T
        assert np.average(shares, weights=weights) == pytest.approx(truth.mean())
        # Of a sample of n, S² / n, less what drawing 4 of 10 takes off.
        assert np.average(variances, weights=weights) == pytest.approx(0.6 * squared / size)


def test_over_all_samples_of_uneven_chances_the_share_is_right_though_the_machine_is_not():
    random = np.random.default_rng(8)
    truth = np.array([1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1.0])
    chances = np.clip(0.5 + 0.3 * (truth - 0.5) + 0.3, 0, 1)
    probabilities = random.uniform(0.55, 0.9, 12)
    likely, shares, variances = np.array(
        [(p, f.share[0], (f.spread**2).sum()) for p, _, f in every_sample(truth, probabilities, chances)]
    ).T
    mean = np.average(shares, weights=likely)
    error = np.sqrt(np.average((shares - truth.mean()) ** 2, weights=likely))
    assert abs(mean - truth.mean()) < 0.03 * error
    # Weights divided by their sum: the variance is exact but for terms of the order 1 / n², here n = 9.
    assert np.average(variances, weights=likely) == pytest.approx(error**2, rel=1 / 9)


def test_those_who_sent_the_same_text_count_as_one():
    outcomes, probabilities, _ = some_sample(cases=120)
    chances = np.random.default_rng(4).uniform(0.1, 0.9, 120)
    once = estimate(reviewed(outcomes, probabilities, chances=chances))
    copied = reviewed(
        np.repeat(outcomes, 3),
        np.repeat(probabilities, 3),
        chances=np.repeat(chances, 3),
        clusters=tuple(f"k{n}" for n in np.repeat(np.arange(120), 3)),
    )
    three = estimate(copied)
    for field in ("share", "low", "high", "variance", "reviewed", "reviewed_with"):
        assert getattr(three, field) == pytest.approx(getattr(once, field)), field
    assert three.cases == 360
    blind = estimate(reviewed(copied.outcomes[:, 0], copied.probabilities, chances=copied.chances[:, 0]))
    assert blind.variance[0] < 0.4 * three.variance[0]


def test_a_group_is_its_own_cases_by_what_all_reviews_taught():
    outcomes, probabilities, scores = some_sample()
    whole = reviewed(outcomes, probabilities, scores=scores)
    group = np.arange(300) % 3 == 0
    found = estimate(whole, group)
    alone = estimate(reviewed(outcomes[group], probabilities[group], chances=whole.chances[group, 0]))
    assert (found.cases, found.reviewed[0]) == (100, int((~np.isnan(outcomes[group])).sum()))
    for field in ("share", "low", "high", "variance"):
        assert getattr(found, field) == pytest.approx(getattr(alone, field))


@pytest.mark.parametrize("outcomes", [[NAN, NAN, NAN], [1, NAN, NAN]])
def test_from_fewer_than_two_reviews_nothing_is_told(outcomes):
    found = estimate(reviewed(outcomes, 0.5, chances=0.3))
    assert np.isnan([found.share, found.low, found.high, found.variance]).all()


def test_of_no_cases_nothing_is_told():
    found = estimate(reviewed([1, 0, 1], 0.5), np.zeros(3, bool))
    assert found.cases == 0
    assert np.isnan([found.share, found.low, found.high]).all()


def test_each_theme_is_estimated_from_the_cases_reviewed_for_it():
    outcomes = np.array([[1, NAN], [0, 1], [1, 0], [0, 1], [NAN, NAN]])
    given = Reviewed(tuple("abcde"), ("one", "other"), np.zeros((5, 2)), outcomes, np.full(5, 0.8))
    given.__dict__["chances"] = np.full((5, 2), 0.5)
    found = estimate(given)
    assert found.share == pytest.approx([2 / 4, 2 / 3])
    assert found.reviewed.tolist() == [4, 3]
