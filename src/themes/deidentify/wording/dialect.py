"""Everyday words that no dictionary has: of dialect, as they are heard, with a slip. None of them names anybody.

The weights learned from few such texts. What they hold to be a name or telling is let go where it is such a word, in
small letters or at the start of a sentence; not where somebody is known by it.
"""

import re
from functools import lru_cache
from string import ascii_lowercase

from themes.deidentify.wording.lexicon import (
    context,
    listed_names,
    more_given_names,
    more_surnames,
    ordinary_words,
    places,
)
from themes.deidentify.wording.words import Word

FEWEST_LETTERS = 5
"""Letters of a word in which a slip can be told: of four, too many are one letter from another word."""
MOST_LETTERS = 24
"""Letters up to which a word is compared: what is longer is no word that somebody slipped in."""
TWICE = re.compile(r"([a-z])\1+")


def is_dialect(word: Word) -> bool:
    """Whether a word is one of dialect, or an everyday one as it is heard: "nowt", "askin", "orrible".

    One that is a rare name too is so in small letters alone.
    """
    if word.capital and not word.opens:
        return False
    if word.plain in context("dialect"):
        return not (word.capital and _is_a_rare_name(word.plain))
    return _is_heard(word.plain)


def is_a_slip(word: Word) -> bool:
    """Whether a word is one letter from an everyday one, in small letters or at the start of a sentence: "horible".

    Letters said twice or once are the same: "proffesional".
    """
    return not (word.capital and not word.opens) and _is_near(word.plain)


def says_nothing_else(words: list[Word]) -> bool:
    """Whether all words are dialect or slips, so that what a tagger made of them is nothing."""
    return bool(words) and all(is_dialect(word) or is_a_slip(word) for word in words)


@lru_cache(maxsize=4096)
def _is_heard(plain: str) -> bool:
    if plain in ordinary_words() or _is_a_name(plain):
        return False
    whole = f"h{plain}" if f"h{plain}" in ordinary_words() and len(plain) > 3 else ""
    if plain.endswith("in") and f"{plain}g" in ordinary_words() and _stems(plain[:-2]):
        whole = f"{plain}g"
    return bool(whole) and not _is_a_name(whole)


def _stems(stem: str) -> bool:
    """Whether a verb is left without its ending: "ask", "mak(e)", "sit(t)"."""
    single = stem[:-1] if stem[-2:-1] == stem[-1:] else stem
    return any(verb in ordinary_words() for verb in (stem, f"{stem}e", single))


@lru_cache(maxsize=4096)
def _is_near(plain: str) -> bool:
    if (
        not FEWEST_LETTERS <= len(plain) <= MOST_LETTERS
        or not plain.isalpha()
        or not plain.isascii()
        or plain in ordinary_words()
    ):
        return False
    if _is_a_name(plain):
        return False
    known, bare = _everyday(), _bare(plain)
    return bare in known or any(near in known for near in _one_letter_off(bare))


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    """Everyday words that nobody is called, letters said twice written once."""
    return frozenset(_bare(word) for word in ordinary_words() if len(word) >= FEWEST_LETTERS and not _is_a_name(word))


def _one_letter_off(bare: str) -> set[str]:
    cuts = [(bare[:at], bare[at:]) for at in range(len(bare) + 1)]
    less = {left + right[1:] for left, right in cuts if right}
    turned = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    others = {left + letter + right[1:] for left, right in cuts if right for letter in ascii_lowercase}
    more = {left + letter + right for left, right in cuts for letter in ascii_lowercase}
    return {_bare(word) for word in less | turned | others | more}


def _bare(plain: str) -> str:
    return TWICE.sub(r"\1", plain)


def _is_a_name(plain: str) -> bool:
    return plain in listed_names() or plain in places() or _is_a_rare_name(plain)


def _is_a_rare_name(plain: str) -> bool:
    return plain in more_given_names() or plain in more_surnames()
