"""What a word tells by itself, before anything around it is read: its lists, its letters, its case, its vector."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from themes.deidentify.wording.lexicon import (
    context,
    given_names,
    is_wide,
    more_given_names,
    more_surnames,
    ordinary_words,
    places,
    plain_names,
    surnames,
    word_names,
)
from themes.deidentify.wording.roles import KIN, ROLES, TITLES
from themes.deidentify.wording.words import Word

FEATURES = 2**18
"""Places for features; a hash says which place is whose, so that no word stands in the weights."""
REACH = 3
"""How many words to either side are heard."""
WIRE = re.compile(r"[@#]\w+|(?:https?://|www\.)\S+")
"""User names, hash tags and web addresses: of a form of their own, never a name of a person. So are mail addresses,
which `_wires_in` finds: no pattern that begins and ends anywhere in a word finds them in linear time."""
UNBROKEN = re.compile(r"\S+")
DOMAIN_END = re.compile(r"\.\w+")


class Form(NamedTuple):
    """A word without its place: as written, its shape, whether it opens a sentence. "@", "#", ":" for what is a wire;
    "^" before the first word, "$" after the last."""

    written: str
    plain: str
    shape: str
    opens: bool

    @property
    def outside(self) -> bool:
        return self.shape in OUTSIDE


OUTSIDE = frozenset({"edge", "wire"})
START, END = Form("^", "^", "edge", False), Form("$", "$", "edge", False)


def forms_of(text: str, words: Sequence[Word]) -> list[Form]:
    """The form of each word."""
    wires = list(_wires_in(text)) if "@" in text or "#" in text or "ww" in text or "://" in text else []
    forms, at = [], 0
    for word in words:
        while at < len(wires) and wires[at][1] <= word.start:
            at += 1
        if at < len(wires) and wires[at][0] <= word.start:
            mark = text[wires[at][0]]
            forms.append(Form(mark if mark in "@#" else ":", mark if mark in "@#" else ":", "wire", word.opens))
        else:
            forms.append(Form(text[word.start : word.end], word.plain, word.shape, word.opens))
    return forms


def _wires_in(text: str) -> Iterator[tuple[int, int]]:
    """Where a text has user names, hash tags, web and mail addresses, in order; each sign is looked at a few times.

    >>> text = "mail wren@a@example.org. or @wren on www.example.org"
    >>> [text[start:end] for start, end in _wires_in(text)]
    ['wren@a@example.org', '@wren', 'www.example.org']
    """
    for piece in UNBROKEN.finditer(text):
        at, end = piece.span()
        ending = next(iter(list(DOMAIN_END.finditer(text, at, end))[-1:]), None)
        mark = text.rfind("@", at, max(at, ending.start() - 1)) if ending else -1
        while at < end:
            mailed = ending is not None and at < mark
            if wire := (WIRE.match if mailed else WIRE.search)(text, at, end):
                yield wire.span()
                at = wire.end()
            elif mailed and ending is not None:
                yield at, ending.end()
                at = ending.end()
            else:
                break


def hashed(features: Sequence[str]) -> list[int]:
    """The places of features, 0 to FEATURES - 1."""
    return [crc32(feature.encode()) % FEATURES for feature in features]


@lru_cache(maxsize=200_000)
def cell(plain: str) -> str:
    """The lists a word is in, a letter each: "GS" a given name and a surname.

    >>> cell("grace"), cell("jobcentre")
    ('GWsO', '')
    """
    return "".join(letter for letter, holds in _lists(plain) if holds)


@lru_cache(maxsize=200_000)
def part(plain: str) -> str:
    """What a word does to its neighbours: announces a person, speaks, greets …; empty for most."""
    return "".join(letter for letter, holds in _parts(plain) if holds)


def known(plain: str) -> str:
    """The word itself where it is an everyday one; else nothing, so that the weights learn the language, not names."""
    everyday = plain in ordinary_words() or plain in context("never") or plain in context("free_strangers")
    return plain if everyday and (plain not in plain_names()) else ""


def own_features(form: Form) -> Iterator[str]:
    """The features of a word about itself."""
    plain, shape, lists = form.plain, form.shape, cell(form.plain)
    opens = "o" if form.opens else "m"
    yield f"shape {shape}"
    yield f"cell {lists}"
    yield f"cell {lists} {shape}"
    yield f"cell {lists} {shape} {opens}"
    yield f"shape {shape} {opens}"
    for letter in lists:
        yield f"list {letter}"
        yield f"list {letter} {shape}"
        yield f"list {letter} {shape} {opens}"
    for role in part(plain):
        yield f"part {role}"
        yield f"part {role} {shape}"
    word = known(plain)
    yield f"word {word}"
    yield f"word {word} {shape}"
    yield f"word {word} {shape} {opens}"
    yield f"long {min(len(plain), 12)}"
    yield f"long {min(len(plain), 12)} {shape}"
    edged = f"^{plain}$"
    for n in (2, 3, 4):
        if len(plain) >= n:
            yield f"ends {plain[-n:]}"
            yield f"begins {plain[:n]}"
    if not word:
        for at in range(len(edged) - 2):
            yield f"letters {edged[at : at + 3]}"
    if "-" in plain:
        yield "hyphen"
    if "'" in plain:
        yield f"apostrophe {plain.startswith(('o', 'd', 'm'))}"
    if not form.written.isascii():
        yield "accent"


def neighbour_features(form: Form, offset: int) -> Iterator[str]:
    """The features of a word about the one that stands `offset` words before (negative: after) … it is told as seen
    from that one: -1 is the word before it."""
    word, role = known(form.plain), part(form.plain)
    side = "before" if offset < 0 else "after"
    for place in (f"{offset}", side):
        yield f"{place} word {word or form.shape}"
        for letter in role:
            yield f"{place} part {letter}"
        if abs(offset) < REACH:
            yield f"{place} cell {cell(form.plain)} {form.shape}"
    if abs(offset) == 1:
        yield f"{offset} shape {form.shape}"
        for letter in cell(form.plain):
            yield f"{offset} list {letter} {form.shape}"
        yield f"{offset} ends {form.plain[-3:]}"


def pair_features(first: Form, gap: str, second: Form, *, about_first: bool) -> Iterator[str]:
    """The features of two words side by side, about the first or the second."""
    here, there, side = (first, second, "next") if about_first else (second, first, "last")
    own = f"{cell(here.plain)} {here.shape}"
    yield f"{side} gap {gap}"
    yield f"{side} gap {gap} {here.shape}"
    yield f"{side} gap {gap} {there.shape} {here.shape}"
    word = known(there.plain)
    if word:
        yield f"{side} {word} {gap} {here.shape}"
        yield f"{side} {word} {gap} {own}"
    for letter in part(there.plain):
        yield f"{side} part {letter} {gap} {here.shape}"
        yield f"{side} part {letter} {gap} {own}"
    yield f"{side} cell {cell(there.plain)} {there.shape} {gap} {own}"
    yield f"{side} cell {cell(there.plain)} {there.shape} {here.shape}"


def frame_feature(side: str, first: str, second: str, shape: str) -> str:
    """The one feature of two words around a third, before or after it."""
    return f"frame {side} {first} {second} {shape}"


def style_features(form: Form, style: str) -> Iterator[str]:
    """The features of a word in a text of a style, "caps genre"."""
    for manner in {style, *style.split()}:
        yield f"style {manner}"
        yield f"style {manner} {form.shape} {'o' if form.opens else 'm'}"
        yield f"style {manner} {cell(form.plain)} {form.shape}"


def style_of(text: str, words: Sequence[Word]) -> str:
    """How a text is written: its capitals ("none", "few", "loud", "some") and whether it reads like a post of a network
    ("wired"), like text cut into tokens ("spaced"), or like neither ("plain").

    >>> style_of("cant stand it", []), style_of("RT @wren : It 's off", [])
    ('none plain', 'some spaced')
    """
    letters = sum(map(str.isalpha, text)) or 1
    capitals = sum(map(str.isupper, text)) / letters
    case = "none" if capitals == 0 else "few" if capitals < 0.01 else "loud" if capitals > 0.7 else "some"
    if SPACED.search(text):
        return f"{case} spaced"
    return f"{case} wired" if WIRED.search(text) else f"{case} plain"


SPACED = re.compile(r" (?:[,.;:!?] |[,.;:!?]$|'s |n't |'m |'re |'ve |'ll )")
WIRED = re.compile(r"(?<!\w)[@#]\w|https?://|\bRT\b")


def _lists(plain: str) -> Iterator[tuple[str, bool]]:
    yield "G", plain in given_names()
    yield "W", plain in word_names()
    yield "S", plain in surnames()
    yield "g", plain in more_given_names()
    yield "s", plain in more_surnames()
    yield "O", plain in ordinary_words()
    yield "P", plain in places()
    yield "X", is_wide(plain)
    yield "N", plain in context("never")


def _parts(plain: str) -> Iterator[tuple[str, bool]]:
    yield "K", plain in KIN
    yield "R", plain in ROLES
    yield "T", plain in TITLES
    yield "V", plain in context("speech")
    yield "U", plain in context("speaking") or plain in context("addressed") or plain in context("before_names")
    yield "L", plain in context("greetings")
    yield "M", plain in MONTHS_AND_DAYS
    yield "D", plain in context("person_words")
    yield "B", plain in context("thing_words")
    yield "C", plain in {"called", "named", "nicknamed", "name", "name's"}


MONTHS_AND_DAYS = context("months_and_days")
