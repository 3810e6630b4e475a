"""Numbers of the state, of banks and of offices: by their form, or by what the words before say they are.

None is checked for validity: a mistyped National Insurance number still points at somebody.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from themes.deidentify.recognize.labels import Label, label_before
from themes.deidentify.recognize.phones import is_national, phone_in_run
from themes.deidentify.wording.figures import ALONE, FIGURE, FOR_LETTERS, GAP, Run, detail, runs_of, spoken_in
from themes.deidentify.wording.lexicon import ordinary_words
from themes.records.privacy import Finding

JOINED = rf"(?:{GAP}(?![OoIl]{{1,3}}[^\W\dOoIl]))?"
"""A gap, but not one before a word: "NE448350 On Monday"."""
NINO = re.compile(
    rf"(?<![^\W_])(?P<letters>[A-Za-z]{{2}})(?P<gap>{GAP}?)"
    rf"(?P<figures>(?=[OoIl]{{0,2}}\d|[OoIl]{{2}}\s){FIGURE}(?:{JOINED}{FIGURE}){{4,6}})"
    rf"(?:(?P<apart>{GAP}?)(?P<last>[A-Za-z]))?(?![^\W_])"
)
SPREAD = r"[\s.,_/–\-]"
SPREAD_NINO = re.compile(
    rf"(?<![^\W_])(?<!['’])[A-Za-z]{SPREAD}{{1,3}}[A-Za-z]{SPREAD}{{0,3}}(?P<figures>{FIGURE}(?:{SPREAD}{{0,3}}{FIGURE}){{5}})"
    rf"(?P<last>{SPREAD}{{0,3}}[A-DFMPa-dfmp])?(?![^\W_])"
)
"""Every sign apart: "q q 1 2 3 4 5 6 c"."""
MISTYPED_NINO = re.compile(r"(?<![^\W_])[A-Z]{2}[\s.\-]?(?:[\dOIlSBZ][\s.\-]?){6}[A-D](?![^\W_])")
"""With letters for 5, 8 and 2: "QQ l2 34 S6 C"."""
TEMPORARY_NINO = re.compile(rf"{ALONE}\d\d\s?[A-Z]\s?\d{{5}}(?![^\W_])")
SPOKEN_LETTERS = re.compile(
    r"(?<![^\W_])(?:[A-Z]\s?[A-Z]|[a-z] [a-z]|(?i:double) (?![Oo])[A-Za-z]|(?!on|in|is|at|to)[a-z]{2})[\s,]{1,3}$"
)
SPOKEN_LAST = re.compile(r"[\s,.…]{1,6}[A-FMPa-fmp](?![^\W_])")
IBAN = re.compile(
    rf"(?<![^\W_])(?:[A-Z]{{2}}|[A-Za-z]{{2}}(?=.?\d)){FIGURE}{{2}}(?:[\s\-]{{0,3}}[A-Za-z0-9]{{4}}){{3,7}}+"
    r"(?:[\s\-]{0,3}[A-Za-z0-9]{1,4})?(?![^\W_])"
)
LICENCE = re.compile(
    rf"(?<![^\W_])[A-Za-z9]{{5}}\s{{0,3}}{FIGURE}{{6}}\s{{0,3}}[A-Za-z][A-Za-z9]{FIGURE}[A-Za-z]{{2}}"
    rf"(?:\s{{0,3}}{FIGURE}{{2}})?(?![^\W_])"
)
SORT_CODE = re.compile(
    rf"{ALONE}(?<![/\-]){FIGURE}{{2}}(?P<mark>[\-– ]){FIGURE}{{2}}(?P=mark){FIGURE}{{2}}(?![/\-]?\w)"
)
SORT_AND_ACCOUNT = re.compile(rf"{ALONE}\d\d[\- ]?\d\d[\- ]?\d\d[\s,/\-]{{1,3}}\d{{4}}[\s\-]?\d{{3,4}}(?![^\W_])")
TRIBUNAL = re.compile(
    rf"(?<![^\W_])(?:SC|EA|PA|CE|CPIP|UA|UI|HU)\s{{0,3}}[/.\-]?\s{{0,3}}{FIGURE}{{2,4}}\s{{0,3}}[/.\-]\s{{0"
    rf",3}}{FIGURE}{{2,5}}"
    rf"(?:\s{{0,3}}[/.\-]\s{{0,3}}{FIGURE}{{2,6}})?(?![^\W_])",
    re.IGNORECASE,
)
LETTERED = re.compile(
    r"(?<![\w@£.,/\-])(?:[A-Z]{2,6}[\-/]?\d{4,12}[A-Z]{0,3}|\d{2,4}[A-Z]{2,4}\d{3,8}"
    r"|[A-Z]{2,5}[/\-]\d{2,6}[/\-]\d{2,8})"
    r"(?![\w\-/])"
)
PRISONER = re.compile(r"(?<![^\W_])(?<![£$€./\-])[A-Z]\d{4}[A-Z]{2}(?![^\W_]|[./\-]\w)")
"""The number of somebody in prison: A1234BC."""
CROWN_COURT = re.compile(r"(?<![^\W_])[TSAU](?:19|20)\d{6}(?![^\W_])")
"""A case at the Crown Court: its sort, year and number."""
MONTHS_WITHIN = re.compile(r"(?:^|[/\-])(?:JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)(?:[/\-]|$)")
SLASHED = re.compile(
    r"(?<![\w@£.,/\-])(?=[A-Z\d/\-]*[A-Z])(?=(?:[A-Z/\-]*\d){3})[A-Z\d]{1,10}(?:[/\-][A-Z\d]{1,10}){2,5}(?![\w/\-])"
)
"""Three groups or more of capitals and figures: CA/QX/44718/09."""
SPACED = re.compile(r"(?<![\w@£.,/\-])[A-Z]{2,4} (?!(?:19|20)\d\d\b|0)\d{3,5}(?: \d{2,5}){1,3}(?![\w/\-]|\.\d)")
"""Letters and groups of figures: UC 6620 9184 77."""
LABELLED = re.compile(r"(?:NHS|NI|NINO|TEL|MOB|FAX|CALL|RING|TEXT|TXT|A|ACC|AC|SC|SORT|CARD|PHONE)\b")
"""Letters that say what the number after them is, and are no part of it."""
ENDING_IN = re.compile(
    r"\b(?P<what>(?:(?:bank |debit |credit )?card|account|a/c|ref(?:erence)?|claim|case|number|no)\b)[^.;!?\n\d]{0,25}?"
    r"\bend(?:s|ing|ed)?(?: in| with)? (?P<detail>\d{3,6})(?![\w%])",
    re.IGNORECASE,
)
"""The last figures of a number: "my claim, ref no. ending 4471"."""
SECURITY_CODE = re.compile(
    r"\b(?:cvv2?|cvc2?|(?:card )?security code)(?: (?:is|was|no\.?|number|code)){0,2}[:,]? ?"
    r"(?P<detail>\d{3,4})(?![\w%])",
    re.IGNORECASE,
)
"""The figures on the back of a card."""
CODE = re.compile(
    r"(?<![\w@£$€.])(?:[A-Z]{1,5}\s{1,3}(?=[\dOI]{3}))?(?=[A-Za-z/.\-]{0,8}(?:[/\-]\s{0,3})?[\dOIl])[A-Za-z0-9]++"
    r"(?:\s{0,3}[/\-–]\s{0,3}[A-Za-z0-9]++|\.[A-Za-z0-9]++|\s{1,3}[A-Z]?[\dOIl]{2,}+(?![^\W_])"
    r"|\s[A-Z]{2,4}\s\d{2,}+(?![^\W_]))*+"
)
BARE = re.compile(r"(?<![\w£$€%.,/\-])\d{1,6}/\d{2,4}(?![\w%/])|(?<![\w£$€.,\-])\d{6,12}(?![\w%.,]\d|\w|%)")
BY_FORM = (
    ("NINO", TEMPORARY_NINO, 1),
    ("CASE_REF", LICENCE, 2),
    ("BANK", SORT_AND_ACCOUNT, 1),
    ("CASE_REF", TRIBUNAL, 3),
    ("CASE_REF", PRISONER, 4),
    ("CASE_REF", CROWN_COURT, 8),
)
"""What a form is, and how many of its figures must be none that a letter stands for."""
FORMS = re.compile(r"(?:DS1500R?|MG11|WTC\d|[A-Z]{1,5}\d{1,3}[A-Z]?)", re.IGNORECASE)
"""Names of forms: ESA50, UC50, P45, DS1500."""
UNIT = re.compile(
    r"\s?(?:%|per\b|p\b|pence|pounds?|quid|k\b|hours?|hrs?|mins?|minutes|days?|weeks?|wks?|months?|mths?"
    r"|years?|yrs?|miles?"
    r"|m\b|km\b|mg\b|kg\b|st\b|lbs?\b|people|times|points|jobs|million|thousand|am\b|pm\b|st\b|nd\b|rd\b|th\b)",
    re.IGNORECASE,
)
YEARS = re.compile(r"(?:19|20)\d\d(?:[/\-–](?:(?:19|20)?\d\d))?")
_NOT_LETTERS = """
no of to in on at by or is my me we he it as an am pm do go so up us if be id ok uk vs"""
NOT_LETTERS = frozenset(_NOT_LETTERS.split())
BY_LABEL = {
    "nhs": ("NHS_NUMBER", 8, 12), "nino": ("NINO", 5, 9), "sort": ("BANK", 5, 7), "account": ("BANK", 6, 18),
    "card": ("BANK", 10, 19), "passport": ("CASE_REF", 6, 10), "licence": ("CASE_REF", 5, 14),
    "pin": ("CASE_REF", 4, 8), "sure": ("CASE_REF", 5, 20), "maybe": ("CASE_REF", 7, 20), "phone": ("PHONE", 5, 15),
}  # fmt: skip
"""What a number is that comes after a label, and how many figures it has, from and to."""


def numbers_in(text: str) -> Iterator[Finding]:
    """Numbers of persons, accounts, cases and papers in a text."""
    yield from _by_form(text)
    for run in runs_of(text):
        found = _by_label(text, run) or _by_length(text, run)
        if found:
            yield found
    yield from _codes(text)
    for match in BARE.finditer(text):
        yield detail("CODE", *match.span(), 0.6)


def spoken_numbers_in(text: str) -> Iterator[Finding]:
    """Numbers told digit by digit: what the words before say, or else a telephone's."""
    for start, end, figures in spoken_in(text):
        label = label_before(text, start)
        letters, last = SPOKEN_LETTERS.search(text, max(0, start - 12), start), SPOKEN_LAST.match(text, end)
        if letters and (last or len(figures) == 6):
            yield detail("NINO", letters.start(), last.end() if last else end, 0.9)
        elif label is None or figures[0] == "0":
            yield detail("PHONE", start, end, 0.9)
        else:
            yield detail(BY_LABEL[label.name][0], start, end, 0.9)


def _by_form(text: str) -> Iterator[Finding]:
    yield from _ninos(text)
    for match in IBAN.finditer(text):
        if _figures(match) >= 10:
            yield detail("BANK", match.start(), _iban_end(match))
    for match in SORT_CODE.finditer(text):
        if _a_sort_code(text, match):
            yield detail("BANK", *match.span(), 0.95)
    for match in LETTERED.finditer(text):
        if not FORMS.fullmatch(match.group()):
            yield detail("CASE_REF", *match.span(), 0.8)
    yield from _by_shape(text)
    for label, form, fewest in BY_FORM:
        for match in form.finditer(text):
            if _figures(match) >= fewest:
                yield detail(label, *match.span(), 0.9)


def _ninos(text: str) -> Iterator[Finding]:
    for match in NINO.finditer(text):
        if end := _nino_end(text, match):
            yield detail("NINO", match.start(), end)
    for match in SPREAD_NINO.finditer(text):
        said = (label := label_before(text, match.start())) is not None and label.name == "nino"
        if _figures(match) >= (3 if said else 4) and (said or match["last"]):
            yield detail("NINO", *match.span())
    for match in MISTYPED_NINO.finditer(text):
        if _figures(match) >= 4 and any(sign in "SBZ" for sign in match.group()[2:]):
            yield detail("NINO", *match.span())


def _by_shape(text: str) -> Iterator[Finding]:
    """References by the shape of their groups, and the last figures of a number that is not told in full."""
    for match in (*SLASHED.finditer(text), *SPACED.finditer(text)):
        if not MONTHS_WITHIN.search(match.group()) and not LABELLED.match(match.group()):
            yield detail("CASE_REF", *match.span(), 0.8)
    for match in ENDING_IN.finditer(text):
        bank = match["what"].casefold() not in {"ref", "reference", "claim", "case", "number", "no"}
        yield detail("BANK" if bank else "CASE_REF", *match.span("detail"), 0.9)
    for match in SECURITY_CODE.finditer(text):
        yield detail("BANK", *match.span("detail"), 0.9)


def _figures(match: re.Match[str]) -> int:
    return sum(map(str.isdigit, match.group()))


def _nino_end(text: str, match: re.Match[str]) -> int:
    """Where a National Insurance number ends; 0 if it is something else: "no 999 123 4567", "of 10 20 30 a week"."""
    letters, figures = match["letters"], re.sub(r"[^\dOoIl]", "", match["figures"])
    said = (label := label_before(text, match.start())) is not None and label.name == "nino"
    tight, six = not match["gap"], len(figures) == 6
    last = (match["last"] or "").upper()
    ends = last != "" and last in "ABCDEFMP"
    paired = [len(group) for group in re.findall(r"[\dOoIl]+", match["figures"])] == [2, 2, 2]
    capital = letters.isupper() and not (match["last"] or "A").islower()
    end = match.end() if ends or not match["apart"] else match.end("figures")
    real = sum(c.isdigit() for c in figures)
    if said:
        return end if real >= 2 else 0
    if match.group()[:4].isalpha() and not letters.isupper():  # "call 0808 514"
        return 0
    if real < (2 if (paired or tight) and capital and ends else 3):
        return 0
    if capital and (paired or (ends and not tight)):
        return end
    if not six and not (ends and tight):
        return 0
    if not tight and letters.casefold() in NOT_LETTERS:
        return end if paired and last in {"B", "C", "D"} else 0
    return end if tight or letters.isupper() or (ends and (match["last"] or "A").islower()) else 0


def _iban_end(match: re.Match[str]) -> int:
    """Words that follow are no part of it: the last group with a figure ends it."""
    groups = list(re.finditer(r"[A-Za-z0-9]+", match.group()))
    while len(groups) > 1 and not any(c in "0123456789OIl" for c in groups[-1].group()):
        groups.pop()
    return match.start() + groups[-1].end()


def _a_sort_code(text: str, match: re.Match[str]) -> bool:
    # 12-03-14 is a date unless the words around speak of a bank.
    near = text[max(0, match.start() - 60) : match.end() + 40].casefold()
    if "sort" in near or "account" in near or "bank" in near or "a/c" in near:
        return True
    figures = match.group().translate(FOR_LETTERS)
    day, month = int(figures[:2]), int(figures[3:5])
    return match["mark"] == "-" and not (1 <= day <= 31 and 1 <= month <= 12)


def _by_label(text: str, run: Run) -> Finding | None:
    label = label_before(text, run.start)
    if label is None or is_national(run) or label.name == "phone":
        return None
    says, fewest, most = BY_LABEL[label.name]
    run = run.first(max(1, bisect_right(run.lengths(), most)))
    written = text[run.start : run.end]
    if not fewest <= len(run.number) <= most or YEARS.fullmatch(written):
        return None
    if (len(run.number) < 7 or label.name == "maybe") and UNIT.match(text, run.end):
        return None
    return detail(says, run.start, run.end, 0.95)


def _by_length(text: str, run: Run) -> Finding | None:
    """A number that nothing is said of: seven figures or more together, or thirteen in groups, count somebody."""
    number = run.number
    if is_national(run) or phone_in_run(text, run) or number.endswith("000") or UNIT.match(text, run.end):
        return None
    if len(number) == 10 and [len(group) for group in run.figures] in ([10], [3, 3, 4]):
        return detail("NHS_NUMBER", run.start, run.end, 0.95)
    if 13 <= len(number) <= 19 and len(number) >= 3 * len(run.groups):
        return detail("BANK", run.start, run.end, 0.9)
    if len(run.groups) == 1 and 7 <= len(number) <= 20 and text[run.start : run.end].isdigit():
        return detail("CASE_REF", run.start, run.end, 0.7)
    return None


def _codes(text: str) -> Iterator[Finding]:
    """Letters and figures after a word that says they are a reference."""
    for match in CODE.finditer(text):
        label = label_before(text, match.start())
        if label is not None and _a_reference(text, match, label):
            says = BY_LABEL[label.name][0]
            yield detail("BANK" if says == "BANK" else "CASE_REF", *match.span(), 0.9)


def _a_reference(text: str, match: re.Match[str], label: Label) -> bool:
    written = match.group()
    figures = sum(c.isdigit() for c in written)
    if YEARS.fullmatch(written) or UNIT.match(text, match.end()) or written.casefold() in ordinary_words():
        return False
    if label.name == "sure" and label.close:
        return figures >= 1 and len(written) >= 3
    if label.name in {"sure", "passport", "licence"}:
        return figures >= 4 and len(written) >= 6
    mixed = any(c.isalpha() for c in written) or "/" in written or "-" in written
    return label.name in {"maybe", "account", "card"} and figures >= 5 and mixed and len(written) >= 7
