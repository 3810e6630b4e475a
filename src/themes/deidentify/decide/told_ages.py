"""Ages that the weights hear where no form of `ages` tells them: "Mum 42, long-term sick", "Ivy is ninety"."""

import re
from collections.abc import Iterator

from themes.deidentify.decide.word_runs import likely_from
from themes.deidentify.recognize.ages import NO_CROWD, NOT_COUNTING
from themes.deidentify.weigh.evidence import Look
from themes.deidentify.weigh.hearing import Odds
from themes.deidentify.wording.vaguer import ONE_AFTER_TENS, TEENS, TENS, UNITS
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

LENGTH = r"(?:y|yo|yrs?|years?|m|mths?|months?|w|wks?|weeks?|days?)"
AFTER_TENS = "|".join((*UNITS, *ONE_AFTER_TENS))
SPELLED = rf"(?:{'|'.join(TENS)})(?:-(?:{AFTER_TENS}))?|{'|'.join(TEENS)}|{'|'.join(UNITS)}"
NUMBER = re.compile(rf"[mf]?(?:1[01]\d|[1-9]\d?)(?:-?{LENGTH})?|{SPELLED}")
"""A word that may be an age: a number of 1 to 119, and what some write together with it."""
MEASURE = re.compile(r"(?<=\d)[mw]$|(?<=[\s\-])[mw]$", re.IGNORECASE)
"""What a number ends in that measures or counts in millions, "20m", unless "old" follows; `ages` tells who is "20m"."""
OLD = re.compile(r"[ \-]?(?:old|auld)\b", re.IGNORECASE)
MORE = re.compile(
    rf"(?:(?<=ty)[ \-](?:{AFTER_TENS})\b)?(?: and an? (?:half|bit)\b)?(?:[ \-]?{LENGTH}\b(?:[ \-]?(?:old|auld)\b)?)?",
    re.I,
)
"""What belongs to the age after it: "two and a half", "18 months"."""


COUNTING_OR_VAGUE = re.compile(rf"(?!{NOT_COUNTING}{NO_CROWD})|\s?-?(?:°|%|F\b)")
"""What follows a number that counts something, or is vague already, and no age; not asked after "18 months"."""
PART_OF = re.compile(r"(?:[£$€#.:/]|\bof |\bonly |\bthe |[^\W_][\-_\\])$", re.IGNORECASE)
"""What stands before such a number, or before one that is part of a code or a road's: "the 36 bus", "L-quill-42"."""
CODE_GOES_ON = re.compile(r"[\-_/\\](?![mf]\b)[^\W_]", re.IGNORECASE)


def may_be_an_age(word: str) -> bool:
    """Whether a word in small letters is a number that somebody's age may be.

    >>> [may_be_an_age(word) for word in ("47", "f47", "sixty-two", "11wks", "1998", "once")]
    [True, True, True, True, False, False]
    """
    return NUMBER.fullmatch(word) is not None


def told_ages(seen: Look, odds: Odds, cut: float) -> Iterator[Finding]:
    """Numbers that the weights hold to be ages, by the log-odds of each word, shape (n_words,)."""
    for i, word in enumerate(seen.words):
        if odds[i] <= cut or not may_be_an_age(word.plain):
            continue
        more = MORE.match(seen.text, word.end)
        end = more.end() if more else word.end
        if MEASURE.search(seen.text, word.start, end) and not OLD.match(seen.text, end):
            continue
        before = PART_OF.search(seen.text, max(0, word.start - 5), word.start)
        part = before or COUNTING_OR_VAGUE.match(seen.text, end) or CODE_GOES_ON.match(seen.text, end)
        if end > word.end or not part:
            yield Finding(Span(word.start, end), "AGE", IdentifierKind.QUASI, likely_from(float(odds[i])), "told-age")
