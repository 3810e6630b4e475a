"""What every encoder is: a way from texts to vectors, and what tells its vectors from another encoder's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (n_texts, n_dims), each of length one."""


@dataclass(frozen=True)
class Encoder:
    """An encoder that is ready to be used."""

    identity: str
    """SHA-256 over all that decides its vectors: only vectors of one identity can be compared."""
    dimensions: int
    encode: Callable[[Sequence[str]], Vectors]
    """Any number of texts, empty ones included; each vector depends on its text alone."""
    worth_keeping: bool = True
    """Whether its vectors cost more to compute than to read from a disk."""
    inner: bool = False
    """Whether each vector of meaning is followed by one of an inner layer, as long: shape (n_texts, 2 · n_dims)."""


def of_length_one(vectors: Vectors) -> Vectors:
    """Each vector divided by its length; one of length 0, which no text should give, stays as it is."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12), np.float32)
