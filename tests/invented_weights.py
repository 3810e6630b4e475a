"""Weights in which only a few features count, for tests of what adds them up and keeps them."""

import numpy as np

from themes.deidentify.weigh.forms import FEATURES, hashed
from themes.deidentify.weigh.weights import VECTOR, Weights


def some_weights(**features: float) -> Weights:
    table = np.zeros((FEATURES, 1), np.float32)
    for feature, weight in features.items():
        table[hashed([feature.replace("_", " ")])] = weight
    return Weights(
        ("person first",), table, np.zeros((3, 2 * VECTOR, 1), np.float32), np.array([0.5], np.float32),
        np.zeros(300, np.float32), np.zeros((300, VECTOR), np.float32),
    )  # fmt: skip
