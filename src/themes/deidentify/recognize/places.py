"""Where people live: villages and towns by gazetteer, and by "I live in X"."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from themes.deidentify.recognize.mutations import mutated_places_in
from themes.deidentify.recognize.place_fields import place_fields_in
from themes.deidentify.recognize.towns import towns_in
from themes.deidentify.wording.lexicon import any_of, context, is_wide, ordinary_words, places, surnames, wide_places
from themes.deidentify.wording.stretches import Stretches
from themes.deidentify.wording.words import Word, kept_places, unwrapped, words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

CAPITAL = r"[A-Z][\w'’\-]+"
JOINT = r"[ \-](?:on|in|upon|le|la|under|by|near|the|cum|next|St|super)[ \-](?:the[ \-])?"
TOWARD = re.compile(
    rf"\b{any_of('toward')}(?: (?:the|a|little|small|tiny|rural|sunny|rainy|good old|nearby|village of|town of"
    rf"|hamlet of)){{0,3}} "
    rf"(?P<name>{CAPITAL}(?:(?:{JOINT}|[ \-])?{CAPITAL}){{0,2}})"
)
LIVES_IN = re.compile(
    rf"\b{any_of('lives')} (?:(?:of|in|to|near|at|just outside|outside|up in|down in|over in|out in) )?"
    rf"(?P<name>[A-Z][\w'’]+(?:(?:[ \-](?:on|upon|le|la|cum|next)[ \-](?:the[ \-])?|[ \-]){CAPITAL}){{0,2}})"
)
SMALL_LIVES = re.compile(
    rf"\b{any_of('lives_small')} (?:in|to|near|from|of|at|out in|up in|down in|over in) "
    r"(?P<name>[a-z][a-z'’\-]{3,}(?: [a-z][a-z'’\-]+){0,2})"
)
SAID_PLACE = "place"
"""The recogniser of places that the words around say to be one."""
POSSESSIVE = re.compile(r"['’]s$")


def find_places(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Places of each document, with overlaps. `recognizer` is "place" where the words around say that it is one,
    "place-name"
    where only the gazetteer does."""
    return [
        [*places_in(d.text), *towns_in(d.text), *mutated_places_in(d.text), *place_fields_in(d.text)] for d in documents
    ]


@lru_cache(maxsize=1024)
def places_in(text: str) -> tuple[Finding, ...]:
    """The places of one text, towns and countries among them: policy.toml says which stay.

    >>> sorted({finding.span.of("from Haworth to Leeds") for finding in places_in("from Haworth to Leeds")})
    ['Haworth', 'Leeds']
    """
    return tuple(_find(text))


def _find(text: str) -> Iterator[Finding]:
    text = unwrapped(text)
    kept = Stretches(place.span for place in kept_places(text) if not place.short)
    for match in TOWARD.finditer(text):
        name = _longest_known(POSSESSIVE.sub("", match["name"]))
        if name and _nameable(name, match.start("name"), kept):
            yield _found(match.start("name"), name, 0.8, SAID_PLACE)
    for match in LIVES_IN.finditer(text):
        name = POSSESSIVE.sub("", match["name"])
        first = name.split()[0].casefold()
        everyday = first in ordinary_words() or first in wide_places()
        if not everyday and not is_wide(name) and _nameable(name, match.start("name"), kept):
            yield _found(match.start("name"), name, 0.8, SAID_PLACE)
    for match in SMALL_LIVES.finditer(text):
        name = _longest_known(match["name"])
        if name and name not in ordinary_words() and name not in context("never"):
            yield _found(match.start("name"), name, 0.8, SAID_PLACE)
    for word in words_of(text):
        if _only_a_village(word) and not kept.hold(word.start):
            yield _found(word.start, text[word.start : word.end], 0.5, "place-name")


def _longest_known(name: str) -> str:
    """As many of the words as the gazetteer knows together, from the first on; empty if not even the first."""
    ends = [match.start() for match in re.finditer(r"[ \-]", name)] + [len(name)]
    for end in sorted(ends, reverse=True):
        part = POSSESSIVE.sub("", name[:end])
        if part.casefold() in places() or part.casefold() in wide_places():
            return part
    return ""


def _only_a_village(word: Word) -> bool:
    """A capital word that is a village and nothing else: no surname, no ordinary word."""
    if word.shape != "title" or len(word.plain) < 5 or word.plain not in places() or is_wide(word.plain):
        return False
    return word.plain not in ordinary_words() and word.plain not in surnames()


def _nameable(name: str, start: int, kept: Stretches) -> bool:
    first = re.split(r"[ \-]", name)[0].casefold()
    return first not in context("never") and not kept.hold(start)


def _found(start: int, name: str, score: float, recognizer: str) -> Finding:
    return Finding(Span(start, start + len(name)), "LOCATION", IdentifierKind.QUASI, score, recognizer)
