"""The views joined: by weights set by hand while there are no labels, by a logistic layer once there are.

The layer is fitted on what the learned views say of segments that they have not seen (out of fold), pooled over all
pairs of segment and code. It has a dozen weights whatever the number of codes, so that a few dozen labels can set
them, and calibrates as it joins.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from themes.code.catalog import CODERS, LEARNERS, Scores
from themes.records.codebook import Codebook
from themes.records.coding import LabelledSegment
from themes.records.segment import Segment

FEWEST_LABELLED = 30
"""With fewer labelled segments the weights set by hand stay, and nothing is calibrated."""
SUGGESTED_CUT_OFF = 0.5
_FOLDS = 5

# Set on invented sentences (tests/gates). A cue that the writer denies tips the scale whatever the meaning is near to.
_WEIGHTS = {"taught": 0.5, "taught_beside_best": 0.5, "similarity": 0.6, "cues": 2.7, "denied": -4.0}
_WEIGHTS |= {"denied_beside": -2.0}  # "I was never sanctioned" is no coercion either
_CONSTANT = -0.7


@dataclass(frozen=True)
class Judgement:
    """What the stack holds of each segment and code."""

    probabilities: Scores
    """Shape (n_segments, n_codes), 0 to 1; a ranked score where not calibrated."""
    calibrated: NDArray[np.bool_]
    """Shape (n_codes,)."""
    cut_off: float
    """A code applies from here on; one for all codes, which small data bear better than one each."""


def judge_by_codebook(segments: Sequence[Segment], codebook: Codebook) -> Judgement:
    """Without labels: a ranked score, to be worded "suggested"."""
    views = {name: coder(segments, codebook) for name, coder in CODERS.items()}
    taught, cues = views["taught"], views["cues"]
    denied = cues < 0
    negative_only = np.array([code.polarity == "negative_only" for code in codebook.codes], bool)
    denied_beside = denied.any(axis=1, keepdims=True) & (cues == 0) & negative_only
    log_odds = (
        _WEIGHTS["taught"] * taught
        + _WEIGHTS["taught_beside_best"] * _beside_best(taught)
        + _WEIGHTS["similarity"] * views["similarity"]
        + _WEIGHTS["cues"] * np.maximum(cues, 0)
        + _WEIGHTS["denied"] * denied
        + _WEIGHTS["denied_beside"] * denied_beside
        + _CONSTANT
    )
    return Judgement(_logistic(log_odds), np.zeros(len(codebook.codes), bool), SUGGESTED_CUT_OFF)


@dataclass(frozen=True)
class Stack:
    """A coder fitted on labelled segments."""

    codebook: Codebook
    learned: tuple[Callable[[Sequence[Segment]], Scores], ...]
    prior: Scores
    weights: Scores
    constant: float
    cut_off: float
    seen: NDArray[np.bool_]
    """Shape (n_codes,): codes that some labelled segment takes. The others are judged by the codebook."""

    def judge(self, segments: Sequence[Segment]) -> Judgement:
        """Calibrated probabilities for the codes that were seen, the codebook's ranked scores for the others."""
        by_codebook = judge_by_codebook(segments, self.codebook)
        features = _features([view(segments) for view in self.learned], segments, self.codebook, self.prior)
        fitted = _logistic(features @ self.weights + self.constant).reshape(by_codebook.probabilities.shape)
        # One cut-off must serve both: scores are moved so that the codebook's own cut-off falls on it.
        moved = _logistic(_log_odds(by_codebook.probabilities) + _log_odds(np.array(self.cut_off)))
        return Judgement(np.where(self.seen, fitted, moved), self.seen, self.cut_off)


def fit(labelled: Sequence[LabelledSegment], codebook: Codebook, *, seed: int) -> Stack | None:
    """A stack fitted on labelled segments; None if there are too few to fit anything.

    Segments of one case, and equal texts, stay in one fold, so that the layer never trusts a view for what it has
    merely remembered.
    """
    segments = [one.segment for one in labelled]
    labels = np.array([[code.code_id in one.code_ids for code in codebook.codes] for one in labelled], bool)
    if len(labelled) < FEWEST_LABELLED or not labels.any():
        return None
    folds = _folds(segments, seed)
    unseen = [np.zeros(labels.shape) for _ in LEARNERS]
    for fold in range(_FOLDS):
        held_out, rest = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        if not len(held_out) or not len(rest):
            continue
        for view, learn in zip(unseen, LEARNERS.values(), strict=True):
            view[held_out] = learn([segments[i] for i in rest], labels[rest])([segments[i] for i in held_out])
    prior = np.log((labels.sum(axis=0) + 1) / ((~labels).sum(axis=0) + 1))
    weights, constant, cut_off = _fit_layer(_features(unseen, segments, codebook, prior), labels.ravel())
    learned = tuple(learn(segments, labels) for learn in LEARNERS.values())
    return Stack(codebook, learned, prior, weights, constant, cut_off, labels.any(axis=0))


def _fit_layer(features: Scores, takes: NDArray[np.bool_]) -> tuple[Scores, float, float]:
    from sklearn.linear_model import LogisticRegression

    means, spreads = features.mean(axis=0), features.std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=1000).fit((features - means) / spreads, takes)
    weights = model.coef_[0] / spreads
    constant = float(model.intercept_[0] - means @ weights)
    return weights, constant, _best_cut_off(_logistic(features @ weights + constant), takes)


def _best_cut_off(probabilities: Scores, takes: NDArray[np.bool_]) -> float:
    """Where micro-F1 over all pairs is highest, from .05 to .95 in steps of .01; the lowest of equals."""
    cuts = np.arange(5, 96) / 100
    applied = probabilities[:, None] >= cuts
    hits = (applied & takes[:, None]).sum(axis=0)
    return float(cuts[np.argmax(2 * hits / (applied.sum(axis=0) + takes.sum()))])


def _features(learned: list[Scores], segments: Sequence[Segment], codebook: Codebook, prior: Scores) -> Scores:
    """One row for each pair of segment and code, one column for each thing known of it."""
    views = [coder(segments, codebook) for coder in CODERS.values()] + learned
    beside = [_beside_best(view) for view in learned[:3]]
    columns = [*views, *beside, np.broadcast_to(prior, (len(segments), len(prior)))]
    return np.column_stack([column.ravel() for column in columns])


def _beside_best(view: Scores) -> Scores:
    """How far each code lies behind the segment's best one."""
    return view - view.max(axis=1, keepdims=True, initial=-np.inf) if view.size else view


def _folds(segments: Sequence[Segment], seed: int) -> NDArray[np.int64]:
    """A fold for each segment; cases and equal texts, chained, go together."""
    group = list(range(len(segments)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    first: dict[tuple[str, str], int] = {}
    for i, segment in enumerate(segments):
        plain = "".join(c for c in unicodedata.normalize("NFKC", segment.text).casefold() if c.isalnum())
        for key in (("case", segment.case_id), ("text", plain)):
            group[root(i)] = root(first.setdefault(key, i))
    roots = [root(i) for i in range(len(segments))]
    order = {one: at for at, one in enumerate(dict.fromkeys(roots))}
    shuffled = np.random.default_rng(seed).permutation(len(order)) % _FOLDS
    return np.array([shuffled[order[one]] for one in roots], np.int64)


def _logistic(log_odds: Scores) -> Scores:
    clipped: Scores = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return clipped


def _log_odds(probabilities: Scores) -> Scores:
    kept = np.clip(probabilities, 1e-9, 1 - 1e-9)
    odds: Scores = np.log(kept / (1 - kept))
    return odds
