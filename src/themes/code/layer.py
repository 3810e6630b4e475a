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

_DEPARTURE = 0.2
"""How freely a code departs from the shared weights; chosen, as all four, by cross-validation on two fields."""
_FREEDOM = 0.1
"""How freely weights depart from none, with `_MANY` codings to learn from; with fewer, as their root."""
_MANY = 1_000
_BENDS = (0.2, 0.4, 0.6, 0.8)
"""Each view bends at these shares of its values."""
_REVIEWED = 4.0
"""At most so many times as much as an example that came with the codebook an excerpt that was reviewed counts; chosen
on the sample corpus by its key. From ten times on, what the examples teach is lost."""


@dataclass(frozen=True)
class Layer:
    """A fitted layer; a code applies from its cut-off on.

    `weights`: shape (n_codes, n_features); `constants`: (n_codes,); `knots`: (n_bends, n_features), where each feature
    bends, and `bends`, of the same shape, by how much; `cut_offs`: (n_codes,).
    """

    weights: Floats
    constants: Floats
    knots: Floats
    bends: Floats
    cut_offs: Floats

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
    features: Floats,
    takes: NDArray[np.bool_],
    folds: NDArray[np.int64],
    asked: NDArray[np.bool_] | None = None,
    reviewed: NDArray[np.bool_] | None = None,
) -> Layer:
    """A layer fitted on what views say of segments that they have not seen.

    It is fitted on each half of the folds and tried on the other: how sure it may be, and the cut-offs, are read off
    segments that it has not seen either.

    Args:
        features: Shape (n_segments, n_codes, n_features).
        takes: Shape (n_segments, n_codes).
        folds: Shape (n_segments,).
        asked: Shape (n_segments, n_codes): the pairs that people said yes or no to; None: all. Others do not count.
        reviewed: Shape (n_segments,): those that are like what will be judged. While they are few they weigh more.
    """
    from sklearn.linear_model import LogisticRegression

    asked = np.ones(takes.shape, bool) if asked is None else asked
    takes = takes & asked
    weights = np.ones(len(takes)) if reviewed is None else _weighed(reviewed)
    freedom = _FREEDOM * min(1.0, takes.sum() / _MANY) ** 0.5
    layer = _fitted(features, takes, asked, weights, freedom)
    unseen = np.zeros(takes.shape)
    halves = [folds % 2 == half for half in (0, 1)]
    slope, shift = 1.0, 0.0
    if all(takes[half].any() and not takes[half][asked[half]].all() for half in halves):
        for half, other in (halves, halves[::-1]):
            own = _fitted(features[half], takes[half], asked[half], weights[half], freedom)
            unseen[other] = own.log_odds(features[other])
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
        best_cut_offs(np.where(asked, logistic(unseen), 0.0), takes),
    )


def _weighed(reviewed: NDArray[np.bool_]) -> Floats:
    """More for what was reviewed, up to where it counts together as much as the examples do: shape (n_segments,)."""
    own = int(reviewed.sum())
    return np.where(reviewed, np.clip((len(reviewed) - own) / max(own, 1), 1.0, _REVIEWED), 1.0)


def _fitted(
    features: Floats, takes: NDArray[np.bool_], asked: NDArray[np.bool_], weights: Floats, freedom: float
) -> Layer:
    """Weights, constants and bends; the cut-offs are still to be chosen."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    _, codes, width = features.shape
    pairs = features.reshape(-1, width)
    knots = np.quantile(pairs, _BENDS, axis=0)
    bent = np.concatenate([pairs, *(np.maximum(pairs - each, 0) for each in knots)], axis=1)
    means, spreads = bent.mean(axis=0), bent.std(axis=0) + 1e-9
    scaled = (bent - means) / spreads
    design = hstack([csr_matrix(scaled), _departures(scaled[:, :width].reshape(features.shape))]).tocsr()
    model = LogisticRegression(C=freedom, max_iter=1000)
    counts = np.broadcast_to(weights[:, None], takes.shape)[asked]
    model.fit(design[asked.ravel()], takes[asked], sample_weight=counts)
    shared = model.coef_[0][: bent.shape[1]] / spreads
    own = model.coef_[0][bent.shape[1] :].reshape(codes, width + 1) * _DEPARTURE
    departed = own[:, 1:] / spreads[:width]
    constants = model.intercept_[0] + own[:, 0] - departed @ means[:width] - shared @ means
    return Layer(shared[:width] + departed, constants, knots, shared[width:].reshape(knots.shape), np.full(codes, 0.5))


def _departures(scaled: Floats) -> Any:
    """Each pair's features in columns of its code alone, a constant first. Sparse."""
    from scipy.sparse import csr_matrix

    count, codes, width = scaled.shape
    own = np.concatenate([np.ones((count, codes, 1)), scaled], axis=2) * _DEPARTURE
    places = np.tile(np.arange(codes * (width + 1)), count)
    starts = np.arange(0, len(places) + 1, width + 1)
    return csr_matrix((own.ravel(), places, starts), shape=(count * codes, codes * (width + 1)))


_STEPS = 30


def best_cut_offs(probabilities: Floats, takes: NDArray[np.bool_]) -> Floats:
    """Where micro-F1, counted twice, and macro-F1 are highest together: shape (n_codes,).

    A pair of segment and code raises F1 if its probability is more than half of F1 (Lipton, Elkan and Naryanaswamy,
    2014, ECML). So each code's cut-off lies between half of its own F1 and half of that of all, at the mean that their
    sum asks for: common codes share a cut-off, and rare ones that are hard to tell have a lower one. What F1 they
    have is expected from the calibrated probabilities, not counted: a rare code's few segments would not bear that.

    Args:
        probabilities: Of segments not learned from, shape (n_segments, n_codes), calibrated.
        takes: Of the same shape. A code that nothing takes shares the cut-off of all.
    """
    seen = takes.any(axis=0)
    if not seen.any():
        return np.full(len(seen), 0.5)
    kept = probabilities[:, seen]
    expected, cuts, of_all = kept.sum(axis=0), np.full(kept.shape[1], 0.3), 0.3
    for _ in range(_STEPS):
        applied = kept >= cuts
        hits, both = (kept * applied).sum(axis=0), np.maximum(applied.sum(axis=0) + expected, 1e-9)
        of_all = hits.sum() / both.sum()
        weight_of_all, weight_of_own = 2 / both.sum(), 1 / (len(cuts) * both)
        best = (weight_of_all * of_all + weight_of_own * hits / both) / (weight_of_all + weight_of_own)
        cuts = (cuts + best) / 2  # half a step, so that it settles
    cut_offs = np.full(len(seen), of_all)
    cut_offs[seen] = cuts
    return np.clip(np.round(cut_offs, 3), 0.05, 0.95)


def logistic(log_odds: Floats) -> Floats:
    """Log-odds to probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))), float)


def log_odds_of(probabilities: Floats) -> Floats:
    """Probabilities to log-odds, within nine nines."""
    kept = np.clip(probabilities, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(kept / (1 - kept)), float)
