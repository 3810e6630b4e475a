"""Street addresses: a number and a street, a flat or a house by name, a street alone."""

import re
from collections.abc import Sequence

from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

TYPE = (
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Dr|Close|Cl|Crescent|Cres|Terrace|Terr|Grove|Gardens|Gdns"
    r"|Place|Pl|Court|Ct|Way|Walk|Row|Square|Sq|Hill|Rise|View|"
    r"Mews|Parade|Park|Green|Fold|Croft|Mount|Bank|Parkway|Embankment|Promenade|Quay|Wharf|Gate|Side|Villas"
    r"|Buildings|Vale|Heights|Meadow|Meadows|Drove|Wynd|Brae|Loan|Circus|Common|End|Field|Fields|Yard|Garth"
    r"|Ginnel|Approach|Broadway|Causeway)"
)
SURE_TYPE = r"(?:Street|Road|Rd|Lane|Avenue|Ave|Drive|Close|Crescent|Cres|Terrace|Grove|Gardens|Mews|Wynd)"
STREET = r"(?:St\.? )?[A-Z][\w'’\-]+(?: (?:of|the|and|St\.?|[A-Z][\w'’\-]+)){0,3}"
NUMBERED = re.compile(
    rf"(?<![\w£./\-])(?:(?:[Ff]lat|[Aa]partment|[Aa]pt|[Uu]nit|[Rr]oom|[Nn]o\.?"
    rf"|[Nn]umber) ?\d{{1,4}}[A-Za-z]?,? )?\d{{1,4}}[A-Za-z]?,? {STREET} {TYPE}\b\.?"
    rf"|(?<![\w£./\-])(?:(?:[Ff]lat|[Aa]partment|[Aa]pt|[Rr]oom) ?\d{{1,4}}[A-Za-z]?),? (?:{STREET} (?:House"
    rf"|Court|Tower|Towers|Lodge|Heights|Mansions|Point|Buildings|Place)\b)(?:,? \d{{1,4}}[A-Za-z]? {STREET} {TYPE}\b)?"
    rf"|(?<![\w£./\-])(?:(?:[Ff]lat|[Aa]partment|[Aa]pt) \d{{1,4}}[A-Za-z]?)(?:,? (?:{STREET}))?"
)
# In small letters only what leaves no doubt: "14 high road" could be a score, "live at 14 acacia avenue" could not.
LOWER = re.compile(
    rf"\b(?:live|lives|lived|living|moved|address is|address|flat|staying|round|house) (?:in |at |to |is "
    rf"|on ){{0,2}}(?P<detail>\d{{1,4}}[a-z]? [a-z'’\-]+(?: [a-z'’\-]+)? (?i:{SURE_TYPE}))\b",
    re.IGNORECASE,
)
SMALL_FLAT = re.compile(
    r"(?<![\w£./\-])(?P<detail>(?:flat|apartment|apt) ?\d{1,4}[a-z]?,? (?:[\w'’\-]+ ){1,3}(?:house|court|tower"
    r"|towers|lodge|heights|mansions|point|buildings|place|street|road|lane|avenue|close))\b",
    re.IGNORECASE,
)
NAMED = re.compile(
    rf"\b(?:on|in|at|off|down|along|to|near|from|of|around"
    rf"|and)(?: the)? (?P<detail>(?:St\.? )?[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)? (?:{SURE_TYPE}"
    rf"|[Ee]state))\b(?! (?:[Aa]gent|Fund|Credit|Team|Programme|News))"
)
HOUSE = re.compile(
    r"\b(?:live|lives|lived|living|moved|staying) (?:in|at|to"
    r"|into) (?P<detail>[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)? (?:House|Cottage|Court|Tower|Lodge|Hostel|Farm"
    r"|Estate|Mansions|Heights))\b"
)
PUBLIC = re.compile(
    r"(?:Downing|Fleet|Wall|Coronation|Sesame|Benefits|High|Main|Quality|Memory|Easy) (?:Street|Lane)$|^(?:The"
    r"|This|That|Every|Each|Local|My|Our)\b"
)


def find_addresses(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Street addresses of each document."""
    return [addresses_in(document.text) for document in documents]


def addresses_in(text: str) -> list[Finding]:
    """The street addresses of one text.

    >>> addresses_in("I live at 3 Elm Close.")[0].span.of("I live at 3 Elm Close.")
    '3 Elm Close.'
    """
    found = []
    for form, score in ((NUMBERED, 1.0), (LOWER, 0.9), (SMALL_FLAT, 0.9), (NAMED, 0.8), (HOUSE, 0.8)):
        for match in form.finditer(text):
            group = "detail" if "detail" in form.groupindex else 0
            if not PUBLIC.search(match.group(group)):
                found.append(Finding(Span(*match.span(group)), "ADDRESS", IdentifierKind.DIRECT, score, "addresses"))
    return found
