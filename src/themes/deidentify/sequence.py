"""A second hearing: what a word's neighbours, and the same word elsewhere in the text, say once each has been heard
alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from themes.deidentify.evidence import Bundle, Look
from themes.deidentify.forms import cell

JOINTS = {" ": "j", "-": "-", "\n": "n", ". ": ".", ".": ".", ", ": ",", " & ": "&", "|": "|"}
MARKS = "x" + "".join(dict.fromkeys(JOINTS.values()))
NOWHERE = -9
"""The step of a word that is not there."""


@dataclass(frozen=True)
class Surroundings:
    """What stands around each word. `steps`, shape (n_words, n_families, 6): the log-odds in whole numbers of the word
    two before it, the one before, itself, the one after, two after, and the best of its like elsewhere in the text.
    `joints`, shape (n_words, 2): what stands before it and after it, as places in MARKS."""

    seen: Look
    steps: NDArray[np.int64]
    joints: NDArray[np.int64]

    def codes(self) -> NDArray[np.int64]:
        """A number for each, the same for the same surroundings: shape (n_words, n_families)."""
        packed = (self.steps - NOWHERE) @ (16 ** np.arange(6))
        numbers: NDArray[np.int64] = packed * 256 + (self.joints @ (16, 1))[:, None]
        return numbers

    def bundle(self, word: int, column: int, family: str) -> Bundle:
        form = self.seen.forms[word]
        *near, like = self.steps[word, column].tolist()
        before, after = (MARKS[joint] for joint in self.joints[word])
        return "sequence", (family, *near, before, after, like, form.shape, cell(form.plain), self.seen.style)


def surroundings(seen: Look, odds: NDArray[np.float32]) -> Surroundings:
    """What stands around each word of a text.

    Args:
        odds: From the first hearing, shape (n_words, n_families).
    """
    steps = np.clip(np.rint(odds), -5, 5).astype(np.int64)
    nowhere = np.full((2, steps.shape[1]), NOWHERE)
    padded = np.concatenate([nowhere, steps, nowhere])
    near = [padded[k : k + len(steps)] for k in range(5)]
    joints = [MARKS.index(JOINTS.get(gap, "x")) for gap in seen.gaps]
    pairs = np.array([joints[:-1], joints[1:]]).T
    return Surroundings(seen, np.stack([*near, _elsewhere(seen, steps)], axis=-1), pairs)


def sequence_bundles(seen: Look, odds: Sequence[float], family: str) -> Iterator[list[Bundle]]:
    """For each word, the bundle of its own log-odds and those around it and of its like.

    Args:
        odds: One per word, from the first hearing.
        family: Which family's odds these are, "person" or another: each has weights of its own.
    """
    around = surroundings(seen, np.array(odds)[:, None])
    for i in range(len(odds)):
        yield [around.bundle(i, 0, family)]


def sequence_features(
    family: str, far: int, left: int, here: int, right: int, beyond: int, before: str, after: str, like: int,
    shape: str, lists: str, style: str,
) -> Iterator[str]:  # fmt: skip
    say = f"{family} sequence"
    yield f"{say} {here}"
    yield f"{say} {here} {shape}"
    yield f"{say} {here} {style}"
    yield f"{say} left {left} {before}"
    yield f"{say} right {after} {right}"
    yield f"{say} left {_coarse(left)} {before} {here}"
    yield f"{say} right {here} {after} {_coarse(right)}"
    yield f"{say} left {_coarse(left)} {before} {shape} {_coarse(here)}"
    yield f"{say} right {after} {_coarse(right)} {shape} {_coarse(here)}"
    yield f"{say} both {_coarse(left)} {before} {_coarse(here)} {after} {_coarse(right)}"
    yield f"{say} far {_coarse(far)} {_coarse(left)} {before} {_coarse(here)}"
    yield f"{say} beyond {_coarse(here)} {after} {_coarse(right)} {_coarse(beyond)}"
    yield f"{say} like {_coarse(like)} {here}"
    yield f"{say} like {like}"
    yield f"{say} like {_coarse(like)} {shape} {_coarse(here)}"
    yield f"{say} list {_coarse(left)} {before} {lists}"


def _coarse(step: int) -> str:
    return "." if step < -8 else "-" if step < -2 else "?" if step < 1 else "+"


def _elsewhere(seen: Look, steps: NDArray[np.int64]) -> NDArray[np.int64]:
    """The highest step that the same word has elsewhere in the text: shape (n_words, n_families)."""
    numbers: dict[str, int] = {}
    like = np.array([numbers.setdefault(form.plain, len(numbers)) for form in seen.forms], np.int64)
    first = np.full((len(numbers), steps.shape[1]), NOWHERE)
    np.maximum.at(first, like, steps)
    second = np.full_like(first, NOWHERE)
    highest = steps == first[like]
    np.maximum.at(second, like, np.where(highest, NOWHERE, steps))
    times = np.zeros_like(first)
    np.add.at(times, like, highest)
    second = np.where(times > 1, first, second)
    return np.where(highest, second[like], first[like])
