"""Telephone numbers, in figures with any gaps, abroad, short ones that are said to be one, with their extension.

Freephone and national numbers (03, 08) are an organisation's: they stay.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from themes.deidentify.recognize.labels import label_before
from themes.deidentify.wording.figures import ONES, Run, detail, runs_of
from themes.deidentify.wording.hints import hinted
from themes.records.privacy import Finding
from themes.records.span import Span

EXTENSION = re.compile(r"[\s,(]{0,2}(?:ext(?:ension|n)?\.?|x)\s?:?\s?(\d{1,5})(?![^\W_])", re.IGNORECASE)
SAID_ALONE = "|".join((*ONES, "nought", "oh"))
EXTENSION_ALONE = hinted(
    r"\b(?:ext|extn|extension|extention)\b\.?(?: (?:number|no\.?|is|was)){0,2}:? "
    rf"(?P<detail>(?!(?:19|20)\d\d\b)\d{{3,5}}|(?:{SAID_ALONE})(?:[ ,\-]{{1,2}}(?:{SAID_ALONE})){{2,4}})"
    r"(?![\w%/£]|[.,]\d)(?! (?:days?|weeks?|months?|hours?|people|words|pounds?)\b)",
    re.IGNORECASE,
)
"""Somebody's line within an office: "extension 4417"."""
NATIONAL = re.compile(r"(?:\+?44)?0?(?:3[0347]|[58]0|8[47])|116")
SHORT_CODE, HARMONISED = 5, 6
"""Figures of a number for texts, and of one that is the same all over Europe, 116 123."""
TEXT_TO = re.compile(
    r"\b(?:text|txt|sms)(?: (?:us|them|[\"'“‘]?[A-Z]{2,12}[\"'”’]?))?(?: (?:to|on))? ?$", re.IGNORECASE
)
MOST_GROUPS = 14
"""A number told figure by figure, with its code abroad."""
LIKELY = (11, 12, 10)
"""How many figures a number at home has, the likeliest first: one may be lost or doubled."""

WITHOUT_NOUGHT = 10
GROUPS_OF_A_MOBILE = {(4, 6), (4, 3, 3)}
"""As a mobile's figures are grouped, and no NHS number's."""


def phones_in(text: str) -> Iterator[Finding]:
    """The telephone numbers of a text."""
    for run in runs_of(text):
        at = 0
        while at < len(run.groups):
            whole = phone_in_run(text, run.part(at, MOST_GROUPS))
            if whole is None:  # "ward 7 07700 900456": it may begin with the next group
                at += 1
                continue
            extension = EXTENSION.match(text, whole.end)
            start = whole.start - (text[whole.start - 1 : whole.start] in {"+", "("})
            yield detail("PHONE", start, extension.end() if extension else whole.end)
            at += len(whole.groups)


def extensions_in(text: str) -> Iterator[Finding]:
    """Extensions without the number of the office before them."""
    for match in EXTENSION_ALONE.finditer(text):
        yield detail("PHONE", *match.span("detail"), 0.9)


def is_national(run: Run) -> bool:
    """Whether a run is a freephone or national number: 0800, 0808, 0300, 0345, 116 123."""
    return bool(NATIONAL.match(run.number)) and (run.number[0] == "0" or run.number.startswith("116"))


def public_numbers(text: str) -> list[Span]:
    """Where a text has a number that everybody may ring: freephone, national, or short and for texts.

    >>> [(span.start, span.end) for span in public_numbers("Ring 0808 157 0192, or text HELP to 85999")]
    [(5, 18), (36, 41)]
    """
    found = []
    for run in runs_of(text):
        at = 0
        while at < len(run.groups):
            number = _public_number(text, run.part(at, MOST_GROUPS))
            if number is not None:
                found.append(Span(number.start, number.end))
            at += len(number.groups) if number is not None else 1
    return found


def _public_number(text: str, run: Run) -> Run | None:
    """The public number that a run of figures begins with; None if it begins with something else."""
    first = run.first(1)
    if _is_short_code(text, first):
        return first
    if not is_national(run):
        return None
    most = HARMONISED if run.number.startswith("116") else LIKELY[0] + 2 * run.number.startswith("44")
    count = bisect_right(run.lengths(), most)
    return run.first(count) if count else None


def _is_short_code(text: str, run: Run) -> bool:
    """ "text 85999": nobody's telephone has five figures to which a text can be sent."""
    short = len(run.number) == SHORT_CODE and run.number[0] in "678" and len(run.groups) == 1
    return short and TEXT_TO.search(text, max(0, run.start - 30), run.start) is not None


def phone_in_run(text: str, run: Run) -> Run | None:
    """The telephone number that a run of figures begins with; None if it begins with something else."""
    number = run.number
    if is_national(run) or _is_short_code(text, run):
        return None
    abroad = "+" in text[max(0, run.start - 2) : run.start] or number.startswith("00")
    if abroad and "," not in text[run.start : run.end] and 9 <= len(number.removeprefix("00")) <= 15:
        return run
    if number.startswith("44") and 12 <= len(number) <= 13 and number[2] in "0127":
        return run
    if number[0] == "0" and number[1:2] in {"1", "2", "7"}:
        return _of_likely_length(run)
    if number[0] in "127" and (whole := _without_its_nought(text, run)) is not None:
        return whole
    short = 5 <= len(number) <= 8 and len(run.groups) <= 2 and "," not in text[run.start : run.end]
    return run if short and _said_to_be_one(text, run) else None


def _said_to_be_one(text: str, run: Run) -> bool:
    label = label_before(text, run.start, reach=25)
    on = " on " in text[max(0, run.start - 8) : run.start]
    return label is not None and label.name == "phone" and (label.close or on)


def _without_its_nought(text: str, run: Run) -> Run | None:
    """ "my mob is 7700 900123": ten figures without the nought before them, where the words around say what it is, or
    the groups do."""
    lengths = run.lengths()
    if WITHOUT_NOUGHT not in lengths:
        return None
    whole = run.first(lengths.index(WITHOUT_NOUGHT) + 1)
    grouped = tuple(map(len, whole.figures)) in GROUPS_OF_A_MOBILE and whole.number[0] == "7" and whole.number[1] != "0"
    return whole if _said_to_be_one(text, whole) or (grouped and label_before(text, whole.start) is None) else None


def _of_likely_length(run: Run) -> Run | None:
    lengths = run.lengths()
    for wanted in LIKELY:
        if wanted in lengths:
            return run.first(lengths.index(wanted) + 1)
    return None
