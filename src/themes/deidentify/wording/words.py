"""A text as words with their shape: what the recognisers of names and places look at."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from themes.deidentify.wording.lexicon import Kept, context, given_names, kept_names, listed_names, surnames
from themes.deidentify.wording.marks import MAY_BE_MARKED, marked_word
from themes.records.span import Span

WORD = re.compile(r"[^\W_]+(?:['’`\-][^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+|\n+")
POSSESSIVE = re.compile(r"(?:['’`]s|(?<=s)['’`])$", re.IGNORECASE)

STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
"""Letters that no accent makes."""
REMEMBERED = 4000
"""Characters of the longest text whose words are remembered: a thousand such take 150 MB, as a rule 10 MB."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text. `plain` is lower case without a possessive ending; `end` leaves that ending out."""

    start: int
    end: int
    plain: str
    shape: str
    """title, upper, lower, mixed or digit. In a text that shouts, upper says nothing and counts as lower."""
    opens: bool
    """Whether it opens a sentence, where a capital says nothing."""

    @property
    def capital(self) -> bool:
        return self.shape in {"title", "mixed", "upper"}


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order. Those of the last thousand texts of ordinary length are remembered: every
    recogniser asks for them.

    >>> [(word.plain, word.shape, word.opens) for word in words_of("Ask Karen's boss.")]
    [('ask', 'title', True), ('karen', 'title', False), ('boss', 'lower', False)]
    """
    return _remembered_words(text) if len(text) <= REMEMBERED else _words(text)


@lru_cache(maxsize=1024)
def _remembered_words(text: str) -> tuple[Word, ...]:
    return _words(text)


def _words(text: str) -> tuple[Word, ...]:
    cuts = iter([*(match.end() for match in SENTENCE_END.finditer(text)), len(text) + 1])
    cut = next(cuts)
    shouting = _shouts(text)
    found: list[Word] = []
    before = 0
    for match in _form_of(text).finditer(text):
        at_start = before == 0
        while cut <= match.start():
            at_start, cut = at_start or cut >= before, next(cuts)
        before = match.end()
        written = match.group()
        bare = (POSSESSIVE.sub("", written) or written) if written[-1] in "sS'’`" else written
        shape = _shape(bare)
        if shape == "upper" and shouting and len(bare) > 1:
            shape = "lower"
        plain = bare.casefold()
        if not (plain.isascii() and plain.isalpha()):
            plain = _unaccented(plain.replace("’", "'").replace("`", "'"))
        found.append(Word(match.start(), match.start() + len(bare), plain, shape, at_start))
    return tuple(found)


def _form_of(text: str) -> re.Pattern[str]:
    return WORD if text.isascii() or not MAY_BE_MARKED.search(text) else marked_word()


WRAPPED = re.compile(r"(?<=[^\n]{25}[\w,&])\n(?=[^\W_])")


def unwrapped(text: str) -> str:
    """The text with a blank for each line break that only ends a full line, so that "Ingeus" at the end of one and
    "Hull" at the start of the next are side by side. Of the same length.

    >>> unwrapped("then they sent me over to Ingeus\\nHull for a day\\n\\nJo")
    'then they sent me over to Ingeus Hull for a day\\n\\nJo'
    """
    return WRAPPED.sub(" ", text) if "\n" in text else text


def sentences_of(text: str, *, longest: int = 480) -> Iterator[Span]:
    """Stretches of a text that end with a sentence, or at a space where a sentence is too long. They cover it all.

    Args:
        longest: Characters; a word without a space in that many is cut.
    """
    start = 0
    cuts = [match.end() for match in SENTENCE_END.finditer(text)]
    for cut in (*cuts, len(text)):
        while cut - start > longest:
            space = text.rfind(" ", start + longest // 2, start + longest)
            middle = space + 1 if space > 0 else start + longest
            yield Span(start, middle)
            start = middle
        if cut > start:
            yield Span(start, cut)
            start = cut


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """Where a text says a name that is kept."""

    span: Span
    group: str
    short: bool


def kept_places(text: str) -> tuple[KeptPlace, ...]:
    """Where a text says a name of keep.toml, longest first at each place, in order.

    >>> [(place.group, place.span) for place in kept_places("Mind and the dwp.")]
    [('charities', Span(start=0, end=4)), ('state', Span(start=13, end=16))]
    """
    return _remembered_places(text) if len(text) <= REMEMBERED else _kept_places(text)


@lru_cache(maxsize=1024)
def _remembered_places(text: str) -> tuple[KeptPlace, ...]:
    return _kept_places(text)


def _kept_places(text: str) -> tuple[KeptPlace, ...]:
    automaton, entries = _kept_automaton()
    places: list[KeptPlace] = []
    for index, start, end in automaton.find_matches_as_indexes(lower_case(text), overlapping=True):
        edges = text[max(0, start - 1) : start], text[end : end + 1]
        if edges[0].isalnum() or edges[1].isalnum() or "_" in edges:
            continue
        kept = entries[index]
        if _written_as(text[start:end], kept.name):
            places.append(KeptPlace(Span(start, end), kept.group, kept.short))
    places.sort(key=lambda place: (place.span.start, -place.span.end))
    outermost: list[KeptPlace] = []
    for place in places:
        if not outermost or place.span.end > outermost[-1].span.end:
            outermost.append(place)
    return tuple(outermost)


def _written_as(written: str, name: str) -> bool:
    written = written.replace("’", "'")
    if " " in name or written == name:
        return True
    if name.isupper():  # acronyms: "dwp" and "DWP", but "me" and "it" are words
        return 2 < len(name) < 5 and written.islower() and written not in context("everyday")
    small = written.islower() and not any(
        written in words for words in (context("everyday"), given_names(), surnames())
    )
    return small or (written.isupper() and len(written) > 3)


def lower_case(text: str) -> str:
    """Lower case of the same length, so that offsets stay, with straight apostrophes."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered.replace("’", "'")
    # "İ" would become two characters
    return "".join(low if len(low := c.lower()) == 1 else c for c in text).replace("’", "'")


def places_of_words(text: str, wanted: Sequence[str]) -> list[Span]:
    """Where a text says one of some words or phrases, whole, in any case, with a possessive or a stray s.

    >>> places_of_words("At Hope House", ["hope house"])
    [Span(start=3, end=13)]
    """
    if not wanted:
        return []
    form = "|".join(_with_endings(lower_case(word)) for word in sorted(wanted, key=len, reverse=True) if word)
    return [Span(*match.span()) for match in re.finditer(rf"(?<!\w)(?:{form})(?!\w)", lower_case(text))]


def _with_endings(word: str) -> str:
    """No stray s where that makes another name of it, as of Robert."""
    return re.escape(word) + ("(?:'s)?" if f"{word}s" in listed_names() else "(?:'?s)?")


@cache
def _kept_automaton() -> tuple[Any, tuple[Kept, ...]]:
    from ahocorasick_rs import AhoCorasick

    entries = kept_names()
    return AhoCorasick([lower_case(entry.name) for entry in entries]), entries


def _unaccented(word: str) -> str:
    """ "seán" is looked up as "sean"."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).translate(STROKES)


def _shape(word: str) -> str:
    if word.isdigit() or word[0].isdigit():
        return "digit"
    if word.islower():
        return "lower"
    if word.isupper():
        return "title" if len(word) == 1 else "upper"
    return "title" if word[0].isupper() and word[1:].islower() else "mixed"


def _shouts(text: str) -> bool:
    capitals = sum(map(str.isupper, text))
    return capitals > 8 and capitals > 0.7 * (letters := sum(map(str.isalpha, text))) and letters > 12


def within(words: Sequence[Word], span: Span) -> list[int]:
    """The indices of the words that a span touches."""
    i = bisect_right(words, span.start, key=lambda word: word.end)
    inside = []
    while i < len(words) and words[i].start < span.end:
        inside.append(i)
        i += 1
    return inside
