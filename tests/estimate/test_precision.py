"""What a review of more cases is worth, told beforehand."""

from itertools import product

import numpy as np
import pytest

from themes.estimate.frame import Frame
from themes.estimate.intervals import wilson_interval
from themes.estimate.precision import expected_intervals, model_variance, over_all, promises
from themes.estimate.sampling import in_any


def test_the_variance_is_that_over_all_samples_and_all_truths():
    """Every sample and every truth of three cases: how far the estimate falls from the share, squared, on average."""
    chances, probabilities = np.array([0.2, 0.5, 0.9]), np.array([0.3, 0.6, 0.5])
    squared = 0.0
    for truth, sample in product(product((0, 1), repeat=3), repeat=2):
        y, s = np.array(truth), np.array(sample)
        likely = np.prod(np.where(y, chances, 1 - chances)) * np.prod(np.where(s, probabilities, 1 - probabilities))
        estimate = (chances.sum() + (s * (y - chances) / probabilities).sum()) / 3
        squared += likely * (estimate - y.mean()) ** 2
    assert model_variance(chances[:, None], probabilities) == pytest.approx([squared])


def test_a_variance_by_hand():
    # Two cases: (.5 / .5 * .25 + .75 / .25 * .16) / 4.
    found = model_variance(np.array([[0.5], [0.2]]), np.array([0.5, 0.25]))
    assert found == pytest.approx([(0.25 + 0.48) / 4])


def test_what_is_certain_needs_no_review_and_what_cannot_be_drawn_is_never_known():
    assert model_variance(np.array([[1.0, 0.5], [0.0, 0.5]]), np.zeros(2)).tolist() == [0.0, np.inf]
    assert model_variance(np.array([[0.3]]), np.ones(1)).tolist() == [0.0]


def test_a_simple_sample_promises_wilsons_interval():
    # All cases alike, a tenth reviewed: as many as were drawn, in a population that is not endless.
    chances, probabilities = np.full((2_000, 1), 0.3), np.full(2_000, 0.1)
    (found,) = expected_intervals(chances, probabilities)
    from scipy.stats import t

    assert found == pytest.approx(wilson_interval(0.3, 200 / 0.9, quantile=float(t.ppf(0.975, 199))))


def test_before_a_review_everything_is_possible_and_after_all_nothing_else():
    chances = np.full((40, 1), 0.3)
    assert expected_intervals(chances, np.zeros(40)) == [(0.0, 1.0)]
    assert expected_intervals(chances, np.full(40, 0.04)) == [(0.0, 1.0)]
    (census,) = expected_intervals(chances, np.ones(40))
    assert census == pytest.approx((0.3, 0.3))


def test_a_code_that_hardly_anybody_has_gets_an_addition():
    # 100 of 1,000 reviewed, expecting 1 with the code: to V_m, .9 / .1 * .01 * .99 / 1000, comes .25 / 100².
    (found,) = expected_intervals(np.full((1_000, 1), 0.01), np.full(1_000, 0.1))
    variance = 9 * 0.0099 / 1_000 + 0.25 / 100**2
    from scipy.stats import t

    assert found == pytest.approx(wilson_interval(0.01, 0.01 * 0.99 / variance, quantile=float(t.ppf(0.975, 99))))


def test_more_reviews_promise_a_narrower_interval_for_each_code():
    random = np.random.default_rng(7)
    chances = random.uniform(0, 1, (400, 3)) ** 2
    frame = Frame(
        tuple(f"c{n}" for n in range(400)), random.integers(1, 9, 400).astype(float), ("a", "b", "c"), chances
    )
    first = promises(frame, np.zeros(400), 40)
    assert [(one.code_id, one.now) for one in first] == [("a", 0.5), ("b", 0.5), ("c", 0.5)]
    assert all(0.05 < one.then < 0.2 for one in first)
    later = promises(frame, np.full(400, 0.1), 40)
    assert all(one.then < one.now < 0.2 for one in later)
    # With all but ten in the sample, forty more are all there are.
    whole = promises(frame, np.full(400, 0.975), 40)
    assert [one.then for one in whole] == pytest.approx([0, 0, 0], abs=1e-12)


def test_half_widths_are_told_as_one():
    assert over_all([0.1, 0.1, 0.1]) == pytest.approx(0.1)
    assert over_all([]) == 0.0


def test_a_batch_is_sized_by_the_new_cases_it_brings():
    earlier = np.array([1.0, 0.5, 0.0, 0.0])
    from themes.estimate.sampling import inclusion_probabilities

    batch = inclusion_probabilities(np.ones(4), 1 - earlier, 1.0)
    assert (in_any(earlier, batch) - earlier).sum() == pytest.approx(1.0)
