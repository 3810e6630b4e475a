"""What the estimator is given."""

import numpy as np
import pytest

from themes.estimate.reviewed import Reviewed, as_scores, folds_of


def some(**fields):
    given = {
        "case_ids": ("c1", "c2", "c3"),
        "theme_ids": ("food",),
        "scores": np.zeros((3, 1)),
        "outcomes": np.array([[1.0], [0.0], [np.nan]]),
        "probabilities": np.array([0.5, 1.0, 0.2]),
    }
    return Reviewed(**{**given, **fields})


def test_what_was_reviewed_is_known_and_each_case_stands_alone():
    given = some()
    assert given.is_reviewed.tolist() == [[True], [True], [False]]
    assert given.cluster_ids.tolist() == ["c1", "c2", "c3"]
    assert some(clusters=("a", "a", "b")).cluster_ids.tolist() == ["a", "a", "b"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"scores": np.zeros((3, 2))}, "need scores and outcomes of that shape"),
        ({"probabilities": np.array([0.5, 0.5])}, "a probability for each case"),
        ({"probabilities": np.array([0.5, 0.5, 0.0])}, "could not have been drawn"),
        ({"probabilities": np.array([0.5, 0.5, 1.1])}, "could not have been drawn"),
        ({"probabilities": np.array([0.5, 0.5, np.nan])}, "could not have been drawn"),
        ({"case_ids": ("c1", "c1", "c2")}, "an id of its own"),
        ({"clusters": ("a", "b")}, "all or none need a cluster"),
        ({"scores": np.array([[0], [np.inf], [0]])}, "must be finite"),
        ({"outcomes": np.array([[0], [0.5], [0]])}, "0, 1 or NaN"),
    ],
)
def test_what_does_not_fit_is_refused(fields, says):
    with pytest.raises(ValueError, match=says):
        some(**fields)


def test_folds_are_even_keep_clusters_together_and_know_no_order():
    ids = np.array([f"k{n // 2}" for n in range(60)])
    reviewed = np.arange(60) < 46
    folds = folds_of(ids, reviewed)
    assert np.all(folds[46:] == -1)
    # 23 clusters of two: 5, 5, 5, 4 and 4 to a fold.
    assert sorted(np.bincount(folds[:46]).tolist()) == [8, 8, 10, 10, 10]
    assert np.array_equal(folds[:46:2], folds[1:46:2])
    order = np.random.default_rng(3).permutation(60)
    assert np.array_equal(folds_of(ids[order], reviewed[order]), folds[order])


def test_chances_do_not_depend_on_the_order_of_cases():
    random = np.random.default_rng(1)
    scores, outcomes = random.normal(size=(80, 2)), (random.random((80, 2)) < 0.4).astype(float)
    outcomes[50:] = np.nan
    ids = tuple(f"c{n}" for n in range(80))
    order = random.permutation(80)
    one = Reviewed(ids, ("a", "b"), scores, outcomes, np.full(80, 0.6)).chances
    other = Reviewed(tuple(ids[n] for n in order), ("a", "b"), scores[order], outcomes[order], np.full(80, 0.6)).chances
    assert other == pytest.approx(one[order], abs=1e-8)
    assert one.shape == (80, 2)


def test_scores_are_log_odds_and_never_endless():
    assert as_scores([0.5, 0.0, 1.0]).round(3).tolist() == [0.0, -13.816, 13.816]
