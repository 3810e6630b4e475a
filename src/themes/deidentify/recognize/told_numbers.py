"""Numbers that are neither all figures nor all words: "o7seven00 900123", "double Q 12 34 56 C", "sort code twenty,
thirty four, oh nine", and the codes by which somebody gets in.
"""

import re
from collections.abc import Iterator

from themes.deidentify.recognize.phones import LIKELY
from themes.deidentify.wording.figures import FIGURE, ONES, SAID, TENS, detail
from themes.deidentify.wording.hints import hinted
from themes.records.privacy import Finding

_ONE = "|".join(sorted((*ONES, "oh", "nought", "naught"), key=len, reverse=True))
_PIECE = rf"(?:{_ONE}|double|treble|triple|hundred|\d|o)"
GLUED = hinted(rf"(?<![^\W_])(?=[a-z]*\d)(?=\d*[a-z])(?:{_PIECE})*?(?:{_ONE})(?:{_PIECE})*+(?![^\W_])", re.IGNORECASE)
"""Figures and words for figures in one word."""
SAID_OR_WRITTEN = re.compile(rf"(?<![^\W_])(?:{_PIECE})++(?![^\W_])", re.IGNORECASE)
BETWEEN = re.compile(r"[ \-,.]{1,2}")
PIECE = re.compile(_PIECE, re.IGNORECASE)
TIMES = {"double": 2, "treble": 3, "triple": 3}
ABROAD = 2
"""Figures by which a number with its country's code is longer."""
MOST = max(LIKELY) + ABROAD
DOUBLED_NINO = hinted(
    rf"\bdouble[ \-](?!o\b)(?P<letter>[a-z])[\s,.\-]{{0,3}}{FIGURE}(?:[\s,.\-]{{0,3}}{FIGURE}){{5}}"
    r"(?:[\s,.\-]{0,3}[a-dfmp])?(?![^\W_])",
    re.IGNORECASE,
)
"""A National Insurance number whose two letters are the same."""
_TEN = "|".join(sorted((word for word in TENS if word.endswith("ty")), key=len, reverse=True))
_TEEN = "|".join(sorted((word for word in TENS if not word.endswith("ty")), key=len, reverse=True))
_PAIR = (
    rf"(?:(?:{_TEN})(?:[\s\-](?:{'|'.join(ONES[1:])}))?|{_TEEN}|(?:double|treble) (?:{_ONE}|o)"
    rf"|(?:{_ONE}|o)[\s,\-]{{1,2}}(?:{_ONE}|o)|\d\d)"
)
SORT_CODE_TOLD = hinted(
    rf"\bsort(?:ing)?[\s\-]?code(?:'s|s)?(?: (?:is|was|of|number))?[\s:,=\-]{{1,3}}"
    rf"(?P<detail>{_PAIR}(?:(?:[\s,.\-]{{1,3}}|,? dash ){_PAIR}){{2}})(?![^\W_])",
    re.IGNORECASE,
)
"""Three pairs of figures, told in words."""
PASSCODE = hinted(
    r"\b(?:pass ?code|pass ?word|access code|entry code|log-?in code)(?: (?:is|was):?| ?[:=])\s{0,2}[\"'“‘]?"
    r"(?P<detail>(?=[^\s\d]{0,40}\d)(?=[^\sA-Za-z]{0,40}[A-Za-z])[\w!#$%&*@+=\-]{5,40})",
    re.IGNORECASE,
)
"""What lets somebody in: letters and figures together."""
DOOR_CODE = hinted(
    r"\b(?:(?:door|gate|entry|entrance|alarm|lock|padlock|key ?safe|safe) (?:code|combination|pin)"
    r"|key ?safe(?: number)?)(?: (?:is|was):?| ?[:=])? ?(?P<detail>[A-Z]{0,2}\d{3,8}[A-Z]{0,2})(?![^\W_]|[.,]\d| ?%)",
    re.IGNORECASE,
)
"""What opens somebody's door, most often figures alone."""


def told_numbers_in(text: str) -> Iterator[Finding]:
    """The numbers of a text that are told partly in words, and codes that let somebody in.

    >>> text = "Ring o7seven00 900 one two three, my NI is double Q 12 34 56 C"
    >>> [finding.span.of(text) for finding in told_numbers_in(text)]
    ['o7seven00 900 one two three', 'double Q 12 34 56 C']
    """
    yield from _glued_phones(text)
    for match in DOUBLED_NINO.finditer(text):
        if sum(map(str.isdigit, match.group())) >= 4:
            yield detail("NINO", *match.span())
    for match in SORT_CODE_TOLD.finditer(text):
        yield detail("BANK", *match.span("detail"))
    for match in PASSCODE.finditer(text):
        yield detail("CASE_REF", *match.span("detail"), 0.9)
    for match in DOOR_CODE.finditer(text):
        yield detail("CASE_REF", *match.span("detail"), 0.9)


def _glued_phones(text: str) -> Iterator[Finding]:
    """Telephone numbers one of whose words has figures and words for figures in it."""
    done = 0
    for glued in GLUED.finditer(text):
        if glued.start() < done:
            continue
        start, end = glued.span()
        figures = _figures(glued.group())
        while len(figures) <= MOST and (before := _beside(text, start, -1)):
            start, figures = before.start(), _figures(before.group()) + figures
        while len(figures) < LIKELY[0] and (after := _beside(text, end, 1)):
            end, figures = after.end(), figures + _figures(after.group())
        if min(LIKELY) <= len(figures) <= MOST:
            yield detail("PHONE", start, end)
            done = end


def _beside(text: str, at: int, step: int) -> re.Match[str] | None:
    """The figures or words for figures that end, or begin, a blank or a mark away."""
    if step > 0:
        gap = BETWEEN.match(text, at)
        return SAID_OR_WRITTEN.match(text, gap.end()) if gap else None
    near = max(0, at - 24)
    last = list(SAID_OR_WRITTEN.finditer(text, near, at))[-1:]
    return last[0] if last and BETWEEN.fullmatch(text, last[0].end(), at) else None


def _figures(written: str) -> str:
    figures, times = "", 1
    for piece in PIECE.findall(written.casefold()):
        figures += "" if piece in TIMES else SAID.get(piece, piece) * times
        times = TIMES.get(piece, 1)
    return figures
