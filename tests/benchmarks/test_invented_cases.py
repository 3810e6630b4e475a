"""The corpus of figures that intervals are tried on."""

import numpy as np
import pytest
from interval_coverage import Told, weighed_share
from invented_cases import CASES, EXCERPTS, SHARES, invented


@pytest.mark.parametrize("f1", [0.7, 0.8])
def test_it_is_as_large_and_its_machine_as_good_as_it_says(f1):
    corpus = invented(f1, seed=11)
    assert corpus.truth.shape == corpus.scores.shape == (CASES, len(SHARES))
    assert corpus.excerpts.sum() == pytest.approx(EXCERPTS, rel=0.03)
    assert corpus.excerpts.min() >= 1
    assert corpus.macro_f1 == pytest.approx(f1, abs=0.02)
    # Within four standard errors of the shares that were asked for.
    off = 4 * np.sqrt(np.array(SHARES) * (1 - np.array(SHARES)) / CASES)
    assert np.all(np.abs(corpus.truth.mean(axis=0) - SHARES) < off)
    assert np.array_equal(corpus.suggested, (corpus.scores > 0).astype(float))
    assert np.array_equal(invented(f1, seed=11).scores, corpus.scores)


def test_an_interval_that_is_undefined_holds_nothing():
    told = Told(np.array([[0.1, np.nan], [0.3, 0.0]]), np.array([[0.3, np.nan], [0.4, 0.5]]))
    assert told.coverage(np.array([0.2, 0.2])).tolist() == [0.5, 0.5]
    assert told.width() == pytest.approx([0.15, 0.5])


def test_reviews_of_a_simple_sample_alone_have_wilsons_interval():
    from scipy.stats import t

    from themes.estimate.intervals import wilson_interval

    truth = np.array([[1.0]] * 30 + [[0.0]] * 70)
    low, high = weighed_share(truth, np.full(100, 1e-9))
    expected = wilson_interval(0.3, 99.0, quantile=float(t.ppf(0.975, 99)))
    assert (low[0], high[0]) == pytest.approx(expected)
