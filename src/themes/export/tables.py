"""What an export holds, as tables: excerpts, codings, codebook, quotes, and what each column means."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from themes.attribution import KIND, QUESTION, may_say_of_writers, of_writer
from themes.coarser import is_count
from themes.disclosure import ROUNDED_TO
from themes.estimate.standing import standing
from themes.records.corpus import DocumentKind
from themes.records.project import Audience, Release

WITHHELD = "[withheld: may tell of risk to life; a person should read it first]"

type Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, its columns with what each means, and its rows."""

    name: str
    columns: Mapping[str, str]
    """Column to what stands in it, for the data dictionary."""
    rows: Iterable[Sequence[Cell]]


def tables(release: Release) -> list[Table]:
    """The sheets of an export: excerpts, codings, codebook, data dictionary."""
    return _with_dictionary([_excerpts(release), _codings(release), _codebook(release)])


def public_tables(release: Release) -> list[Table]:
    """The tables of a public edition: counts, quotes, codebook, data dictionary."""
    return _with_dictionary([_counts(release), *_shares(release), quotes_table(release), _codebook(release)])


def _with_dictionary(sheets: list[Table]) -> list[Table]:
    explained = [(table.name, column, meaning) for table in sheets for column, meaning in table.columns.items()]
    about = {"table": "Name of the table", "column": "Name of the column", "meaning": "What stands in it"}
    return [*sheets, Table("data_dictionary", about, explained)]


def _counts(release: Release) -> Table:
    """Small numbers are blank: hidden, or such that a hidden one could be worked out."""
    columns = {
        "theme": "Name of the theme; empty for everybody who wrote",
        "group": "Of whom: everybody if empty, else what they share or said",
        "month": "When they wrote; all months if empty",
        "people": "In how many people's texts it was suggested, unchecked; empty if hidden. "
        f"Rounded to {ROUNDED_TO[release.audience]}",
        "of": "People in the group; empty if hidden",
    }
    names = {theme.theme_id: theme.name for theme in release.themes}
    rows = (
        (names.get(p.theme_id, p.theme_id), p.group, p.period, p.cases_with, p.cases)
        for p in release.prevalences
        if not p.question and not p.group.startswith("theme=") and is_count(p)
    )
    return Table("counts", columns, rows)


def _shares(release: Release) -> list[Table]:
    """Shares that are told; no table where none is."""
    columns = {
        "theme": "Name of the theme",
        "group": "Of whom: everybody if empty, else what they share",
        "question": "Of answers to this question alone; of all texts if empty",
        "month": "Of texts of this month alone; of all months if empty",
        "share": "How many of those who wrote speak of it, 0 to 1, by a reviewed sample; rounded",
        "low": "Lower end of the 95 % interval",
        "high": "Upper end",
        "of": "People in the group, rounded",
    }
    names = {theme.theme_id: theme.name for theme in release.themes}
    rows = [
        (names.get(p.theme_id, p.theme_id), p.group, p.question, p.period, p.share, p.low, p.high, p.cases)
        for p in release.prevalences
        if not is_count(p) and p.share is not None
    ]
    return [Table("shares", columns, rows)] if rows else []


def _excerpts(release: Release) -> Table:
    attributes = sorted({name for case in release.cases for name in case.attributes})
    columns = {
        "excerpt": "Id of the excerpt: document and place in it",
        "document": "Id of the text it is from",
        "case": "Id of who wrote it; empty for an article",
        "kind": "article, comment, story or answer",
        "month": f"When it was written; empty if fewer than {release.fewest_cases} people wrote in that month",
        "speaker": f"Who speaks; empty if fewer than {release.fewest_cases} such people did",
    }
    columns |= {
        f"attribute: {name}": f"What the source says of the writer; empty below {release.fewest_cases} people"
        for name in attributes
    }
    columns |= {
        "prompt": "The question that was asked",
        "text": "The excerpt, with tags for personal details",
        "codes": "Ids of the codes suggested for it, separated by “; ”",
    }
    return Table("excerpts", columns, _excerpt_rows(release, attributes))


def _excerpt_rows(release: Release, attributes: Sequence[str]) -> Iterator[Sequence[Cell]]:
    documents = {document.document_id: document for document in release.documents}
    known = {case.case_id: case.attributes for case in release.cases}
    codes = defaultdict(list)
    for coding in standing(release.codings):
        codes[coding.segment_id].append(coding.code_id)
    for segment in release.segments:
        document = documents[segment.document_id]
        of_case = known.get(segment.case_id, {})
        yield (
            segment.segment_id,
            segment.document_id,
            segment.case_id if document.kind is not DocumentKind.ARTICLE else "",
            str(document.kind),
            document.written,
            document.speaker,
            *(of_case.get(name) for name in attributes),
            segment.prompt,
            WITHHELD if segment.segment_id in release.withheld else segment.text,
            "; ".join(codes[segment.segment_id]),
        )


def _codings(release: Release) -> Table:
    columns = {
        "excerpt": "Id of the excerpt",
        "code": "Id of the code",
        "coder": "Who coded: a machine or an analyst",
        "applies": "yes or no",
        "score": "0 to 1; it ranks, and is a probability only where `calibrated` says yes",
        "calibrated": "yes if the score was fitted on people's decisions",
        "unclear": "yes if it was too close to call",
        "polarity": "negative, positive, mixed or neutral",
        "modality": "experienced, witnessed, threatened, feared, hypothetical, wished_for or argued",
        "speaker": "Who speaks in the excerpt",
        "service": "The service it is about",
        "made_at": "When",
        "codebook_version": "By which codebook",
        "reason": "The codebook's words that spoke for it",
    }
    rows = (
        (
            coding.segment_id,
            coding.code_id,
            coding.coder_id,
            _yes(coding.applies),
            coding.probability,
            _yes(coding.calibrated),
            _yes(coding.unclear),
            coding.polarity,
            coding.modality,
            coding.speaker,
            coding.service,
            coding.made_at,
            coding.codebook_version,
            coding.reason,
        )
        for coding in release.codings
    )
    return Table("codings", columns, rows)


def _codebook(release: Release) -> Table:
    columns = {
        "code": "Id of the code",
        "group": "The group it is shown under",
        "name": "Its name",
        "definition": "What it means",
        "clarification": "How to settle doubts",
        "include": "What counts",
        "exclude": "What does not count",
        "examples": "Invented examples",
        "polarity": "bipolar, or negative_only",
        "questions": "The research questions it bears on",
    }
    book = release.codebook
    rows = (
        (
            code.code_id,
            book.groups.get(code.parent_id or "", code.parent_id),
            code.name,
            code.definition,
            code.clarification,
            "; ".join(code.include),
            "; ".join(code.exclude),
            "; ".join(code.examples),
            code.polarity,
            "; ".join(code.questions),
        )
        for code in book.codes
    )
    return Table("codebook", columns, rows)


def quotes_table(release: Release) -> Table:
    columns = {
        "code": "Name of the code",
        "polarity": "negative, positive, mixed or neutral",
        "quote": "The excerpt, with tags for personal details",
        "writer": "What may be said of who wrote it",
        "kind": "article, comment, story or answer; in public empty if too few people wrote such a text",
        "prompt": "The question that was asked; in public empty if too few people answered it",
        "excerpt": "Id of the excerpt",
    }
    documents = {document.document_id: document for document in release.documents}
    segments = {segment.segment_id: segment for segment in release.segments}
    names = {code.code_id: code.name for code in release.codebook.codes}
    may_say = may_say_of_writers(release)
    in_public = release.audience is Audience.PUBLIC
    rows = (
        (
            names.get(coding.code_id, coding.code_id),
            coding.polarity,
            WITHHELD if segment.segment_id in release.withheld else segment.text,
            "; ".join(f"{name}: {value}" for name, value in of_writer(told)),
            None if in_public and KIND not in dict(told) else str(document.kind),
            None if in_public and QUESTION not in dict(told) else segment.prompt,
            segment.segment_id,
        )
        for coding in standing(release.codings)
        if coding.segment_id in segments
        # In public, what may not be quoted is not even there as a blank row: how much somebody wrote tells something.
        if not in_public or coding.segment_id not in release.withheld
        for segment in [segments[coding.segment_id]]
        for document in [documents[segment.document_id]]
        for told in [may_say(document)]
    )
    return Table("quotes", columns, rows)


def _yes(claim: bool) -> str:
    return "yes" if claim else "no"
