"""Codes against codes, months and attributes, counted by cases."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from themes.estimate.mentions import Mention, cases_by_subject, mentions, people_documents, standing
from themes.records.coding import Coding
from themes.records.corpus import Case, Document
from themes.records.segment import Segment


def co_occurrence(
    codings: Iterable[Coding], segments: Iterable[Segment], documents: Iterable[Document]
) -> list[tuple[str, str, int]]:
    """(code, other code, cases that speak of both) for each pair that any case does, each pair once, codes by id."""
    cases = cases_by_subject(_coded(codings, segments, documents))
    pairs = ((one, other, len(cases[one] & cases[other])) for one, other in combinations(sorted(cases), 2))
    return [pair for pair in pairs if pair[2]]


def cases_by_month(
    codings: Iterable[Coding], segments: Iterable[Segment], documents: Iterable[Document]
) -> list[tuple[str, str, int]]:
    """(month, code, cases that speak of it in a text of that month), by month and code; texts without one are out.

    Every month from the first to the last that anybody wrote in is there for every code, with 0 where nobody spoke of
    it: a gap in a trend is not a missing row.
    """
    documents = list(documents)
    found = _coded(codings, segments, documents)
    cases: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in found:
        cases[mention.month, mention.subject].add(mention.case_id)
    written = [document.written for document in people_documents(documents) if document.written]
    codes = sorted({mention.subject for mention in found})
    return [(month, code, len(cases[month, code])) for month in _months(written) for code in codes]


def cases_by_attribute(
    codings: Iterable[Coding],
    segments: Iterable[Segment],
    documents: Iterable[Document],
    cases: Iterable[Case],
    attribute: str,
) -> list[tuple[str, str, int]]:
    """(value, code, cases with that value that speak of it), by value and code; cases without a value are out."""
    value_of = {case.case_id: case.attributes[attribute] for case in cases if case.attributes.get(attribute)}
    spoke: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in _coded(codings, segments, documents):
        if mention.case_id in value_of:
            spoke[value_of[mention.case_id], mention.subject].add(mention.case_id)
    return [(value, code, len(found)) for (value, code), found in sorted(spoke.items())]


def _coded(codings: Iterable[Coding], segments: Iterable[Segment], documents: Iterable[Document]) -> set[Mention]:
    return mentions(((c.segment_id, c.code_id) for c in standing(codings)), segments, documents)


def _months(written: list[str]) -> list[str]:
    if not written:
        return []
    (year, month), last = (int(part) for part in min(written).split("-")), max(written)
    months = [min(written)]
    while months[-1] < last:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        months.append(f"{year:04d}-{month:02d}")
    return months
