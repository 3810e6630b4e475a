"""Sums of money large enough to point at a case: a debt of £14,754, never a benefit of £73.10 a week."""

import re
from collections.abc import Sequence

from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

# From a thousand on: weekly sums have three figures at most, and are the same for thousands of people.
CODE = r"(?:GBP|EUR|USD|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|RUB|TRL|TRY|ATS|DEM|FRF|ITL|CAD|AUD|INR|PKR|NGN)"
NAME = (
    r"(?i:(?:[a-z]+ ){0,2}?(?:pounds?|quid|euros?|dollars?|liras?|zlotys?|kron(?:or|er|a)|francs?|marks?|rou?bles?"
    r"|schillings?|rupees?|naira)(?: sterling)?)"
)
AMOUNT = (
    r"(?:\d{1,3}(?:[,. ]\d{3}){1,4}(?:[.,]\d{1,2})?|\d{4,12}(?:\.\d{1,2})?"
    r"|\d{1,4}(?:\.\d{1,2})?(?: ?k| ?(?i:thousand|million|grand))\b)(?![,.]?\d)"
)
SUM = re.compile(
    rf"(?:[£€$] ?|\b{CODE} ){AMOUNT}|(?<![\w.,£€$]){AMOUNT} (?:{CODE}\b|{NAME}\b)(?: \({CODE}\))?",
)


def find_quantities(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Large sums of each document. The coding profile keeps them."""
    return [quantities_in(document.text) for document in documents]


def quantities_in(text: str) -> list[Finding]:
    """The large sums of one text, currency included.

    >>> [finding.span.of("owed £14,754 on £73.10") for finding in quantities_in("owed £14,754 on £73.10")]
    ['£14,754']
    """
    return [
        Finding(Span(*match.span()), "QUANTITY", IdentifierKind.QUASI, 0.7, "quantities")
        for match in SUM.finditer(text)
    ]
