"""Numbers of a coder in few bytes: vectors in 31 steps, each once, and weights in 127 steps of each column.

Vectors are rounded before anything is learned from them, so that a frozen coder knows the very vectors it was fitted
on; rounded afterwards, their errors would add up over thousands of weights.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from themes.code.spaces import Floats

_STEPS, _WEIGHT_STEPS = 31, 127


def in_steps(vectors: Floats) -> NDArray[np.int8]:
    """Vectors as whole numbers, up to 31 either way of the largest of each; what `rounded` gave comes out again."""
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True, initial=0), 1e-9)
    return np.asarray(np.rint(vectors / largest * _STEPS), np.int8)


def of_length_one(steps: NDArray[np.int8]) -> Floats:
    """The vectors that whole numbers stand for, each of length one."""
    vectors = steps.astype(float)
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), float)


def rounded(vectors: Floats) -> Floats:
    """Vectors of length one, as a file would give them back."""
    return of_length_one(in_steps(vectors))


def each_once(vectors: Mapping[str, NDArray[np.int8]]) -> dict[str, Any]:
    """Every different row under "rows", and by space the place of each of its rows among them.

    A text of one sentence is the same in two spaces, and an encoder without inner layer gives the same in two more.
    """
    rows, places = np.unique(np.concatenate(list(vectors.values())), axis=0, return_inverse=True)
    ends = np.cumsum([len(each) for each in vectors.values()])[:-1]
    parts = np.split(np.ravel(places).astype(np.int32), ends)
    return {"rows": rows, **dict(zip(vectors, parts, strict=True))}


def in_columns(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Weights as whole numbers up to 127 either way, and the size of a step of each column."""
    sizes = np.maximum(np.abs(weights).max(axis=0, initial=0), 1e-12) / _WEIGHT_STEPS
    return np.asarray(np.rint(weights / sizes), np.int8), sizes
