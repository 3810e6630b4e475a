"""What stands right behind a name and says for certain that somebody bears it: "Angel the receptionist", "Moses from
the Shaw Trust", "my adviser was hope and she"."""

import re

from themes.deidentify.recognize.said_names import office_after
from themes.deidentify.wording.lexicon import any_of, context
from themes.deidentify.wording.reading import Reading

APPOSED = re.compile(
    rf",? (?:my|the|our|his|her) (?:\w+ )?{any_of('staff')}\b| from (?:the |my |our )?{any_of('workplaces')}\b",
    re.IGNORECASE,
)
SPEAKS_OF_THEM = re.compile(r",? (?:(?:and|but|so|cos|coz|because|then) s?he\b|who\b|s?he\b)", re.IGNORECASE)
FRANK = frozenset({"frank", "rich", "precious", "sunny", "earnest"})
"""Names that say as well what somebody is like."""


def is_apposed(reading: Reading, i: int) -> bool:
    """Whether a role or an office right behind word i says who somebody is. Months and "will" stand there as well:
    "Will the adviser ring?"."""
    word = reading.words[i]
    if word.plain in context("auxiliaries") or word.plain in context("month_names"):
        return False
    if APPOSED.match(reading.text, word.end):
        return True
    return reading.next_is(i, frozenset({"from"})) and office_after(reading, i) is not None


def is_spoken_of(reading: Reading, i: int) -> bool:
    """Whether a clause about whoever bears the name follows word i."""
    word = reading.words[i]
    return word.plain not in FRANK and SPEAKS_OF_THEM.match(reading.text, word.end) is not None
