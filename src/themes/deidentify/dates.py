"""Dates of birth, exact dates, months and years, lengths of time and ages, in figures and in words."""

import re
from collections.abc import Sequence

from themes.deidentify.vaguer import MONTH, ORDINAL, TEENS, TENS, UNITS
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,? (?:the )?)?"
YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d(?!\d))"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
AND = r"(?: ?[\-–/&] ?| (?:and|to|or|until|till) (?:the )?)"
# In words only before "of": "at first may", "the second March" are no days.
DAYS = (
    rf"(?:{DAY}(?:{AND}{DAY})?(?: day)?[ \-]?(?:of )?[ \-]?"
    rf"|\b(?:{ORDINAL})(?:{AND}(?:{ORDINAL}))?(?: day)? of )"
    r"(?!may (?:be|have|not|also|well|take|need|get|go|come|only|still|even|want|say|seem|look)\b)"
)
DAY_NUMBER, MONTH_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
DATE = re.compile(
    rf"(?<![\w/.\-£]){WEEKDAY}{DAYS}{MONTH}(?![a-z])(?:,?[ \-]{YEAR}(?![\w/]))?"
    rf"|(?<![\w]){WEEKDAY}{MONTH}(?<!may) (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?![\d:/%])(?:,? (?:19|20)\d\d)?(?!\w)"
    rf"|(?<![\w])May (?:the )?\d{{1,2}}(?:st|nd|rd|th)(?:,? (?:19|20)\d\d)?(?!\w)"
    rf"|(?<![\w]){WEEKDAY}{MONTH} the (?:{ORDINAL})\b(?:,? (?:19|20)\d\d)?(?!\w)"
    rf"|(?<![\d/.\-£])(?:{DAY_NUMBER}(?P<mark>[/.\-]){MONTH_NUMBER}|{MONTH_NUMBER}(?P<american>[/\-]){DAY_NUMBER})"
    r"(?:(?P=mark)|(?P=american))(?:(?:19|20)\d\d|\d\d)(?![\d/]|[.\-]\d)"
    rf"|(?<![\d/.\-£])(?:19|20)\d\d(?P<joint>[\-/.])(?:0[1-9]|1[0-2])(?P=joint){DAY_NUMBER}(?![\d/])",
    re.IGNORECASE,
)
MONTH_YEAR = re.compile(
    rf"(?<!\w)(?:{MONTH} (?:and|to|or|until) )?{MONTH}(?: of)?,? (?:19|20)\d\d(?!\d)"
    rf"|(?<![\w/.\-£]){MONTH_NUMBER}/(?:19|20)\d\d(?![\w/])",
    re.IGNORECASE,
)
BIRTH = re.compile(r"\b(?:d[./]?\s?o[./]?\s?b\.?|date of birth|birth ?date|birthday|born)(?!\w)", re.IGNORECASE)
BIRTH_RUN = re.compile(
    r"\b(?:d[./]?o[./]?b\.?|date of birth|born(?: on)?)(?:\s?(?:is|was|:|="
    r"|-)){0,2}\s?(?P<detail>\d{1,2}[ /.\-]\d{1,2}[ /.\-]\d{2,4}|\d{6}|\d{8})(?!\d)",
    re.IGNORECASE,
)

NUMBER = (
    rf"(?:1[01]\d|\d{{1,2}}|(?:{'|'.join(TENS)})(?:[ \-](?:{'|'.join(UNITS)}))?|{'|'.join(TEENS)}|{'|'.join(UNITS)})"
)
GROWN = rf"(?:1[3-9]|[2-9]\d|(?:{'|'.join(TENS)})(?:[ \-](?:{'|'.join(UNITS)}))?|{'|'.join(list(TEENS)[3:])})"
FAMILY = (
    r"(?:wife|husband|partner|mum|mam|mom|mother|dad|father|son|daughter|brother|sister|nan|gran|granny"
    r"|grandad|grandma|uncle|aunt|auntie|cousin|nephew|niece|"
    r"friend|mate|boyfriend|girlfriend|fianc[eé]e?|stepson|stepdaughter|twin|lad|girl|boy|baby|kid|child"
    r"|youngest|oldest|eldest|ex)"
)
# What may follow an age that is said without "years old": the end, a mark, or a word that no counted thing begins with.
NO_UNIT = (
    r"(?=\s*(?:$|[.,;:!?)\n(–\-]|(?:now|and|this|next|last|with|but|so|when|then|who|yet|still|already|today"
    r"|tomorrow|or so|ish|soon|i|because|since|while|which|though|although|having|living|by|"
    r"at the time|in (?:a|the|my|"
    rf"{MONTH})|on {MONTH}|on (?:my|the|benefits)|at christmas)\b))(?![.,:]\d|%| ?[\-–] ?\d)"
)
# "20m" is a length or a sum, "20 female" a crowd, unless somebody is being described.
DESCRIBED = (
    rf"\b(?:i|i ?['’]?a?m|(?:s?he|who) ?(?:is|['’]s)|they ?(?:are|['’]re)|single|hi|hello|{FAMILY}|man|woman|bloke"
    r"|lady)[,:]? (?:an? )?"
)
OPENING = r"(?:^|[.!?\n(\[]) ?"
NO_CROWD = r"(?! ?,? ?/? ?(?:fe)?male(?: and \d| (?!is\b|was\b|has\b)\w+s\b| (?:staff|people|men|women)\b))"
NO_LENGTH = r"(?!. ?(?:from|away|off|long|high|deep|wide|tall|of|to|up|down|above|below|back|behind|past|in front)\b)"
AGES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        (
            rf"\b(?:aged?|age is|age was|age of|age:|ages) ?(?P<age>{NUMBER})\b(?!%|[.]\d|[ \-](?:to|and|or) \d"
            rf"| ?[–\-] ?\d)"
        ),
        (
            rf"(?<![\w£.,])(?P<age>{NUMBER}[ \-]?(?:years?|yrs?|y)?\.?[ \-]?(?:old|olds|of age|young))\b(?! (?:age"
            rf"|friend|boy network))"
        ),
        rf"(?<![\w£.,])(?P<age>{NUMBER}[ \-]?(?:y[./]?o|yrs? o))\b",
        (
            rf"\b(?:I ?['’]?a?m|I was|I['’]?ll be|I will be|(?:s?he|who|they) ?(?:is|['’]?s|was|are|were|['’]?re"
            rf"|will be)|{FAMILY}(?: [a-z]+)? ?(?:is|['’]s|was|will be))"
            rf"(?: (?:now|only|just|nearly|almost|already|over|about|around|still|turning|approaching|coming up to"
            rf"|pushing|gone|a|well))* (?P<age>{GROWN}){NO_UNIT}"
        ),
        (
            rf"\b(?:my|our|his|her|their) (?:\w+ )?{FAMILY}(?: \w+)? ?(?:is|['’]s|was)(?: (?:only|just|now|nearly"
            rf"|almost))? (?P<age>\d|{'|'.join(UNITS)}|ten|eleven|twelve)(?=\s*(?:$|[.,;!?\n]|and\b|now\b))"
        ),
        (
            rf"\b(?:turned|turning|turn|nearly|almost|approaching|pushing|nearing|just gone|being|when I was"
            rf"|since I was|till I was|until I was|before I was|now) (?P<age>{GROWN}){NO_UNIT}"
        ),
        (
            rf"\bat (?P<age>(?:1[89]|[2-9]\d|(?:{'|'.join(TENS)})(?:[ \-](?:{'|'.join(UNITS)}))?))(?= (?:I|you|he"
            rf"|she|nobody|no ?one|who|with|my|and|years)\b|[,.](?!\d)| I['’]m| it['’]s)(?! and \d)"
        ),
        rf"\b{FAMILY}(?: [A-Z]\w+)?, (?P<age>{GROWN}|\d),",
        r"(?<=[^\W\d]), (?P<age>[1-9]\d),? (?=[a-z])",
        (
            rf"\b(?:man|woman|bloke|lady|person|claimant|adult|{FAMILY}) of (?P<age>{GROWN})\b(?! (?:them|us|the"
            rf"|those|these|people))"
        ),
        r"(?<=\()(?P<age>[1-9]\d)(?=\))|(?<=\()(?:m|f|male|female)[ ,/]*(?P<other>[1-9]\d)(?=\))",
        (
            rf"(?:{DESCRIBED}[(\[]?|{OPENING})(?P<age>[1-9]\d)[ ,/]{{0,2}}(?=(?:fe)?male\b){NO_CROWD}"
            rf"|(?<![\w£$€.,])(?P<other>[1-9]\d)(?:, ?| ?/ ?)(?=(?:fe)?male\b){NO_CROWD}"
            r"|\b(?:male|female)[ ,/]{1,2}(?P<third>[1-9]\d)\b(?!%| ?%)"
        ),
        (
            rf"{DESCRIBED}[(\[]?(?P<age>[1-9]\d)(?=[MF]\b){NO_LENGTH}"
            rf"|(?:\bme [(\[]|\b(?:me|as an?) (?=..(?-i:[MF])))(?P<other>[1-9]\d)(?=[MF]\b){NO_LENGTH}"
            r"|[(\[](?P<third>[1-9]\d)(?=(?-i:[MF])[)\],;/ ])"
            rf"|{OPENING}(?P<fourth>[1-9]\d)(?=(?-i:[MF])(?:[,.]| (?:here|with|from|single|living|who|ex|disabled"
            r"|looking)\b))"
        ),
        (
            r"\b(?:my|his|her|their|our|'s|’s) (?P<age>(?:1[3-9]|[2-9]\d)(?:st|nd|rd|th)|twenty[ \-]?first"
            r"|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth)(?= birthday| year|[.,;!]| this"
            r"| next| last| in )"
        ),
        rf"(?:^|[.!?\n] ?)(?P<age>{GROWN})(?= (?:now|here|this|next)\b)",
    )
)
AGE_HINT = re.compile(rf"\d|\b(?:{'|'.join((*TENS, *TEENS, *UNITS))})|tieth\b", re.IGNORECASE)
BORN_IN = re.compile(
    r"\b(?:born(?: back)?(?: in)?|year of birth|birth year)[ :]{1,2}(?P<detail>(?:19|20)\d\d|['’]\d\d)(?!\d)",
    re.IGNORECASE,
)
YEAR_ALONE = re.compile(
    r"(?:\b(?:in|since|from|by|until|till|to|of|and|before|after|during|year|around|early|late|mid|spring|summer"
    r"|autumn|winter|christmas|easter)[ \-]|\(|, )"
    r"(?P<detail>(?:19[3-9]|20[0-4])\d(?:(?: ?[\-–/] ?| (?:and|to|or|until) )(?:(?:19|20)\d\d|\d\d))?)"
    r"(?![\w%/]|[,.]\d| ?[\-–] ?\d)(?! [a-z]{2,}s\b(?<!was)(?<!is))",
    re.IGNORECASE,
)
COUNTED = rf"(?:\d{{1,3}}|(?:{'|'.join(TENS)})(?:[ \-](?:{'|'.join(UNITS)}))?|{'|'.join(TEENS)}|{'|'.join(UNITS)})"
LONG_TIME = re.compile(
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
    for match in DATE.finditer(text):
        if _points_to_a_birth(text, match):
            found.append(_finding(match.span(), "DOB", 1.0))
        else:
            found.append(_finding(match.span(), "DATE", 0.9))
    found.extend(_finding(match.span("detail"), "DOB", 1.0) for match in BIRTH_RUN.finditer(text))
    found.extend(_finding(match.span(), "DATE", 0.7) for match in MONTH_YEAR.finditer(text))
    found.extend(_finding(match.span("detail"), "DOB", 0.9) for match in BORN_IN.finditer(text))
    for form in AGES if AGE_HINT.search(text) else ():
        for match in form.finditer(text):
            group = next(name for name, value in match.groupdict().items() if value)
            found.append(_finding(match.span(group), "AGE", 0.9))
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
