"""People singled out by being the only one: "the only blind woman in the office"."""

import re
from collections.abc import Sequence

from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

WHO = (
    r"(?:(?!was|is|were|are|thing|reason|way|time|problem|option|help|job|place)[a-z'’\-]+ ){0,4}(?:woman|man"
    r"|person|girl|boy|lad|lady|mother|mum|father|dad|family|couple|wheelchair user|employee|worker|student|pupil|"
    r"teacher|doctor|nurse|vicar|postman|postwoman|butcher|baker|farmer|shepherd|beekeeper|gamekeeper|one"
    r"|black|asian|muslim|jewish|gay|trans|deaf|blind|sikh|traveller|roma|gypsy)"
)
ONLY = re.compile(
    rf"\b(?:the|am|was|is|were|are|being|be|as) (?P<detail>(?:the )?only (?:\w+ )?{WHO} (?:in|at|on|from"
    rf"|working|living|with|within|of)\b(?: (?:the|my|our|a|this|that|whole|entire))*(?: [\w'’\-]+){{1,3}})",
    re.IGNORECASE,
)
ONE_OF_FEW = re.compile(
    r"\b(?P<detail>(?:one of|there are|there were) (?:only |just |about )?(?:a handful|two|three|four|five|six"
    r"|seven|eight|nine|ten|a dozen|\d{1,2})(?: of)? (?:people|women|men|families|children|patients|cases"
    r"|of us)(?: (?:in|with|on) (?:the )?[\w'’\-]+(?: [\w'’\-]+)?))",
    re.IGNORECASE,
)
OFFICE_OF = re.compile(
    r"\b(?P<detail>(?:mayor|mayoress|vicar|rector|minister|imam|rabbi|head ?teacher|headmaster|headmistress"
    r"|captain|chairman|chairwoman|chair|landlord|landlady|postmaster|postmistress|lollipop (?:lady|man)"
    r"|stationmaster|lock keeper|lighthouse keeper|town crier|"
    r"parish clerk|organist|caretaker|councillor) (?:of|for|at|in) (?:the |St\.? )?(?!Work|State|Health"
    r"|Pensions|Disabled|Employment|Justice|Education|Finance|Labour|Tor)[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)*)"
)
FORMS = (("JOB", OFFICE_OF), ("DEMOG", ONLY), ("DEMOG", ONE_OF_FEW))


def find_singled_out(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Phrases that single a person out of everybody around."""
    return [
        [
            Finding(Span(*match.span("detail")), label, IdentifierKind.QUASI, 0.8, "singled-out")
            for label, form in FORMS
            for match in form.finditer(document.text)
        ]
        for document in documents
    ]
