"""Figures as hurried people type them: O for 0, l or I for 1, blanks and marks between, digits in words.

Every form here is linear: what repeats is possessive or bounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

FIGURE = r"[\dOoIl]"
"""A digit, or a letter typed for one."""
GAP = r"(?:\s{0,3}[\-–—/\\()]{1,2}\s{0,3}|\.(?!\s)|,(?:\s|(?=\d{4}))(?=\d)|\s{1,4})"
"""What may stand between the groups of one number; a full stop with a blank after it ends a sentence."""
ALONE = r"(?<![^\W_])(?<!\d[.,])"
"""Not in the middle of a word, nor after the point of a sum."""
RUN = re.compile(
    rf"{ALONE}[+(]{{0,3}}(?=[OoIl]{{0,3}}[\s.\-/()]{{0,2}}\d){FIGURE}++(?![^\W\d])"
    rf"(?:{GAP}{FIGURE}++(?![^\W\d]))*+"
)
DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])([/.\-])(?:0?[1-9]|1[0-2])\1(?:(?:19|20)\d\d|\d\d)(?!\1?\d)")
YEAR = re.compile(r"(?:19|20)\d\d")
AFTER_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?\s{1,2}$", re.IGNORECASE)
TOKEN = re.compile(rf"{FIGURE}+")
WORDS = {"i", "l", "o", "il", "ill", "lo", "oil", "lol", "loo", "lil"}
"""Words that are made of letters typed for figures."""
FOR_LETTERS = str.maketrans("OoIl", "0011")

ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SAID = {
    **{word: str(at) for at, word in enumerate(ONES)},
    "oh": "0",
    "o": "0",
    "nought": "0",
    "naught": "0",
    "hundred": "00",
}
TENS = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
    "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
}  # fmt: skip
LEAST_WITH_TENS, NEVER = 9, 999
"""Figures of a number in which some are told in pairs: "oh one four double two, thirty-five, ten"; it begins with 0."""
TIMES = {"double": 2, "treble": 3, "triple": 3}
TOLD = (*ONES, "nought", "naught", *TIMES)
LEAST_OF_TWO, LEAST_OF_ONE_WORD = 9, 10
"""Figures of a number of which two words are told, and of a telephone's of which one is: "01632 960 double 0 1"."""
SAID_FIGURE = (
    rf"(?:(?:(?:double|treble|triple)[\s\-])?(?:{'|'.join(sorted((*SAID, *TENS), key=len, reverse=True))}|\d{{1,9}}))"
)
SPOKEN = re.compile(
    rf"(?<![^\W_]){SAID_FIGURE}(?![^\W_])"
    rf"(?:(?:[\s,\-]{{1,4}}|\s?(?:\.{{2,3}}|…|[\-–])\s?){SAID_FIGURE}(?![^\W_])){{2,20}}+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """Groups of figures that may be one number. `groups`: where each is; `figures`: what digits it means."""

    groups: tuple[tuple[int, int], ...]
    figures: tuple[str, ...]

    @property
    def start(self) -> int:
        return self.groups[0][0]

    @property
    def end(self) -> int:
        return self.groups[-1][1]

    @property
    def number(self) -> str:
        return "".join(self.figures)

    def first(self, count: int) -> "Run":
        """The run's first `count` groups."""
        return self.part(0, count)

    def part(self, at: int, count: int) -> "Run":
        """`count` groups from the one numbered `at`, counted from 0."""
        return Run(self.groups[at : at + count], self.figures[at : at + count])

    def lengths(self) -> list[int]:
        """How many figures its first group has, its first two, and so on: each group is counted once."""
        return list(accumulate(map(len, self.figures)))


@lru_cache(maxsize=4)
def runs_of(text: str) -> tuple[Run, ...]:
    """The runs of figures in a text, in order: no sums of money, and no dates at their head.

    >>> [run.number for run in runs_of("Ring o77OO 9oo-456 now, I paid £20.")]
    ['07700900456']
    """
    return tuple(_runs(text))


def _runs(text: str) -> Iterator[Run]:
    for match in RUN.finditer(text):
        start = match.start()
        mark = text[max(0, start - 2) : start].rstrip()[-1:]
        if mark in {"£", "$", "€"} or (mark == "#" and not text[max(0, start - 2)].isalnum()):  # but "NHS#943 ..."
            continue
        while date := DATE.match(text, start):
            start = date.end()
        groups = [(m.start(), m.end()) for m in TOKEN.finditer(text, start, match.end())]
        if groups and YEAR.fullmatch(text, *groups[0]) and AFTER_MONTH.search(text, max(0, start - 12), start):
            groups.pop(0)  # "3 May 2014 07700 900456": the year is the date's
        while groups and _a_word(text, groups[-1]) and text[groups[-1][0] - 1] not in "-.":
            groups.pop()
        while groups and _a_word(text, groups[0]) and not _opens_number(text, groups):
            groups.pop(0)
        if groups:
            yield Run(tuple(groups), tuple(text[a:b].translate(FOR_LETTERS) for a, b in groups))


def _a_word(text: str, group: tuple[int, int]) -> bool:
    return text[group[0] : group[1]].casefold() in WORDS


def _opens_number(text: str, groups: list[tuple[int, int]]) -> bool:
    """ "O 7700 900456": a nought apart."""
    return text[groups[0][0]] in "Oo" and len(groups) > 1 and text[groups[1][0]] in "127"


def spoken_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Numbers told digit by digit: where, and their figures. Six at least, three of them in words (two in a long one).

    >>> list(spoken_in("It is oh seven double four one two."))
    [(6, 34, '074412')]
    """
    small = text.casefold()
    repeated = any(word in small for word in TIMES)
    if not repeated and sum(small.count(word) for word in (*TOLD, "hundred")) + small.count(" o ") < 2:
        return
    for match in SPOKEN.finditer(text):
        start, said, figures, times, least = match.start(), 0, "", 1, 6
        last = ""
        if (year := YEAR.match(text, start)) and AFTER_MONTH.search(text, max(0, start - 12), start):
            start = match.end() - len(text[year.end() : match.end()].lstrip(" \t\n,-.…–"))
        for word in re.findall(r"[a-z]+|\d+", text[start : match.end()].casefold()):
            if word in TIMES:
                times = TIMES[word]
                said += 1
                continue
            if word in TENS:
                figures, least = figures + TENS[word], LEAST_WITH_TENS if figures[:1] == "0" else NEVER
            elif word in ONES[1:] and figures.endswith("0") and last in TENS:
                figures = figures[:-1] + SAID[word]
            else:
                said += word.isalpha()
                figures += SAID.get(word, word) * times
            times, last = 1, word
        nearly = said == 1 and figures[:1] == "0" and len(figures) >= LEAST_OF_ONE_WORD
        if len(figures) >= least and (said >= 3 or (said == 2 and len(figures) >= LEAST_OF_TWO) or nearly):
            yield start, match.end(), figures


def detail(label: str, start: int, end: int, score: float = 1.0) -> Finding:
    """A detail found by its form."""
    return Finding(Span(start, end), label, IdentifierKind.DIRECT, score, "patterns")
