import numpy as np

from themes.code.learned import shares_nearby

KNOWN = np.array([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]])
TARGETS = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [0.0, 0.0, 0.0]])


def test_the_nearest_lend_their_codes_the_nearer_the_heavier():
    shares, nearest = shares_nearby(np.array([[1.0, 0.0]]), KNOWN, TARGETS)
    weights = np.exp([0.0, -2.0, -10.0])  # cosines 1, .8 and 0
    expected = (np.array([weights[0], weights[1], weights[0] + weights[1]]) + 0.01) / (weights.sum() + 0.1)
    np.testing.assert_allclose(shares, [expected])
    assert nearest.tolist() == [[0, 1, 2]]


def test_those_kept_apart_lend_nothing():
    apart = np.array([[True, False, False]])
    shares, nearest = shares_nearby(np.array([[1.0, 0.0]]), KNOWN, TARGETS, apart)
    assert shares[0, 0] < 0.1 < shares[0, 1]
    assert nearest[0, 0] == 1


def test_no_segments_have_no_neighbours():
    shares, nearest = shares_nearby(np.zeros((0, 2)), KNOWN, TARGETS)
    assert (shares.shape, nearest.shape) == ((0, 3), (0, 3))


def test_who_has_not_decided_on_a_code_neither_gives_nor_refuses_it():
    targets = np.array([[1.0, np.nan, 1.0], [np.nan, 1.0, 1.0], [0.0, 0.0, 0.0]])
    shares, _ = shares_nearby(np.array([[1.0, 0.0]]), KNOWN, targets)
    first, second, third = np.exp([0.0, -2.0, -10.0])
    expected = [
        (first + 0.01) / (first + third + 0.1),
        (second + 0.01) / (second + third + 0.1),
        (first + second + 0.01) / (first + second + third + 0.1),
    ]
    np.testing.assert_allclose(shares, [expected])


def test_of_equally_near_ones_the_first_twenty_lend():
    known = np.array([[1.0, 0.0]] * 15 + [[0.8, 0.6]] * 15)[[*range(0, 30, 2), *range(1, 30, 2)]]
    _, nearest = shares_nearby(np.array([[1.0, 0.0], [0.0, 1.0]]), known, np.zeros((30, 3)))
    cosines = np.array([[1.0, 0.0], [0.0, 1.0]]) @ known.T
    assert nearest.tolist() == np.argsort(-cosines, axis=1, kind="stable")[:, :20].tolist()
