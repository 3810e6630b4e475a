import numpy as np
import pytest

from benchmarks.evidence_trees import as_forest, below, fitted_trees


def test_trees_say_as_arrays_what_they_say_in_scikit_learn() -> None:
    random = np.random.default_rng(0)
    numbers = random.normal(size=(3000, 6)).astype(np.float32)
    truth = (numbers[:, 0] * numbers[:, 1] + numbers[:, 2] > 0).astype(int)
    models = [fitted_trees(numbers, each, np.ones(3000)) for each in (truth, 1 - truth)]
    forest = as_forest(models)
    for column, model in enumerate(models):
        told = forest.log_odds(numbers, [column] * 3000)
        assert told == pytest.approx(model.decision_function(numbers), abs=1e-5)
        assert ((told > 0) == truth if column == 0 else (told > 0) != truth).mean() > 0.9


def test_a_split_in_single_precision_parts_the_same_numbers() -> None:
    splits = np.array([0.1, 0.3, -2.7, 1.0])
    single = below(splits)
    assert single.dtype == np.float32
    assert (single.astype(float) <= splits).all()
    assert (np.nextafter(single, np.float32(np.inf)).astype(float) > splits).all()
