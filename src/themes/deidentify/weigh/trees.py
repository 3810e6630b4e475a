"""Boosted trees, as arrays: all trees are asked about all words at once.

Trained by scikit-learn's HistGradientBoostingClassifier (tests/benchmarks/evidence_trees.py), kept without it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float32]
type Places = NDArray[np.int32]


@dataclass(frozen=True)
class Forest:
    """As many trees for each model. `asks`: which number a node asks about; `splits`: those up to it go on to node
    `left`, the others to `right`, a leaf's are its own; `says`: log-odds of a leaf. All of shape (n_models, n_trees,
    n_nodes), node 0 the root. `starts`: the log-odds before any tree, shape (n_models,). `depth`: shape (), questions
    that a tree asks at most."""

    asks: Places
    splits: Floats
    left: Places
    right: Places
    says: Floats
    starts: Floats
    depth: Places

    def log_odds(self, rows: Floats, models: Sequence[int] | NDArray[np.intp]) -> Floats:
        """The log-odds of each row of numbers by one of the models: shape (n_rows,).

        Args:
            rows: Shape (n_rows, n_numbers).
            models: One for each row.
        """
        asks, splits, onward, says = self._flat
        root = self._roots[models]
        width = rows.shape[1]
        numbers, starts = rows.ravel(), np.arange(0, rows.size, width)[:, None]
        node = root
        for _ in range(int(self.depth)):
            up_to = numbers.take(starts + asks.take(node)) <= splits.take(node)
            node = root + onward.take(2 * node + up_to)
        said: Floats = says.take(node).sum(axis=1) + self.starts[models]
        return said

    @cached_property
    def _roots(self) -> NDArray[np.int64]:
        models, trees, nodes = self.asks.shape
        return np.arange(0, models * trees * nodes, nodes).reshape(models, trees)

    @cached_property
    def _flat(self) -> tuple[Places, Floats, Places, Floats]:
        """The arrays in a row; left and right as pairs, right first."""
        onward = np.stack([self.right, self.left], axis=-1)
        return self.asks.ravel(), self.splits.ravel(), onward.ravel(), self.says.ravel()


PARTS = tuple(field.name for field in fields(Forest))


def arrays(forest: Forest) -> dict[str, NDArray[Any]]:
    """A forest as named arrays, for a file."""
    return {f"trees {part}": getattr(forest, part) for part in PARTS}


def from_arrays(kept: Mapping[str, NDArray[Any]]) -> Forest:
    """The forest among the arrays of a file."""
    return Forest(**{part: kept[f"trees {part}"] for part in PARTS})
