"""Postcodes, whole and half: any one or two letters, because a mistyped or invented area still points at somebody."""

import re
from collections.abc import Iterator

from themes.deidentify.recognize.labels import label_before
from themes.deidentify.wording.figures import detail
from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.lexicon import ordinary_words
from themes.records.privacy import Finding

_AREAS = """
AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
FY G GL GU HA HD HG HP HR HS HU HX IG IP IV KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW
OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA
WC WD WF WN WR WS WV YO ZE"""
AREAS = frozenset(_AREAS.split())
_NOT_ALONE = """
CT PE SM DA EC PR SA UB DL BR CH CA ML"""
NOT_ALONE = frozenset(_NOT_ALONE.split())
"""Areas that say something else before a figure: a scan, a lesson, a form, a road."""
# O, I and l stand for figures, too.
WHOLE = re.compile(
    r"(?<![^\W_])(?:[A-Z]{1,2}[\dOolI]{1,2}[A-Z]?[\s\-]{0,4}[\dOolI][A-Z]{2}|GIR ?0AA"
    r"|(?i:[a-z]{1,2}[\do]{1,2}[a-z]?\s{1,3}[\do][a-z]{2}|[a-z]{1,2}\d[\da-z]?\d[a-z]{2}))(?![^\W_])"
)
# A1 is a road, M6 a motorway, B12 a vitamin, PIP2 a form: half a postcode needs two letters, or words around it.
HALF = re.compile(r"(?<![^\W_])(?P<area>[A-Z]{1,2})\d{1,2}[A-Z]?(?![A-Za-z0-9/]|[.]\d)")
SAID_BEFORE = re.compile(r"\b(?:in|near|from|postcode|post code|area)[ :(]{1,2}$", re.IGNORECASE)
SAID_AFTER = re.compile(r" (?:area|postcode|post code|district|way|somewhere)")
NO_POSTCODE_AFTER = re.compile(r" (?:form|[Ff]orms|motorway|road)")
SAID = re.compile(
    r"\bpost(?:al)? ?code(?: (?:area|is|was|of|in|being)){0,2}\s?[ :=(\-]\s?"
    r"(?P<detail>[a-z]{1,2}[\doil]{1,2}[a-z]?\s{0,2}[\doil][a-z]{2}|[a-z]{1,2}\d{1,2}[a-z]?)(?![a-z0-9])"
    r"|(?<![a-z0-9])(?P<half>[a-z]{1,2}\d{1,2}[a-z]?)(?= post ?code\b)",
    re.IGNORECASE,
)
POSTCODE_SAID = re.compile(r"\bpost(?:al)? ?codes?\b[^.!?\n]{0,20}$", re.IGNORECASE)
REAL = re.compile(r"(?P<area>[A-Z]{1,2})\d[\dA-Z]?[\s\-]{0,4}\d[ABD-HJLNP-UW-Z]{2}", re.IGNORECASE)
NO_INWARD = re.compile(
    r"1st|2nd|3rd|[04-9]th|\d(?:am|pm|kg|km|mg|ml|mm|cm|mb|gb|tb|wd|hr|wk|yr|yo|lb|oz|ft)", re.IGNORECASE
)
"""What else a figure and two letters may be: a time, a place in a row, a measure."""

FOR_FIGURES = "SBZGsbzg"
"""Letters that are typed, or read off a page, for 5, 8, 2 and 6."""
MISTYPED = re.compile(
    rf"(?<![^\W_])(?P<area>[A-Z]{{1,2}})(?:(?P<outward>\d[\dA-Z]?|[OIl]\d?)[\s\-]{{0,4}}(?P<inward>[{FOR_FIGURES}][A-Z]{{2}})"
    rf"|[{FOR_FIGURES}]\d?[\s\-]{{1,4}}(?P<inward_real>\d[A-Z]{{2}}))(?![^\W_])",
    re.IGNORECASE,
)
"""A postcode with a letter for the figure of one half: "HX7 SDT", "LSB 4AP"."""
_FIGURES = {"zero": "0", "nought": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
            "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
            "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18",
            "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40"}  # fmt: skip
_APART = r"[\s.,\-]{0,3}"
_FIGURE = rf"(?:\d|{'|'.join(sorted(_FIGURES, key=len, reverse=True))})"
LIVED_AT = re.compile(
    r"\b(?:post(?:al)? ?codes?|liv(?:e|es|ed|ing)|mov(?:e|ed|ing)|stay(?:ed|ing)?|address|home|house|flat)\b"
    r"[^.!?\n]{0,14}$",
    re.IGNORECASE,
)
NAMED_ALIKE = frozenset({"G4S"})
FORMS_ALIKE = frozenset({"SR1", "PA4", "RM7"})
"""Forms and reports of the benefits system, called like half a postcode: only the words around make one of these."""
SPELLED = hinted(
    rf"(?<![^\W_])(?P<area>[a-z](?:{_APART}[a-z])?){_APART}(?P<outward>{_FIGURE}(?:{_APART}{_FIGURE})?(?:{_APART}[a-z]\b)?)"
    rf"{_APART}(?P<inward>{_FIGURE}){_APART}(?P<last>[a-z]{_APART}[a-z])(?![^\W_])",
    re.IGNORECASE,
)
"""A postcode letter by letter, or with its figures in words: "L S nine, 7 Q T"."""
LAST_LETTERS = frozenset("ABDEFGHJLNPQRSTUWXYZ")
"""What the last two letters of a postcode may be."""


def postcodes_in(text: str) -> Iterator[Finding]:
    """The postcodes of a text, and halves of one where the words around say so."""
    for match in WHOLE.finditer(text):
        if not _something_else(text, match):
            yield detail("POSTCODE", *match.span())
    for match in MISTYPED.finditer(text):
        if _mistyped(text, match):
            yield detail("POSTCODE", *match.span(), 0.9)
    for match in HALF.finditer(text):
        if _half(text, match):
            yield detail("POSTCODE", *match.span(), 0.9)
    if "post" in text.casefold():
        for match in SAID.finditer(text):
            if any(c.isdigit() for c in match.group(match.lastgroup or 0)):  # "my postcode is too old"
                yield detail("POSTCODE", *match.span(match.lastgroup or 0))


def spelled_postcodes_in(text: str) -> Iterator[Finding]:
    """The postcodes of a text whose letters stand apart or whose figures are words.

    >>> text = "My postcode is L S nine, 7 Q T, I got A in IT, five B"
    >>> [finding.span.of(text) for finding in spelled_postcodes_in(text)]
    ['L S nine, 7 Q T']
    """
    for match in SPELLED.finditer(text):
        if _spelled(text, match):
            yield detail("POSTCODE", *match.span())


def _half(text: str, match: re.Match[str]) -> bool:
    if match["area"] not in AREAS or match.group() in NAMED_ALIKE:
        return False
    if SAID_BEFORE.search(text, max(0, match.start() - 12), match.start()) or SAID_AFTER.match(text, match.end()):
        return True
    pair = len(match["area"]) == 2 and match["area"] not in NOT_ALONE and match.group() not in FORMS_ALIKE
    return pair and not NO_POSTCODE_AFTER.match(text, match.end())


def _mistyped(text: str, match: re.Match[str]) -> bool:
    """Whether letters stand for figures: of an area that there is, and no word. In small letters, or without a blank,
    only where the words before speak of a postcode."""
    inward = match["inward"] or match["inward_real"]
    if match["area"].upper() not in AREAS or not LAST_LETTERS.issuperset(inward[1:].upper()):
        return False
    if (
        inward.casefold() in ordinary_words()
        or NO_INWARD.fullmatch(inward)
        or NO_POSTCODE_AFTER.match(text, match.end())
    ):
        return False
    if POSTCODE_SAID.search(text, max(0, match.start() - 30), match.start()):
        return True
    first = match.group()[: -len(inward)].rstrip(" -\n\t")
    word = first.isalpha() and (first.casefold() in ordinary_words() or len(match["area"]) < 2)
    spaced = not match.group()[-4].isalnum()
    return (
        match.group().isupper() and spaced and not word and len(match["area"]) == 2 and match["area"] not in NOT_ALONE
    )


def _spelled(text: str, match: re.Match[str]) -> bool:
    """Whether letters and figures that stand apart are a postcode that there may be: with an area that there is, in
    capitals or after words that speak of a postcode or of living there."""
    area, last = (re.sub(r"\W", "", match[part]).upper() for part in ("area", "last"))
    inward = _FIGURES.get(match["inward"].casefold(), match["inward"])
    if area not in AREAS or not LAST_LETTERS.issuperset(last) or len(inward) > 1 or NO_INWARD.fullmatch(inward + last):
        return False
    where = LIVED_AT.search(text, max(0, match.start() - 30), match.start())
    return where is not None or (match["area"].isupper() and match["last"].isupper())


def _real(written: str) -> bool:
    match = REAL.fullmatch(written)
    return match is not None and match["area"].upper() in AREAS


def _something_else(text: str, match: re.Match[str]) -> bool:
    # "A4 2pm", "P45 1st", "B12 5mg", "M6 OFF", "the M1 2nd exit"; but "LS1 1ST" and "ls1 1st" are postcodes.
    written, inward = match.group(), match.group()[-3:]
    if not any(c.isdigit() for c in written):  # "CWl oEZ": small letters among capitals stand for figures
        area = re.match(r"[A-Z]{1,2}?(?=[OoIl]{1,2}[A-Z\s\-])", written)
        return written.isupper() or area is None or area.group() not in AREAS or inward.casefold() in ordinary_words()
    spaced = not written[-4].isalnum()
    word = inward.isalpha() and inward[-1].isupper() == inward[0].isupper() and inward.casefold() in ordinary_words()
    other = bool(NO_INWARD.fullmatch(inward)) or word
    if (
        not spaced and not written.replace("l", "I").replace("o", "O").isupper()
    ):  # "ls14ap" in small letters: only an area that there is
        return not _real(written) or (other and label_before(text, match.start()) is None)
    one_case = written.isupper() or (written.islower() and written[1].isalpha())
    return spaced and other and not (one_case and _real(written))
