"""How many people speak of each theme: in all, by month, by question, by attribute."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from themes.estimate.mentions import Mention, mentions, people_documents, standing
from themes.records.coding import Coding
from themes.records.corpus import Case, Document
from themes.records.estimate import Prevalence
from themes.records.segment import Segment
from themes.records.theme import Membership, Theme, ThemeOrigin

_MOST_VALUES = 30
"""An attribute with more values is a name or a free answer rather than a group."""


def count_cases(
    cases: Iterable[Case],
    documents: Sequence[Document],
    segments: Iterable[Segment],
    codings: Iterable[Coding],
    themes: Sequence[Theme],
    memberships: Iterable[Membership],
    *,
    groups: Sequence[str] | None = None,
) -> list[Prevalence]:
    """How many cases speak of each theme, without shares: those wait for a reviewed sample. Needs the whole corpus.

    A guided theme is counted by the standing codings with its codes, an emergent one by its memberships. A case
    without a text of its own counts nowhere; articles never count; the writer of a duplicate counts as if they had
    been coded. Whoever wrote in two months is counted in each, so months do not add up to the whole.

    Args:
        cases: With the attributes to compare by.
        documents: All of the corpus, articles and duplicates among them.
        segments: Of the documents that are no duplicates.
        codings: Those of guided themes.
        themes: Each gets its rows, also where nobody speaks of it.
        memberships: Those of emergent themes.
        groups: Names of attributes to compare by; without, every one that has at most 30 values.

    Returns:
        For each theme, in order: everybody; each month ("2013-04"); each question asked; each value of each attribute
        ("scheme=Work Programme"). `cases` counts who wrote, in that month, to that question, with that value;
        `cases_with` those of them who speak of the theme.
    """
    people = people_documents(documents)
    wrote = {Mention("", d.case_id, d.document_id, d.written or "", d.prompt or "") for d in people}
    values = _values(cases, {d.case_id for d in people}, groups)

    spoke: defaultdict[str, set[Mention]] = defaultdict(set)
    for mention in mentions(_subjects(themes, codings, memberships), segments, documents):
        spoke[mention.subject].add(mention)

    sizes = _by_cell(wrote, values)
    rows = []
    for theme in themes:
        with_it = _by_cell(spoke[theme.theme_id], values)
        rows += [
            Prevalence(theme.theme_id, group, question, period, len(size), len(with_it[group, question, period]))
            for (group, question, period), size in sorted(sizes.items(), key=_order)
        ]
    return rows


def _subjects(
    themes: Iterable[Theme], codings: Iterable[Coding], memberships: Iterable[Membership]
) -> list[tuple[str, str]]:
    """Each segment with each theme that it belongs to."""
    themes_of: defaultdict[str, list[str]] = defaultdict(list)
    emergent = set()
    for theme in themes:
        if theme.origin is ThemeOrigin.EMERGENT:
            emergent.add(theme.theme_id)
        else:
            for code_id in theme.code_ids:
                themes_of[code_id].append(theme.theme_id)
    guided = [(c.segment_id, theme_id) for c in standing(codings) for theme_id in themes_of.get(c.code_id, ())]
    return guided + [(m.segment_id, m.theme_id) for m in memberships if m.theme_id in emergent]


type _Cell = tuple[str, str, str]
"""Group, question and period; at most one of them is not ""."""


def _by_cell(found: Iterable[Mention], values: dict[str, list[str]]) -> dict[_Cell, set[str]]:
    cells: defaultdict[_Cell, set[str]] = defaultdict(set)
    cells["", "", ""] = set()
    for mention in found:
        own: list[_Cell] = [("", "", ""), *((value, "", "") for value in values.get(mention.case_id, ()))]
        if mention.month:
            own.append(("", "", mention.month))
        if mention.question:
            own.append(("", mention.question, ""))
        for cell in own:
            cells[cell].add(mention.case_id)
    return cells


def _values(cases: Iterable[Case], writers: set[str], groups: Sequence[str] | None) -> dict[str, list[str]]:
    """Each case's "attribute=value", for the attributes to compare by."""
    attributes = {case.case_id: case.attributes for case in cases if case.case_id in writers}
    known: defaultdict[str, set[str]] = defaultdict(set)
    for own in attributes.values():
        for name, value in own.items():
            known[name].add(value)
    chosen = set(groups) if groups is not None else {name for name, said in known.items() if len(said) <= _MOST_VALUES}
    return {
        case_id: [f"{name}={value}" for name, value in own.items() if name in chosen and value]
        for case_id, own in attributes.items()
    }


def _order(cell: tuple[_Cell, set[str]]) -> tuple[bool, bool, bool, _Cell]:
    """Everybody, then months, then questions, then attributes."""
    group, question, period = cell[0]
    return bool(group), bool(question), bool(period), cell[0]
