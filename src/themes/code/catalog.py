"""Every view of what a segment is about. To add one, write a function or a recipe like those here, and a line."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from themes.code.cues import score_cues
from themes.code.learned import INNER, MEANING, TOGETHER, WORDING, WORDS
from themes.code.ridge import Recipe
from themes.code.similarity import (
    score_definition,
    score_examples,
    score_exclude,
    score_include,
    score_name,
    score_nearest_cue,
    score_similarity,
)
from themes.code.taught import score_taught
from themes.records.codebook import Codebook
from themes.records.segment import Segment

Scores = NDArray[np.float64]
"""Shape (n_segments, n_codes)."""
Coder = Callable[[Sequence[Segment], Codebook], Scores]

CODERS: Mapping[str, Coder] = {
    "cues": score_cues,
    "similarity": score_similarity,
    "taught": score_taught,
    "name": score_name,
    "definition": score_definition,
    "include": score_include,
    "exclude": score_exclude,
    "examples": score_examples,
    "nearest cue": score_nearest_cue,
}
"""Views that need a codebook alone."""

LEARNERS: Mapping[str, Recipe] = {
    "words": WORDS,
    "wording": WORDING,
    "meaning": MEANING,
    "inner": INNER,
    "together": TOGETHER,
}
"""Views that need labelled segments: recipes of which spaces (`spaces.py`) to compare them in.

Runs of letters are no view of their own but one of the spaces that "together" adds up. Two kinds of evidence stand
elsewhere: the nearest labelled segments, which no recipe can say (`learned.shares_nearby`), and polarity, modality and
speaker, which are not about codes (`dimensions.py`)."""
