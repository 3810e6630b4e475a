"""Views learned from labelled segments, as recipes for `ridge.learn`, and the nearest labelled segments.

How loud the spaces are, and how much a single label is distrusted, was chosen by cross-validation on two fields.
"""

import numpy as np
from numpy.typing import NDArray

from themes.code.ridge import Recipe
from themes.code.spaces import Floats

WORDS = Recipe({"words": 1.0}, 1.0)
WORDING = Recipe({"wording": 1.0}, 1.0)
MEANING = Recipe({"meaning": 1.0}, 0.5)
INNER = Recipe({"inner": 1.0}, 0.5)
TOGETHER = Recipe({"words": 1.0, "letters": 1.0, "meaning": 1.0, "sentences": 1.0, "inner": 1.5, "wording": 0.5}, 1.2)
"""Likenesses added up: segments count as alike if they are in several ways at once."""

_NEAREST = 20
_AT_ONCE = 500
_SHARPNESS = 10.0
"""A neighbour at cosine .7 weighs about a third of one at .8."""


def shares_nearby(
    vectors: Floats, known: Floats, targets: Floats, apart: NDArray[np.bool_] | None = None
) -> tuple[Floats, NDArray[np.int64]]:
    """What the twenty labelled segments of the nearest meaning take, the nearer the heavier.

    Args:
        vectors: Shape (n_segments, 384).
        known: Those of labelled segments, shape (n_labelled, 384).
        targets: Shape (n_labelled, n_codes + 1); NaN where nobody has decided.
        apart: Shape (n_segments, n_labelled): pairs that may not lend to each other.

    Returns:
        Shape (n_segments, n_codes + 1), 0 to 1; and the rows of the nearest, (n_segments, up to 20), nearest first.
    """
    undecided = np.isnan(targets).astype(float)
    taken = np.nan_to_num(targets)
    shares = np.zeros((len(vectors), targets.shape[1]))
    nearest = np.zeros((len(vectors), min(_NEAREST, len(known))), np.int64)
    for start in range(0, len(vectors), _AT_ONCE):
        # Rounded, so that no last digit, which hangs on how many are multiplied at once, decides between equals.
        cosines = np.round(vectors[start : start + _AT_ONCE] @ known.T, 12)
        if apart is not None:
            cosines[apart[start : start + _AT_ONCE]] = -1.0
        for row, own in enumerate(cosines, start):
            nearest[row] = rows = _highest(own)
            weights = np.exp(_SHARPNESS * (own[rows] - 1))
            shares[row] = (weights @ taken[rows] + 0.01) / (weights.sum() - weights @ undecided[rows] + 0.1)
    return shares, nearest


def _highest(cosines: Floats) -> NDArray[np.int64]:
    """The places of the twenty highest, the highest first; of equal ones the first."""
    if len(cosines) <= _NEAREST:
        return np.argsort(-cosines, kind="stable")
    least = np.partition(cosines, -_NEAREST)[-_NEAREST]
    some = np.flatnonzero(cosines >= least)
    return np.asarray(some[np.argsort(-cosines[some], kind="stable")][:_NEAREST])
