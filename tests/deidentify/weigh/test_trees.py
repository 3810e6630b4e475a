import numpy as np
import pytest

from themes.deidentify.weigh.trees import Forest, arrays, from_arrays


def a_forest() -> Forest:
    """Two models of two trees: a question about number 0, of which one answer leads to a question about number 1; and a
    leaf alone."""
    asks = np.array([[[0, 0, 1, 0, 0], [0, 0, 0, 0, 0]]] * 2, np.int32)
    splits = np.array([[[2.0, 0, 0.5, 0, 0], [0, 0, 0, 0, 0]]] * 2, np.float32)
    left = np.array([[[1, 1, 3, 3, 4], [0, 1, 2, 3, 4]]] * 2, np.int32)
    right = np.array([[[2, 1, 4, 3, 4], [0, 1, 2, 3, 4]]] * 2, np.int32)
    says = np.array([[[0, -1, 0, 2, 3], [0.25, 0, 0, 0, 0]], [[0, 10, 0, 20, 30], [0, 0, 0, 0, 0]]], np.float32)
    return Forest(asks, splits, left, right, says, np.array([0.5, -5.0], np.float32), np.array(2, np.int32))


@pytest.mark.parametrize(
    ("row", "model", "odds"),
    [
        ([2.0, 9.0], 0, -0.25),  # up to the split goes left: 0.5 - 1 + 0.25
        ([2.1, 0.5], 0, 2.75),
        ([2.1, 0.6], 0, 3.75),
        ([0.0, 0.0], 1, 5.0),
        ([3.0, 0.0], 1, 15.0),
        ([3.0, 1.0], 1, 25.0),
    ],
)
def test_a_row_goes_down_every_tree_of_its_model(row: list[float], model: int, odds: float) -> None:
    assert a_forest().log_odds(np.array([row], np.float32), [model]).tolist() == [odds]


def test_rows_are_asked_about_together_as_alone() -> None:
    rows = np.random.default_rng(0).normal(1, 2, (40, 2)).astype(np.float32)
    models = [n % 2 for n in range(40)]
    forest = a_forest()
    alone = [float(forest.log_odds(rows[n : n + 1], models[n : n + 1])[0]) for n in range(40)]
    assert forest.log_odds(rows, models).tolist() == alone
    assert len(set(alone)) == 6


def test_a_forest_comes_back_from_arrays() -> None:
    again = from_arrays(arrays(a_forest()))
    rows = np.array([[2.1, 0.6], [0, 0]], np.float32)
    assert again.log_odds(rows, [0, 1]).tolist() == a_forest().log_odds(rows, [0, 1]).tolist()
