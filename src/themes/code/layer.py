"""The layer that joins the views: a logistic regression over pairs of segment and code, which calibrates as it joins.

What a view says need not count in proportion: its weight may bend at a few of its values, so that "hardly" and "quite"
lie further apart than "quite" and "very". All codes share the weights and bends; each may depart from the weights a
little, the less the fewer labels there are (partial pooling). So a few dozen labels can set it, and thousands let every
code have its say.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from themes.code.spaces import Floats

_DEPARTURE = 0.1
"""How freely a code departs from the shared weights; chosen, as all three, by cross-validation on two fields."""
_FREEDOM = 0.1
_BENDS = (0.2, 0.4, 0.6, 0.8)
"""Each view bends at these shares of its values."""


@dataclass(frozen=True)
class Layer:
    """A fitted layer; a code applies from the cut-off on.

    `weights`: shape (n_codes, n_features); `constants`: (n_codes,); `knots`: (n_bends, n_features), where each feature
    bends, and `bends`, of the same shape, by how much.
    """

    weights: Floats
    constants: Floats
    knots: Floats
    bends: Floats
    cut_off: float

    def probabilities(self, features: Floats) -> Floats:
        """Shape (n_segments, n_codes), from features of shape (n_segments, n_codes, n_features)."""
        return logistic(self.log_odds(features))

    def log_odds(self, features: Floats) -> Floats:
        """The same before they become probabilities."""
        told = (features * self.weights).sum(axis=2) + self.constants
        for knots, bends in zip(self.knots, self.bends, strict=True):
            told += np.maximum(features - knots, 0) @ bends
        return told


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
    layer = _fitted(features, takes, asked)
    unseen = np.zeros(takes.shape)
    halves = [folds % 2 == half for half in (0, 1)]
    slope, shift = 1.0, 0.0
    if all(takes[half].any() for half in halves):
        for half, other in (halves, halves[::-1]):
            unseen[other] = _fitted(features[half], takes[half], asked[half]).log_odds(features[other])
        sure = LogisticRegression(C=1e6).fit(unseen[asked].reshape(-1, 1), takes[asked])
        slope, shift = max(float(sure.coef_[0, 0]), 0.1), float(sure.intercept_[0])
        unseen = unseen * slope + shift
    else:
        unseen = layer.log_odds(features)
    return Layer(
        layer.weights * slope,
        layer.constants * slope + shift,
        layer.knots,
        layer.bends * slope,
        best_cut_off(np.where(asked, logistic(unseen), 0.0), takes),
    )


def _fitted(features: Floats, takes: NDArray[np.bool_], asked: NDArray[np.bool_]) -> Layer:
    """Weights, constants and bends; the cut-off is still to be chosen."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    _, codes, width = features.shape
    pairs = features.reshape(-1, width)
    knots = np.quantile(pairs, _BENDS, axis=0)
    bent = np.concatenate([pairs, *(np.maximum(pairs - each, 0) for each in knots)], axis=1)
    means, spreads = bent.mean(axis=0), bent.std(axis=0) + 1e-9
    scaled = (bent - means) / spreads
    design = hstack([csr_matrix(scaled), _departures(scaled[:, :width].reshape(features.shape))]).tocsr()
    model = LogisticRegression(C=_FREEDOM, max_iter=1000).fit(design[asked.ravel()], takes[asked])
    shared = model.coef_[0][: bent.shape[1]] / spreads
    own = model.coef_[0][bent.shape[1] :].reshape(codes, width + 1) * _DEPARTURE
    departed = own[:, 1:] / spreads[:width]
    constants = model.intercept_[0] + own[:, 0] - departed @ means[:width] - shared @ means
    return Layer(shared[:width] + departed, constants, knots, shared[width:].reshape(knots.shape), 0.5)


def _departures(scaled: Floats) -> Any:
    """Each pair's features in columns of its code alone, a constant first. Sparse."""
    from scipy.sparse import csr_matrix

    count, codes, width = scaled.shape
    own = np.concatenate([np.ones((count, codes, 1)), scaled], axis=2) * _DEPARTURE
    places = np.tile(np.arange(codes * (width + 1)), count)
    starts = np.arange(0, len(places) + 1, width + 1)
    return csr_matrix((own.ravel(), places, starts), shape=(count * codes, codes * (width + 1)))


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
