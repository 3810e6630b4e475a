"""Places in the fields of a form that was pasted: "Town: Goole". Beside a name, taggers take them for persons."""

from collections.abc import Iterator

from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.lexicon import context, ordinary_words, places
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

PLACE_FIELD = "place-field"
"""The recogniser of such places: no weight is asked about it."""
FIELDS = frozenset({"town", "city", "village", "borough", "county", "district", "parish", "suburb"})
_ANY = "|".join(sorted(FIELDS))
FIELD = hinted(
    rf"(?<!\w)(?i:(?:home |nearest |post(?:al)? )?(?:{_ANY})(?: ?/ ?(?:{_ANY}))?)"
    r" ?[:=][ \t]{0,6}(?P<name>[^\W\d_][\w'’\-]{2,30}(?:[ \-][A-Z][\w'’\-]{1,30}){0,2})(?![\w'’\-])"
)


def place_fields_in(text: str) -> Iterator[Finding]:
    """The places in the fields of a form: a word with a capital, or a village in small letters.

    >>> text = "Author: Quill. Town: Goole. County: unknown"
    >>> [finding.span.of(text) for finding in place_fields_in(text)]
    ['Goole']
    """
    for match in FIELD.finditer(text):
        name = match["name"].casefold()
        known = name in places()
        word = name.split()[0] in context("never") or (name in ordinary_words() and not known)
        if not word and (known or match["name"][0].isupper()):
            yield Finding(Span(*match.span("name")), "LOCATION", IdentifierKind.QUASI, 1.0, PLACE_FIELD)
