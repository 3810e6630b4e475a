"""Places of Wales as Welsh changes them after "in", "to" and "from": "yng Nghaerdydd", "i Fangor", "o Dregaron".

The first sound of a name mutates, so that no gazetteer has the word that stands in the text. The rules of mutation are
those of any grammar of Welsh (soft, nasal, aspirate); run backwards they give the names that a word may have been.
Which mutation belongs to which preposition is not asked: people who write between two languages mix them.
"""

from collections.abc import Iterator
from functools import cache

from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.lexicon import all_names, context, ordinary_words, places
from themes.deidentify.wording.regions import region_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

MUTATED = "mutated-place"
"""The recogniser of these findings: no weight is asked about them."""
RADICALS = {
    "ngh": ("c",), "mh": ("p",), "nh": ("t",), "ng": ("g",), "dd": ("d",), "ch": ("c",), "ph": ("p",), "th": ("t",),
    "g": ("c",), "b": ("p",), "d": ("t",), "f": ("b", "m"), "l": ("ll",), "r": ("rh",), "m": ("b",), "n": ("d",),
}  # fmt: skip
"""What a word begins with, to what it may have begun with: nasal, soft and aspirate together."""
DROPPED = "g"
"""What soft mutation leaves out: Gwynedd, o Wynedd."""
SHORTEST = 4
"""Letters of a name that is looked for."""
AFTER = hinted(
    r"(?<![\w'’\-])(?:(?P<sure>yn|yng|ym)|[io]|tua|dros|drwy|wrth|hyd|ger|heb)"
    r" (?P<name>[A-Za-zâêîôûŵŷ]{4,20})(?![\w'’])"
)
SURELY_WELSH = ("ngh", "mh", "nh", "ng")
"""Beginnings that no English word has: such a name is one in small letters as well."""


def mutated_places_in(text: str) -> Iterator[Finding]:
    """The mutated places of one text.

    >>> [f.span.of("lives yng Nghaernarfon now") for f in mutated_places_in("lives yng Nghaernarfon now")]
    ['Nghaernarfon']
    >>> list(mutated_places_in("i Felt ill, i Left, yn dda iawn"))
    []
    """
    for match in AFTER.finditer(text):
        name = match["name"]
        surely = match["sure"] or name.casefold().startswith(SURELY_WELSH)
        if (name[0].isupper() or surely) and is_mutated_place(name.casefold()):
            yield Finding(Span(*match.span("name")), "LOCATION", IdentifierKind.QUASI, 0.9, MUTATED)


def is_mutated_place(plain: str) -> bool:
    """Whether a word in small letters may be a mutated place of Wales, and is no other word."""
    if plain in ordinary_words() or plain in all_names() or plain in places():
        return False
    return any(radical in welsh_places() for radical in radicals_of(plain))


def radicals_of(plain: str) -> Iterator[str]:
    """The words in small letters of which one may be a mutation.

    >>> sorted(radicals_of("nhregaron")), sorted(radicals_of("fangor"))
    (['dhregaron', 'gnhregaron', 'tregaron'], ['bangor', 'gfangor', 'mangor'])
    """
    yield DROPPED + plain
    for mutated, radicals in RADICALS.items():
        if plain.startswith(mutated):
            yield from (radical + plain[len(mutated) :] for radical in radicals)


@cache
def welsh_places() -> frozenset[str]:
    """Places of Wales in small letters: those of the gazetteer, and the Welsh names of those it has in English."""
    gazetteer = (name for name in places() if name.isalpha() and len(name) >= SHORTEST)
    return frozenset(name for name in gazetteer if region_of(name).endswith("Wales")) | context("welsh_towns")
