"""Fits the trees of the third hearing (`weigh/third_hearing.py`) to what the second one gave out of fold."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.evidence_data import FAMILIES, FOLDS, Sample
from themes.deidentify.weigh.evidence import Look, votes_of
from themes.deidentify.weigh.own_votes import odds_told
from themes.deidentify.weigh.third_hearing import HEARD_AGAIN, RULED_OUT, numbers_of
from themes.deidentify.weigh.trees import Forest

SETTINGS = {
    "max_iter": 100, "learning_rate": 0.08, "max_leaf_nodes": 15, "max_depth": 6, "min_samples_leaf": 40,
    "l2_regularization": 5.0, "early_stopping": False, "random_state": 0,
}  # fmt: skip


def third_hearing(
    learn: Sequence[Sample],
    looks: Sequence[Look],
    ends: Sequence[int],
    folds: np.ndarray,
    truth: dict[str, np.ndarray],
    counts: np.ndarray,
    odds: dict[str, np.ndarray],
) -> tuple[Forest, dict[str, np.ndarray]]:
    """The trees of each family, and each word's log-odds from trees that never saw its text.

    Args:
        learn, looks, ends: The texts, and where the words of each end.
        folds, truth, counts: Of each word; truth and what it counts as in `evidence_fit.Words`.
        odds: From the second hearing out of fold, per family.
    """
    from threadpoolctl import threadpool_limits

    stack = np.stack([odds[family] for family in FAMILIES], axis=1).astype(np.float32)
    starts = [0, *ends[:-1]]
    numbers = np.concatenate(
        [
            numbers_of(seen, stack[start:end], votes, tuple(FAMILIES), odds_told(votes))
            for sample, seen, start, end in zip(learn, looks, starts, ends, strict=True)
            if seen.forms
            for votes in [votes_of(seen, sample.said)]
        ]
    )
    models, heard = [], {family: column.copy() for family, column in odds.items()}
    for family in HEARD_AGAIN:
        asked = odds[family] > RULED_OUT
        learned = asked & (truth[family] >= 0)
        with threadpool_limits(1):  # so that sums come out the same whatever the machine
            for k in range(FOLDS):
                judged = asked & (folds == k)
                if (learned & (folds == k)).any():
                    part = learned & (folds != k)
                    model = fitted_trees(numbers[part], truth[family][part], counts[part])
                    heard[family][judged] = model.decision_function(numbers[judged])
            models.append(fitted_trees(numbers[learned], truth[family][learned], counts[learned]))
    return as_forest(models), heard


def fitted_trees(numbers: np.ndarray, truth: np.ndarray, counts: np.ndarray) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(**SETTINGS).fit(numbers, truth == 1, sample_weight=counts)


def as_forest(models: Sequence[Any]) -> Forest:
    """What scikit-learn keeps as lists of nodes, as arrays; it has no public way to them."""
    nodes = [[predictor.nodes for (predictor,) in model._predictors] for model in models]
    shape = (len(nodes), len(nodes[0]), max(len(tree) for trees in nodes for tree in trees))
    asks, splits, says = np.zeros(shape, np.int32), np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    left = np.broadcast_to(np.arange(shape[2], dtype=np.int32), shape).copy()
    right = left.copy()
    for m, trees in enumerate(nodes):
        for n, tree in enumerate(trees):
            here = np.flatnonzero(tree["is_leaf"] == 0)
            asks[m, n, here] = tree["feature_idx"][here]
            splits[m, n, here] = below(tree["num_threshold"][here])
            left[m, n, here], right[m, n, here] = tree["left"][here], tree["right"][here]
            says[m, n, : len(tree)] = np.where(tree["is_leaf"] == 0, 0, tree["value"])
    starts = np.array([model._baseline_prediction.item() for model in models], np.float32)
    return Forest(asks, splits, left, right, says, starts, np.array(SETTINGS["max_depth"], np.int32))


def below(splits: np.ndarray) -> np.ndarray:
    """The highest number in single precision that is not above each: rows are kept so, and so go the same way."""
    single = splits.astype(np.float32)
    return np.where(single > splits, np.nextafter(single, np.float32(-np.inf)), single)
