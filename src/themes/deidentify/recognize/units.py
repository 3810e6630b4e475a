"""Offices, hospitals, schools and workplaces: organisations that, with a town, point at the few people who go there."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from themes.deidentify.wording.hints import Hinted, hinted
from themes.deidentify.wording.lexicon import (
    any_of,
    context,
    given_names,
    hospitals,
    is_wide,
    kept_names,
    ordinary_words,
    places,
    surnames,
    wide_places,
)
from themes.deidentify.wording.stretches import Stretches
from themes.deidentify.wording.words import KeptPlace, kept_places, lower_case, unwrapped
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

CAPITAL = r"[A-Z][\w'’\-]+"
NAME = rf"(?:St\.? |Saint )?{CAPITAL}(?: (?:of|and|&|the|upon|on|in|St\.?) (?=[A-Z])| {CAPITAL}(?=\W)){{0,3}}?"
SMALL = r"[a-z][a-z'’\-]+"
KINDS = {
    "BRANCH": rf"(?:(?i:{any_of('offices')})|{any_of('offices_capital')})",
    "HOSPITAL": rf"(?:(?i:{any_of('health')})|{any_of('health_capital')})",
    "SCHOOL": rf"(?:(?i:{any_of('schools')})|{any_of('schools_capital')})",
    "EMPLOYER": any_of("firms_capital"),
}
NAMED = {
    label: hinted(rf"(?<![\w\-])(?P<name>{NAME}),? (?P<what>{what})(?: (?:Ltd|Limited|LLP|plc|& Sons?))?(?![\w\-])")
    for label, what in KINDS.items()
}
# In small letters the place must be one the gazetteer knows: "barnsley jobcentre", never "local jobcentre".
SMALL_NAMED = {
    label: hinted(rf"(?<![\w\-])(?P<name>{SMALL}(?: {SMALL})?) (?P<what>{what})(?![\w\-])")
    for label, what in KINDS.items()
    if label != "EMPLOYER"
}
OF = hinted(
    rf"\b(?P<name>(?P<what>University|College|School|Hospital|Academy|Infirmary|Hospice) (?:of"
    rf"|for) (?:the )?{CAPITAL}(?: {CAPITAL})?)"
)
NUMBER = r"(?:\d{1,3}[A-Za-z]?|[A-Z]\d{0,2}|(?i:one|two|three|four|five|six|seven|eight|nine|ten))"
WARD = hinted(rf"\b(?P<name>[Ww]ard {NUMBER})\b")
SAINT = hinted(
    rf"(?<!\w)(?P<name>(?:St\.?|Saint) (?!{any_of('no_patron')})[A-Z][a-z]+(?:['’]s?)?)(?! {any_of('not_a_saint')})"
)
ADMITTED = hinted(
    rf"\b{any_of('admitted')}(?: (?:\d+ )?\w+){{0,3}}? (?:at|to|in|on|from|into|up at|over at|down at) (?:[Tt]he )?"
    rf"(?P<name>{CAPITAL}(?: {CAPITAL}){{0,3}})"
)
ENDED_UP = hinted(
    rf"\b{any_of('ended_up')} (?:in|into|to|at|of|on|from|back in"
    rf"|back to) (?:[Tt]he )?(?P<name>{CAPITAL}(?: {CAPITAL}){{0,2}})"
)
PATIENT = hinted(rf"\b{any_of('patient')}\b", re.IGNORECASE)
HOUSE = hinted(rf"(?<!\w)(?P<name>{CAPITAL}(?: {CAPITAL})? (?:House|Lodge|Villa|Grange|Court|Hall|Place))(?!\w)")
NO_HOUSE = re.compile(rf"{any_of('houses')}\b")
LANDMARK = re.compile(rf"{any_of('landmarks')}\b")
FIRM_NAME = r"(?P<name>[A-Z][\w'’&\-]+(?: (?:& |and (?=[A-Z]))?[A-Z][\w'’\-]+){0,3})"
WORKED = hinted(rf"\b{any_of('worked')}(?: \w+){{0,2}}? (?:at|for|with|by|from) (?:[Tt]he )?{FIRM_NAME}")
FIRM_CALLED = hinted(rf"\b{any_of('firms')} (?:called|named) {FIRM_NAME}")
PRISON = hinted(
    r"(?<![\w\-])(?P<name>(?:(?i:hmp(?: ?(?:&|and|/) ?yoi)?|hm ?yoi)|YOI|HM Prison)"
    r" (?!(?:Governor|Officer|Inspect|Service|Staff|Education|Resettlement|Prison|And|In|On)\b)"
    rf"(?:{CAPITAL}(?: {CAPITAL})?|(?P<small>{SMALL})))(?!\w)"
)
"""A prison by its name, which is a town's or a surname as a rule: no person, and where few people are."""
SAID_UNIT = "said-unit"
"""The recogniser of prisons and of what the words around make sure of: the weights are not asked."""
SMALL_SAINT = hinted(
    r"\b(?:at|around|behind|by|down|from|in|into|near|of|opposite|outside|to|up) (?:the )?(?:old )?"
    rf"(?P<name>st\.? (?!{any_of('no_patron').lower()})(?P<saint>[a-z]{{3,}})(?:['’]s?)?)"
    rf"(?! {any_of('not_a_saint').lower()}| (?:ambulance|park|place|square|wood))(?!\w)"
)
"""The same in small letters, after a word that says where: "in st james for two weeks"."""
AT_IT = re.compile(r" (?:lot|staff|team|people|nurses?|doctors?|consultants?|appointments?)(?!\w)")
"""After a hospital's name in small letters, so that it is no word of its own: "the christie lot"."""
OFFICE_ON = hinted(
    rf"\b(?i:job ?centre|jcp|office|foodbank|cab)(?: [Pp]lus)? (?:on|at|by|near"
    rf"|opposite) (?:the )?(?P<name>{CAPITAL}(?: {CAPITAL})?)"
)
TOWN = rf"{CAPITAL}(?: (?:upon |on |under |le )?{CAPITAL})?"
AFTER = re.compile(rf"(?:,? | \(| ?[\-–] ?)(?P<name>{TOWN}|(?!in\b|on\b|at\b){SMALL})\)?")
# "Mind in Halifax" is a charity's name; "Maximus in Hull" is a provider and a town, which both stay.
AFTER_CHARITY = re.compile(rf"(?:,? (?:in )?| \(| ?[\-–] ?)(?P<name>{TOWN})\)?")
BEFORE = re.compile(r"(?<![\w\-])(?P<name>[A-Za-z][\w'’\-]{3,}) $")
NO_UNIT = ("open university", "royal college", "mental health", "care home", "primary care")
JOINTS = frozenset({"and", "&", "of", "the", "in", "on", "at", "i", "upon", "for"})


def find_units(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Offices, hospitals, schools and workplaces of each document, with overlaps; below .9 only the words around say
    so."""
    return [list(units_in(document.text)) for document in documents]


@lru_cache(maxsize=1024)
def units_in(text: str) -> tuple[Finding, ...]:
    """The units of one text.

    >>> [(f.label, f.span.of("sent to Ingeus Leeds")) for f in units_in("sent to Ingeus Leeds")]
    [('BRANCH', 'Ingeus Leeds')]
    """
    return tuple(_find(text))


def _find(text: str) -> Iterator[Finding]:
    text = unwrapped(text)
    kept = kept_places(text)
    yield from _branches(text, kept)
    yield from _by_what_they_are(text)
    yield from _prisons(text)
    yield from _saints_in_small_letters(text)
    for span in _hospitals_in(text):
        sure = span.of(text)[-1:].islower() and AT_IT.match(text, span.end)
        yield _sure_hospital(span) if sure else _found((span.start, span.end), "HOSPITAL", 0.9)
    yield from _by_what_is_done_there(text, Stretches(place.span for place in kept if not place.short))


def _branches(text: str, kept: Sequence[KeptPlace]) -> Iterator[Finding]:
    """A provider or a charity with a place beside it: "Ingeus Leeds", "Maximus, Hull", "Oldham Ingeus"."""
    for name in kept:
        if name.group not in {"providers", "charities", "state"} or name.short:
            continue
        after = (AFTER_CHARITY if name.group == "charities" else AFTER).match(text, name.span.end)
        if after and _known_place(after["name"]):
            yield _found((name.span.start, after.end()), "BRANCH", 0.9)
        before = BEFORE.search(text, max(0, name.span.start - 40), name.span.start)
        if before and name.group == "providers" and _known_place(before["name"]):
            yield _found((before.start("name"), name.span.end), "BRANCH", 0.9)


def _prisons(text: str) -> Iterator[Finding]:
    for match in PRISON.finditer(text):
        if not match["small"] or match["small"] in places() or is_wide(match["small"]):
            yield Finding(Span(*match.span("name")), "BRANCH", IdentifierKind.QUASI, 0.9, SAID_UNIT)


def _saints_in_small_letters(text: str) -> Iterator[Finding]:
    for match in SMALL_SAINT.finditer(text):
        if match["saint"] in given_names() or match["saint"].removesuffix("s") in given_names():
            yield _sure_hospital(Span(*match.span("name")))


def _sure_hospital(span: Span) -> Finding:
    return Finding(span, "HOSPITAL", IdentifierKind.QUASI, 0.9, SAID_UNIT)


def _by_what_they_are(text: str) -> Iterator[Finding]:
    for label, form in NAMED.items():
        for match in form.finditer(text):
            start = _start_of_name(text, match)
            if start is not None:
                yield _found((start, match.end()), label, 0.9)
    for label, form in SMALL_NAMED.items():
        for match in form.finditer(text):
            last = match["name"].split()[-1]
            if _small_place(match["name"]):
                yield _found(match.span(), label, 0.8)
            elif _small_place(last):
                yield _found((match.end("name") - len(last), match.end()), label, 0.8)
    for match in (*WARD.finditer(text), *SAINT.finditer(text)):
        yield _found(match.span("name"), "HOSPITAL", 0.9)
    for match in OF.finditer(text):
        label = "HOSPITAL" if match["what"] in {"Hospital", "Infirmary", "Hospice"} else "SCHOOL"
        yield _found(match.span("name"), label, 0.9)


def _by_what_is_done_there(text: str, kept: Stretches) -> Iterator[Finding]:
    for match in _naming(ADMITTED, text, kept):
        if _first(match) not in surnames():
            yield _found(match.span("name"), "HOSPITAL", 0.8)
    if PATIENT.search(text):
        # A house by its name alone: only where the text speaks of being a patient.
        for match in HOUSE.finditer(text):
            if not NO_HOUSE.match(match["name"]) and not LANDMARK.match(match["name"]):
                yield _found(match.span("name"), "HOSPITAL", 0.9)
        for match in _naming(ENDED_UP, text, kept):
            first = _first(match)
            named = first in given_names() or first in surnames() or first in wide_places()
            if not named and not (first in ordinary_words() and first in places()):
                yield _found(match.span("name"), "HOSPITAL", 0.7)
    for match in _naming(WORKED, text, kept):
        if _first(match) not in places():
            yield _found(match.span("name"), "EMPLOYER", 0.7)
    for match in _naming(FIRM_CALLED, text, kept):
        yield _found(match.span("name"), "EMPLOYER", 0.9)
    for match in _naming(OFFICE_ON, text, kept):
        if _first(match) not in given_names():
            yield _found(match.span("name"), "ADDRESS", 0.8)


def _naming(form: Hinted, text: str, kept: Stretches) -> Iterator[re.Match[str]]:
    """The matches whose name could be one: no everyday word, nothing that is kept, no town."""
    for match in form.finditer(text):
        start = match.start("name")
        everyday = _first(match) in context("never") or LANDMARK.match(match["name"])
        if not everyday and not is_wide(match["name"]) and not kept.hold(start):
            yield match


def _first(match: re.Match[str]) -> str:
    return re.split(r"[ \-]", match["name"])[0].casefold()


def _start_of_name(text: str, match: re.Match[str]) -> int | None:
    """Where the name of a unit begins, everyday words before it left out; None if nothing names it."""
    start, end = match.span("name")
    pieces = [Span(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", text[start:end])]
    while pieces and _is_filler(pieces[0].of(text)):
        pieces.pop(0)
    if not pieces or text[pieces[0].start : match.end()].casefold().startswith(NO_UNIT):
        return None
    name = text[pieces[0].start : end].casefold()
    opens = re.search(r"(?:^|[.!?\n]\s*)$", text[max(0, pieces[0].start - 3) : pieces[0].start]) is not None
    if opens and len(pieces) == 1 and name in ordinary_words() and name not in places() and name not in surnames():
        return None  # "Hospital food", "Every ward"
    if match["what"].casefold() == "surgery" and pieces[-1].of(text).casefold() in context("operations"):
        return None  # "Spinal surgery left me in pain": what was done, not where
    return None if name in _state_names() else pieces[0].start


def _is_filler(word: str) -> bool:
    plain = word.casefold().rstrip(",")
    return LANDMARK.match(word) is not None or any(
        plain in fillers for fillers in (context("never"), JOINTS, _state_names())
    )


@cache
def _state_names() -> frozenset[str]:
    """Names after which "office" or "unit" says nothing: "the DWP office", "Tesco warehouse"."""
    return frozenset(k.name.casefold() for k in kept_names() if k.group in {"state", "schemes", "employers", "culture"})


def _hospitals_in(text: str) -> Iterator[Span]:
    low = lower_case(text)
    automaton, names = _hospital_automaton()
    for index, start, end in automaton.find_matches_as_indexes(low, overlapping=True):
        name = names[index]
        apart = not any(edge.isalnum() for edge in low[max(0, start - 1) : start] + low[end : end + 1])
        # "QMC" and "Barts" as they are; long names however they are written.
        unmistakable = not name.isupper() and (" " in name or len(name) > 6)
        if apart and (text[start:end] == name or unmistakable):
            yield Span(start, end)


@cache
def _hospital_automaton() -> tuple[Any, tuple[str, ...]]:
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick([lower_case(name) for name in hospitals()]), hospitals()


def _known_place(name: str) -> bool:
    plain = name.casefold()
    if not name[0].isupper():
        return _small_place(plain)
    known = any(words in places() or words in wide_places() for words in (plain, plain.split()[0]))
    return known and plain not in context("never") and plain not in context("vague_places") - {"bath", "reading"}


def _small_place(plain: str) -> bool:
    """Whether words in small letters can be nothing but a place."""
    if plain.startswith("the ") or len(plain) < 4 or plain in context("vague_places") or plain in context("never"):
        return False
    return is_wide(plain) or (plain in places() and plain not in ordinary_words())


def _found(span: tuple[int, int], label: str, score: float) -> Finding:
    return Finding(Span(*span), label, IdentifierKind.QUASI, score, "unit")
