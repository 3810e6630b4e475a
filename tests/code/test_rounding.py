import numpy as np

from themes.code.rounding import each_once, in_columns, in_steps, of_length_one, rounded

VECTORS = np.random.default_rng(0).normal(size=(50, 384))
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)


def test_rounded_vectors_have_length_one_and_are_near_where_they_were():
    again = rounded(VECTORS)
    np.testing.assert_allclose(np.linalg.norm(again, axis=1), 1)
    assert (again * VECTORS).sum(axis=1).min() > 0.995


def test_rounding_twice_changes_nothing():
    """Nor of vectors with one large number among many that are rounded away."""
    peaked = VECTORS * np.where(np.arange(384) == 7, 30.0, 1.0)
    for vectors in (VECTORS, peaked / np.linalg.norm(peaked, axis=1, keepdims=True)):
        again = rounded(vectors)
        np.testing.assert_array_equal(of_length_one(in_steps(again)), again)


def test_a_vector_along_one_axis_is_rounded_to_itself():
    for width in (2, 384, 4096):
        one = np.eye(width)[:1]
        np.testing.assert_array_equal(rounded(one), one)


def test_a_row_met_in_several_places_is_kept_once():
    first, second = np.array([[1, 2], [3, 4]], np.int8), np.array([[3, 4], [1, 2], [3, 4]], np.int8)
    kept = each_once({"one": first, "two": second})
    assert kept["rows"].tolist() == [[1, 2], [3, 4]]
    assert (kept["one"].tolist(), kept["two"].tolist()) == ([0, 1], [1, 0, 1])


def test_weights_are_within_half_a_step_of_their_column():
    weights = np.array([[0.5, -10.0], [-0.2, 4.0], [0.0, 0.0]])
    steps, sizes = in_columns(weights)
    assert steps.tolist() == [[127, -127], [-51, 51], [0, 0]]
    assert np.abs(steps * sizes - weights).max() <= 10 / 127 / 2
    assert in_columns(np.zeros((2, 1)))[0].tolist() == [[0], [0]]
