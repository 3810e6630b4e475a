"""What the weights are told of our own tagger's answers: how likely it holds a word to be of each family.

Findings carry probabilities; the weights hear log-odds, in whole steps, the trees hear them as they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from themes.deidentify.weigh.weights import FAMILIES

OWN_TAGGER = "own-tagger"
LEAST = 0.02
"""Least probability that is told; the log-odds of less are all the same."""
UNLIKELY = -4.0
"""Log-odds that stand for less than LEAST."""

type Votes = Mapping[str, float]
type Floats = NDArray[np.float32]

_VOTES = tuple(f"{OWN_TAGGER} {family}" for family in FAMILIES)


def odds_told(votes: Sequence[Votes]) -> Floats:
    """The tagger's log-odds of each word, from UNLIKELY to 6.9: shape (n_words, n_families)."""
    told = np.full((len(votes), len(_VOTES)), UNLIKELY, np.float32)
    for row, vote in zip(told, votes, strict=True):
        for column, name in enumerate(_VOTES):
            if name in vote:
                row[column] = _odds(vote[name])
    return told


def odds_of_the_first_look(odds: Floats) -> Floats:
    """What stands in the tagger's place where it was not asked, since the first look was sure: the log-odds of that, in
    the tagger's bounds, shape (n_words, n_families)."""
    return np.clip(odds, UNLIKELY, _odds(1.0)).astype(np.float32)


def steps_told(vote: Votes) -> tuple[int, ...]:
    """The tagger's log-odds of a word for each family in whole steps, -4 (unlikely) to 7."""
    return tuple(round(_odds(vote[name])) if name in vote else round(UNLIKELY) for name in _VOTES)


def person_features(left: int, here: int, right: int, shape: str, lists: str, ruled: bool, style: str) -> Iterator[str]:
    """What is heard of how likely it holds a word and its neighbours to be of a person."""
    yield f"own {here}"
    yield f"own {here} {shape}"
    yield f"own {here} {lists}"
    yield f"own {here} {style}"
    yield f"own {here} {ruled}"
    yield f"own {here} {shape} {lists}"
    yield f"own {left} {here}"
    yield f"own {here} {right} after"


def family_features(shape: str, *steps: int) -> Iterator[str]:
    """What is heard of how likely it holds a word to be of each family."""
    person, place, unit, *_ = steps
    for family, step in zip(FAMILIES, steps, strict=True):
        yield f"own {family} {step}"
        yield f"own {family} {step} {shape}"
    yield f"own {person} {place} {unit}"


def _odds(likely: float) -> float:
    sure = min(max(likely, LEAST), 0.999)
    return log(sure / (1 - sure))
