"""A classifier taught by the codebook alone: its names, definitions, examples and cues are the lessons.

Where similarity asks what is near, this asks what tells one code from another: words that all codes share, such as
"adviser" or "benefit", count for nothing.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from themes.code.phrase_vectors import phrase_vectors
from themes.code.phrases import Phrase, phrases_of
from themes.code.wording import own_words
from themes.embedding import embed, per_encoder
from themes.records.codebook import Codebook
from themes.records.segment import Segment

_UNCODED_WEIGHS = 5.0
"""There are few uncoded examples beside hundreds of cues, and they stand for most of what people write."""


def score_taught(segments: Sequence[Segment], codebook: Codebook) -> NDArray[np.float64]:
    """Log-odds that a segment takes a code rather than not, as if each were as likely: shape (n_segments, n_codes).

    About -4 to 4; 0 for a codebook of a single code without uncoded examples, which teaches nothing.
    """
    weights, constants = _weights(phrases_of(codebook), len(codebook.codes))
    return embed([own_words(segment) for segment in segments]).astype(float) @ weights + constants


@per_encoder(maxsize=8)
def _weights(phrases: tuple[Phrase, ...], n_codes: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights, shape (n_dims, n_codes), and constants, (n_codes,), of one balanced logistic regression a code."""
    from sklearn.linear_model import LogisticRegression

    vectors = phrase_vectors([phrase.text for phrase in phrases])
    weight = np.array([_UNCODED_WEIGHS if phrase.kind == "uncoded" else 1.0 for phrase in phrases])
    weights = np.zeros((vectors.shape[1], n_codes))
    constants = np.zeros(n_codes)
    for code in range(n_codes):
        takes = np.array([code in phrase.codes for phrase in phrases])
        if takes.all() or not takes.any():
            continue
        model = LogisticRegression(class_weight="balanced", max_iter=500).fit(vectors, takes, sample_weight=weight)
        weights[:, code] = model.coef_[0]
        constants[code] = model.intercept_[0]
    return weights, constants
