"""Views learned from labelled segments: what words, letters and meanings go with each code.

Each takes labelled segments and a table of which code they take, shape (n_segments, n_codes), and gives a function
from any segments to log-odds of the same width, balanced: as if taking a code were as likely as not. A code that no
segment takes, or every one, gets 0: there is nothing to learn.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from themes.embedding import embed
from themes.records.segment import Segment

Scores = NDArray[np.float64]
Labels = NDArray[np.bool_]

_NEIGHBOURS = 20
_SHARPNESS = 10.0
"""A neighbour at cosine .7 weighs about a third of one at .8."""


def learn_words(segments: Sequence[Segment], labels: Labels) -> Callable[[Sequence[Segment]], Scores]:
    """Words and pairs of words, weighted by how rare they are (TF-IDF)."""
    return _learn_weighted(segments, labels, strength=5.0, ngram_range=(1, 2))


def learn_characters(segments: Sequence[Segment], labels: Labels) -> Callable[[Sequence[Segment]], Scores]:
    """Runs of two to five letters within words: misspellings and endings are no obstacle."""
    return _learn_weighted(segments, labels, strength=3.0, analyzer="char_wb", ngram_range=(2, 5))


def learn_meaning(segments: Sequence[Segment], labels: Labels) -> Callable[[Sequence[Segment]], Scores]:
    """Sentence vectors."""
    weights, constants = _regressions(_vectors(segments), labels, strength=5.0)
    return lambda others: _vectors(others) @ weights + constants


def learn_neighbours(segments: Sequence[Segment], labels: Labels) -> Callable[[Sequence[Segment]], Scores]:
    """What the twenty labelled segments of the nearest meaning take, the nearer the heavier; not balanced."""
    known = _vectors(segments)
    taken = labels.astype(float)

    def nearest(others: Sequence[Segment]) -> Scores:
        shares = np.zeros((len(others), taken.shape[1]))
        for row, vector in enumerate(_vectors(others)):
            cosines = known @ vector
            rows = np.argsort(-cosines, kind="stable")[:_NEIGHBOURS]
            weights = np.exp(_SHARPNESS * (cosines[rows] - 1))
            shares[row] = (weights @ taken[rows] + 0.01) / (weights.sum() + 0.1)
        return np.log(shares / (1 - shares))

    return nearest


def _learn_weighted(
    segments: Sequence[Segment], labels: Labels, *, strength: float, **how: Any
) -> Callable[[Sequence[Segment]], Scores]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [segment.text for segment in segments]
    vectoriser = TfidfVectorizer(sublinear_tf=True, min_df=2 if len(texts) >= 200 else 1, **how)
    try:
        counted = vectoriser.fit_transform(texts)
    except ValueError:  # no words at all
        return lambda others: np.zeros((len(others), labels.shape[1]))
    weights, constants = _regressions(counted, labels, strength=strength)

    def weighed(others: Sequence[Segment]) -> Scores:
        if not others:
            return np.zeros((0, labels.shape[1]))
        return np.asarray(vectoriser.transform([other.text for other in others]) @ weights) + constants

    return weighed


def _regressions(features: Any, labels: Labels, *, strength: float) -> tuple[Scores, Scores]:
    """Weights, shape (n_features, n_codes), and constants, (n_codes,): one balanced logistic regression a code."""
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((features.shape[1], labels.shape[1]))
    constants = np.zeros(labels.shape[1])
    for code in range(labels.shape[1]):
        if labels[:, code].any() and not labels[:, code].all():
            model = LogisticRegression(C=strength, class_weight="balanced", solver="liblinear", random_state=0)
            model.fit(features, labels[:, code])
            weights[:, code] = model.coef_[0]
            constants[code] = model.intercept_[0]
    return weights, constants


def _vectors(segments: Sequence[Segment]) -> Scores:
    return embed([segment.text for segment in segments]).astype(float)
