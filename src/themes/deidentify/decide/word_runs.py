"""Runs of held words, what else of a name stands beside them, and how likely log-odds are."""

from collections.abc import Iterator, Sequence

import numpy as np

from themes.deidentify.weigh.evidence import Look
from themes.deidentify.wording.lexicon import all_names, context, surnames, word_names
from themes.deidentify.wording.plain_words import plain_words
from themes.deidentify.wording.roles import TITLES
from themes.deidentify.wording.words import Word
from themes.records.span import Span


def likely_from(odds: float) -> float:
    return round(float(1 / (1 + np.exp(-float(odds)))), 3)


def runs(seen: Look, held: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Runs of held words that stand side by side: start, end."""
    start = None
    for i, yes in enumerate(held):
        if yes and start is None:
            start = i
        if start is not None and (i + 1 == len(held) or not held[i + 1] or not side_by_side(seen.text, seen.words, i)):
            yield start, i + 1
            start = None


def trimmed(seen: Look, start: int, end: int) -> tuple[int, int]:
    """A run without words at its edges that tell nothing."""
    while start < end and seen.words[start].plain in context("phrase_edges"):
        start += 1
    while start < end and seen.words[end - 1].plain in context("phrase_edges"):
        end -= 1
    return start, end


def whole_words(words: Sequence[Word], inside: Sequence[int], span: Span) -> Span:
    """A span with the rest of the words that it cuts through."""
    return Span(min(span.start, words[inside[0]].start), max(span.end, words[inside[-1]].end))


def with_more_of_the_name(seen: Look, held: Sequence[bool]) -> list[bool]:
    """The held words of names, with initials beside them and a nickname's first word: "E. Throssell", "Leanne R",
    "Big Sue"."""
    more = list(held)
    for i in range(len(more) - 2, -1, -1):
        beside = more[i + 1] and side_by_side(seen.text, seen.words, i)
        more[i] = more[i] or (beside and (_leads_a_name(seen, i) or _is_inside_a_name(seen, held, i)))
    for i in range(1, len(more)):
        gap = seen.text[seen.words[i - 1].end : seen.words[i].start]
        initial = is_initial(seen.words[i]) and not _opens(seen, i)
        more[i] = more[i] or (held[i - 1] and gap == " " and (initial or _is_small_initial_after(seen, i)))
        more[i] = more[i] or (more[i - 1] and _is_surname_after_initial(seen, i))
    return more


def with_everyday_words(seen: Look, held: Sequence[bool], likely: Sequence[bool]) -> list[bool]:
    """The held words of names, and right beside them those that only being an everyday word kept out: "ray thatcher",
    "nick g"; or after "ms", which is no title that announces a name for certain.

    Args:
        likely: Whether a word would be held if it were no everyday word.
    """
    more, plain = list(held), plain_words(seen.text)
    for i, word in enumerate(seen.words):
        free = not (held[i] or seen.kept[i] or seen.forms[i].outside or i in plain)
        if not (likely[i] and free and word.plain.isalpha()) or word.plain in context("never") | context("titles"):
            continue
        led = i > 0 and (held[i - 1] or seen.words[i - 1].plain == "ms")
        before = led and seen.text[seen.words[i - 1].end : word.start] == " "
        after = i + 1 < len(held) and held[i + 1] and seen.text[word.end : seen.words[i + 1].start] == " "
        more[i] = before or after
    return more


def _is_surname_after_initial(seen: Look, i: int) -> bool:
    """Whether a word with a capital follows an initial and its full stop: "P. Swallow"."""
    initial, word = seen.words[i - 1 : i + 1]
    gap = seen.text[initial.end : word.start]
    return gap in {". ", "."} and is_initial(initial) and word.capital and word.end - word.start > 1


def _leads_a_name(seen: Look, i: int) -> bool:
    word = seen.words[i]
    if word.end - word.start == 1 and word.plain.isalpha():
        if seen.text[word.end] == "." or (word.capital and word.plain not in "ia"):
            return True
        return _is_second_initial(seen, i) or _is_small_initial_before(seen, i)
    if word.plain not in context("nickname_words"):
        return False
    if word.capital:
        return not word.opens or seen.words[i + 1].capital
    return word.plain in SMALL_TOO and not (i and seen.words[i - 1].plain in context("phrase_edges"))


def _is_second_initial(seen: Look, i: int) -> bool:
    """Whether "I" or "A" follows another initial: "P I Ogundipe"."""
    before = seen.words[i - 1] if i else None
    return before is not None and seen.words[i].capital and is_initial(before) and before.plain not in "ia"


def _is_small_initial_before(seen: Look, i: int) -> bool:
    """Whether a small letter is an initial before a surname, which is small as well: "d mcelhinney"."""
    surname = seen.words[i + 1]
    if i and seen.words[i - 1].plain in context("lettered_things"):
        return False  # "section b okonjo filled in"
    return seen.words[i].plain not in SAID_AS_WORDS and surname.shape == "lower" and surname.plain not in all_names()


def _is_small_initial_after(seen: Look, i: int) -> bool:
    """Whether a small letter is an initial after a given name, which is small as well: "moses p"."""
    name, letter = seen.words[i - 1 : i + 1]
    alone = letter.end - letter.start == 1 and letter.shape == "lower" and seen.text[letter.end : letter.end + 1] != "'"
    given = name.plain in all_names() or name.plain not in surnames()
    return alone and given and name.shape == "lower" and letter.plain not in SAID_AS_WORDS


SAID_AS_WORDS = frozenset("ainorsuwxy")
"""Letters that are words of their own where people write as they text: "n sharon", "sharon u there", "love jo x"."""
SMALL_TOO = frozenset({"big", "little"})
"""Words before a name that are part of it in small letters, too, unless "my" or "the" stands before: "big linda"."""


def _is_inside_a_name(seen: Look, held: Sequence[bool], i: int) -> bool:
    """Whether a word is one of those between a title or a given name and the rest of the name: "Mrs van der Post"."""
    inside = context("name_particles")
    if i == 0 or seen.words[i].plain not in inside or not side_by_side(seen.text, seen.words, i - 1):
        return False
    before = seen.words[i - 1].plain
    return held[i - 1] or before in TITLES or (before in inside and _is_inside_a_name(seen, held, i - 1))


def is_initial(word: Word) -> bool:
    """Whether a word is one letter, a capital."""
    return word.end - word.start == 1 and word.capital


def _opens(seen: Look, i: int) -> bool:
    """Whether a letter is a word of its own: "I", or "A" before another word."""
    return seen.words[i].plain in "ia"


def side_by_side(text: str, words: Sequence[Word], i: int) -> bool:
    """Whether a word and the next could be of one name by what stands between them."""
    gap = text[words[i].end : words[i + 1].start]
    return gap in {" ", "-", "\u00a0", "\n"} or (gap in {". ", "."} and words[i].end - words[i].start == 1)


def is_no_part(word: Word, *, of_known: bool) -> bool:
    """Whether a word beside a name is never part of it: a title, "big" in "big Dave", "and" between two. Those may be
    in a name of several words that somebody is known by."""
    if word.plain in context("titles_only"):
        return True
    small = word.shape == "lower" and not of_known
    return small and (word.plain in context("nickname_words") or word.plain in NEVER_SMALL)


NEVER_SMALL = context("never") - context("month_names") - word_names()
