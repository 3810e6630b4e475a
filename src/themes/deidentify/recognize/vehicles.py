"""Number plates since 1963, and those of Northern Ireland: by form, or where a vehicle is spoken of."""

import re
from collections.abc import Iterator

from themes.deidentify.wording.figures import detail
from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.lexicon import context, ordinary_words
from themes.records.privacy import Finding

PLATE = re.compile(
    r"(?<![^\W_])(?P<plate>(?:(?P<since_2001>[A-Z]{2}(?:\d[\dOoIl]|[OoIl]\d|(?-i:(?<=[A-Z])[OoIl]{2}(?=[\s\-]?[A-Z]))))|(?P<prefix>[A-Z]\d{1,3}))[\s\-]{0,4}(?P<last>[A-Z]{3})"
    r"|(?P<suffix>[A-Z]{3})[\s\-]{0,4}\d{1,3}[A-Z]|(?P<northern>[A-Z]{1,2}[IZ][A-Z]?)[\s\-]{0,4}\d{3,4})(?![^\W_])",
    re.IGNORECASE,
)
REGISTRATION = hinted(
    r"\b(?:reg|registration|number plate|plate|reg plate)(?: (?:no\.?|number|is|was|plate|mark)){0,2}[ :]{1,2}"
    r"(?P<detail>[a-z]{1,3}\s?\d{1,4}\s?[a-z]{0,3})(?![^\W_])",
    re.IGNORECASE,
)
_APART = r"[\s.,\-]{1,2}"
SPELLED = re.compile(
    rf"(?<![^\W_])(?P<first>[A-Z]){_APART}(?:[A-Z]{_APART}\d{_APART}\d|(?:\d{_APART}){{1,3}}(?<=[\s.,\-]))"
    rf"(?:(?<=\d){_APART})?[A-Z]{_APART}[A-Z]{_APART}[A-Z](?![^\W_])",
    re.IGNORECASE,
)
"""A plate letter by letter: "W X 1 2 A B C"."""
SPOKEN_OF = re.compile(
    r"\b(?:car|cars|van|reg|registration|plates?|vehicle|motability|scooter|motorbike|moped|lorry|taxi|drives?|driving|drove"
    r"|park(?:ed|ing)|clamped|towed|ticket|keeper|badge|garage|mot|fiesta|corsa|astra|polo|clio|micra"
    r"|berlingo|vauxhall|nissan|renault|peugeot|citroen|toyota|yaris|honda|skoda|volvo|audi|bmw)\b",
    re.IGNORECASE,
)
_FORM_LETTERS = """
UC IB UB BF HC"""
FORM_LETTERS = frozenset(_FORM_LETTERS.split())
"""What the names of forms begin with: UC50, IB50."""
_NOT_PLATES = """
ESA PIP DLA JSA UC WCA DWP NHS CSA PTSD AND FOR THE GCSE COV"""
NOT_PLATES = frozenset(_NOT_PLATES.split())


def vehicles_in(text: str) -> Iterator[Finding]:
    """The number plates of a text."""
    for match in PLATE.finditer(text):
        if _a_plate(text, match):
            yield detail("VEHICLE", *match.span(), 0.9)
    for match in SPELLED.finditer(text):
        if _spoken_of(text, match):
            yield detail("VEHICLE", *match.span(), 0.9)
    for match in REGISTRATION.finditer(text):
        yield detail("VEHICLE", *match.span("detail"), 0.9)


def _a_plate(text: str, match: re.Match[str]) -> bool:
    written = match.group()
    said = _spoken_of(text, match)
    first, last = re.match(r"[A-Za-z]+?(?=[\dOoIl]|[^A-Za-z])", written), (match["last"] or "").casefold()
    letters = first.group().upper() if first else ""
    capital = match["last"] is None or match["last"].isupper()
    apart = any(not c.isalnum() for c in written)
    if letters in NOT_PLATES or (letters in FORM_LETTERS and (apart or not said)):
        return False
    if last.upper() in NOT_PLATES and not said:
        return False
    if not any(c.isdigit() for c in written):
        return said and capital and written[:2].isupper() and last not in ordinary_words()
    if match["northern"] or match["suffix"]:
        return said
    if apart and last in ordinary_words():
        return said and last not in context("everyday") and (capital or match["since_2001"] is not None)
    return said or written.isupper()


def _spoken_of(text: str, match: re.Match[str]) -> bool:
    """Whether the words around speak of a vehicle."""
    near = text[max(0, match.start() - 60) : match.start()] + " " + text[match.end() : match.end() + 40]
    return SPOKEN_OF.search(near) is not None
