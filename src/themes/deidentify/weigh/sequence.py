"""A second hearing: what a word's neighbours, and the same word elsewhere in the text, say once each has been heard
alone.

Every word is heard again in every family, so this is done for a whole text at once: what is known of a word stands in a
row of numbers, and the place of each of its features is a product of that row.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from themes.deidentify.weigh.evidence import Look
from themes.deidentify.weigh.forms import FEATURES, cell

JOINTS = {" ": "j", "-": "-", "\n": "n", ". ": ".", ".": ".", ", ": ",", " & ": "&", "|": "|"}
MARKS = "x" + "".join(dict.fromkeys(JOINTS.values()))
NOWHERE = -9
"""The step of a word that is not there."""
STEPS = ("far", "left", "here", "right", "beyond", "like")
"""Whose log-odds are heard, in whole numbers from -5 to 5: of the word two before, the one before, itself, the one
after, two after, and the best of its like elsewhere in the text. "~left" and the like are coarser."""
TOLD = (*STEPS, *(f"~{step}" for step in STEPS), "before", "after", "shape", "cell", "style")
"""What is known of a word. Before, after: what stands between it and its neighbours, as places in MARKS."""
FEATURE_SORTS = tuple(
    tuple(sort.split())
    for sort in (
        "here",
        "here shape",
        "here style",
        "left before",
        "after right",
        "~left before here",
        "here after ~right",
        "~left before shape ~here",
        "after ~right shape ~here",
        "~left before ~here after ~right",
        "~far ~left before ~here",
        "~here after ~right ~beyond",
        "~like here",
        "like",
        "~like shape ~here",
        "~left before cell",
    )
)
"""A feature each: these things together."""
type Whole = NDArray[np.int64]


def sequence_places(seen: Look, odds: NDArray[np.float32], families: Sequence[str]) -> Whole:
    """Where the features of each word's surroundings stand, 0 to FEATURES - 1: shape (n_words, n_families, 16).

    A place is a row of whole numbers times a vector of odd ones, its upper bits (multiply-shift hashing, Dietzfelbinger
    and others 1997).

    Args:
        odds: From the first hearing, shape (n_words, n_families).
        families: Each has features of its own.
    """
    factors, beginnings = _multipliers()
    family = np.array([crc32(name.encode()) for name in families], np.uint64)
    mixed = told(seen, odds).astype(np.uint64) @ factors + beginnings * family[:, None]
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(64 - FEATURES.bit_length() + 1)).astype(np.int64)


@cache
def _multipliers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """For each thing told and each sort of feature a number, nought where it is no part of it; and where each sort
    begins: shapes (len(TOLD), n_sorts), (n_sorts,)."""
    drawn = np.random.Generator(np.random.PCG64(0)).integers(2**63, size=(len(TOLD) + 1, len(FEATURE_SORTS))) * 2 + 1
    parts = np.array([[thing in sort for sort in FEATURE_SORTS] for thing in TOLD])
    return np.where(parts, drawn[:-1], 0).astype(np.uint64), drawn[-1].astype(np.uint64)


def told(seen: Look, odds: NDArray[np.float32]) -> Whole:
    """What is known of each word in each family: shape (n_words, n_families, len(TOLD)), none below 0."""
    steps = np.clip(np.rint(odds), -5, 5).astype(np.int64)
    count = len(steps)
    padded = np.full((count + 4, steps.shape[1]), NOWHERE)
    padded[2:-2] = steps
    known = np.empty((*steps.shape, len(TOLD)), np.int64)
    for k in range(5):
        known[:, :, k] = padded[k : k + count]
    known[:, :, 5] = elsewhere(seen, steps)
    known[:, :, 6:12] = np.searchsorted([-8, -2, 1], known[:, :, :6], side="right")
    known[:, :, :6] -= NOWHERE
    joints = [MARKS.index(JOINTS.get(gap, "x")) for gap in seen.gaps]
    style = _number(seen.style)
    own = [
        (before, after, _number(form.shape), _number(cell(form.plain)), style)
        for before, after, form in zip(joints, joints[1:], seen.forms, strict=False)
    ]
    known[:, :, 12:] = np.array(own, np.int64).reshape(count, 1, 5)
    return known


@lru_cache(maxsize=20_000)
def _number(said: str) -> int:
    return crc32(said.encode())


def elsewhere(seen: Look, steps: Whole) -> Whole:
    """The highest step that the same word has elsewhere in the text: shape (n_words, n_families)."""
    numbers: dict[str, int] = {}
    like = np.array([numbers.setdefault(form.plain, len(numbers)) for form in seen.forms], np.int64)
    if len(numbers) == len(like):
        return np.full_like(steps, NOWHERE)
    first = np.full((len(numbers), steps.shape[1]), NOWHERE)
    np.maximum.at(first, like, steps)
    second = np.full_like(first, NOWHERE)
    highest = steps == first[like]
    np.maximum.at(second, like, np.where(highest, NOWHERE, steps))
    times = np.zeros_like(first)
    np.add.at(times, like, highest)
    second = np.where(times > 1, first, second)
    return np.where(highest, second[like], first[like])
