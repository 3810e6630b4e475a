"""Nationality, descent and belief, where a person is said to have them: for the strict profile alone."""

import re
from collections.abc import Sequence
from functools import cache

from themes.deidentify.wording.lexicon import origins, things_of_origin
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span


def find_origins(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Origins and beliefs of each document. The coding profile keeps them."""
    return [origins_in(document.text) for document in documents]


def origins_in(text: str) -> list[Finding]:
    """The origins and beliefs of one text, not those of a court, a language or a law.

    >>> text = "I am Kurdish, a Muslim; the Turkish Government and English law"
    >>> [finding.span.of(text) for finding in origins_in(text)]
    ['Kurdish', 'Muslim']
    """
    return [
        Finding(Span(*match.span()), "DEM", IdentifierKind.QUASI, 0.6, "origins") for match in _form().finditer(text)
    ]


@cache
def _form() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{origins()}s?|Jehovah['’]s Witness(?:es)?)\b(?! [A-Z]| {things_of_origin()})")
