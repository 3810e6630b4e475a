"""Dates of birth, exact dates, months and years, lengths of time and ages, in figures and in words."""

import re
from collections.abc import Sequence

from themes.deidentify.recognize.ages import ages_in
from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.passages import around
from themes.deidentify.wording.vaguer import (
    FIXED_FEASTS,
    MONTH,
    MOVABLE_FEASTS,
    ORDINAL,
    ROMAN_DATE,
    TEENS,
    TENS,
    UNITS,
)
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

WEEKDAY_NAME = r"(?:mon|tues?|wed(?:s|nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"
WEEKDAY = rf"(?:{WEEKDAY_NAME}\.?,? (?:the )?)?"
CLOCK = r"(?:,? \d\d:\d\d(?::\d\d)?(?! ?[ap]m)(?: [+\-]\d{4})?(?!\d))?"
"""The time beside an exact date, as machines write it."""
YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d(?!\d))"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
AND = r"(?: ?[\-–/&] ?| (?:and|to|or|until|till) (?:the )?)"
# In words only before "of": "at first may", "the second March" are no days.
DAYS = (
    rf"(?:{DAY}(?:{AND}{DAY})?(?: day)?[ \-]?(?:of )?[ \-]?"
    rf"|\b(?:{ORDINAL})(?:{AND}(?:{ORDINAL}))?(?: day)? of )"
    r"(?!may (?:be|have|not|also|well|take|need|get|go|come|only|still|even|want|say|seem|look)\b)"
)
NO_CROWD = r"(?! (?:of (?:us|them|you)|people|others|men|women|kids|children|claimants)\b)"
"""After a month: "in june 10 of us went"."""
IN_A_MONTH = (
    rf"(?<=\bin ){MONTH} \d{{1,2}} (?:of\b"
    r"|(?!(?:was|is|his|this|us|as|yes|always|sometimes|perhaps|christmas)\b)[a-z]+s\b)"
)
"""A month in which so many came: "in June 3 letters"."""
ORDINAL_DAY = r"(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)"
DAY_NUMBER, MONTH_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
DATE = re.compile(
    rf"(?<![\w/.\-£]){WEEKDAY}{DAYS}{MONTH}(?![a-z])(?:,?[ \-]{YEAR}(?![\w/]| {MONTH}(?![a-z])){CLOCK}"
    r"| (?:next|last|inst|prox)(?=\.| (?:at|to attend)\b|[,;)\n]|$))?"
    rf"|(?<![\w])(?!{IN_A_MONTH}){WEEKDAY}{MONTH}(?<!may) (?:the )?\d{{1,2}}(?:st|nd|rd|th)?"
    rf"(?:{AND}{ORDINAL_DAY})?(?![\d:/%]){NO_CROWD}"
    rf"(?:,? (?:19|20)\d\d)?(?!\w)"
    rf"|(?<![\w])May (?:the )?\d{{1,2}}(?:st|nd|rd|th)(?:,? (?:19|20)\d\d)?(?!\w)"
    rf"|(?<![\w]){WEEKDAY}{MONTH} the (?:{ORDINAL})\b(?:,? (?:19|20)\d\d)?(?!\w)"
    rf"|(?<![\d/.\-£])(?:{DAY_NUMBER}(?P<mark>[/.\-]){MONTH_NUMBER}|{MONTH_NUMBER}(?P<american>[/\-]){DAY_NUMBER})"
    rf"(?:(?P=mark)|(?P=american))(?:(?:19|20)\d\d|\d\d)(?![\d/]|[.\-]\d){CLOCK}"
    rf"|(?<![\d/.\-£])(?:19|20)\d\d(?P<joint>[\-/.])(?:0[1-9]|1[0-2])(?P=joint){DAY_NUMBER}(?![\d/])",
    re.IGNORECASE,
)
OF_A_MONTH = r"(?: of (?:this|last|next|the (?:same|last|next)) month)"
NO_NOUN = (
    r"(?=\s*(?:$|[.,;:!?)\n–\-]|(?:and|to|at|i|he|she|they|we|it|but|so|then|when|with|from|because|cos"
    r"|this|next|last|n|is"
    r"|was|in (?:the post|person|my|case)|for (?:a|the|my|me|an)|of (?:this|last|next|the|that) (?:month|week))\b))"
    r"(?! ?[/,–\-] ?\d|(?: and|,) (?:the )?(?:\d|first|second|third|last)|\.\d)"
)
"""After a day of the month, not after "the 3rd floor" or "the 4th time"."""
NO_NOUN_YET = (
    rf"(?:{NO_NOUN}|(?= (?:my|our|your|his|her|their|the|me|you|by|until|till|there|nobody|no one|after|before|about"
    r"|around)\b))"
)
"""The same, where somebody goes on to tell what happened: "on the 3rd my adviser rang"."""
NO_NOUN_BESIDE_A_WEEKDAY = (
    rf"(?:{NO_NOUN_YET}|(?= (?:an?|or|on|who|not|as|in|for|that|had|if|though|while|where|again)\b))"
)
"""After a day in words: "Friday the third in Hull", not "the third adviser"."""
_SPELLED_DAY = (
    r"(?:twenty|thirty)[ \-](?:\w{3,6})(?:st|nd|rd|th)|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|eleventh|\w{3,6}teenth|twelfth|twentieth|thirtieth"
)
_FEAST = "|".join(
    sorted((feast.replace("'", "['’]?") for feast in (*FIXED_FEASTS, *MOVABLE_FEASTS)), key=len, reverse=True)
)
_FEAST_DAY = "|".join(
    feast.replace("'", "['’]?")
    for feast in (*FIXED_FEASTS, *MOVABLE_FEASTS)
    if feast.endswith((" day", " eve", " night", "day", "hogmanay"))
)
LOGGED = (
    rf"(?!(?:\d|10)/10\b|\d/5:? (?:stars?|would|overall|from me)\b){DAY_NUMBER}/{MONTH_NUMBER}(?=:? [A-Za-z])"
    r"(?! (?:of|share|split|each|people|marks?)\b)"
    r"(?!(?<=1/[2-8]|\b2/3|\b3/4) (?:an? |the |full )?(?:hours?|hrs?|days?|weeks?|months?|years?|tab(?:let)?s?|pills?"
    r"|doses?|pints?|litres?|bottles?|cups?|tea ?spoons?|tsp|miles?|stone|pounds?|lbs?|price|fare|pay|wages?|rent)\b)"
)
"""A day at the head of a line, no mark out of ten and no half of a thing."""
DAY_ALONE = re.compile(
    r"\b(?:(?:on|til|till|until|by|since|from|before|after|between|dated|around|due|next one|of) "
    rf"(?:the )?(?P<detail>{ORDINAL_DAY}(?:{OF_A_MONTH}(?!\w)|{NO_NOUN_YET}))"
    rf"|(?:on|till?|until|by|since|before|after) (?P<spelled>the (?:{_SPELLED_DAY}){OF_A_MONTH}?){NO_NOUN_YET}"
    rf"|(?P<of_a_month>(?:(?:the )?{ORDINAL_DAY}|the (?:{ORDINAL})){OF_A_MONTH})(?!\w)"
    rf"|between (?:the )?(?P<first>{ORDINAL_DAY} and (?:the )?{ORDINAL_DAY})(?!\w)"
    rf"|(?P<weekday>{WEEKDAY_NAME}\.?,? (?:the )?(?:{ORDINAL_DAY}|(?<=the )(?:{ORDINAL}){NO_NOUN_BESIDE_A_WEEKDAY})"
    r"(?! (?:of|time|floor|\w+ floor)\b)(?!\w))"
    rf"|(?P<ordered>(?:the )?(?:first|second|third|fourth|last) {WEEKDAY_NAME} (?:in|of) {MONTH}(?![a-z])(?: {YEAR})?)"
    rf"|(?P<written>(?:the )?{ORDINAL_DAY} (?:inst|ult|prox)\b)"
    rf"|(?P<roman>(?<![\d/.\-£]){ROMAN_DATE})"
    rf"|(?:on|since|until|till|til|by|before|after|from|dated) (?:the )?(?P<feast>(?:{_FEAST_DAY})(?: "
    r"(?:19|20)\d\d)?)(?!\w)"
    rf"|(?P<feast_year>(?:{_FEAST_DAY})(?: of)?,? (?:19|20)\d\d)(?!\d)"
    rf"|(?P<beside>the (?:day|week|weekend|{WEEKDAY_NAME}) (?:before|after|of) (?:{_FEAST})(?: in| of)? "
    r"(?:19|20)\d\d)(?!\d)"
    rf"|(?P<slashed>(?<![\w/.\-£])(?:(?<=\bon )|(?<=\bby )|(?<=\bsince )|(?<=\bfrom )|(?<=\btill )|(?<=\buntil )"
    rf"|(?<=\bdue )|(?<=\bdated )|(?<=\bdate )|(?<=\bdeadline )|(?<=\bfor )|{WEEKDAY_NAME}\.?,? )"
    rf"(?!(?:1/[2-8]|2/3|3/4)\b){DAY_NUMBER}/{MONTH_NUMBER}(?<!/10)(?<!24/7)"
    r"(?![\d/%]|[.\-]\d| (?:of|share|split|each|years?|yrs|months?|mths|weeks?|wks|days?|hours?|hrs"
    r"|times|people|pounds)\b))"
    rf"|(?:(?<=\n)|(?<![\s\S])(?=[^\n]{{4,150}}\n{{1,2}}{LOGGED}))(?P<logged>{LOGGED})"
    rf"|(?P<from_to>(?<![\w/.\-£]){DAY_NUMBER}/{MONTH_NUMBER} ?(?:to|till|until|[\-–]) ?{DAY_NUMBER}/{MONTH_NUMBER})"
    r"(?![\d/%]|[.\-]\d)"
    rf"|(?P<padded>(?<![\w/.\-£])(?:(?:0[1-9]|[12]\d|3[01])/0[1-9]|(?:0[1-9]|1[3-9]|2\d|3[01])/1[12])(?![\d/%]|[.\-]\d))"
    rf"|(?P<beside_month>the (?:week|weekend|{WEEKDAY_NAME}) (?:before|after|of) (?:the )?(?:{DAY} )?"
    rf"(?:of )?{MONTH}(?![a-z]) (?:19|20)\d\d)(?!\d))",
    re.IGNORECASE,
)
DAY_TOLD = hinted(rf"\d|{ORDINAL}|{_SPELLED_DAY}|last|{_FEAST}|{_FEAST_DAY}", re.IGNORECASE)
"""What an exact date cannot do without, but for its month."""
NEAR = 80
"""Characters before and after it within which all of the date stands, and what is looked at behind it."""
MONTH_YEAR = hinted(
    rf"(?<!\w)(?:{MONTH} (?:and|to|or|until) )?{MONTH}(?: of)?,? (?:19|20)\d\d(?!\d)"
    rf"|(?<![\w/.\-£]){MONTH_NUMBER}/(?:19|20)\d\d(?![\w/])",
    re.IGNORECASE,
)
BIRTH = re.compile(r"\b(?:d[./]?\s?o[./]?\s?b\.?|date of birth|birth ?date|birthday|born)(?!\w)", re.IGNORECASE)
BIRTH_RUN = hinted(
    r"\b(?:d[./]?o[./]?b\.?|date of birth|born(?: on)?)(?:\s?(?:is|was|:|="
    r"|-)){0,2}\s?(?P<detail>\d{1,2}[ /.\-]\d{1,2}[ /.\-]\d{2,4}|\d{6}|\d{8})(?!\d)",
    re.IGNORECASE,
)

BORN_IN = hinted(
    r"\b(?:born(?: back)?(?: in)?|year of birth|birth year)[ :]{1,2}(?P<detail>(?:19|20)\d\d|['’]\d\d)(?!\d)",
    re.IGNORECASE,
)
YEAR_ALONE = hinted(
    r"(?:\b(?:in|since|from|by|until|till|to|of|and|before|after|during|year|around|early|late|mid|spring|summer"
    r"|autumn|winter|christmas|easter)[ \-]|\(|, )"
    r"(?P<detail>(?:19[3-9]|20[0-4])\d(?:(?: ?[\-–/] ?| (?:and|to|or|until) )(?:(?:19|20)\d\d|\d\d))?)"
    r"(?![\w%/]|[,.]\d| ?[\-–] ?\d)(?! [a-z]{2,}s\b(?<!was)(?<!is))",
    re.IGNORECASE,
)
COUNTED = rf"(?:\d{{1,3}}|(?:{'|'.join(TENS)})(?:[ \-](?:{'|'.join(UNITS)}))?|{'|'.join(TEENS)}|{'|'.join(UNITS)})"
LONG_TIME = hinted(
    rf"(?<![\w£.,\-]){COUNTED}(?: and a half)?[ \-](?:years?|months?)(?:(?: and|,) {COUNTED} (?:years?|months?))?\b"
    r"(?![ \-](?:old|of age|young))",
    re.IGNORECASE,
)


def find_dates(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Dates of birth, exact dates, months and years, lengths of time, and ages. policy.toml says which stay."""
    return [dates_in(document.text) for document in documents]


def dates_in(text: str) -> list[Finding]:
    """The dates and ages of one text. A month with its year is found too: the coding profile's policy keeps it.

    >>> sorted({finding.label for finding in dates_in("I am 47, since 3 May 2014.")})
    ['AGE', 'DATE']
    """
    found = []
    passages = around(text, DAY_TOLD.pieces_in(text), before=NEAR, beyond=NEAR)
    for match in (match for passage in passages for match in DATE.finditer(text, *passage)):
        if _points_to_a_birth(text, match):
            found.append(_finding(match.span(), "DOB", 1.0))
        else:
            found.append(_finding(match.span(), "DATE", 0.9))
    for match in (match for passage in passages for match in DAY_ALONE.finditer(text, *passage)):
        group = next(name for name, value in match.groupdict().items() if value and name != "roman_mark")
        found.append(_finding(match.span(group), "DOB" if _points_to_a_birth(text, match) else "DATE", 0.9))
    found.extend(_finding(match.span("detail"), "DOB", 1.0) for match in BIRTH_RUN.finditer(text))
    found.extend(_finding(match.span(), "DATE", 0.7) for match in MONTH_YEAR.finditer(text))
    found.extend(_finding(match.span("detail"), "DOB", 0.9) for match in BORN_IN.finditer(text))
    found.extend(_finding(span, "AGE", 0.9) for span in ages_in(text))
    found.extend(_finding(match.span("detail"), "DATETIME", 0.7) for match in YEAR_ALONE.finditer(text))
    found.extend(_finding(match.span(), "DATETIME", 0.6) for match in LONG_TIME.finditer(text))
    return found


def _points_to_a_birth(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 40) : match.start()]
    spoken = list(BIRTH.finditer(before))
    return bool(spoken) and not re.search(r"[.!?\n]\s", before[spoken[-1].end() :])


def _finding(span: tuple[int, int], label: str, score: float) -> Finding:
    kind = IdentifierKind.DIRECT if label == "DOB" else IdentifierKind.QUASI
    return Finding(Span(*span), label, kind, score, "dates")
