"""Whether two given names may be one: spellings, short forms, endings of endearment, a letter wrong."""

import re
import tomllib
from enum import IntEnum
from functools import cache, lru_cache
from typing import Any

from themes.deidentify.wording.lexicon import all_names, listed_names, ordinary_words, surnames
from themes.deidentify.wording.listed import list_text

FEWEST_LETTERS = 4
"""Of a name in which one may be wrong: with three letters, too many names are one letter apart."""
FEWEST_TO_BEGIN = 3
"""Letters by which a name may be cut short."""
ENDINGS = ("zza", "sie", "ers", "za", "zz", "ie", "ey", "y", "o", "z", "s")
"""What is put at the end of a name to make it dearer: Jonesy, Deano, Wrighty, Robbo."""


BYNAME = re.compile(r"(?<=[^\W\d_][ \n])[(\"'‘“](?P<name>[^\W\d_]{2,20})[)\"'’”](?=[ \n][^\W\d_])")
"""A name between first name and surname, in brackets or quotation marks."""


class Likeness(IntEnum):
    """How one name may be another; the closer one counts where both are around."""

    SAME = 0
    SPELLING = 1
    SHORT_FORM = 2
    SHORT_FORMS = 3
    """Two short forms of one name: Liz and Lizzie."""
    ENDEARMENT = 4
    CUT_SHORT = 5
    """The first letters of a name: Olu of Oluwaseun."""
    MISSPELT = 6
    NONE = 9


LOOSE = frozenset({Likeness.SHORT_FORM, Likeness.SHORT_FORMS, Likeness.ENDEARMENT, Likeness.CUT_SHORT})
"""What goes further than another spelling: two names so alike may be two people's."""


@lru_cache(100_000)
def likeness(said: str, name: str) -> Likeness:
    """How the name that is said may be a given name, both in small letters.

    >>> [str(likeness(said, name).name) for said, name in [("gaz", "gareth"), ("shan", "sian"), ("karne", "karen")]]
    ['SHORT_FORM', 'SPELLING', 'MISSPELT']
    """
    if said == name:
        return Likeness.SAME
    if said in _spellings().get(name, ()):
        return Likeness.SPELLING
    if _full_forms(said) & spelled(name) or _full_forms(name) & spelled(said):
        return Likeness.SHORT_FORM
    if _full_forms(said) & _full_forms(name):
        return Likeness.SHORT_FORMS
    # What is a name of its own is no endearment of another: Carly is not Carl.
    if (said not in all_names() and _endeared(said, name)) or (name not in all_names() and _endeared(name, said)):
        return Likeness.ENDEARMENT
    if cut_short(said, name) or cut_short(name, said):
        return Likeness.CUT_SHORT
    return Likeness.MISSPELT if misspelt(said, name) else Likeness.NONE


@lru_cache(100_000)
def surname_likeness(said: str, name: str) -> Likeness:
    """The same for a surname: as it is, one half of a double one, with an ending of endearment, or a letter wrong."""
    if said == name:
        return Likeness.SAME
    if said in name.split("-") or name in said.split("-"):
        return Likeness.SHORT_FORM
    if _endeared(said, name):
        return Likeness.ENDEARMENT
    return Likeness.MISSPELT if misspelt(said, name) else Likeness.NONE


def cut_short(said: str, name: str) -> bool:
    """Whether a word is how a given name begins: three letters of it at least, and two fewer than it has. What is said
    often, or is short for a name or a spelling of one by list, is a name of its own.

    >>> cut_short("olu", "oluwaseun"), cut_short("ana", "anastasia"), cut_short("kare", "karen")
    (True, False, False)
    """
    if not FEWEST_TO_BEGIN <= len(said) <= len(name) - 2 or not name.startswith(said):
        return False
    return not (said in ordinary_words() or said in _spellings() or said in surnames() or _full_forms(said))


def misspelt(said: str, name: str) -> bool:
    """Whether a word that is no name of its own is a name with one letter wrong, left out, doubled or swapped.

    >>> misspelt("karne", "karen"), misspelt("mary", "mark"), misspelt("sharon", "karen")
    (True, False, False)
    """
    if min(len(said), len(name)) < FEWEST_LETTERS or said[0] != name[0] or abs(len(said) - len(name)) > 1:
        return False
    if said in listed_names() or said in ordinary_words():
        return False
    from rapidfuzz.distance import OSA

    return int(OSA.distance(said, name, score_cutoff=1)) == 1


def byname(name: str) -> str:
    """By what somebody is called besides, in small letters, where their full name says it; else empty.

    >>> byname("Robert (Dusty) Ackroyd"), byname('Robert "Dusty" Ackroyd'), byname("Robert Ackroyd")
    ('dusty', 'dusty', '')
    """
    between = BYNAME.search(name)
    return between["name"].casefold() if between else ""


def is_short_form(said: str, name: str) -> bool:
    """Whether one is a short form of the other, and not the other way round."""
    return name in _full_forms(said) and said not in _full_forms(name)


@cache
def related(said: str) -> frozenset[str]:
    """Every given name that may be the same person's by spelling or short form, itself among them."""
    full = _full_forms(said) | spelled(said)
    short = {short for name in full for short in _short_forms().get(name, ())}
    return frozenset(full | short | {name for each in short for name in spelled(each)})


def _endeared(said: str, name: str) -> bool:
    """Whether a word is a name, or a short form of it, with an ending of endearment."""
    for ending in ENDINGS:
        base = said.removesuffix(ending)
        if base == said or len(base) < 3:
            continue
        bare = base[:-1] if base[-1] == base[-2] else base
        if name in (base, bare) or {base, bare} & _short_forms().get(name, frozenset()):
            return True
    return False


def spelled(name: str) -> frozenset[str]:
    """All spellings of a given name, itself among them."""
    return _spellings().get(name, frozenset()) | {name}


@cache
def _full_forms(said: str) -> frozenset[str]:
    """The names that a short form may stand for, in all their spellings."""
    full = {name for name, short in _short_forms().items() if said in short}
    return frozenset(spelling for name in full for spelling in spelled(name))


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    return {name: frozenset(short.split()) for name, short in _table()["short_forms"].items()}


@cache
def _spellings() -> dict[str, frozenset[str]]:
    groups = [frozenset(group.split()) for group in _table()["spellings"]["groups"]]
    return {name: group for group in groups for name in group}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(list_text("nicknames.toml"))
