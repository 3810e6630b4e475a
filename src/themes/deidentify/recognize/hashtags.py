"""Names and small places inside hashtags: "#JusticeForDaveHolt", "#goolejobcentre".

A hashtag is one word to every other recogniser. Here it is taken apart, by its capitals or by what names are made of.
"""

import re
from collections.abc import Iterator

from themes.deidentify.wording.lexicon import (
    any_of,
    context,
    is_wide,
    listed_names,
    ordinary_words,
    places,
    plain_names,
    plain_towns,
    surnames,
    word_names,
)
from themes.deidentify.wording.words import kept_places
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

HASHTAGS = "hashtags"
"""The recogniser of these findings: they stand as they are, in the middle of a word."""
HASHTAG = re.compile(r"(?<![\w&])#(?P<words>\w{3,80})")
PIECE = re.compile(r"[A-Z]{2,}(?=[A-Z][a-z]|\d|_|$)|(?:Mc|Mac|O)?[A-Z][^\W\d_A-Z]+|[^\W\d_]+")
SMALL = re.compile(
    rf"(?:{any_of('before_names_in_hashtags')})*+(?P<name>[a-z]{{4,30}}?)(?:{any_of('after_names_in_hashtags')})?"
)
FEWEST_LETTERS = 3
"""Of either half of a name that no capital parts."""


def hashtags_in(text: str) -> Iterator[Finding]:
    """The names of persons and small places in the hashtags of a text."""
    for match in HASHTAG.finditer(text) if "#" in text else ():
        start, words = match.start("words"), match["words"]
        found = _in_small_letters(words) if words.islower() else _in_capital_pieces(words)
        for label, span in found:
            kind = IdentifierKind.DIRECT if label == "PERSON" else IdentifierKind.QUASI
            yield Finding(Span(start + span.start, start + span.end), label, kind, 0.9, HASHTAGS)


def _in_capital_pieces(words: str) -> Iterator[tuple[str, Span]]:
    pieces = [(match.group().casefold(), Span(*match.span())) for match in PIECE.finditer(words)]
    kept = _kept(pieces)
    at = 0
    while at < len(pieces):
        piece, span = pieces[at]
        after, beyond = pieces[at + 1] if at + 1 < len(pieces) else ("", span)
        surname = after in surnames() or (after != "" and after not in ordinary_words())
        if at in kept:
            at += 1
        elif piece in plain_names() or (piece in word_names() and _plain_surname(piece, after)):
            named = surname and at + 1 not in kept
            yield "PERSON", Span(span.start, beyond.end if named else span.end)
            at += 1 + named
        else:
            if _small_place(piece):
                yield "LOCATION", span
            at += 1


def _plain_surname(given: str, after: str) -> bool:
    """Whether a word after a given name that is a word as well makes them a name: "#GraceHolloway", not "#MayDay"."""
    listed = after in surnames() and after not in word_names() and after not in context("surname_words")
    return listed and given not in context("month_names")


def _kept(pieces: list[tuple[str, Span]]) -> set[int]:
    """Which pieces belong to names that are kept: "#BorisJohnson"."""
    spaced = " ".join(piece for piece, _ in pieces).title()
    starts = [len(" ".join(piece for piece, _ in pieces[:i])) + (i > 0) for i in range(len(pieces))]
    held = [place.span for place in kept_places(spaced) if not place.short]
    return {i for i, start in enumerate(starts) if any(span.start <= start < span.end for span in held)}


def _in_small_letters(words: str) -> Iterator[tuple[str, Span]]:
    match = SMALL.fullmatch(words)
    if match is None:
        return
    name, span = match["name"], Span(*match.span("name"))
    if _small_place(name):
        yield "LOCATION", span
    elif _is_a_name(name) and not kept_places(_apart(name)):
        yield "PERSON", span


def _is_a_name(name: str) -> bool:
    return name in plain_names() or (name not in ordinary_words() and " " in _apart(name))


def _apart(name: str) -> str:
    """A given name and a surname that are written as one word, apart."""
    for cut in range(FEWEST_LETTERS, len(name) - FEWEST_LETTERS + 1):
        if name[:cut] in plain_names() and name[cut:] in listed_names():
            return f"{name[:cut]} {name[cut:]}".title()
    return name.title()


def _small_place(piece: str) -> bool:
    village = piece in places() and not is_wide(piece) and piece not in ordinary_words() and piece not in listed_names()
    return len(piece) > FEWEST_LETTERS and (piece in plain_towns() or village)
