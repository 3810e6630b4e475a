"""What may be shown to whom: small groups are blanked, what tells of risk to life is withheld.

The only way from a `Project` to a `Release`. A number below `fewest_cases` is hidden, never the theme; and so are
as many others of its breakdown as it takes that subtraction gives nothing back.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace

from themes.coarser import coarser, coarser_differences, is_count
from themes.errors import ProtectionError
from themes.records.codebook_work import CodebookProposal
from themes.records.corpus import Case, Document, DocumentKind, SourceRef
from themes.records.estimate import Prevalence
from themes.records.project import Audience, Project, Release
from themes.records.release import Approval
from themes.records.theme import ThemeOrigin
from themes.release_text import answers_as_released, as_released, released_groups, released_prompts, segment_as_released
from themes.withholding import block_documents, block_segments, flagged_segments, without_exemplars

NAMES_NOBODY = frozenset({"", "polarity", "theme", "stance"})
"""Groupings by what is said; the others are by who people are, and the name of a small group may tell of them."""

OVERLAPPING = frozenset({"theme", "stance"})
"""Groupings in which one case belongs to many groups, so that they do not add up to a total anybody could use."""

ROUNDED_TO = {Audience.TEAM: 1, Audience.PUBLIC: 5}

type CellKey = tuple[str, str, str, str]
"""(theme_id, group, question, period)"""


def release(
    project: Project, audience: Audience, *, fewest_cases: int = 10, approval: Approval | None = None
) -> Release:
    """A project cleared for an audience.

    Args:
        project: All records of a run.
        audience: The team, for whom every run writes an edition marked "not for publication"; or the public.
        fewest_cases: A count of people below this is hidden; a corpus of fewer cases is read and not counted.
        approval: Needed for the public: says what may be quoted.

    Returns:
        The release. In it
        - counts are hidden and shares of unchecked codings dropped (`suppress`);
        - excerpts flagged for risk to life are blocked out wherever they stand, and listed in `withheld`;
        - attributes, months and speakers are blanked where their count would be hidden; all of who hid a name;
        - agreement is told for codes whose excerpts are from `fewest_cases` cases, and so are the numbers of proposals
          about the codebook;
        - for the public, texts are those of the release profile, and all but the quotable segments are withheld;
          articles, emergent themes (their words come from texts of the coding profile), file names, residual findings,
          decisions and what was learned from them are left out; counts are rounded.

    Raises:
        ProtectionError: For a public edition without approval; if a flag for risk to life names no excerpt.
    """
    if audience is not Audience.TEAM and approval is None:
        raise ProtectionError(
            f"An edition for the audience '{audience}' needs `themes release approve`; nothing was written."
        )
    reading_edition = len(project.cases) < fewest_cases
    withheld = flagged_segments(project)
    if approval is not None:
        withheld |= {s.segment_id for s in project.segments if s.segment_id not in approval.quotable}
        project = _strictly(project)
    name_hidden = frozenset(document.case_id for document in project.documents if document.name_hidden)
    described = _blank_rare(project.cases, project.documents, name_hidden, fewest_cases)
    documents = block_documents(described[1], project.segments, withheld)
    numbers = () if reading_edition else project.prevalences
    shown = suppress(numbers, fewest_cases=fewest_cases, round_to=ROUNDED_TO[audience])
    kept = {field.name: getattr(project, field.name) for field in fields(project) if field.name != "flags"}
    return Release(
        **kept
        | {
            "cases": described[0],
            "documents": documents,
            "segments": block_segments(project.segments, withheld),
            "themes": tuple(without_exemplars(theme, withheld) for theme in project.themes),
            "prevalences": shown,
            "differences": coarser_differences(
                project.differences, shown, fewest=fewest_cases, round_to=ROUNDED_TO[audience]
            ),
            "earlier": None
            if reading_edition or project.earlier is None
            else replace(project.earlier, prevalences=suppress(project.earlier.prevalences, fewest_cases=fewest_cases)),
            "saturation": () if reading_edition else project.saturation[fewest_cases - 1 :],
            "agreements": tuple(one for one in project.agreements if one.cases >= fewest_cases),
            "codebook_work": tuple(_cleared_work(one, withheld, fewest_cases) for one in project.codebook_work),
        },
        audience=audience,
        fewest_cases=fewest_cases,
        reading_edition=reading_edition,
        withheld=withheld,
    )


def _cleared_work(proposal: CodebookProposal, withheld: Collection[str], fewest: int) -> CodebookProposal:
    """A proposal without excerpts that are withheld; and without its numbers if they are of few people."""
    shown = replace(proposal, segment_ids=tuple(i for i in proposal.segment_ids if i not in withheld))
    if proposal.cases is not None and proposal.cases >= fewest:
        return shown
    return replace(shown, excerpts=None, out_of=None, cases=None)


def _strictly(project: Project) -> Project:
    """The project by the release profile, without what no public edition may hold."""
    people = [document for document in project.documents if document.kind is not DocumentKind.ARTICLE]
    before, after = ({d.document_id: d for d in given} for given in (people, map(_strict, people)))
    themes = tuple(theme for theme in project.themes if theme.origin is ThemeOrigin.GUIDED)
    segments = [s for s in project.segments if s.document_id in after]
    kept, guided = {s.segment_id for s in segments}, {theme.theme_id for theme in themes}
    emergent = {theme.theme_id for theme in project.themes} - guided
    read = project.run.counts.get("read", 0)
    groups, asked = released_groups(project.cases, people), released_prompts(people)
    return replace(
        project,
        run=replace(project.run, inputs={}, counts={"read": _rounded(read, ROUNDED_TO[Audience.PUBLIC])}),
        cases=tuple(Case(case.case_id, answers_as_released(case)) for case in project.cases),
        documents=tuple(after.values()),
        segments=tuple(segment_as_released(s, before[s.document_id], after[s.document_id]) for s in segments),
        codings=tuple(coding for coding in project.codings if coding.segment_id in kept),
        flags=tuple(flag for flag in project.flags if flag.segment_id in kept),
        themes=themes,
        memberships=tuple(m for m in project.memberships if m.theme_id in guided and m.segment_id in kept),
        prevalences=tuple(
            replace(p, group=groups.get(p.group, p.group), question=asked.get(p.question, p.question))
            for p in project.prevalences
            if not {p.theme_id, p.group.removeprefix("theme=")} & emergent and groups.get(p.group) != ""
            if asked.get(p.question) != ""
        ),
        differences=tuple(
            replace(each, one=groups.get(each.one, each.one), other=groups.get(each.other, each.other))
            for each in project.differences
            if "" not in {groups.get(each.one), groups.get(each.other)}
        ),
        drift=(),
        earlier=None,
        saturation=(),
        quarantined=(),
        residual=(),
        agreements=(),
        decisions=(),
        codebook_work=(),
    )


def _strict(document: Document) -> Document:
    return replace(as_released(document), source=SourceRef(""), consent=None, promises=(), fingerprint="")


def _rounded(count: int, to: int) -> int:
    return (count + to // 2) // to * to


def suppress(prevalences: Iterable[Prevalence], *, fewest_cases: int = 10, round_to: int = 1) -> tuple[Prevalence, ...]:
    """The same numbers with the small ones hidden, and those from which they could be worked out.

    A breakdown is a total and its cells: the groups of one attribute, the periods, the questions. People with no
    value for it are one more cell, which nobody sees. If something in a breakdown is hidden, then at least two
    numbers are, together at least `fewest_cases`; else its smallest shown cells are hidden as well. Totals stay
    unless they are small themselves. So a hidden cell need not be a small one.

    Args:
        prevalences: With `group` "" or "attribute=value"; "polarity=…" counts each case once, under one value.
        fewest_cases: Counts below it are hidden, 0 included.
        round_to: Shown counts are rounded to a multiple of it, halves up.

    Returns:
        Counts of suggestions, then estimates, each in the same order, without the rows of groups whose size is hidden:
        "village=Ham" says that somebody lives there, and which names are missing would say which sizes are small.
        Shares of unchecked machine codings are dropped whatever their size; estimated ones where a count is hidden.
    """
    given = list(prevalences)
    counted, estimated = [p for p in given if is_count(p)], [p for p in given if not is_count(p)]
    counts = _suppressed(counted, fewest_cases, round_to)
    named = {p.group for p in counts}
    shares = _suppressed(estimated, fewest_cases, round_to)
    return (*counts, *(coarser(p, round_to=round_to) for p in shares if not counted or p.group in named))


def _suppressed(given: Sequence[Prevalence], fewest_cases: int, round_to: int) -> tuple[Prevalence, ...]:
    with_theme = {_key(p): p.cases_with for p in given if p.cases_with is not None}
    # The size of a group is the same number for every theme, so it is hidden for all of them or for none.
    sizes = {("", *_key(p)[1:]): p.cases for p in given if p.theme_id and p.cases is not None}
    hidden = _hidden(with_theme, fewest_cases)
    hidden_sizes = _hidden(sizes, fewest_cases)
    unnamed = {
        p.group
        for p in given
        if not (p.question or p.period) and p.group.partition("=")[0] not in NAMES_NOBODY
        if ("", *_key(p)[1:]) in (hidden_sizes if p.theme_id else hidden)
    }

    def shown(count: int | None, is_hidden: bool) -> int | None:
        if count is None or is_hidden or count < fewest_cases:
            return None
        return _rounded(count, round_to)

    def cleared(p: Prevalence) -> Prevalence:
        cases = shown(p.cases, bool(p.theme_id) and ("", *_key(p)[1:]) in hidden_sizes)
        cases_with = shown(p.cases_with, _key(p) in hidden)
        if cases_with is None or is_count(p):
            return replace(p, cases=cases, cases_with=cases_with, share=None, low=None, high=None)
        return replace(p, cases=cases, cases_with=cases_with)

    return tuple(cleared(p) for p in given if p.group not in unnamed)


def _key(p: Prevalence) -> CellKey:
    return p.theme_id, p.group, p.question, p.period


def _hidden(counts: Mapping[CellKey, int], fewest: int) -> set[CellKey]:
    hidden = {key for key, count in counts.items() if count < fewest}
    breakdowns = _breakdowns(counts)
    settled = False
    while not settled:  # hiding a cell of one breakdown may open another that shares it
        settled = True
        for total, cells in breakdowns:
            more = _also_to_hide(total, cells, counts, hidden, fewest)
            hidden |= more
            settled = settled and not more
    return hidden


def _breakdowns(counts: Mapping[CellKey, int]) -> list[tuple[CellKey, list[CellKey]]]:
    """Each total with the cells that make it up: by group, by question, by period."""
    cells: dict[tuple[CellKey, str], list[CellKey]] = defaultdict(list)
    for theme_id, group, question, period in counts:
        key = (theme_id, group, question, period)
        attribute = group.partition("=")[0]
        if group and attribute not in OVERLAPPING:
            cells[(theme_id, "", question, period), f"group {attribute}"].append(key)
        if question:
            cells[(theme_id, group, "", period), "question"].append(key)
        if period:
            cells[(theme_id, group, question, ""), "period"].append(key)
    return [(total, keys) for (total, _), keys in cells.items() if total in counts]


def _also_to_hide(
    total: CellKey, cells: Sequence[CellKey], counts: Mapping[CellKey, int], hidden: set[CellKey], fewest: int
) -> set[CellKey]:
    dark = [cell for cell in cells if cell in hidden]
    without_value = max(0, counts[total] - sum(counts[cell] for cell in cells))
    unknowns = len(dark) + (without_value > 0) + (total in hidden)
    if unknowns == 0 or (not dark and total not in hidden and without_value >= fewest):
        return set()
    dark_people = sum(counts[cell] for cell in dark) + without_value
    # If each hidden cell were the largest a small one can be, their sum would tell each.
    at_their_most = not without_value and all(counts[cell] == fewest - 1 for cell in dark)
    if unknowns >= 2 and (total in hidden or (dark_people >= fewest and not at_their_most)):
        return set()
    shown = {cell: counts[cell] for cell in cells if cell not in hidden}
    smallest = min(shown.values(), default=0)
    return {cell for cell, count in shown.items() if count == smallest}  # all of them: which one was taken would tell


def _blank_rare(
    cases: Sequence[Case], documents: Sequence[Document], name_hidden: frozenset[str], fewest: int
) -> tuple[tuple[Case, ...], tuple[Document, ...]]:
    by_attribute: dict[tuple[str, str], set[str]] = defaultdict(set)
    for case in cases:
        for pair in case.attributes.items():
            by_attribute[pair].add(case.case_id)
    by_text: dict[tuple[str, str], set[str]] = defaultdict(set)
    for document in documents:
        if document.kind is not DocumentKind.ARTICLE:
            by_text["speaker", document.speaker or ""].add(document.case_id)
            by_text["month", document.written or ""].add(document.case_id)
    attributes_shown = _large_enough(by_attribute, len(cases), fewest)
    texts_shown = _large_enough(by_text, len(cases), fewest)

    def common(case: Case) -> Case:
        own = {} if case.case_id in name_hidden else case.attributes
        return Case(case.case_id, {name: value for name, value in own.items() if (name, value) in attributes_shown})

    def blanked(document: Document) -> Document:
        if document.kind is DocumentKind.ARTICLE:
            return document
        shown = frozenset() if document.case_id in name_hidden else texts_shown
        return replace(
            document,
            speaker=document.speaker if ("speaker", document.speaker) in shown else None,
            written=document.written if ("month", document.written) in shown else None,
        )

    return tuple(common(case) for case in cases), tuple(blanked(document) for document in documents)


def _large_enough(
    holders: Mapping[tuple[str, str], Collection[str]], people: int, fewest: int
) -> frozenset[tuple[str, str]]:
    """The values that may be named, by the rule that hides counts: one that is blanked must not be the only one."""
    counts = {("", f"{name}={value}", "", ""): len(cases) for (name, value), cases in holders.items()}
    hidden = _hidden(counts | {("", "", "", ""): people}, fewest)
    return frozenset(pair for pair in holders if ("", "=".join(pair), "", "") not in hidden)
