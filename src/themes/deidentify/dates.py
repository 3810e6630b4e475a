"""Dates of birth, exact dates and ages, in figures and in words; and what each becomes when it is made vaguer."""

import re
from collections.abc import Sequence

from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,? (?:the )?)?"
YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d(?!\d))"
DATE = re.compile(
    rf"(?<![\w/.\-£]){WEEKDAY}\d{{1,2}}(?:st|nd|rd"
    rf"|th)?(?: day)?[ \-]?(?:of )?[ \-]?{MONTH}(?![a-z])(?:,?[ \-]{YEAR}(?![\w/]))?"
    rf"|(?<![\w]){WEEKDAY}{MONTH}(?<!may) (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?![\d:/%])(?:,? (?:19|20)\d\d)?(?!\w)"
    rf"|(?<![\w])May (?:the )?\d{{1,2}}(?:st|nd|rd|th)(?:,? (?:19|20)\d\d)?(?!\w)"
    r"|(?<![\d/.\-£])(?:0?[1-9]|[12]\d|3[01])(?P<mark>[/.\-])(?:0?[1-9]|1[0-2])(?P=mark)(?:(?:19|20)\d\d"
    r"|\d\d)(?![\d/]|[.\-]\d)"
    r"|(?<![\d/.\-£])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d/])",
    re.IGNORECASE,
)
MONTH_YEAR = re.compile(rf"(?<!\w){MONTH}(?: of)?,? (?:19|20)\d\d(?!\d)", re.IGNORECASE)
BIRTH = re.compile(r"\b(?:d\.?\s?o\.?\s?b\.?|date of birth|birth ?date|birthday|born)(?!\w)", re.IGNORECASE)
BIRTH_RUN = re.compile(
    r"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?)(?:\s?(?:is|was|:|="
    r"|-)){0,2}\s?(?P<detail>\d{1,2}[ /.\-]\d{1,2}[ /.\-]\d{2,4}|\d{6}|\d{8})(?!\d)",
    re.IGNORECASE,
)

UNITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
ORDINALS = {
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "eightieth": 80,
    "ninetieth": 90,
}
TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
NUMBER = rf"(?:\d{{1,2}}|(?:{'|'.join(TENS)})(?:[ \-](?:{'|'.join(UNITS)}))?|{'|'.join(TEENS)}|{'|'.join(UNITS)})"
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
            r"(?<![\w£.,])(?P<age>[1-9]\d)[ ,/]{0,2}(?=(?:male|female)\b)|(?<![\w£.,])(?P<other>[1-9]\d)(?=[MF]\b)"
            r"|\b(?:male|female)[ ,/]{1,2}(?P<third>[1-9]\d)\b(?!%| ?%)"
        ),
        (
            r"\b(?:my|his|her|their|our|'s|’s) (?P<age>(?:1[3-9]|[2-9]\d)(?:st|nd|rd|th)|twenty[ \-]?first"
            r"|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth)(?= birthday| year|[.,;!]| this"
            r"| next| last| in )"
        ),
        rf"(?:^|[.!?\n] ?)(?P<age>{GROWN})(?= (?:now|here|this|next)\b)",
    )
)
AGE_HINT = re.compile(rf"\d|\b(?:{'|'.join((*TENS, *TEENS, *UNITS))})\b", re.IGNORECASE)
BORN_IN = re.compile(
    r"\b(?:born(?: back)?(?: in)?|year of birth|birth year)[ :]{1,2}(?P<detail>(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)


def find_dates(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Dates of birth, exact dates, months with a year, and ages."""
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
        elif "/" in match.group() or "-" in match.group() or "." in match.group() or _has_day(match.group()):
            found.append(_finding(match.span(), "DATE", 0.9))
    found.extend(_finding(match.span("detail"), "DOB", 1.0) for match in BIRTH_RUN.finditer(text))
    found.extend(_finding(match.span(), "DATE", 0.7) for match in MONTH_YEAR.finditer(text))
    found.extend(_finding(match.span("detail"), "DOB", 0.9) for match in BORN_IN.finditer(text))
    for form in AGES if AGE_HINT.search(text) else ():
        for match in form.finditer(text):
            group = next(name for name, value in match.groupdict().items() if value)
            found.append(_finding(match.span(group), "AGE", 0.9))
    return found


def month_of(words: str) -> str:
    """The month, and year where there is one, that an exact date falls in; empty where neither can be told.

    >>> month_of("14/02/2013"), month_of("3rd of March"), month_of("2014-05-01")
    ('February 2013', 'March', 'May 2014')
    """
    year = re.search(r"(?:19|20)\d\d", words)
    named = re.search(rf"(?<![a-z]){MONTH}", words, re.IGNORECASE)
    if named:
        number = next(i for i, month in enumerate(MONTHS) if month.casefold().startswith(named.group().casefold()[:3]))
    else:
        parts = [int(part) for part in re.findall(r"\d+", words)]
        if len(parts) != 3 or not 1 <= parts[1] <= 12:
            return ""
        number = parts[1] - 1
        if year is None:
            return f"{MONTHS[number]} {_full_year(parts[2])}"
    if year is None and named:
        short = re.search(r"[ \-]['’]?(\d\d)$", words[named.end() :])
        return f"{MONTHS[number]} {_full_year(int(short[1]))}" if short else MONTHS[number]
    return f"{MONTHS[number]} {year.group()}" if year else MONTHS[number]


def age_band(words: str) -> str:
    """The band of ten years that an age falls in, "40–49"; empty if no number can be read from it.

    >>> age_band("forty-seven"), age_band("a 9 yr old"), age_band("93")
    ('40–49', '0–9', '90 or over')
    """
    figures = re.search(r"\d{1,3}", words)
    number = int(figures.group()) if figures else _spelled(words.casefold())
    if number is None:
        return ""
    return "90 or over" if number >= 90 else f"{number // 10 * 10}–{number // 10 * 10 + 9}"


def _spelled(words: str) -> int | None:
    parts = re.findall(r"[a-z]+", words)
    for i, part in enumerate(parts):
        if part in TENS:
            return TENS[part] + (UNITS.get(parts[i + 1], 0) if i + 1 < len(parts) else 0)
        if part in TEENS or part in UNITS:
            return TEENS.get(part) or UNITS[part]
        if part in ORDINALS:
            return ORDINALS[part]
    return None


def _full_year(year: int) -> int:
    return year if year > 99 else 1900 + year if year > 30 else 2000 + year


def _has_day(words: str) -> bool:
    return re.search(r"(?<!\d)\d{1,2}(?!\d)", words) is not None


def _points_to_a_birth(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 40) : match.start()]
    spoken = list(BIRTH.finditer(before))
    return bool(spoken) and not re.search(r"[.!?\n]\s", before[spoken[-1].end() :])


def _finding(span: tuple[int, int], label: str, score: float) -> Finding:
    kind = IdentifierKind.DIRECT if label == "DOB" else IdentifierKind.QUASI
    return Finding(Span(*span), label, kind, score, "dates")
