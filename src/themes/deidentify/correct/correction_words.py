"""Where the words of a correction mean the same, and where they stand in a text that was changed since."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from themes.deidentify.wording.lexicon import is_wide, ordinary_words, places, plain_names
from themes.deidentify.wording.words import POSSESSIVE, lower_case, words_of
from themes.records.correction import Reach
from themes.records.span import Span

PIECE = re.compile(r"[^\W_]+(?:['’`][^\W\d_]+)*")
NEAR = 20
"""Characters before and after a stretch by which its place is known again."""
DESCRIBES = frozenset(
    {"AGE", "DATE", "DOB", "DATETIME", "QUANTITY", "DEMOG", "DEM", "CONDITION", "JOB", "EVENT", "MISC"}
)
"""Kinds that say something of one person where they stand, and nothing of anybody elsewhere: "47", "deaf"."""
FEWEST_FIGURES = 6
"""A number of so many figures is the same number wherever it stands."""


def whole_words(text: str, span: Span) -> Span:
    """The stretch with the words that it cuts in half made whole. A hyphen divides words, a possessive ending is none.

    >>> [whole_words("Ask O'Brien's Leeds-based boss", Span(*at)) for at in ((6, 8), (14, 16), (4, 12))]
    [Span(start=4, end=11), Span(start=14, end=19), Span(start=4, end=12)]
    """
    start, end = span.start, span.end
    for match in PIECE.finditer(text):
        first, last = match.start(), match.start() + len(POSSESSIVE.sub("", match.group()) or match.group())
        start = first if first < span.start < last else start
        end = last if first < span.end < last else end
    return Span(start, end)


def usual_reach(label: str, words: str) -> Reach:
    """How far a missed mask goes if nobody says so: as far as its words mean the same.

    >>> [str(usual_reach(*each)) for each in (("PERSON", "Bronwen Price"), ("PERSON", "Hope"), ("AGE", "47"))]
    ['corpus', 'thread', 'here']
    """
    if label in DESCRIBES:
        return Reach.HERE
    if not any(map(str.isalpha, words)):
        return Reach.CORPUS if sum(map(str.isdigit, words)) >= FEWEST_FIGURES else Reach.HERE
    ambiguous = not is_only_a_name(words) if label == "PERSON" else is_everyday(words)
    return Reach.THREAD if ambiguous else Reach.CORPUS


def is_everyday(words: str) -> bool:
    """Whether it is one word, and one that people use for other things than names.

    >>> is_everyday("Price"), is_everyday("Bronwen"), is_everyday("Rose Price")
    (True, False, False)
    """
    said = [word.plain for word in words_of(words)]
    return len(said) == 1 and said[0] in ordinary_words() - plain_names()


def is_only_a_name(words: str) -> bool:
    """Whether words can be nothing but a person's name: several, or one that is neither an everyday word nor a place.

    >>> is_only_a_name("Bronwen"), is_only_a_name("Price"), is_only_a_name("Preston"), is_only_a_name("Rose Price")
    (True, False, False, True)
    """
    plain = " ".join(word.plain for word in words_of(words))
    return not (is_everyday(words) or plain in places() or is_wide(plain))


def said_as(words: str, text: str) -> list[Span]:
    """Where a text says the words as a name: an everyday word counts only in the case in which it was marked.

    >>> said_as("Deal", "Deal is by the sea, a good deal of it")
    [Span(start=0, end=4)]
    """
    return [span for span in every(words, text) if not is_everyday(words) or span.of(text) == words]


def every(words: str, text: str) -> list[Span]:
    """Where a text says the words, whole and in any case, any white space between them; in order.

    >>> every("Vale  House", "at vale house, not at Vale Houses")
    [Span(start=3, end=13)]
    """
    form = r"\s+".join(re.escape(piece) for piece in lower_case(words).split())
    return [Span(*match.span()) for match in re.finditer(rf"(?<!\w){form}(?!\w)", lower_case(text))] if form else []


def places_to_mask(text: str, *, span: Span, words: str) -> list[Span]:
    """Where words that must be masked stand: at their place; if the text was changed there, wherever it says them."""
    return [span] if span.of(text) == words else every(words, text)


@dataclass(frozen=True, slots=True)
class Around:
    """What stood around a stretch, by which its place is known again: no words, for they may be somebody else's."""

    before: int
    """Characters, up to NEAR; as many `after`."""
    after: int
    digest: str
    """Keyed digest of the stretch with what stood before and after it."""


def around(text: str, span: Span, digest: Callable[[str], str]) -> Around:
    """What stands around a stretch.

    Args:
        digest: Keyed by the vault.
    """
    start, end = max(0, span.start - NEAR), min(len(text), span.end + NEAR)
    return Around(span.start - start, end - span.end, digest(text[start:end]))


def place_to_keep(text: str, *, span: Span, words: str, near: Around, digest: Callable[[str], str]) -> Span | None:
    """Where words that may be read stand: at their place, with the same words around them. If the text was changed,
    where alone it says the same with the same around it; None if that is nowhere, or in two places."""

    def same(start: int) -> bool:
        first, last = start - near.before, start + len(words) + near.after
        return first >= 0 and text.startswith(words, start) and digest(text[first:last]) == near.digest

    if same(span.start):
        return span
    starts = [match.start() for match in re.finditer(f"(?={re.escape(words)})", text) if same(match.start())]
    return Span(starts[0], starts[0] + len(words)) if len(starts) == 1 and near.before + near.after else None
