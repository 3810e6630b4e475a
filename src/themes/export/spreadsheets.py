"""Excerpts, codings and the codebook as tables for Excel, LibreOffice, R: CSV files or one XLSX workbook."""

import csv
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from themes.disclosure import may_say_of_writers
from themes.records.coding import Coding
from themes.records.corpus import DocumentKind
from themes.records.project import Release
from themes.store.files import whole_file

WITHHELD = "[withheld: may tell of risk to life; a person should read it first]"

# The longest text a cell of XLSX may hold, by its specification.
MOST_CHARACTERS = 32_767
CUT = " […] [cut here: the CSV export has all of it]"

# Excel and LibreOffice take a cell for a formula if it begins so; Excel in Japan takes the full-width signs too.
# White space and invisible characters before it are looked past, since programs differ in what they trim.
FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\x00-\x1f]*[=+\-@＝＋－＠]|[\t\r\n]")

# What XML 1.0 cannot hold.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

type Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, its columns with what each means, and its rows."""

    name: str
    columns: Mapping[str, str]
    """Column to what stands in it, for the data dictionary."""
    rows: Iterable[Sequence[Cell]]


def write_csv(release: Release, folder: Path) -> None:
    """One CSV file a table, UTF-8 with a byte order mark, so that Excel reads it rightly too.

    Raises:
        StoreError: If a file cannot be written.
    """
    for table in tables(release):
        _write_csv_table(table, folder / f"{table.name}.csv")


def write_quotes(release: Release, folder: Path) -> None:
    """`quotes.csv`: each excerpt with a code, and what may be said of its writer.

    Attributes stand beside a quote only as far as enough people share all of them at once.

    Raises:
        StoreError: If the file cannot be written.
    """
    _write_csv_table(_quotes(release), folder / "quotes.csv")


def write_xlsx(release: Release, folder: Path) -> None:
    """`excerpts.xlsx`, one sheet a table. Equal releases give equal files, byte for byte.

    Raises:
        StoreError: If the file cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table in tables(release):
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        for place, column in enumerate(table.columns):
            sheet.column_dimensions[chr(ord("A") + place) if place < 26 else "AA"].width = (
                70 if column == "text" else 18
            )
        sheet.append(list(map(_for_xlsx, table.columns)))
        for row in table.rows:
            sheet.append([_for_xlsx(cell) for cell in row])
    with whole_file(folder / "excerpts.xlsx") as partial:
        book.save(partial)
        _settle_times(partial, datetime.fromisoformat(release.run.started_at))


def tables(release: Release) -> list[Table]:
    """The sheets of an export: excerpts, codings, codebook, data dictionary."""
    sheets = [_excerpts(release), _codings(release), _codebook(release)]
    explained = [(table.name, column, meaning) for table in sheets for column, meaning in table.columns.items()]
    about = {"table": "Name of the table", "column": "Name of the column", "meaning": "What stands in it"}
    return [*sheets, Table("data_dictionary", about, explained)]


def safe(cell: Cell) -> Cell:
    """A cell that no spreadsheet program takes for a formula: `'` goes before what could be one.

    >>> safe("=1+1"), safe("＝1"), safe("fine = good"), safe(-5)
    ("'=1+1", "'＝1", 'fine = good', -5)
    """
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


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
    for coding in _standing(release):
        if coding.applies:
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


def _quotes(release: Release) -> Table:
    columns = {
        "code": "Name of the code",
        "polarity": "negative, positive, mixed or neutral",
        "quote": "The excerpt, with tags for personal details",
        "writer": "What may be said of who wrote it",
        "kind": "article, comment, story or answer",
        "prompt": "The question that was asked",
        "excerpt": "Id of the excerpt",
    }
    documents = {document.document_id: document for document in release.documents}
    segments = {segment.segment_id: segment for segment in release.segments}
    names = {code.code_id: code.name for code in release.codebook.codes}
    may_say = may_say_of_writers(release)
    rows = (
        (
            names.get(coding.code_id, coding.code_id),
            coding.polarity,
            WITHHELD if segment.segment_id in release.withheld else segment.text,
            "; ".join(f"{name}: {value}" for name, value in may_say(document)),
            str(document.kind),
            segment.prompt,
            segment.segment_id,
        )
        for coding in _standing(release)
        if coding.applies and coding.segment_id in segments
        for segment in [segments[coding.segment_id]]
        for document in [documents[segment.document_id]]
    )
    return Table("quotes", columns, rows)


def _standing(release: Release) -> Iterable[Coding]:
    return {(coding.segment_id, coding.code_id): coding for coding in release.codings}.values()


def _yes(claim: bool) -> str:
    return "yes" if claim else "no"


def _write_csv_table(table: Table, path: Path) -> None:
    with whole_file(path) as partial, partial.open("w", encoding="utf-8-sig", newline="") as file:
        # Everything in quotes: a program that splits at semicolons still sees where a text ends.
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow([safe(column) for column in table.columns])
        writer.writerows([safe(cell) for cell in row] for row in table.rows)


def _for_xlsx(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = str(safe(NOT_XML.sub("\ufffd", cell)))
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(CUT)] + CUT


def _settle_times(path: Path, moment: datetime) -> None:
    """Give every member of the workbook the run's time: the hour of writing would make each file another."""
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    settled = path.with_name(f"{path.name}.settled")
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as kept:
        for member in given.infolist():
            content = given.read(member)
            if member.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            kept.writestr(zipfile.ZipInfo(member.filename, moment.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    settled.replace(path)
