"""Self-training: what was judged of many texts is learned from, weakly, beside what people and the codebook say.

A text is then judged by what texts like it are, and a wording that nobody labelled borrows from those it stands beside.
All judgements are learned from in proportion to how sure they are; to take the surest alone for certain did worse. It
pays while few are labelled and many are not. A coding then depends on what else is coded with it, so runs, which grow,
do without.
"""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np

from themes.code.catalog import LEARNERS
from themes.code.labels import decided_of, in_order
from themes.code.ridge import solve
from themes.code.spaces import COUNTS, Floats, points, rarity_of, text_of
from themes.code.stack import Judgement, lessons_of, targets_of
from themes.records.codebook import Codebook
from themes.records.coding import LabelledSegment
from themes.records.segment import Segment

MOST = 2_000
"""Labelled texts and others are at most so many: where people labelled as many, there is nothing to spread."""
FEWEST = 500
"""With fewer other texts nothing is gained."""
_RECIPE = "together"
_LABELLED, _JUDGED = 0.5, 8.0
"""How much a text that people labelled is distrusted, and one that was merely judged; by cross-validation."""
_AT_ONCE = 2_000


def spread(
    judgement: Judgement, segments: Sequence[Segment], codebook: Codebook, labelled: Sequence[LabelledSegment]
) -> Judgement:
    """The judgement of segments, after learning from itself; as it was where there is too little to learn from.

    The order of the segments makes no difference. How sure it is by and large stays as it was, and so do cut-offs.

    Args:
        judgement: Of these segments, shape (n_segments, n_codes).
        segments: All that is coded at once.
        codebook: The one they were judged by.
        labelled: What people labelled, if anything.
    """
    pool = _pool(segments, MOST - len(labelled))
    if len(pool) < FEWEST:
        return judgement
    lessons, lesson_takes = lessons_of(codebook)
    labelled = in_order(labelled)
    probabilities = judgement.probabilities[pool]
    known = [*lessons, *(one.segment for one in labelled), *(segments[row] for row in pool)]
    taken, decided = decided_of(labelled, codebook)
    taught = targets_of(np.vstack([lesson_takes, taken]), np.vstack([np.ones_like(lesson_takes), decided]))
    targets = np.vstack([taught, _with_any(probabilities)])
    distrust = np.repeat([_LABELLED, _LABELLED, _JUDGED], [len(lessons), len(labelled), len(pool)])
    recipe = LEARNERS[_RECIPE]
    rarity = {space: rarity_of(COUNTS[space](known)) for space in recipe.spaces if space in COUNTS}
    places = {space: points(space, known, rarity.get(space)) for space in recipe.spaces}
    weights = solve(recipe, places, targets, distrust, usual=_with_any(probabilities).mean(axis=0))
    vectors = {space: place.rows for space, place in places.items() if space not in COUNTS}
    told = np.zeros(judgement.probabilities.shape)
    for start in range(0, len(segments), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        own = {space: points(space, segments[some], rarity.get(space)) for space in recipe.spaces}
        told[some] = weights.judge(own, vectors)[:, :-1]
    return replace(judgement, probabilities=_as_sure_as(probabilities, told[pool], told))


def _pool(segments: Sequence[Segment], room: int) -> list[int]:
    """Rows of different texts, at most so many, chosen by a hash of the text."""
    rows = {text_of(segment): row for row, segment in enumerate(segments)}
    by_hash = sorted(rows, key=lambda text: sha256(text.encode()).digest())
    return [rows[text] for text in by_hash[: max(room, 0)]]


def _with_any(probabilities: Floats) -> Floats:
    return np.column_stack([probabilities, probabilities.max(axis=1)])


def _as_sure_as(wanted: Floats, pool: Floats, told: Floats) -> Floats:
    """What is told as probabilities, by rank: of the pool's pairs, the first gets the highest that was judged there."""
    return np.interp(told, np.sort(pool, axis=None), np.sort(wanted, axis=None))
