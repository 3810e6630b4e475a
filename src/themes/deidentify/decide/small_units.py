"""Units called by everyday words in small letters, of which the weights alone can be sure: "willow ward", "the harbour
centre", but not "the locked ward", "the town centre"."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from themes.deidentify.decide.joined import KINDS_OF_UNITS
from themes.deidentify.decide.word_runs import trimmed
from themes.deidentify.weigh.evidence import Look
from themes.deidentify.wording.lexicon import context, ordinary_words
from themes.records.span import Span

LIKELIER_THAN_NOT = 0.0
"""Log-odds: what is held for less is most often a word for any such unit, "the mother and baby unit"."""


def everyday_unit(seen: Look, odds: NDArray[np.float32], start: int, end: int) -> Span | None:
    """The span of a run of words, from `start` to before `end`, if its last word says what it is and the weights hold
    each of them, by log-odds of shape (n_words,), likelier to be of a unit's name than not; None otherwise.

    >>> from themes.deidentify.weigh.evidence import look
    >>> everyday_unit(look("on willow ward"), np.array([-9.0, 2.0, 1.0], np.float32), 0, 3)
    Span(start=3, end=14)
    """
    while start < end and odds[start] <= LIKELIER_THAN_NOT:
        start += 1
    while start < end and odds[end - 1] <= LIKELIER_THAN_NOT:
        end -= 1
    start, end = trimmed(seen, start, end)
    named = (
        end - start > 1
        and seen.words[end - 1].plain in kinds_of_units()
        and seen.words[start].plain not in kinds_of_units()
    )
    if not (named and all(value > LIKELIER_THAN_NOT for value in odds[start:end])):
        return None
    return Span(seen.words[start].start, seen.words[end - 1].end)


BESIDE = frozenset({"over", "behind", "beside", "opposite", "near", "outside", "around", "during"})
"""Between two everyday words, and in no name of such words. Over is a village as well."""


def is_said_of_a_place(seen: Look, start: int, end: int) -> bool:
    """Whether a run is nothing but everyday words in small letters around a preposition: "the chapel over apples"."""
    words = seen.words[start:end]
    everyday = all({word.plain, word.plain.removesuffix("s")} & ordinary_words() for word in words)
    return everyday and not any(w.capital for w in words) and any(w.plain in BESIDE for w in words[1:-1])


@cache
def kinds_of_units() -> frozenset[str]:
    """Words for what a unit is, as the last of its name."""
    said = context("named_houses") | context("hospital_words") | context("school_words")
    return said.union({"primary", "infants", "juniors"}, *KINDS_OF_UNITS.values())
