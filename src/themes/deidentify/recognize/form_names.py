"""Names in the fields of a form that was pasted: "Forename(s) QUILLA", "Surname: Brackett"."""

import re
from collections.abc import Iterator

from themes.deidentify.recognize.signed_initials import SIGNATURE
from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.lexicon import (
    all_names,
    context,
    more_given_names,
    more_surnames,
    ordinary_words,
    plain_names,
    surnames,
)
from themes.deidentify.wording.words import words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

_FIELD = (
    r"(?:(?:first|middle|given|last|family|maiden|full|other|previous|known|customer|claimant|patient|client|applicant)"
    r"(?:['’]?s)? names?|forenames?|surnames?)"
)
FIELD = hinted(
    rf"(?:^|(?<=\n)|(?<=[.,;|\t])|(?<=  )|(?<=[\w)] ))[ \t]{{0,6}}(?i:{_FIELD})"
    r"(?P<more>(?i: ?\(s\)| ?\([\w ,/]{1,30}\))?)"
    r"(?P<mark>[ \t]?[:=\-–|][ \t]{0,6}|[ \t]{1,6}|[ \t]?[:=]?[ \t]{0,6}\n[ \t]{0,6})"
    r"(?P<name>[A-Z][\w'’\-]{1,30}(?: [A-Z][\w'’\-]{1,30}){0,2})(?![\w'’\-])"
)
"""The word for a field, and what was filled in; words with capitals, or in capitals, alone."""
IN_A_FORM = re.compile(r"\(s\)|[:=|\n]", re.IGNORECASE)


def form_names_in(text: str) -> Iterator[Finding]:
    """The names in the fields of a form.

    >>> text = "Forename(s) QUILLA\\nSurname BRACKETT\\nFirst name and Surname please"
    >>> [finding.span.of(text) for finding in form_names_in(text)]
    ['QUILLA', 'BRACKETT']
    """
    for match in FIELD.finditer(text):
        at = match.start("name")
        words = words_of(match["name"])
        named: list[int] = []
        for word in words:
            if not _names(word.plain, in_a_form=_in_a_form(match)):
                break
            named.append(word.end)
        if named:
            span = Span(at + words[0].start, at + named[-1])
            yield Finding(span, "PERSON", IdentifierKind.DIRECT, 0.95, SIGNATURE)


def _in_a_form(match: re.Match[str]) -> bool:
    """Whether a mark, "(s)" or a line of its own says that this is a field, not a sentence about one."""
    own_line = match.string[match.start() - 1 : match.start()] in {"", "\n"} and match.string[
        match.end() : match.end() + 1
    ] in {"", "\n", "\r"}
    return own_line or IN_A_FORM.search(match["more"] + match["mark"]) is not None


def _names(plain: str, *, in_a_form: bool) -> bool:
    if plain in context("never") | context("titles_only"):
        return False
    listed = any(plain in names for names in (all_names(), surnames()))
    if plain in ordinary_words() and plain not in plain_names():
        return in_a_form and listed
    return in_a_form or listed or any(plain in names for names in (more_given_names(), more_surnames()))
