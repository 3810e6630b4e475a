"""Possessives without their apostrophe: "thats Janines desk", "gemmas advisor", "davs work coach"."""

import re
from functools import cache, lru_cache

from themes.deidentify.wording.lexicon import (
    all_names,
    context,
    is_wide,
    kept_names,
    more_given_names,
    ordinary_words,
    places,
    plain_names,
    surnames,
)
from themes.deidentify.wording.reading import Reading
from themes.deidentify.wording.roles import KIN, ROLE_OF, ROLES

_WHO = "|".join(sorted(map(re.escape, ROLE_OF), key=len, reverse=True))
HAS_SOMEBODY = re.compile(
    rf" (?:(?:old|new|own|last|first|next|work|job|key|case|link|support|benefits?|employment) ){{0,2}}"
    rf"(?:{_WHO})(?![\w\-])",
    re.IGNORECASE,
)
HAS_AN_ADVISER = re.compile(
    r" (?:(?:old|new|own|last|first|next) )?"
    r"(?:advis[eo]r|(?:work|job) coach|case ?worker|(?:key|link|support) ?worker|mentor)(?![\w\-])",
    re.IGNORECASE,
)
"""What people have whose names no list knows, and hardly anybody else: "the agencys adviser" has an article."""
BEFORE_NO_NAME = frozenset(
    {"a", "an", "any", "each", "every", "my", "no", "our", "some", "that", "the", "their", "this"}
)
SHORTEST, NEARLY_A_WORD = 3, 5
"""Letters of a name, and those from which on a word that is nearly an everyday one is that, misspelt."""


def owns_with_stray_s(reading: Reading, i: int) -> bool:
    """Whether word i is a name with a possessive s and no apostrophe.

    >>> from themes.deidentify.wording.reading import read
    >>> [owns_with_stray_s(read(f"saw {name} work coach"), 1) for name in ("davs", "karens", "works", "leedss")]
    [True, True, False, False]
    """
    plain, text, end = reading.words[i].plain, reading.text, reading.words[i].end
    owner = plain[:-1]
    if plain[-1:] != "s" or not owner.isalpha() or any(plain in names for names in (all_names(), surnames(), places())):
        return False
    if plain in ordinary_words() or reading.keeps(reading.words[i]):
        return False
    if owner in plain_names():
        return reading.next_is(i, context("owned_by_people")) or HAS_SOMEBODY.match(text, end) is not None
    before = reading.words[i - 1].plain if i and reading.gap(i - 1) == " " else ""
    if HAS_AN_ADVISER.match(text, end) is None or before in BEFORE_NO_NAME:
        return False
    return owner in more_given_names() - ordinary_words() or _is_a_strange_name(owner)


@lru_cache(maxsize=4096)
def _is_a_strange_name(owner: str) -> bool:
    """Whether a word that is in no list may be somebody's name: no office's, no town's, no everyday word misspelt."""
    known = (ordinary_words(), ROLES, KIN, places(), _offices(), context("school_words"))
    if len(owner) < SHORTEST or any(owner in words for words in known) or is_wide(owner):
        return False
    if not set(owner) & set("aeiouy"):
        return False  # "dwps adviser"
    if len(owner) < NEARLY_A_WORD:
        return True
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    return extractOne(owner, ordinary_words(), scorer=OSA.distance, score_cutoff=1) is None


@cache
def _offices() -> frozenset[str]:
    return frozenset(kept.name.casefold() for kept in kept_names())
