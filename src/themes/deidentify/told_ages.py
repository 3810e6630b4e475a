"""Ages that the weights hear where no form of `ages` tells them: "Mum 42, long-term sick", "Ivy is ninety"."""

import re
from collections.abc import Iterator

from themes.deidentify.ages import NO_CROWD, NOT_COUNTING
from themes.deidentify.evidence import Look
from themes.deidentify.hearing import Odds
from themes.deidentify.vaguer import TEENS, TENS, UNITS
from themes.deidentify.word_runs import likely_from
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

LENGTH = r"(?:y|yo|yrs?|years?|m|mths?|months?|w|wks?|weeks?|days?)"
SPELLED = rf"(?:{'|'.join(TENS)})(?:-(?:{'|'.join(UNITS)}))?|{'|'.join(TEENS)}|{'|'.join(UNITS)}"
NUMBER = re.compile(rf"[mf]?(?:1[01]\d|[1-9]?\d)(?:-?{LENGTH})?|{SPELLED}")
"""A word that may be an age: a number of up to 119, and what some write together with it."""
MORE = re.compile(
    rf"(?:(?<=ty)[ \-](?:{'|'.join(UNITS)})\b)?(?: and an? (?:half|bit)\b)?(?:[ \-]?{LENGTH}\b(?:[ \-]?old\b)?)?", re.I
)
"""What belongs to the age after it: "two and a half", "18 months"."""


COUNTING_OR_VAGUE = re.compile(rf"(?!{NOT_COUNTING}{NO_CROWD})|\s?-?(?:°|%|F\b)")
"""What follows a number that counts something, or is vague already, and no age; not asked after "18 months"."""
PART_OF = re.compile(r"(?:[£$€#.:/]|\bof |\bonly )$", re.IGNORECASE)
"""What stands before such a number."""


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
        before = PART_OF.search(seen.text, max(0, word.start - 5), word.start)
        if end > word.end or not (before or COUNTING_OR_VAGUE.match(seen.text, end)):
            yield Finding(Span(word.start, end), "AGE", IdentifierKind.QUASI, likely_from(float(odds[i])), "told-age")
