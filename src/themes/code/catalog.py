"""Every view of what a segment is about. To add one, write a module with one such function and a line here."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from themes.code.cues import score_cues
from themes.code.learned import learn_characters, learn_meaning, learn_neighbours, learn_words
from themes.code.similarity import score_similarity
from themes.code.taught import score_taught
from themes.records.codebook import Codebook
from themes.records.segment import Segment

Scores = NDArray[np.float64]
"""Shape (n_segments, n_codes)."""
Coder = Callable[[Sequence[Segment], Codebook], Scores]
Learner = Callable[[Sequence[Segment], NDArray[np.bool_]], Callable[[Sequence[Segment]], Scores]]
"""From labelled segments and what each takes, shape (n_segments, n_codes), to a scorer of any segments."""

CODERS: Mapping[str, Coder] = {
    "cues": score_cues,
    "similarity": score_similarity,
    "taught": score_taught,
}
"""Views that need a codebook alone."""

LEARNERS: Mapping[str, Learner] = {
    "words": learn_words,
    "characters": learn_characters,
    "meaning": learn_meaning,
    "neighbours": learn_neighbours,
}
"""Views that need labelled segments."""
