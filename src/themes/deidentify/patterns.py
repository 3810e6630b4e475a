"""Details with a form of their own: addresses on the net, numbers, codes.

None is checked for validity: a mistyped phone or National Insurance number still points at somebody. Every pattern
is linear: no repetition inside a repetition. Look-alikes that each must leave alone are in the tests.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from themes.deidentify.lexicon import context, ordinary_words
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

D = r"[\dOo]"  # a digit, or the letter O that a hurried hand types for nought
PHONE_GAP = r"[ \n\t\u00a0.\-–/,]{0,3}"
GAP = r"[ \n\t\u00a0.\-–/]{0,3}"

EMAIL = re.compile(r"(?<![\w.+-])[\w.+\-]{1,64}\s?@\s?[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")
DOT_WORD = r" ?(?:\(dot\)|\[dot\]|\{dot\}|<dot>| dot ) ?"
DOT = rf"(?: ?\. ?|{DOT_WORD})"
# "meet me at leeds. it rained": a spelled-out address needs an ending that addresses have.
SPELLED_EMAIL = re.compile(
    rf"(?<![\w.+-])[\w+\-]{{1,40}}(?:(?:\.|{DOT_WORD}| ?(?:_|underscore"
    rf"|dash) ?)[\w+\-]{{1,40}}){{0,3}} ?(?:\(at\)|\[at\]|\{{at\}}|<at>|\(a\)"
    rf"| at ) ?[\w\-]{{2,40}}(?:{DOT}[\w\-]{{2,20}}){{0,2}}"
    rf"{DOT}(?:com|co|uk|net|org|edu|gov|ac|me|info|io|eu|ie)\b",
    re.IGNORECASE,
)
URL = re.compile(
    r"(?:https?|ftp)://[^\s<>\"]{3,400}|(?<![\w@.])www\.[^\s<>\"]{3,400}"
    r"|(?<![\w@.\-])[a-z0-9\-]{2,63}(?:\.[a-z0-9\-]{2,63}){0,3}"
    r"\.(?:co\.uk|org\.uk|gov\.uk|ac\.uk|nhs\.uk|me\.uk|com|org|net|info|blog|co|io|me|ly"
    r"|uk)(?:/[^\s<>\"]{1,300}|(?![\w.@]))",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z0-9_][\w.]{1,38}\w|(?<![\w@./])\bu/[A-Za-z0-9_\-]{3,30}")
BARE_HANDLE = re.compile(
    r"(?<![\w@./#\-])(?:[A-Za-z]{2,20}\d{0,4}(?:_[A-Za-z0-9]{1,20}){1,4}|(?!covid|section|group|esa|pip|brexit"
    r"|windows|form|step|phase|year|page|part)[A-Za-z]{4,20}(?:19|20)?\d{2,3})(?![\w@/\-]|\.\w)",
    re.IGNORECASE,
)
ACCOUNT = re.compile(
    r"\b(?:twitter|insta|instagram|facebook|fb|snapchat|snap|tiktok|skype|discord|reddit|xbox|psn|telegram|whatsapp"
    r"|user\s?name|user\s?id|login|log[- ]?in|screen name|gamertag|handle|nickname on here|profile name"
    r"|posting as|post as|posts as|tweet as|tweeting as|known online as|known on here as)"
    r"(?: (?:name|id|account|handle|user|was|is|as|on here|it's|its|under|called)){0,3}\s?[:=\-]?\s?[\"'“]?"
    r"(?P<detail>@?[A-Za-z][\w.\-]{2,30})",
    re.IGNORECASE,
)
PHONE = re.compile(
    rf"(?<![\w.£$/+])(?:\(?(?:\+"
    rf"|00)\s?44\)?{PHONE_GAP}(?:\(?0\)?)?{PHONE_GAP}{D}(?:{PHONE_GAP}[()]?{PHONE_GAP}{D}){{8,9}}"
    rf"|\(?[0Oo]{{1,2}}[1237]{D}(?:{PHONE_GAP}[()]?{PHONE_GAP}{D}){{6,9}}|\(?0[58]00(?:{PHONE_GAP}[()]?{PHONE_GAP}{D}){{6,7}}"
    rf"|\+[1-9]\d{{0,2}}(?:{PHONE_GAP}[()]?{PHONE_GAP}\d){{7,11}})(?![\w%])"
)
SHORT_PHONE = re.compile(
    r"\b(?:phone|tel|telephone|mobile|mob|ring|call|text|extension|ext|number is"
    r"|on)\b[ .:]{1,3}(?P<detail>\d{3,4}[ \-]?\d{3,4}|(?<=ext )\d{3,5}|(?<=ext\. )\d{3,5})(?![\w\-%])",
    re.IGNORECASE,
)
DIGIT_WORD = (
    r"(?:oh|zero|nought|one|two|three|four|five|six|seven|eight|nine|double \w{3,5}|treble \w{3,5}|triple \w{3,5})"
)
SPOKEN_PHONE = re.compile(rf"\b{DIGIT_WORD}(?:[ ,\-]{{1,2}}{DIGIT_WORD}){{6,11}}\b", re.IGNORECASE)
# In small letters and apart, only with the last letter: "no 999 123 4567" and "of 2013/14" are something else.
NINO = re.compile(
    rf"(?<![A-Za-z0-9])(?!(?:NO|OF|TO|IN|ON|AT|BY|OR|IS)\b)[A-Z]{{2}}{GAP}(?:\d"
    rf"|[Oo])(?:{GAP}{D}){{5}}(?:{GAP}[A-DFMa-dfm])?(?![A-Za-z0-9])"
    rf"|(?<![A-Za-z0-9])[A-Za-z]{{2}}(?:\d|[Oo])(?:{GAP}{D}){{5}}(?:{GAP}[A-DFMa-dfm])?(?![A-Za-z0-9])"
    rf"|(?<![A-Za-z0-9])[A-Za-z]{{2}}{GAP}(?:\d|[Oo])(?:{GAP}{D}){{5}}{GAP}[A-DFMa-dfm](?![A-Za-z0-9])"
)
NHS_NUMBER = re.compile(r"(?<![\d.£+])\d{3}[ \-]\d{3}[ \-]\d{4}(?![\d])|(?<![\d.£+])\d{10}(?!\d)")
AREA = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN"
    "|EX|FK|FY|G|GL|GU|HA|HD|HG|HP|"
    "HR|HS|HU|HX|IG|IP|IV|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL"
    "|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|"
    "SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
PAIRS = "|".join(
    area for area in AREA.split("|") if len(area) == 2 and area not in {"CT", "PE", "SM", "DA", "EC", "PR"}
)
# A1 is a road, M6 a motorway, B12 a vitamin, PIP2 a form: half a postcode needs two letters, or words around it.
HALF_POSTCODE = re.compile(
    rf"\b(?:(?i:in|live in|lives in|near|from|postcode|post code|postcode area"
    rf"|area)[ :(]{{1,2}}(?P<detail>(?:{AREA})\d{{1,2}}[A-Z]?)"
    rf"|(?P<area>(?:{AREA})\d{{1,2}}[A-Z]?)(?= (?:area|postcode|post code|district|way|somewhere))"
    rf"|(?P<pair>(?:{PAIRS})\d{{1,2}}[A-Z]?)(?! (?:form|[Ff]orms|motorway|road)))(?![A-Za-z0-9/]|[.]\d)"
)
# Any one or two letters: a mistyped or invented area still points at somebody. O, I and l stand for figures, too.
POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z]{1,2}\d[\dOIl]?[A-Z]?\s{0,2}[\dOIl][A-Z]{2}|GIR ?0AA"
    r"|(?i:[a-z]{1,2}\d{1,2}[a-z]?\s{1,2}\d[a-z]{2}))(?![A-Za-z0-9])"
)
SAID_POSTCODE = re.compile(
    r"\bpost(?:al)? ?code(?: (?:area|is|was|of|in|being)){0,2}\s?[ :=(\-]\s?"
    r"(?P<detail>[a-z]{1,2}[\doil]{1,2}[a-z]?\s{0,2}[\doil][a-z]{2}|[a-z]{1,2}\d{1,2}[a-z]?)(?![a-z0-9])"
    r"|(?<![a-z0-9])(?P<half>[a-z]{1,2}\d{1,2}[a-z]?)(?= post ?code\b)",
    re.IGNORECASE,
)
REAL_POSTCODE = re.compile(rf"(?:{AREA})\d[\dA-Z]?\s{{0,2}}\d[ABD-HJLNP-UW-Z]{{2}}", re.IGNORECASE)
NO_INWARD = re.compile(
    r"1st|2nd|3rd|[04-9]th|\d(?:am|pm|kg|km|mg|ml|mm|cm|mb|gb|tb|wd|hr|wk|yr|yo|lb|oz|ft)", re.IGNORECASE
)
"""What else a figure and two letters may be: a time, a place in a row, a measure."""
SORT_CODE = re.compile(r"(?<![\d/.\-])\d\d[\- ]\d\d[\- ]\d\d(?![\d/.\-])")
SORT_RUN = re.compile(r"\bsort\s?code\D{0,12}(?P<detail>\d{6})(?!\d)", re.IGNORECASE)
ACCOUNT_NUMBER = re.compile(
    r"\b(?:account|acc|acct|a/c|bank)\b\D{0,24}(?P<detail>\d{4}[ \-]?\d{3,4})(?!\d)", re.IGNORECASE
)
CARD = re.compile(r"(?<![\d.])\d{4}[ \-]?\d{4}[ \-]?\d{4}[ \-]?\d{2,4}(?![\d.])")
IBAN = re.compile(r"\bGB\d{2}[ ]?[A-Z]{4}(?:[ ]?\d){14}\b")
ROLL = re.compile(r"\b(?:roll|card|sort)\s?(?:number|no\.?)\D{0,8}(?P<detail>\d[\d \-]{4,20}\d)", re.IGNORECASE)
CASE_REF = re.compile(
    r"\b(?:(?:case|claim|appeal|tribunal|complaint|crime|court|mr|mandatory reconsideration|customer|client"
    r"|patient|hospital|membership|order|payroll|staff|employee|student|policy|booking|tracking|passport"
    r"|licence|driving licence|journal)"
    r"\s?(?:ref(?:erence)?\.?|no\.?|number|num|id|code|#)|ref(?:erence)?\.?(?: (?:no\.?|number))?|our ref"
    r"|your ref|urn|crn|uin|ticket)"
    r"(?:\s?(?:is|was|:|=|#|-|–|\()){0,3}\s?"
    r"(?P<detail>(?:[A-Za-z]{1,4} (?=\d{4}))?(?=[A-Za-z0-9/.\-]{0,30}\d)"
    r"[A-Za-z0-9]{1,14}(?:[/.\-][A-Za-z0-9]{1,14}){0,5}(?:[ ]\d{2,10}){0,4})",
    re.IGNORECASE,
)
TRIBUNAL_REF = re.compile(
    r"\b(?:SC|EA|PA|CE|CPIP|UA)[/\-]?\d{2,4}[/\-]\d{2,5}[/\-]?\d{0,6}\b|\b[A-Z]{2,5}[/\-]\d{2,6}[/\-]\d{2,8}\b"
)
BARE_REF = re.compile(
    r"(?<![\w@£.,/\-])(?=[A-Z\-/]*\d)(?:[A-Z]{2,6}[\-/]?\d{4,12}[A-Z]{0,3}|\d{2,4}[A-Z]{2,4}\d{3,8})(?![\w\-/])"
)
VEHICLE = re.compile(
    r"(?<![A-Za-z0-9])[A-HJ-PR-Y][A-HJ-PR-Y](?:0[2-9]|[1-7]\d)\s?[A-HJ-PR-Z]{3}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])[A-HJ-NPR-TV-Y]\d{1,3}\s?[A-HJ-PR-Y]{3}(?![A-Za-z0-9])"
    r"|(?i:\b(?:reg|registration|number plate|plate|reg plate)(?: (?:no\.?|number|is|was|plate"
    r"|mark)){0,2}[ :]{1,2})(?P<detail>(?i:[a-z]{1,3}\s?\d{1,4}\s?[a-z]{0,3}))(?![A-Za-z0-9])"
)
IP = re.compile(
    r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d)"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])",
    re.IGNORECASE,
)
CODE = re.compile(r"(?<![\w£$€%.,/\-])\d{1,6}/\d{2,4}(?![\w%/])|(?<![\w£$€.,\-])\d{6,12}(?![\w%.,]\d|\w|%)")

DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A form, its label and how sure a match is. `needs`: a match may only be where one of these is in the text."""

    label: str
    form: re.Pattern[str]
    score: float = 1.0
    needs: str = ""
    unless: Callable[[str, re.Match[str]], bool] | None = None


def _not_a_user_name(text: str, match: re.Match[str]) -> bool:
    # "my facebook page", "on twitter last night": what follows is an everyday word unless it has a figure or mark in
    # it,
    # or the words before say that it is a name.
    name, before = match["detail"], text[match.start() : match.start("detail")].casefold()
    marked = any(c.isdigit() or c in "@_." for c in name.rstrip("."))
    said = re.search(r"(?:name|id|handle|login|gamertag|nickname| as )", before) and re.search(
        r"(?:\b(?:is|was|it's|its|called|as)|[:=\"'“])\s?[\"'“]?$|(?:name|id|handle|login)\s$", before
    )
    return not (marked or said) or name.casefold() in context("after_sites")


def _not_patient_number(text: str, match: re.Match[str]) -> bool:
    return match.group()[0] == "0" and match.group()[1:2] in "127" and " " not in match.group()


def _no_postcode(_: str, match: re.Match[str]) -> bool:
    # "A4 2pm", "P45 1st", "B12 5mg", "M6 OFF", "the M1 2nd exit"; but "LS1 1ST" and "ls1 1st" are postcodes.
    written, inward = match.group(), match.group()[-3:]
    spaced = written[-4].isspace()
    other = NO_INWARD.fullmatch(inward) or (inward.isalpha() and inward.casefold() in ordinary_words())
    one_case = written.isupper() or (written.islower() and written[1].isalpha())
    return spaced and bool(other) and not (one_case and REAL_POSTCODE.fullmatch(written))


def _no_figure(_: str, match: re.Match[str]) -> bool:
    return not DIGIT.search(match["detail"] or match["half"])  # "my postcode is too old"


def _sum_of_money(text: str, match: re.Match[str]) -> bool:
    return text[max(0, match.start() - 1) : match.start()] in "£$€" and match.start() > 0


def _date_like(text: str, match: re.Match[str]) -> bool:
    # 12-03-14 is a date unless the words around speak of a bank.
    near = text[max(0, match.start() - 60) : match.end() + 40].casefold()
    day, month = int(match.group()[:2]), int(match.group()[3:5])
    return not ("sort" in near or "account" in near or "bank" in near) and (
        (1 <= day <= 31 and 1 <= month <= 12) or "-" not in match.group()
    )


PATTERNS = (
    Pattern("EMAIL", EMAIL, needs="@"),
    Pattern("EMAIL", SPELLED_EMAIL, needs="at|(a)"),
    Pattern("URL", URL, needs="."),
    Pattern("HANDLE", HANDLE, needs="@|u/"),
    Pattern("HANDLE", BARE_HANDLE, 0.8, needs="digit|_"),
    Pattern("HANDLE", ACCOUNT, 0.9, unless=_not_a_user_name),
    Pattern("PHONE", PHONE, needs="digit"),
    Pattern("PHONE", SHORT_PHONE, 0.9, needs="digit"),
    Pattern("PHONE", SPOKEN_PHONE, 0.9),
    Pattern("NINO", NINO, needs="digit"),
    Pattern("NHS_NUMBER", NHS_NUMBER, 0.95, needs="digit", unless=_not_patient_number),
    Pattern("POSTCODE", POSTCODE, needs="digit", unless=_no_postcode),
    Pattern("POSTCODE", HALF_POSTCODE, 0.9, needs="digit"),
    Pattern("POSTCODE", SAID_POSTCODE, needs="digit", unless=_no_figure),
    Pattern("BANK", SORT_CODE, 0.95, needs="digit", unless=_date_like),
    Pattern("BANK", SORT_RUN, needs="digit"),
    Pattern("BANK", ACCOUNT_NUMBER, 0.95, needs="digit"),
    Pattern("BANK", CARD, needs="digit"),
    Pattern("BANK", IBAN, needs="digit"),
    Pattern("BANK", ROLL, 0.9, needs="digit"),
    Pattern("CASE_REF", CASE_REF, 0.9, needs="digit"),
    Pattern("CASE_REF", TRIBUNAL_REF, 0.9, needs="digit"),
    Pattern("CASE_REF", BARE_REF, 0.8, needs="digit"),
    Pattern("VEHICLE", VEHICLE, 0.9, needs="digit"),
    Pattern("IP", IP, needs="digit"),
    Pattern("CODE", CODE, 0.6, needs="digit", unless=_sum_of_money),
)


def find_patterns(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Formatted details of each document: one list of findings per document, in no set order, overlaps included."""
    return [patterns_in(document.text) for document in documents]


def patterns_in(text: str) -> list[Finding]:
    """The formatted details of one text."""
    has_digit = DIGIT.search(text) is not None
    lower = text.casefold()
    found: list[Finding] = []
    for pattern in PATTERNS:
        needs = pattern.needs.split("|") if pattern.needs else []
        if not needs or any(has_digit if need == "digit" else need in lower for need in needs):
            found.extend(_matches(text, pattern))
    return found


def _matches(text: str, pattern: Pattern) -> list[Finding]:
    spans = []
    for match in pattern.form.finditer(text):
        if pattern.unless is not None and pattern.unless(text, match):
            continue
        group = next((name for name, value in match.groupdict().items() if value), 0)
        start, end = match.span(group)
        while end > start and text[end - 1] in " \t\n\u00a0.,;:!?)(-–'\"":
            end -= 1
        while start < end and text[start] in " \t\n\u00a0,;:":
            start += 1
        spans.append(Span(start, end))
    return [Finding(span, pattern.label, IdentifierKind.DIRECT, pattern.score, "patterns") for span in spans]
