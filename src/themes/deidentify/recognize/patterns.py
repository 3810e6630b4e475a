"""Details with a form of their own: numbers, codes, addresses on the net.

Each form is asked only of a text that has what the form cannot do without: a figure, an "@", a full stop.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from themes.deidentify.recognize.hashtags import hashtags_in
from themes.deidentify.recognize.net_addresses import emails_in, machines_in, web_addresses_in
from themes.deidentify.recognize.numbers import numbers_in, spoken_numbers_in
from themes.deidentify.recognize.phones import extensions_in, phones_in
from themes.deidentify.recognize.postcodes import postcodes_in, spelled_postcodes_in
from themes.deidentify.recognize.scripts import strange_words_in
from themes.deidentify.recognize.spelled_names import spelled_names_in
from themes.deidentify.recognize.told_numbers import told_numbers_in
from themes.deidentify.recognize.user_names import user_names_in
from themes.deidentify.recognize.vehicles import vehicles_in
from themes.deidentify.recognize.whereabouts import whereabouts_in
from themes.records.privacy import Finding
from themes.records.raw import RawDocument
from themes.records.span import Span

Form = Callable[[str], Iterator[Finding]]
ALWAYS: tuple[Form, ...] = (
    emails_in, web_addresses_in, user_names_in, hashtags_in, spoken_numbers_in, strange_words_in, spelled_postcodes_in,
    spelled_names_in, whereabouts_in, extensions_in, told_numbers_in,
)  # fmt: skip
WITH_FIGURES: tuple[Form, ...] = (phones_in, numbers_in, postcodes_in, vehicles_in, machines_in)
MARKS = " \t\n\u00a0.,;:!?)(-–'\"…"
FIGURES = re.compile(r"\d|[A-Z][OoIl]{1,2}A?[\s\-]{0,2}[OoIl]?[A-Z]{2}")
"""A figure, or letters that stand for figures in a postcode or a number plate."""
SURE = 0.7
"""A form that holds another is believed from this score on."""


def find_patterns(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Formatted details of each document: one list of findings per document, in no set order, overlaps included."""
    return [patterns_in(document.text) for document in documents]


def patterns_in(text: str) -> list[Finding]:
    """The formatted details of one text; of two that lie over one another, only the one that holds the other."""
    forms = (*ALWAYS, *WITH_FIGURES) if FIGURES.search(text) else ALWAYS
    return _outermost([_trimmed(text, finding) for form in forms for finding in form(text)])


def _trimmed(text: str, finding: Finding) -> Finding:
    """Without the marks that close a sentence or a bracket around it."""
    end = finding.span.end
    while end > finding.span.start + 1 and text[end - 1] in MARKS:
        end -= 1
    return replace(finding, span=Span(finding.span.start, end))


def _outermost(findings: list[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.span.start, -f.span.end, -f.score)):
        if not any(k.span.contains(finding.span) and k.span != finding.span and k.score >= SURE for k in kept[-3:]):
            kept.append(finding)
    return kept
