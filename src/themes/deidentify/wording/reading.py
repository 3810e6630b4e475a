"""A text read once, for all the rules about names; and where a name that starts somewhere ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from themes.deidentify.wording.lexicon import (
    all_names,
    context,
    given_names,
    ordinary_words,
    plain_names,
    surnames,
    wide_places,
    word_names,
)
from themes.deidentify.wording.stretches import Stretches
from themes.deidentify.wording.words import Word, kept_places, words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, its words, and where it says names that are kept."""

    text: str
    words: Sequence[Word]
    kept: Stretches

    def gap(self, i: int) -> str:
        """What stands between word i and the next; a line end where there is none."""
        return self.text[self.words[i].end : self.words[i + 1].start] if i + 1 < len(self.words) else "\n"

    def joined(self, i: int) -> bool:
        """Whether word i and the next stand side by side: a possessive keeps them apart, an initial's full stop does
        not."""
        gap = self.gap(i) if i + 1 < len(self.words) else ""
        return gap in {" ", "\n"} or (gap in {". ", "."} and self.words[i].end - self.words[i].start == 1)

    def next_is(self, i: int, among: frozenset[str]) -> bool:
        return i + 1 < len(self.words) and self.gap(i) == " " and self.words[i + 1].plain in among

    def keeps(self, word: Word) -> bool:
        return self.kept.hold(word.start)

    def person(self, start: int, end: int, recognizer: str, score: float) -> Finding:
        """Words start to end, end exclusive, as a person."""
        span = Span(self.words[start].start, self.words[end - 1].end)
        return Finding(span, "PERSON", IdentifierKind.DIRECT, score, recognizer)


def read(text: str) -> Reading:
    return Reading(text, words_of(text), Stretches(place.span for place in kept_places(text) if not place.short))


@dataclass(frozen=True, slots=True)
class Small:
    """Which words in small letters may open a name."""

    listed: frozenset[str] = frozenset()
    strangers: bool = False
    """Whether any word that is in no list may."""

    def allows(self, word: Word) -> bool:
        if word.shape != "lower" or word.plain in context("never"):
            return False
        return word.plain in self.listed or (self.strangers and word.plain not in ordinary_words())


NO_SMALL = Small()


def name_end(reading: Reading, at: int, *, small: Small = NO_SMALL, most: int = 3) -> int:
    """The index after a name that starts at word `at`, up to `most` words on; `at` itself where none starts."""
    end = at
    while end < min(len(reading.words), at + most) and (end == at or reading.joined(end - 1)):
        word = reading.words[end]
        if reading.keeps(word) or word.shape == "digit":
            break
        fits = small.allows(word) if end == at else _small_surname(word, small)
        if not (_capital_name(word, first=end == at) or fits):
            break
        end += 1
    return end


def with_surname(reading: Reading, i: int) -> int:
    """The index after the surname, initial or further given name that follows word i."""
    end = i + 1
    while end < min(len(reading.words), i + 4) and reading.joined(end - 1):
        if not _belongs(reading, reading.words[i], reading.words[end], first=end == i + 1):
            break
        end += 1
    return end


def _capital_name(word: Word, *, first: bool) -> bool:
    named = word.plain in given_names() or word.plain in surnames()
    meant = word.plain not in context("never") or (first and word.plain in word_names() and not word.opens)
    return word.capital and meant and (word.shape != "upper" or word.end - word.start < 4 or named)


def _small_surname(word: Word, small: Small) -> bool:
    if word.shape != "lower" or small == NO_SMALL or word.plain in context("never"):
        return False
    if word.plain in surnames():
        return small.strangers or word.plain not in context("surname_words")
    return small.strangers and word.plain not in ordinary_words()


def _belongs(reading: Reading, given: Word, word: Word, *, first: bool) -> bool:
    if word.end - word.start == 1 and word.shape == "title" and word.plain not in {"i", "x", "a"}:
        return True  # an initial
    if not given.capital:
        plain_surname = first and word.plain not in context("surname_words")
        return word.plain in surnames() and (plain_surname or word.plain not in ordinary_words())
    if not word.capital or word.plain in context("never") or reading.keeps(word):
        return False
    listed = word.plain in surnames() or word.plain in plain_names()
    return listed or word.plain not in ordinary_words() or not (word.opens or word.plain in wide_places())


def nameable(words: Sequence[Word]) -> bool:
    """Whether any of the words is a name by list."""
    return any(word.plain in all_names() for word in words)
