"""What may be shown to whom: small groups are blanked, what tells of risk to life is withheld.

The only way from a `Project` to a `Release`. A number below `fewest_cases` is hidden, never the theme; and so are
as many others of its breakdown as it takes that subtraction gives nothing back.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace

from themes.coarser import coarser_differences
from themes.errors import ProtectionError
from themes.records.codebook import Codebook
from themes.records.codebook_work import CodebookProposal
from themes.records.corpus import Case, Document, DocumentKind, SourceRef
from themes.records.project import Audience, Project, Release
from themes.records.release import Approval
from themes.records.theme import ThemeOrigin
from themes.release_text import answers_as_released, as_released, released_groups, released_prompts, segment_as_released
from themes.suppression import hidden_among, rounded, suppress
from themes.withholding import block_documents, block_segments, flagged_segments, without_exemplars

ROUNDED_TO = {Audience.TEAM: 1, Audience.PUBLIC: 5}


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
    bearing = bearing_of(project.codebook)
    shown = suppress(numbers, fewest_cases=fewest_cases, round_to=ROUNDED_TO[audience], bearing=bearing)
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
            else replace(
                project.earlier,
                prevalences=suppress(project.earlier.prevalences, fewest_cases=fewest_cases, bearing=bearing),
            ),
            "saturation": () if reading_edition else project.saturation[fewest_cases - 1 :],
            "agreements": tuple(one for one in project.agreements if one.cases >= fewest_cases),
            "codebook_work": tuple(_cleared_work(one, withheld, fewest_cases) for one in project.codebook_work),
        },
        audience=audience,
        fewest_cases=fewest_cases,
        reading_edition=reading_edition,
        withheld=withheld,
    )


def bearing_of(codebook: Codebook) -> dict[str, list[str]]:
    """The codes that speak to each research question, as `suppress` takes them."""
    questions = {question.question_id for question in codebook.questions}
    found: dict[str, list[str]] = {}
    for code in codebook.codes:
        for question in code.questions:
            if question in questions:
                found.setdefault(question, []).append(code.code_id)
    return found


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
        run=replace(project.run, inputs={}, counts={"read": rounded(read, ROUNDED_TO[Audience.PUBLIC])}),
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
    hidden = hidden_among(counts | {("", "", "", ""): people}, fewest)
    return frozenset(pair for pair in holders if ("", "=".join(pair), "", "") not in hidden)
