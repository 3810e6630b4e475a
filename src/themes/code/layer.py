"""The layer that joins the views: a logistic regression over pairs of segment and code, which calibrates as it joins.

All codes share its weights; each may depart from them a little, the less the fewer labels there are (partial pooling).
So a few dozen labels can set it, and thousands let every code have its say.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from themes.code.spaces import Floats

_DEPARTURE = 0.1
"""How freely a code departs from the shared weights; chosen by cross-validation on two fields."""


@dataclass(frozen=True)
class Layer:
    """`weights`: shape (n_codes, n_features); `constants`: (n_codes,). `cut_off`: a code applies from here on."""

    weights: Floats
    constants: Floats
    cut_off: float

    def probabilities(self, features: Floats) -> Floats:
        """Shape (n_segments, n_codes), from features of shape (n_segments, n_codes, n_features)."""
        return logistic((features * self.weights).sum(axis=2) + self.constants)


def fit_layer(
    features: Floats, takes: NDArray[np.bool_], folds: NDArray[np.int64], asked: NDArray[np.bool_] | None = None
) -> Layer:
    """A layer fitted on what views say of segments that they have not seen.

    It is fitted on each half of the folds and tried on the other: how sure it may be, and the cut-off, are read off
    segments that it has not seen either.

    Args:
        features: Shape (n_segments, n_codes, n_features).
        takes: Shape (n_segments, n_codes).
        folds: Shape (n_segments,).
        asked: Shape (n_segments, n_codes): the pairs that people said yes or no to; None: all. Others do not count.
    """
    from sklearn.linear_model import LogisticRegression

    asked = np.ones(takes.shape, bool) if asked is None else asked
    takes = takes & asked
    weights, constants = _fitted(features, takes, asked)
    unseen = np.zeros(takes.shape)
    halves = [folds % 2 == half for half in (0, 1)]
    if all(takes[half].any() for half in halves):
        for half, other in (halves, halves[::-1]):
            part, constant = _fitted(features[half], takes[half], asked[half])
            unseen[other] = (features[other] * part).sum(axis=2) + constant
        sure = LogisticRegression(C=1e6).fit(unseen[asked].reshape(-1, 1), takes[asked])
        slope, shift = max(float(sure.coef_[0, 0]), 0.1), float(sure.intercept_[0])
        weights, constants, unseen = weights * slope, constants * slope + shift, unseen * slope + shift
    else:
        unseen = (features * weights).sum(axis=2) + constants
    return Layer(weights, constants, best_cut_off(np.where(asked, logistic(unseen), 0.0), takes))


def _fitted(features: Floats, takes: NDArray[np.bool_], asked: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    from sklearn.linear_model import LogisticRegression

    _, codes, width = features.shape
    means, spreads = features.mean(axis=(0, 1)), features.std(axis=(0, 1)) + 1e-9
    design = _design((features - means) / spreads)[asked.ravel()]
    model = LogisticRegression(max_iter=1000).fit(design, takes[asked])
    shared, own = model.coef_[0][:width], model.coef_[0][width:].reshape(codes, width + 1) * _DEPARTURE
    weights = (shared + own[:, 1:]) / spreads
    return weights, model.intercept_[0] + own[:, 0] - weights @ means


def _design(scaled: Floats) -> Any:
    """Each pair's features, and again in columns of its code alone, a constant first. Sparse."""
    from scipy.sparse import csr_matrix, hstack

    count, codes, width = scaled.shape
    own = np.concatenate([np.ones((count, codes, 1)), scaled], axis=2) * _DEPARTURE
    places = np.tile(np.arange(codes * (width + 1)), count)
    starts = np.arange(0, len(places) + 1, width + 1)
    departures = csr_matrix((own.ravel(), places, starts), shape=(count * codes, codes * (width + 1)))
    return hstack([csr_matrix(scaled.reshape(-1, width)), departures]).tocsr()


def best_cut_off(probabilities: Floats, takes: NDArray[np.bool_]) -> float:
    """Where micro-F1, counted twice, and macro-F1 are highest together, from .05 to .95 in steps of .01.

    The lowest of equals. One for all codes: small data do not bear one each. Macro-F1 is of the codes that any segment
    takes.
    """
    cuts = np.arange(5, 96) / 100
    sums = np.zeros(len(cuts))
    taken = takes.sum(axis=0)
    for at, cut in enumerate(cuts):
        applied = probabilities >= cut
        hits = (applied & takes).sum(axis=0)
        given = applied.sum(axis=0)
        by_code = 2 * hits[taken > 0] / (given + taken)[taken > 0]
        sums[at] = 4 * hits.sum() / (given.sum() + taken.sum()) + by_code.mean()
    return float(cuts[np.argmax(sums)])


def logistic(log_odds: Floats) -> Floats:
    """Log-odds to probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))), float)


def log_odds_of(probabilities: Floats) -> Floats:
    """Probabilities to log-odds, within nine nines."""
    kept = np.clip(probabilities, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(kept / (1 - kept)), float)
