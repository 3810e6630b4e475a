"""Who holds an office of state, where a title would make somebody private of a surname that everybody knows."""

import re
from collections.abc import Sequence

from themes.deidentify.decide.namesakes import told_who
from themes.deidentify.weigh.evidence import Look
from themes.deidentify.wording.words import KeptPlace, within
from themes.records.span import Span

TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|dr)\.? $", re.IGNORECASE)
"""What stands before the name, at the end of what is before it."""
_OF_WHAT = r"(?: for| of)(?: \w+){1,5}"
OFFICE = re.compile(
    r"\b(?:(?:prime|first|welfare|benefits?|employment|pensions?|health|tory|labour|cabinet|government|shadow) minister"
    rf"|minister{_OF_WHAT}|pm|mp|chancellor|secretary of state(?:{_OF_WHAT})?"
    r"|(?:home|foreign|health|education|pensions|business) secretary"
    r"|(?:labour|tory|conservative|lib dem|party|snp|opposition) leader),? \w+\.? $",
    re.IGNORECASE,
)
"""An office of state before title and name. "The minister" alone may be of a church, "the secretary" of a school."""
_MADE = r"(?:government|cabinet|party|reforms?|cuts|polic(?:y|ies)|budget|cronies|big society)\b"
OF_STATE = re.compile(rf"['’]s? {_MADE}|,? and (?:his|her|their) {_MADE}", re.IGNORECASE)
"""What stands behind the name of somebody who governs."""


def office_holders(seen: Look, kept: Sequence[KeptPlace]) -> list[Span]:
    """Where "Mr Osborne" is the chancellor: an office of state stands before it, what only governments have behind it,
    or the text has his whole name. Not where somebody met is called so: "Mr Osborne, my adviser".

    >>> from themes.deidentify.weigh.evidence import look
    >>> from themes.deidentify.wording.words import kept_places
    >>> text = "The chancellor, Mr Osborne, cut it. Mr Cameron, my adviser, was kind."
    >>> [span.of(text) for span in office_holders(look(text), kept_places(text))]
    ['Osborne']
    """
    people = [place for place in kept if place.group == "people"]
    whole = {place.span.of(seen.text).casefold() for place in people if not place.short}
    return [place.span for place in people if place.short and _governs(seen, place.span, whole)]


def _governs(seen: Look, span: Span, whole: set[str]) -> bool:
    before = seen.text[max(0, span.start - 60) : span.start]
    if not TITLE.search(before) or told_who(seen, within(seen.words, span)[-1]):
        return False
    told = OFFICE.search(before) or OF_STATE.match(seen.text, span.end)
    return told is not None or any(name.endswith(f" {span.of(seen.text).casefold()}") for name in whole)
