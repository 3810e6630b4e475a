"""The views joined: by weights set by hand while there are no labels, by a fitted layer once there are.

The layer is fitted on what the learned views say of segments that they have not seen (out of fold).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from themes.code.catalog import CODERS, LEARNERS, Scores
from themes.code.folds import folds_of, groups_to_hold_out
from themes.code.labels import decided_of, in_order
from themes.code.layer import Layer, fit_layer, log_odds_of, logistic
from themes.code.learned import shares_nearby
from themes.code.phrases import phrases_of
from themes.code.ridge import Weights, judged_by, learn
from themes.code.rounding import rounded
from themes.code.spaces import COUNTS, points, question_of, rarity_of, text_of
from themes.code.wording import own_words, words_of
from themes.records.codebook import Codebook
from themes.records.coding import LabelledSegment
from themes.records.segment import Segment
from themes.records.span import Span

VERSION = "stack 11"
"""Raised when the same labels would give another coder."""
FEWEST_LABELLED = 30
"""With fewer labelled segments the weights set by hand stay, and nothing is calibrated."""
SUGGESTED_CUT_OFF = 0.5
_LESSON_DISTRUSTED = 0.5
"""How many times less than a labelled segment a text of the codebook is believed: it is about nothing but its code."""
_VECTOR_SPACES = ("meaning", "sentences", "inner")

# Set on invented sentences (tests/gates). A text near to every code is about the field in general and near to none; a
# denied cue tips the scale whatever the meaning is near to, and "I was never sanctioned" is no coercion either.
_TAUGHT, _TAUGHT_BESIDE_BEST, _SIMILARITY, _SIMILARITY_TO_ALL, _CUES = 0.45, 0.4, 0.6, -0.5, 3.0
_DENIED, _DENIED_BESIDE, _CONSTANT = -4.0, -2.0, -1.1


@dataclass(frozen=True)
class Judgement:
    """What the stack holds of each segment and code."""

    probabilities: Scores
    """Shape (n_segments, n_codes), 0 to 1; a ranked score where not calibrated."""
    calibrated: NDArray[np.bool_]
    """Shape (n_codes,)."""
    cut_offs: Scores
    """A code applies from here on: shape (n_codes,)."""


def judge_by_codebook(segments: Sequence[Segment], codebook: Codebook) -> Judgement:
    """Without labels: a ranked score, to be worded "suggested"."""
    taught, similarity, cues = (CODERS[name](segments, codebook) for name in ("taught", "similarity", "cues"))
    denied = cues < 0
    negative_only = np.array([code.polarity == "negative_only" for code in codebook.codes], bool)
    log_odds = (
        _TAUGHT * taught
        + _TAUGHT_BESIDE_BEST * _beside_best(taught)
        + _SIMILARITY * similarity
        + _SIMILARITY_TO_ALL * similarity.mean(axis=1, keepdims=True)
        + _CUES * np.maximum(cues, 0)
        + _DENIED * denied
        + _DENIED_BESIDE * (denied.any(axis=1, keepdims=True) & (cues == 0) & negative_only)
        + _CONSTANT
    )
    return Judgement(logistic(log_odds), np.zeros(len(codebook.codes), bool), _suggested(codebook))


def _suggested(codebook: Codebook) -> Scores:
    return np.full(len(codebook.codes), SUGGESTED_CUT_OFF)


@dataclass(frozen=True)
class Stack:
    """A coder fitted on labelled segments: arrays alone, so that it can be frozen."""

    views: Mapping[str, Weights]
    rarity: Mapping[str, Scores]
    """How rare each word, run of letters and wording is, by space."""
    known: Mapping[str, Scores]
    """Vectors of what was learned from, by space: lessons of the codebook, then labelled segments."""
    taken: NDArray[np.bool_]
    """Shape (n_labelled, n_codes): what people gave the labelled segments."""
    decided: NDArray[np.bool_]
    """Shape (n_labelled, n_codes): what they said yes or no to; all, unless they were asked about some codes only."""
    layer: Layer

    def judge(self, segments: Sequence[Segment], codebook: Codebook) -> Judgement:
        """Calibrated probabilities for the codes that were seen, the codebook's ranked scores for the others.

        Args:
            segments: Any.
            codebook: The one that the stack was fitted with.
        """
        seen = self.taken.any(axis=0)
        if not segments:
            return Judgement(np.zeros((0, len(seen))), seen, self.layer.cut_offs)
        places = {space: points(space, segments, self.rarity.get(space)) for space in [*self.rarity, *_VECTOR_SPACES]}
        learned = judged_by(self.views, places, self.known)
        targets = targets_of(self.taken, self.decided)
        shares, _ = shares_nearby(places["meaning"].rows, self.labelled_vectors(), targets)
        features = _features({**learned, "neighbours": shares}, segments, codebook, _prior(self.taken, self.decided))
        fitted = self.layer.probabilities(features)
        if seen.all():
            return Judgement(fitted, seen, self.layer.cut_offs)
        # Scores are moved so that the codebook's own cut-off falls on that of the learned codes.
        by_codebook = judge_by_codebook(segments, codebook)
        moved = logistic(log_odds_of(by_codebook.probabilities) + log_odds_of(np.array(self.layer.cut_offs)))
        return Judgement(np.where(seen, fitted, moved), seen, self.layer.cut_offs)

    def labelled_vectors(self) -> Scores:
        """Those of the labelled segments, in their own order (`labels.in_order`): shape (n_labelled, 384)."""
        return self.known["meaning"][-len(self.taken) :]


def fit(labelled: Sequence[LabelledSegment], codebook: Codebook, *, seed: int) -> Stack | None:
    """A stack fitted on labelled segments; None if too few are decided throughout to fit anything, if there is no yes
    or no no among them, or if all say the same, so that none can be held out.

    Segments of one case, and near-duplicates, stay in one fold, so that the layer never trusts a view for what it has
    merely remembered. What the codebook says of its codes is learned from too, as lessons that are never held out.

    Of a segment that is decided in part, the views learn each yes and no. How sure to be is learned from what people
    were asked about: a code that they added by themselves is a yes that could not have been a no. Beside examples that
    came with the codebook, what was reviewed counts more there: it is like what will be judged.

    The order of the labelled segments makes no difference.
    """
    labelled = in_order(labelled)
    taken, decided = decided_of(labelled, codebook)
    asked = np.array([[one.asked is None or c.code_id in one.asked for c in codebook.codes] for one in labelled], bool)
    whole = asked.all(axis=-1)
    if whole.sum() < FEWEST_LABELLED or not taken[whole].any() or taken[asked].all():
        return None
    segments = [one.segment for one in labelled]
    groups = groups_to_hold_out(segments)
    if groups.max() == 0:
        return None
    lessons, lesson_takes = lessons_of(codebook)
    everything = [*lessons, *segments]
    targets = targets_of(np.vstack([lesson_takes, taken]), np.vstack([np.ones_like(lesson_takes), decided]))
    rarity = {space: rarity_of(count(everything)) for space, count in COUNTS.items()}
    known = {space: points(space, everything, rarity.get(space)) for space in COUNTS}
    for space in _VECTOR_SPACES:
        vectors = points(space, everything)
        known[space] = replace(vectors, rows=rounded(vectors.rows))
    folds = folds_of(groups, seed)
    of_lessons = np.full(len(lessons), -1)
    views, unseen = learn(
        LEARNERS,
        known,
        targets,
        np.r_[np.full(len(lessons), _LESSON_DISTRUSTED), np.ones(len(segments))],
        np.r_[of_lessons, groups],
        np.r_[of_lessons, folds],
    )
    vectors = known["meaning"].rows[len(lessons) :]
    apart = folds[:, None] == folds[None, :]
    shares, _ = shares_nearby(vectors, vectors, targets[len(lessons) :], apart)
    scores = {name: view[len(lessons) :] for name, view in unseen.items()} | {"neighbours": shares}
    reviewed = np.array([one.reviewed for one in labelled])
    layer = fit_layer(_features(scores, segments, codebook, _prior(taken, decided)), taken, folds, asked, reviewed)
    return Stack(views, rarity, {space: known[space].rows for space in _VECTOR_SPACES}, taken, decided, layer)


def lessons_of(codebook: Codebook) -> tuple[list[Segment], NDArray[np.bool_]]:
    """The codebook's texts as segments, cues left out, and which codes each takes, shape (n_lessons, n_codes)."""
    phrases = [phrase for phrase in phrases_of(codebook) if phrase.kind != "cue"]
    takes = np.zeros((len(phrases), len(codebook.codes)), bool)
    for row, phrase in enumerate(phrases):
        takes[row, list(phrase.codes)] = True
    segments = [Segment(f"l{at}", f"l{at}", "", Span(0, len(p.text)), p.text) for at, p in enumerate(phrases)]
    return segments, takes


def targets_of(takes: NDArray[np.bool_], decided: NDArray[np.bool_]) -> Scores:
    """Codes as 0 and 1, and a last column: any. NaN where it is not decided."""
    known = np.column_stack([decided, takes.any(axis=1) | decided.all(axis=1)])
    return np.where(known, np.column_stack([takes, takes.any(axis=1)]), np.nan)


def _prior(taken: NDArray[np.bool_], decided: NDArray[np.bool_]) -> Scores:
    """How common each code is, by the segments that are decided throughout."""
    whole = taken[decided.all(axis=1)]
    return np.log((whole.sum(axis=0) + 1) / ((~whole).sum(axis=0) + 1))


def _features(learned: Mapping[str, Scores], segments: Sequence[Segment], codebook: Codebook, prior: Scores) -> Scores:
    """Shape (n_segments, n_codes, n_features): of each pair, all that is known."""
    read = [with_question(segment) for segment in segments]
    views = [coder(read, codebook) for coder in CODERS.values()]
    views += [np.clip(view[:, :-1], -0.5, 1.5) for view in learned.values()]
    beside = [_beside_best(view[:, :-1]) for view in learned.values()]
    any_code = [np.broadcast_to(learned[name][:, -1:], views[0].shape) for name in ("together", "wording")]
    return np.stack([*views, *beside, *any_code, np.broadcast_to(prior, views[0].shape)], axis=2)


_SHORT_ANSWER_WORDS = 6


def with_question(segment: Segment) -> Segment:
    """A short answer as its question and itself: "Three times." says by itself nothing that a codebook speaks of.

    A longer one is read alone: what everybody was asked would otherwise be found in all that they say.

    >>> with_question(Segment("d:0-2", "d", "c", Span(0, 2), "No", prompt="Were you asked?")).text
    'Were you asked? No'
    """
    if not question_of(segment) or len(words_of(own_words(segment))) > _SHORT_ANSWER_WORDS:
        return segment
    text = text_of(segment)
    return replace(segment, span=Span(0, len(text)), text=text, prompt=None, quoted=())


def _beside_best(view: Scores) -> Scores:
    """How far each code lies behind the segment's best one."""
    return view - view.max(axis=1, keepdims=True, initial=-np.inf) if view.size else view
