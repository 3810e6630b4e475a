"""How much a text reads like invented texts that tell of risk to life, beside the wordings of `risk`.

Wordings are sure where they meet and blind where they do not: "that was the night I nearly wasn't here" holds no word
of theirs. So a logistic regression weighs three kinds of evidence: words and letters, each by its naive-Bayes log ratio
(Wang and Manning, 2012), the sentence vector with that of an inner layer, and the wordings' own score. It was trained
on invented texts alone, by tests/benchmarks/train_risk.py; its report stands beside the weights.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from themes.embedding import embed, embed_inner
from themes.errors import ProtectionError

WEIGHTS_FILE = Path(__file__).with_name("risk_weights.npz")
REPORT_FILE = Path(__file__).with_name("risk_weights.json")
ENCODER = "sentence"
"""Whatever encoder a corpus chooses: the weights were learned from this one's vectors."""
FEATURES = 2**14
"""Places for words, and as many for letters; a hash says which place is whose."""
SHARES = {"vector": 2.0, "inner": 3.0, "words": 2.0, "letters": 2.0, "wordings": 1.0}
"""How loud each kind of evidence is before the regression weighs it; chosen by cross-validation."""

type Floats = NDArray[np.float32]


@dataclass(frozen=True)
class RiskWeights:
    """`word_ratios` and `letter_ratios`: shape (FEATURES,); `coefficients`: one per column of `evidence`."""

    word_ratios: Floats
    letter_ratios: Floats
    coefficients: Floats
    intercept: float


def learned_risk(texts: Sequence[str], wording_scores: Sequence[float]) -> NDArray[np.float64]:
    """How likely each text tells of risk to life, as often as training texts do: shape (n_texts,), 0 to 1.

    Args:
        texts: Any number.
        wording_scores: What `risk.risk` gives each.

    Raises:
        ProtectionError: If the weights are missing or not those that the report describes.
    """
    return judged(texts, wording_scores, risk_weights()) if texts else np.zeros(0)


def judged(texts: Sequence[str], wording_scores: Sequence[float], weights: RiskWeights) -> NDArray[np.float64]:
    """How likely each text tells of risk to life by some weights; at least one text."""
    columns = evidence(texts, wording_scores, weights.word_ratios, weights.letter_ratios)
    odds = columns @ weights.coefficients.astype(np.float64) + weights.intercept
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)


def evidence(texts: Sequence[str], wording_scores: Sequence[float], word_ratios: Floats, letter_ratios: Floats) -> Any:
    """A sparse matrix, shape (n_texts, 2 · 384 + 2 · FEATURES + 3)."""
    from scipy.sparse import csr_matrix, hstack

    scores = np.asarray(wording_scores, dtype=np.float64)
    told = np.column_stack([scores, scores >= 0.4, scores >= 0.5])
    words, letters = counted(texts)
    return hstack(
        [
            csr_matrix(embed(texts, encoder=ENCODER) * SHARES["vector"]),
            csr_matrix(embed_inner(texts, encoder=ENCODER) * SHARES["inner"]),
            _weighed(words, word_ratios) * SHARES["words"],
            _weighed(letters, letter_ratios) * SHARES["letters"],
            csr_matrix(told * SHARES["wordings"]),
        ]
    ).tocsr()


def counted(texts: Sequence[str]) -> tuple[Any, Any]:
    """Which words (one to three in a row) and letters (three to five) a text has: two matrices (n_texts, FEATURES)."""
    from sklearn.feature_extraction.text import HashingVectorizer

    same = {"n_features": FEATURES, "alternate_sign": False, "norm": None, "binary": True}
    tokens = r"\w+|[^\w\s]"
    words = HashingVectorizer(ngram_range=(1, 3), token_pattern=tokens, **same)
    letters = HashingVectorizer(analyzer="char_wb", ngram_range=(3, 5), **same)
    return words.transform(texts), letters.transform(texts)


def _weighed(counts: Any, ratios: Floats) -> Any:
    from sklearn.preprocessing import normalize

    return normalize(counts.multiply(ratios.astype(np.float64)).tocsr())


@cache
def risk_weights() -> RiskWeights:
    """The weights that come with the program, once their hash is checked. Without them nothing may pass."""
    try:
        _check()
        with np.load(WEIGHTS_FILE, allow_pickle=False) as kept:
            return RiskWeights(
                kept["word_ratios"].astype(np.float32),
                kept["letter_ratios"].astype(np.float32),
                kept["coefficients"].astype(np.float32),
                float(kept["intercept"]),
            )
    except (OSError, ValueError, KeyError) as trouble:
        raise ProtectionError(
            f"The weights of risk to life, {WEIGHTS_FILE.name}, cannot be used ({type(trouble).__name__}). "
            "Install the program again; nothing was flagged."
        ) from None


def _check() -> None:
    wanted = json.loads(REPORT_FILE.read_text(encoding="utf-8"))["sha256"]
    if hashlib.sha256(WEIGHTS_FILE.read_bytes()).hexdigest() != wanted:
        raise ValueError("the file is not the one that the report describes")
