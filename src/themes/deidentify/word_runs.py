"""Runs of held words, and how likely log-odds are."""

from collections.abc import Iterator, Sequence

import numpy as np

from themes.deidentify.evidence import Look
from themes.deidentify.words import Word


def likely_from(odds: float) -> float:
    return round(float(1 / (1 + np.exp(-odds))), 3)


def runs(seen: Look, held: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Runs of held words that stand side by side: start, end."""
    start = None
    for i, yes in enumerate(held):
        if yes and start is None:
            start = i
        if start is not None and (i + 1 == len(held) or not held[i + 1] or not _side_by_side(seen.text, seen.words, i)):
            yield start, i + 1
            start = None


def _side_by_side(text: str, words: Sequence[Word], i: int) -> bool:
    gap = text[words[i].end : words[i + 1].start]
    return gap in {" ", "-", "\u00a0", "\n"} or (gap in {". ", "."} and words[i].end - words[i].start == 1)
