"""What the coder says of decided excerpts without decisions and with them, by a coder that has not seen them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from themes.code.folds import FOLDS, folds_of, groups_of
from themes.code.segments import judge
from themes.records.codebook import Codebook
from themes.records.coding import LabelledSegment
from themes.records.segment import Segment


def without_decisions(
    decided: Sequence[LabelledSegment],
    taught: Sequence[LabelledSegment],
    codebook: Codebook,
    *,
    seed: int,
    frozen: Path | None = None,
) -> NDArray[np.bool_]:
    """The first half of `before_and_after`, for which nothing has to be fitted where that coder is frozen."""
    return _applied([one.segment for one in decided], taught, codebook, seed=seed, frozen=frozen)


def before_and_after(
    decided: Sequence[LabelledSegment],
    taught: Sequence[LabelledSegment],
    codebook: Codebook,
    *,
    seed: int,
    frozen: Path | None = None,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each code applies to each decided excerpt, by the coder without decisions, and by the one with them.

    After: a fifth of the cases is held out, and judged by a coder that learned from the labelled examples and from the
    decisions on the other four fifths; so five times. Excerpts of one case, and near-duplicates, are in one fifth.

    Args:
        decided: Excerpts with what people decided.
        taught: The codebook's labelled examples, which both coders learn from.
        codebook: The codes.
        seed: For the folds.
        frozen: Where the coder without decisions may be found, or is frozen.

    Returns:
        Two arrays of shape (n_decided, n_codes).
    """
    segments = [one.segment for one in decided]
    before = without_decisions(decided, taught, codebook, seed=seed, frozen=frozen)
    after = before.copy()
    folds = folds_of(groups_of(segments), seed).tolist()
    for fold in range(FOLDS):
        out = [row for row, held_out in enumerate(folds) if held_out == fold]
        others = [one for one, held_out in zip(decided, folds, strict=True) if held_out != fold]
        if out and others:
            after[out] = _applied([segments[row] for row in out], [*taught, *others], codebook, seed=seed)
    return before, after


def _applied(
    segments: Sequence[Segment],
    labelled: Sequence[LabelledSegment],
    codebook: Codebook,
    *,
    seed: int,
    frozen: Path | None = None,
) -> NDArray[np.bool_]:
    judgement = judge(segments, codebook, labelled=labelled, seed=seed, frozen=frozen)
    return np.asarray(judgement.probabilities >= judgement.cut_offs)
