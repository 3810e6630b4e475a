"""Cleaning of one candidate text: characters, then markup, then a look at what is left."""

import re
from collections.abc import Iterator
from dataclasses import replace

from themes.clean.characters import clean_characters, clean_line
from themes.clean.markup import clean_markup
from themes.clean.rewriting import Edit, rewritten
from themes.clean.screening import LONGEST_RAW, says_nothing, what_is_wrong
from themes.records.corpus import Empty, Quarantined
from themes.records.raw import RawDocument

_SPACES = re.compile(r"(?P<edge>\A\s+|\s+\Z)|(?P<blank> *\n(?: *\n)+ *)|(?P<line> *\n *)|(?P<gap> {2,})")


MOST_ROUNDS = 10  # one changes nothing in most texts; entities within entities within … are not worth more


def clean(document: RawDocument) -> RawDocument | Quarantined | Empty:
    """The document as it goes on, or what became of it instead.

    Sound characters (see `characters`), no markup (see `markup`), at most one blank line and one space in a row, none
    at the ends. `offsets` lead back to the text as received, quotations are moved along; author, prompt and attributes
    are cleaned likewise. Cleaning what was cleaned changes nothing.

    Returns:
        The cleaned document; an Empty if it says nothing; a Quarantined if it is longer than 100,000 characters, holds
        more than 1,000 signs without a space or half a character, or is mostly links.
    """
    if len(document.text) > LONGEST_RAW:
        return Quarantined(document.source, what_is_wrong(document.text))
    if any("\ud800" <= character <= "\udfff" for character in document.text):
        return Quarantined(document.source, what_is_wrong("\ud800"))
    cleaned = document
    for _ in range(MOST_ROUNDS):
        before = cleaned
        cleaned = clean_markup(clean_characters(cleaned))
        cleaned = rewritten(cleaned, _spaces(cleaned.text))
        if cleaned.text == before.text:
            break
    if problem := what_is_wrong(cleaned.text):
        return Quarantined(document.source, problem)
    if says_nothing(cleaned.text):
        return Empty(document.source)
    return replace(
        cleaned,
        author=(clean_line(document.author) or None) if document.author else None,
        prompt=clean_line(document.prompt) if document.prompt else document.prompt,
        attributes={name: clean_line(value) for name, value in document.attributes.items()},
    )


def _spaces(text: str) -> Iterator[Edit]:
    for match in _SPACES.finditer(text):
        new = {"edge": "", "blank": "\n\n", "line": "\n", "gap": " "}[match.lastgroup or "gap"]
        yield Edit(match.start(), match.end(), new)
