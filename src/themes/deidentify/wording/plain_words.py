"""Where a word that is a name elsewhere is none: "mark my words", "will they ring?", "in May", "Joe Public"."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from themes.deidentify.wording.lexicon import all_names, context, ordinary_words, phrases, word_names
from themes.deidentify.wording.roles import KIN, ROLES
from themes.deidentify.wording.words import Word, lower_case, within, words_of
from themes.records.span import Span

AN_AMOUNT = re.compile(r" (?:of|by) [£$€]?\d")
A_DEADLINE = re.compile(r" (?:at the (?:very )?(?:latest|earliest)|(?:this|next|last|that) year)\b", re.IGNORECASE)
ASKING = frozenset({"will", "may", "can"})
SHORTEST = 4
"""Letters of a word whose capital says that a whole phrase is written with capitals."""


@lru_cache(maxsize=1024)
def plain_words(text: str) -> frozenset[int]:
    """The words of a text, by place, that name nobody whatever they are elsewhere: in a set phrase, as a verb, as a
    month.

    >>> words = words_of("Mark my words, said Mark. Will he see Will in May?")
    >>> [words[i].plain for i in sorted(plain_words("Mark my words, said Mark. Will he see Will in May?"))]
    ['mark', 'my', 'words', 'will', 'may']
    """
    words = words_of(text)
    found = set(_in_phrases(text, words))
    for i, word in enumerate(words):
        month = word.plain in context("month_names") and _is_month(text, words, i, found)
        if month or (word.plain in ASKING and _asks(text, words, i)) or _is_verb(text, words, i):
            found.add(i)
    return frozenset(found)


def _in_phrases(text: str, words: Sequence[Word]) -> Iterator[int]:
    automaton, always = _automaton()
    for index, start, end in automaton.find_matches_as_indexes(lower_case(text), overlapping=True):
        if text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum():
            continue
        inside = within(words, Span(start, end))
        if index < always or _says_nothing([words[i] for i in inside]):
            yield from inside


def _says_nothing(phrase: Sequence[Word]) -> bool:
    """Whether no capital in a phrase picks out a name: "no faith", "Faith groups", "Grace Period"; not "no Faith"."""
    whole = [word.capital for word in phrase if word.plain not in all_names() and word.end - word.start >= SHORTEST]
    if whole and all(whole):
        return True
    return all(word.opens or not word.capital for word in phrase if word.plain in all_names())


@cache
def _automaton() -> tuple[Any, int]:
    """What looks for the phrases, and how many of them, the first, hold whatever their capitals."""
    from ahocorasick_rs import AhoCorasick

    always = phrases("names_in_phrases")
    return AhoCorasick([*always, *phrases("set_phrases")]), len(always)


def _before(text: str, words: Sequence[Word], i: int) -> str:
    """The word before one, in small letters; empty where none stands beside it in its sentence."""
    return words[i - 1].plain if i > 0 and not words[i].opens and text[words[i - 1].end : words[i].start] == " " else ""


def _after(text: str, words: Sequence[Word], i: int) -> str:
    beside = i + 1 < len(words) and text[words[i].end : words[i + 1].start] == " "
    return words[i + 1].plain if beside else ""


def _is_month(text: str, words: Sequence[Word], i: int, months: set[int]) -> bool:
    """Whether what stands around a month that is a name as well says that it is the month."""
    before = _before(text, words, i)
    far = _before(text, words, i - 1) if before else ""
    if i + 1 < len(words) and words[i + 1].shape == "digit" and text[words[i].end : words[i + 1].start] in {" ", ", "}:
        return True
    if text.startswith(("'s ", "’s "), words[i].end) and words[i + 1].plain in context("owned_by_months"):
        return True
    if not before:
        return False
    if words[i - 1].shape == "digit":
        return True
    if before == "of":
        return words[i - 2].shape == "digit" or far in context("parts_of_months")
    if before == "by":
        if A_DEADLINE.match(text, words[i].end):
            return True
        return not (far.endswith("ed") or far in context("done_by") | context("posts"))
    if before in {"me", "us"}:
        return far in context("told_when") and not _after(text, words, i)
    if before == "told":
        return far in {"am", "been", "being", "got", "is", "was", "were"}
    if before in {"and", "to", "or"}:
        return i - 2 in months
    return before in context("before_months") and not (before == "in" and far in context("trust"))


def _asks(text: str, words: Sequence[Word], i: int) -> bool:
    """ "Will they ring?", "May I ask?": not "Will rang", and not "so Will I know" with its capital."""
    after = _after(text, words, i)
    free = words[i].opens or words[i].shape == "lower"
    return free and after in context("asked_of") | context("before_objects") | {"be", "not"}


def _is_verb(text: str, words: Sequence[Word], i: int) -> bool:
    """ "Hope it helps", "Rose by 5%", "Sue the council", at the start of a sentence; but not "Sue the manager"."""
    word = words[i]
    if not word.opens:
        return False
    after = _after(text, words, i)
    if word.plain in word_names() and word.plain in ordinary_words() and AN_AMOUNT.match(text, word.end):
        return True
    if word.plain not in context("verbs_and_names"):
        return False
    if after in context("objects") or (word.plain == "hope" and after in context("asked_of") | {"so", "to", "not"}):
        return True
    person = ROLES | KIN | context("person_words")
    near = {each.plain for each in words[i + 2 : i + 4]}
    return after in context("before_objects") and not near & person
