"""What is found once in a text, found in all of it: names of persons, and small places."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from themes.deidentify.decide.small_units import kinds_of_units
from themes.deidentify.decide.verdicts import UNITS, Kept
from themes.deidentify.recognize.known_names import are_many, known_in, with_first_names
from themes.deidentify.recognize.said_names import ADVERBS, does
from themes.deidentify.recognize.small_names import said_as_a_name
from themes.deidentify.recognize.units import LANDMARK
from themes.deidentify.weigh.evidence import Look
from themes.deidentify.wording.lexicon import (
    all_names,
    context,
    given_names,
    is_wide,
    ordinary_words,
    places,
    plain_names,
    plain_towns,
    surnames,
    word_names,
)
from themes.deidentify.wording.nicknames import related
from themes.deidentify.wording.plain_words import plain_words
from themes.deidentify.wording.reading import read
from themes.deidentify.wording.stretches import Stretches
from themes.deidentify.wording.words import Word, lower_case, within, words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

ARTICLES = frozenset({"a", "an", "the", "this", "that", "my", "your", "no", "any", "each", "every", "some"})
"""Before a word, and no name."""


def repeated(seen: Look, likely: NDArray[np.bool_], names: Sequence[Finding], kept: Kept) -> list[Finding]:
    """Names found once, found in all of the text, with their short forms, unless the words around or the weights are
    sure that here it is a word: "Carol sang a carol", "Will they ring?"."""
    text, words = seen.text, seen.words
    spoken = frozenset(name.span.of(text) for name in names if name.score >= 0.6)
    taken = {i for name in names for i in within(words, name.span)} | plain_words(text)
    known = with_first_names(spoken)
    again = [i for finding in known_in(text, known, recognizer="repeated") for i in within(words, finding.span)]
    free = [i for i in again if likely[i] or not (words[i].plain in ordinary_words() or are_many(words[i]))]
    free = [i for i in free if not _opens_as_a_word(words[i]) or _says_what_people_say(text, words, i)]
    free += _doing_again(text, words, spoken)
    free += short_forms_in(text, words, spoken)
    free += _initials_again(words, spoken)
    return [
        Finding(span, "PERSON", IdentifierKind.DIRECT, 0.7, "repeated")
        for i in dict.fromkeys(free)
        if i not in taken and not seen.forms[i].outside
        if not kept.all.touch(span := Span(words[i].start, words[i].end))
    ]


DOTTED = re.compile(r"[^\W\d_](?:\. ?[^\W\d_]){1,3}\.?")
"""Initials as they are written with their stops: "R.J.H"."""


def _initials_again(words: Sequence[Word], spoken: Iterable[str]) -> list[int]:
    """Initials that are told with their stops, again without: "(initials R.J.H.)", and then "RJH said so"."""
    told = {re.sub(r"[\W_]", "", name).casefold() for name in spoken if DOTTED.fullmatch(name)} - context("no_initials")
    return [i for i, word in enumerate(words) if word.shape == "upper" and word.plain in told] if told else []


def _opens_as_a_word(word: Word) -> bool:
    listed = word.plain in given_names() or word.plain in surnames()
    return word.opens and word.plain in ordinary_words() and not listed


def _says_what_people_say(text: str, words: Sequence[Word], i: int) -> bool:
    """ "Dot rang. dot told me": small both times or not, a word that opens and does what only people do."""
    rarely = i + 2 < len(words) and words[i + 1].plain.endswith("ly") and does(read(text), i + 1)
    return i not in plain_words(text) and (rarely or does(read(text), i) or said_as_a_name(text, words, i))


def _doing_again(text: str, words: Sequence[Word], spoken: Iterable[str]) -> list[int]:
    """First names that are words, even "will" and "may", where they do what only people do: "Will hardly spoke"."""
    first = {name_words[0].plain for name in spoken if (name_words := words_of(name))} & word_names()
    again = [i for i, word in enumerate(words) if word.plain in first and word.shape == "title"] if first else []
    return [i for i in again if _says_what_people_say(text, words, i)]


def short_forms_in(text: str, words: Sequence[Word], spoken: Iterable[str]) -> list[int]:
    """Which words are short forms of the given names that are spoken in a text, with a capital, where they stand as
    names: "Ness" where Vanessa is named, "Will rang" where William is.

    >>> text = "William left. Will rang. Will they ring? I lost a Will, said Liam."
    >>> [words_of(text)[i].plain for i in short_forms_in(text, words_of(text), ["William"])]
    ['will', 'liam']
    """
    given = {name_words[0].plain for name in spoken if (name_words := words_of(name))}
    short = {each for name in given & all_names() for each in related(name) if len(each) > 2} - given
    if not short:
        return []
    return [i for i, word in enumerate(words) if word.plain in short and stands_as_a_name(text, words, i)]


def stands_as_a_name(text: str, words: Sequence[Word], i: int) -> bool:
    """Whether a short form that may be a word stands where a name does: with a capital, after no article, and at the
    start of a sentence before what people do or have."""
    word = words[i]
    if word.shape != "title" or i in plain_words(text):
        return False
    if i > 0 and words[i - 1].plain in ARTICLES and text[words[i - 1].end : word.start] == " ":
        return False
    if word.plain in plain_names() or not (word.opens and word.plain in ordinary_words() | word_names()):
        return True
    after = words[i + 1].plain if text[word.end : word.end + 1] == " " and i + 1 < len(words) else ""
    joined = after == "and" and any(other.capital for other in words[i + 2 : i + 3])
    says = joined or after in context("speech") - ADVERBS or does(read(text), i)
    return says or text.startswith(("'s ", "’s ", ","), word.end) or said_as_a_name(text, words, i)


def places_again(text: str, found: Sequence[Finding], kept: Kept) -> list[Finding]:
    """Small places found once, found in all of a text, also where an office, a school, a workplace was found by one:
    "They sent me to Ingeus Goole. Goole is grim"."""
    told = {lower_case(f.span.of(text)) for f in found if f.label == "LOCATION"}
    told |= {word.plain for f in found if f.label in UNITS for word in words_of(f.span.of(text)) if word.capital}
    named = [word for word in told if word in places() and word not in _no_place() and not is_wide(word)]
    form = re.compile(rf"(?<![\w\-])(?:{'|'.join(map(re.escape, named))})(?![\w\-])", re.IGNORECASE)
    spans = [Span(*match.span()) for match in form.finditer(text)] if named else []
    taken = Stretches(f.span for f in found if f.label in UNITS)
    return [
        Finding(span, "LOCATION", IdentifierKind.QUASI, 0.7, "repeated")
        for span in spans
        if not kept.all.touch(span) and not taken.touch(span)
    ]


def units_again(text: str, found: Sequence[Finding], kept: Kept) -> list[Finding]:
    """Wards, teams and schools by their name alone, where a text has called them by it and what they are: "moved to
    Willow Ward", then "back on Willow"; in small letters only where somebody is there or goes there."""
    words = words_of(text)
    told = {}
    for finding in found:
        inside = within(words, finding.span) if finding.label in {"HOSPITAL", "SCHOOL"} else []
        if len(inside) == 2 and words[inside[1]].plain in kinds_of_units() and _names_a_unit(words[inside[0]]):
            told[words[inside[0]].plain] = finding
    if not told:
        return []
    taken = Stretches(f.span for f in found if f.label != "PERSON")  # "Willow was loud": the ward
    again = [
        replace(told[word.plain], span=Span(word.start, word.end), score=0.9, recognizer="repeated")
        for i, word in enumerate(words)
        if word.plain in told and (_is_a_name_by_its_capital(words, i) or _is_gone_to(text, words, i))
    ]
    return [f for f in again if not taken.touch(f.span) and not kept.all.touch(f.span)]


def _names_a_unit(word: Word) -> bool:
    """Whether a word before "ward" could be a name: no town, no person, and nothing that many wards are."""
    other = is_wide(word.plain) or word.plain in places() or word.plain in plain_names()
    return len(word.plain) > 2 and word.plain.isalpha() and not other and not LANDMARK.match(word.plain.title())


def _is_a_name_by_its_capital(words: Sequence[Word], i: int) -> bool:
    return words[i].shape == "title" and (not words[i].opens or words[i].plain not in ordinary_words())


GOES = re.compile(r"\b(?:to|on|onto|at|from|off|left)$")
STAYS_THERE = re.compile(r"\s*(?:$|[.,;:!?)\n])| (?:and|then|but|for|when|where|after|again|now|because|was|is)\b")


def _is_gone_to(text: str, words: Sequence[Word], i: int) -> bool:
    """ "moved to willow, then off willow again"; but not "planted willow"."""
    before = GOES.search(text[max(0, words[i].start - 8) : words[i].start].casefold().removesuffix(" "))
    return before is not None and STAYS_THERE.match(text, words[i].end) is not None


@cache
def _no_place() -> frozenset[str]:
    """What is not looked for again, for elsewhere it may be a word."""
    return ordinary_words() - plain_towns()
