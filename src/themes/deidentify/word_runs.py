"""Runs of held words, and how likely log-odds are."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from themes.deidentify.evidence import Look
from themes.deidentify.lexicon import all_names, context, more_surnames, surnames
from themes.deidentify.roles import MET, TITLES
from themes.deidentify.words import Word
from themes.records.span import Span


def likely_from(odds: float) -> float:
    return round(float(1 / (1 + np.exp(-odds))), 3)


def runs(seen: Look, held: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Runs of held words that stand side by side: start, end."""
    start = None
    for i, yes in enumerate(held):
        if yes and start is None:
            start = i
        if start is not None and (i + 1 == len(held) or not held[i + 1] or not _side_by_side(seen.text, seen.words, i)):
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
        beside = more[i + 1] and _side_by_side(seen.text, seen.words, i)
        more[i] = more[i] or (beside and (_leads_a_name(seen, i) or _is_inside_a_name(seen, held, i)))
    for i in range(1, len(more)):
        gap = seen.text[seen.words[i - 1].end : seen.words[i].start]
        initial = _is_initial(seen.words[i]) and not _opens(seen, i)
        more[i] = more[i] or (held[i - 1] and gap == " " and (initial or _is_small_initial_after(seen, i)))
        more[i] = more[i] or (more[i - 1] and _is_surname_after_initial(seen, i))
    return more


def with_namesakes(seen: Look, held: Sequence[bool], likely: Sequence[bool]) -> list[bool]:
    """The held words of names, and right beside them those that only a famous name keeps: "Ray Thatcher", "Phil
    Goodall" where everybody knows a Dr Phil; a firm's after a title or a name alone: "Mr Reed", "Sarah Reed".

    Args:
        likely: Whether a word would be held if no list kept it.
    """
    more = list(held)
    for i, word in enumerate(seen.words):
        group = seen.kept[i].removesuffix("+s")
        if not (likely[i] and word.capital and group in NAMESAKES):
            continue
        before = i > 0 and held[i - 1] and _side_by_side(seen.text, seen.words, i - 1)
        if group in FAMOUS:
            after = i + 1 < len(held) and held[i + 1] and _side_by_side(seen.text, seen.words, i)
            more[i] = more[i] or before or after
        if group != "people" and all(part in _names() for part in word.plain.split("-")):
            initial = i > 0 and _is_initial(seen.words[i - 1])
            same_line = i > 0 and (initial or seen.text[seen.words[i - 1].end] == " ")
            met = group in FIRMS and said_of_somebody_met(seen, i)
            more[i] = more[i] or (before and same_line) or _is_titled(seen, i) or met
    return more


FAMOUS = frozenset({"people", "culture"})
"""Groups of keep.toml that are names of people above all."""
FIRMS = frozenset({"providers", "employers"})
NAMESAKES = FAMOUS | FIRMS | {"charities"}
"""Groups names of which are people's as well; "my nurse Macmillan" is a charity's nurse."""


@cache
def _names() -> frozenset[str]:
    return surnames() | more_surnames() | all_names()


def _is_titled(seen: Look, i: int) -> bool:
    """Whether "Mr" and its like stand before a word, or before the initials before it; not as part of what is kept."""
    group = seen.kept[i]
    while i > 1 and _is_initial(seen.words[i - 1]):
        i -= 1
    if i == 0 or seen.text[seen.words[i - 1].end : seen.words[i].start] not in {" ", ". "}:
        return False
    return seen.kept[i - 1] != group and seen.words[i - 1].plain in context("titles_only")


MET_AFTER = re.compile(
    r" (?:is|was) (?:my|our|his|her|their) (?P<who>[\w\-]+(?: [\w\-]+)?)"
    r"|(?:,| \() ?(?:my|our|his|her|their) (?P<apposed>[\w\-]+(?: [\w\-]+)?)(?=[,.;:!?)\n]|$)"
)
"""Who somebody is, told after the name: "is my social worker", ", my neighbour,"."""
CALLED_BY_NAME = MET - {"employer"}
LEADS = context("links") - {"at", "time"}
"""Between a role and the name, not "my adviser at Reed"."""
LONGEST_NAME = 8
"""Words of a name that is kept, and of what leads to it, that are looked at."""


def said_of_somebody_met(seen: Look, i: int) -> bool:
    """Whether a famous name is said of "my adviser", "my uncle" and their like: right after them, after "is" or
    "called", or before "is my neighbour"."""
    first, last = i, i
    while first and i - first < LONGEST_NAME and seen.kept[first - 1] == seen.kept[i]:
        first -= 1
    while last + 1 < len(seen.words) and last - i < LONGEST_NAME and seen.kept[last + 1] == seen.kept[i]:
        last += 1
    role = first - 1
    while role > max(0, first - LONGEST_NAME) and seen.words[role].plain in LEADS and not seen.words[role].opens:
        role -= 1
    if role >= 0 and seen.words[role].plain in CALLED_BY_NAME:
        return not re.search(r"[.!?\n]", seen.text[seen.words[role].end : seen.words[first].start])
    told = MET_AFTER.match(seen.text, seen.words[last].end)
    if told is None:
        return False
    roles = told["who"].split() if told["who"] else told["apposed"].split()[-1:]
    return any(
        word.casefold() in CALLED_BY_NAME or word.casefold().removesuffix("s") in CALLED_BY_NAME for word in roles
    )


def _is_surname_after_initial(seen: Look, i: int) -> bool:
    """Whether a word with a capital follows an initial and its full stop: "P. Swallow"."""
    initial, word = seen.words[i - 1 : i + 1]
    gap = seen.text[initial.end : word.start]
    return gap in {". ", "."} and _is_initial(initial) and word.capital and word.end - word.start > 1


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
    return before is not None and seen.words[i].capital and _is_initial(before) and before.plain not in "ia"


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
    if i == 0 or seen.words[i].plain not in inside or not _side_by_side(seen.text, seen.words, i - 1):
        return False
    before = seen.words[i - 1].plain
    return held[i - 1] or before in TITLES or (before in inside and _is_inside_a_name(seen, held, i - 1))


def _is_initial(word: Word) -> bool:
    return word.end - word.start == 1 and word.capital


def _opens(seen: Look, i: int) -> bool:
    """Whether a letter is a word of its own: "I", or "A" before another word."""
    return seen.words[i].plain in "ia"


def _side_by_side(text: str, words: Sequence[Word], i: int) -> bool:
    gap = text[words[i].end : words[i + 1].start]
    return gap in {" ", "-", "\u00a0", "\n"} or (gap in {". ", "."} and words[i].end - words[i].start == 1)
