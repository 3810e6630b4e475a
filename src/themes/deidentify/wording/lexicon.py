"""The word lists: names, places, and what may be kept. Each list says in its file where it comes from."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from themes.deidentify.wording.listed import list_text
from themes.records.span import Span

TOWN = 10_000
"""People from which on a place is called a town: below it, the Rural-Urban Classification of the Office for National
Statistics (2011) calls a settlement rural."""
CITY = 100_000
"""People from which on a place points at nobody, and stays in the coding profile: as many as in a region that a
surrogate names."""


JOINT = re.compile(r"[ \-](?:on|in|upon|le|la|under|by|near|the|cum|next|super|de)[ \-]")
"""What joins the words of a place's name: its spelling with hyphens and with blanks is one."""


@cache
def given_names() -> frozenset[str]:
    """Given names and their short forms, lower case."""
    return _words("given_names.txt")


@cache
def surnames() -> frozenset[str]:
    return _words("surnames.txt")


@cache
def more_given_names() -> frozenset[str]:
    """Given names of wider lists, rare ones and everyday words among them: evidence, never a verdict."""
    return _words("more_given_names.txt")


@cache
def more_surnames() -> frozenset[str]:
    """Surnames of wider lists, everyday words among them: evidence, never a verdict."""
    return _words("more_surnames.txt")


@cache
def word_names() -> frozenset[str]:
    """Names that are also words or places: names only where the context says so."""
    return _words("word_names.txt")


@cache
def plain_names() -> frozenset[str]:
    """Given names that are nothing but names."""
    return given_names() - word_names()


@cache
def all_names() -> frozenset[str]:
    """Given names, those that are also words among them."""
    return given_names() | word_names()


@cache
def listed_names() -> frozenset[str]:
    """Given names, also those that are words, and surnames."""
    return all_names() | surnames()


@cache
def ordinary_words() -> frozenset[str]:
    """About 14,600 frequent English words, lower case. Holds common names too."""
    return _words("ordinary_words.txt")


@cache
def places() -> dict[str, int]:
    """UK places in lower case to their population, 0 where it is not known; hyphened names in both spellings."""
    lines = list_text("places_gb.tsv").splitlines()
    named = (line.split("\t") for line in lines if not line.startswith("#"))
    short = dict.fromkeys((name.casefold() for name in _table("wide_places.toml")["towns"]["names"]), TOWN)
    listed = {**short, **{name.casefold(): int(population) for name, population in named}}
    return {spelling: population for name, population in listed.items() for spelling in _spellings(name)} | listed


def _spellings(name: str) -> tuple[str, ...]:
    """ "stoke-on-trent" and "stoke on trent"."""
    return (name, name.replace("-", " "), name.replace(" ", "-")) if JOINT.search(name) else (name,)


@cache
def plain_towns() -> frozenset[str]:
    """Places, none of them wide, by names that mean nothing else, in small letters: towns whose name is no word and
    nobody's, and places of any size whose name is joined of several words, in either spelling."""
    return frozenset(name for name in places() if not is_wide(name) and (JOINT.search(name) or _unmistakable(name)))


def _unmistakable(name: str) -> bool:
    if name in context("unmistakable_towns"):
        return True
    nothing_else = name not in ordinary_words() and name not in listed_names()
    return places()[name] >= TOWN and name.isalpha() and nothing_else and name not in context("mistakable_towns")


@cache
def wide_places() -> frozenset[str]:
    """Counties, regions, nations, countries, great cities by their short names: too wide to point at anyone."""
    table = _table("wide_places.toml")
    return frozenset(name.casefold() for group, entry in table.items() if group != "towns" for name in entry["names"])


def wide_names(text: str) -> list[Span]:
    """Where a text has the name of a wide place that is more than one word, in which a small one may have its name:
    "Yorkshire and the Humber"."""
    return [Span(*match.span()) for match in _wide_names().finditer(text)]


@cache
def _wide_names() -> re.Pattern[str]:
    names = sorted((name for name in wide_places() if " " in name), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)


def is_town(place: str) -> bool:
    """Whether a place is one of `TOWN` people or more.

    >>> is_town("Leeds"), is_town("Morley"), is_town("Haworth")
    (True, True, False)
    """
    return places().get(_plain_place(place), 0) >= TOWN


def is_wide(place: str) -> bool:
    """Whether a place is a city of `CITY` people or more, or wider.

    >>> is_wide("Leeds"), is_wide("West Yorkshire"), is_wide("Morley")
    (True, True, False)
    """
    name = _plain_place(place)
    return name in wide_places() or places().get(name, 0) >= CITY


def _plain_place(place: str) -> str:
    return " ".join(place.casefold().removeprefix("the ").split())


@dataclass(frozen=True, slots=True)
class Kept:
    """A name of keep.toml and the group it stands in."""

    name: str
    group: str
    short: bool = False
    """One surname that everybody knows: a name's context outweighs it."""


@cache
def kept_names() -> tuple[Kept, ...]:
    table = _table("keep.toml")
    plain = [Kept(name, group) for group, entry in table.items() for name in entry["names"]]
    return (*plain, *(Kept(name, "people", short=True) for name in table["people"]["short"]))


@cache
def hospitals() -> tuple[str, ...]:
    """Hospitals by the short names that people use."""
    return tuple(_table("hospitals.toml")["names"])


def _words(name: str) -> frozenset[str]:
    lines = list_text(name).splitlines()
    return frozenset(word for line in lines if line[:1] not in ("#", "[") for word in line.split())


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(list_text(name))


@cache
def context(name: str) -> frozenset[str]:
    """A set of words of context.toml."""
    return frozenset(_table("context.toml")["words"][name].split())


@cache
def roles() -> dict[str, str]:
    """What a surrogate calls a person, to the words that announce one, separated by blanks."""
    return dict(_table("context.toml")["roles"])


@cache
def phrases(name: str) -> tuple[str, ...]:
    """The phrases of an entry of context.toml, each a pattern; `set_phrases` and `names_in_phrases` are plain words."""
    written = " ".join(_table("context.toml")["phrases"][name].split("\n"))
    return tuple(phrase.strip().replace("\\x2c", ",") for phrase in written.split(",") if phrase.strip())


@cache
def any_of(name: str) -> str:
    """The phrases of an entry of context.toml as one alternation of a pattern."""
    return "(?:" + "|".join(phrases(name)) + ")"


def origins() -> str:
    """Every origin and belief as one alternation of a pattern, in the capitals they are written with."""
    return f"(?:{nationalities()}|{beliefs()})"


def nationalities() -> str:
    """Every origin, likewise."""
    return _any_origin("nationalities")


def beliefs() -> str:
    """Every belief, likewise."""
    return _any_origin("beliefs")


def things_of_origin() -> str:
    """What is of a state, a language or a thing behind a word of origin, and not of a person, likewise."""
    return _any_origin("things")


@cache
def _any_origin(entry: str) -> str:
    return "(?:" + "|".join(_table("origins.toml")["origins"][entry].split()) + ")"
