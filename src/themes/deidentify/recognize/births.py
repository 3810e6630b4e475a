"""Dates of birth: a date in any wording next to a word that says it is one."""

import re
from collections.abc import Iterator, Sequence

from themes.deidentify.wording.figures import FIGURE, detail
from themes.deidentify.wording.vaguer import MONTH, ROMAN_DATE
from themes.records.privacy import Finding
from themes.records.raw import RawDocument

SAID = re.compile(
    r"(?<![^\W_])(?:d\.?\s?o\.?\s?b\.?|date\s(?:of|or)\sbirth|birth\s?date|birthdays?|bday|b['’]day|born|b\.(?=\s\d))(?![^\W_])",
    re.I,
)
SAID_AFTER = re.compile(
    r"[\s,()\-–]{1,3}(?:is|was|being)?\s?(?:my|his|her|their)\s(?:date of birth|birth ?date|birthday|dob)", re.I
)
WORD_DAY = (
    r"(?:(?:twenty|thirty)[\s\-])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
DAY = rf"(?:{FIGURE}{{1,2}}(?:\s?(?:st|nd|rd|th))?|{WORD_DAY})"
DECADE = r"(?:twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety)"
YEAR = (
    rf"(?:['’]?{FIGURE}{{2}}(?:{FIGURE}{{2}})?(?![^\W_])|(?:nineteen[\s\-])?{DECADE}(?:[\s\-](?:one|two|three|four|five|six"
    r"|seven|eight|nine))?|(?:twenty|nineteen)[\s\-](?:oh?[\s\-])?\w{3,8}|two\sthousand(?:\sand)?(?:\s\w{3,6})?)"
)
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
SAID_MONTH = rf"(?:(?:oh|nought|zero)\s(?:{_UNITS})|{_UNITS}|ten|eleven|twelve)"
SAID_DAY = rf"(?:(?:twenty|thirty)(?:[\s\-](?:{_UNITS}))?|{SAID_MONTH}|\w{{3,5}}teen)"
SAID_YEAR = rf"(?:nineteen[\s\-]|twenty[\s\-])?(?:{DECADE}[\s\-](?:{_UNITS})|{DECADE}|(?:oh|nought)\s(?:{_UNITS}))"
MARK = r"(?:\s{0,3}[/.\-–\\,]\s{0,3}|\s{1,3})"
WRITTEN = re.compile(
    rf"(?<![^\W_])(?:(?:the\s)?{DAY}(?:\s{{1,3}}day)?(?:\s{{1,3}}of)?(?:\s{{1,3}}the)?{MARK}?(?:{MONTH}(?![a-z])"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)|{WORD_DAY}))(?:[\s,.\-]{{0,4}}{YEAR})?"
    rf"|{SAID_DAY}[\s,/.\-]{{1,3}}{SAID_MONTH}[\s,/.\-]{{1,3}}{SAID_YEAR}"
    rf"|{ROMAN_DATE}|{MONTH}{MARK}(?:the\s)?{DAY}(?![^\W_])(?:[\s,]{{0,4}}{YEAR})?"
    rf"|{FIGURE}{{1,2}}{MARK}{FIGURE}{{1,2}}{MARK}['’]?{FIGURE}{{2,4}}|\d{{4}}{MARK}\d{{1,2}}{MARK}\d{{1,2}}|\d{{6}}|\d{{8}})"
    r"(?![^\W_])",
    re.IGNORECASE,
)
NEW_SENTENCE = re.compile(r"[.!?]\s+[A-Z]|\n\s*\n|;")
REACH = 45


def find_births(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Dates of birth and birthdays of each document."""
    return [list(births_in(document.text)) for document in documents]


def births_in(text: str) -> Iterator[Finding]:
    """The dates of birth of one text, day and month alone among them.

    >>> text = "I was born on the third of May, sixty-one."
    >>> [finding.span.of(text) for finding in births_in(text)]
    ['the third of May, sixty-one']
    """
    for said in SAID.finditer(text):
        date = WRITTEN.search(text, said.end(), said.end() + REACH + 40)
        if date and _belongs(date, text[said.end() : date.start()]):
            yield _birth(date)
        before = max(0, said.start() - 60)
        for earlier in WRITTEN.finditer(text, before, said.start()):
            if (after := SAID_AFTER.match(text, earlier.end())) and after.end() >= said.end():
                yield _birth(earlier)


def _belongs(date: re.Match[str], between: str) -> bool:
    """Whether what stands between a word of birth and a date keeps them together; a bare number must be near."""
    reach = 12 if date.group().isdigit() else REACH
    return len(between) <= reach and not NEW_SENTENCE.search(between) and not any(c.isdigit() for c in between)


def _birth(date: re.Match[str]) -> Finding:
    return detail("DOB", *date.span())
