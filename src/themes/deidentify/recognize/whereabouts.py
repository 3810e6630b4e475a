"""Where something is to a few steps, without a street: three words, degrees, figures of the national grid."""

import re
from collections.abc import Iterator

from themes.deidentify.wording.figures import detail
from themes.deidentify.wording.hints import hinted
from themes.records.privacy import Finding

_WORDS = r"[^\W\d_]{3,20}\.[^\W\d_]{3,20}\.[^\W\d_]{3,20}"
THREE_WORDS = hinted(
    rf"(?<![\w/:])(?P<marked>///\s?{_WORDS})(?![\w.]|/\w)"
    rf"|\b(?:what ?3 ?words?|what ?three ?words|w3w)\b[^\n\d]{{0,25}}?(?<![\w.])(?P<said>{_WORDS})(?![\w.]\w)",
    re.IGNORECASE,
)
"""Of [what3words](https://what3words.com): three slashes, or the name of it, before three words with full stops."""
DEGREES = re.compile(
    r"(?<![\w.])(?P<north>[+\-]?\d{2}\.\d{3,8})\s?°?\s?[NS]?\s?[,;/\s]\s?"
    r"(?P<east>[+\-]?\d{1,2}\.\d{3,8})\s?°?\s?(?P<side>[EW])?(?![\w.]\d|\w)",
    re.IGNORECASE,
)
MINUTES = hinted(
    r"(?<![\w.])\d{1,2}\s?°\s?\d{1,2}(?:\.\d{1,5})?\s?['′’](?:\s?\d{1,2}(?:\.\d{1,5})?\s?(?:[\"″”]|''))?\s?[NS]"
    r"[,;\s]{0,3}\d{1,2}\s?°\s?\d{1,2}(?:\.\d{1,5})?\s?['′’](?:\s?\d{1,2}(?:\.\d{1,5})?\s?(?:[\"″”]|''))?\s?[EW]\b",
    re.IGNORECASE,
)
NORTH, EAST = (49.0, 61.5), (-9.0, 2.5)
"""Degrees between which the United Kingdom lies."""
GRID = hinted(
    r"\b(?:o\.?s\.? |national )?grid ref(?:erence)?\.?\b[\s:=]{0,3}(?:is |was |at )?"
    r"(?P<detail>[A-Z]{2}\s?(?:\d{3,5}\s?\d{3,5}))(?!\w)",
    re.IGNORECASE,
)


def whereabouts_in(text: str) -> Iterator[Finding]:
    """The exact positions in a text.

    >>> text = "I sleep at 53.7996, -1.5491, or ///filled.count.soap"
    >>> [finding.span.of(text) for finding in whereabouts_in(text)]
    ['///filled.count.soap', '53.7996, -1.5491']
    """
    for match in THREE_WORDS.finditer(text):
        yield detail("ADDRESS", *match.span("marked" if match["marked"] else "said"), 0.9)
    for match in DEGREES.finditer(text):
        east = float(match["east"]) if match["side"] not in {"W", "w"} else -abs(float(match["east"]))
        if NORTH[0] < float(match["north"]) < NORTH[1] and EAST[0] < east < EAST[1]:
            yield detail("ADDRESS", *match.span(), 0.9)
    for match in MINUTES.finditer(text):
        yield detail("ADDRESS", *match.span(), 0.9)
    for match in GRID.finditer(text):
        yield detail("ADDRESS", *match.span("detail"), 0.95)
