"""Excerpts, codings and the codebook as tables for Excel, LibreOffice, R: CSV files or one XLSX workbook."""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, count, islice
from pathlib import Path

from themes.errors import ProtectionError
from themes.export.tables import Cell, Table, public_tables, quotes_table, tables
from themes.records.project import Audience, Release
from themes.store.files import whole_file

# The most rows a sheet of XLSX may have below its header, by its specification.
MOST_ROWS = 1_048_575

# The longest text a cell of XLSX may hold, by its specification.
MOST_CHARACTERS = 32_767
CUT = " […] [cut here: the CSV export has all of it]"

# Excel and LibreOffice take a cell for a formula if it begins so; Excel in Japan takes the full-width signs too.
# White space and invisible characters before it are looked past, since programs differ in what they trim.
FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\x00-\x1f]*[=+\-@＝＋－＠]|[\t\r\n]")

WIDE = frozenset({"text", "definition", "clarification", "meaning"})

# What XML 1.0 cannot hold.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def write_csv(release: Release, folder: Path) -> None:
    """One CSV file a table, UTF-8 with a byte order mark, so that Excel reads it rightly too.

    Raises:
        StoreError: If a file cannot be written.
    """
    for table in tables(release):
        write_csv_table(table, folder / f"{table.name}.csv")


def write_quotes(release: Release, folder: Path) -> None:
    """`quotes.csv`: each excerpt with a code, and what may be said of its writer.

    Attributes stand beside a quote only as far as enough people share all of them at once.

    Raises:
        StoreError: If the file cannot be written.
    """
    write_csv_table(quotes_table(release), folder / "quotes.csv")


def write_public(release: Release, folder: Path) -> None:
    """The tables of a public edition as CSV: counts, quotes, codebook and what each column means. No case has a row.

    Raises:
        ProtectionError: If the release is not for the public.
        StoreError: If a file cannot be written.
    """
    if release.audience is not Audience.PUBLIC:
        raise ProtectionError(f"Tables for the public were asked of a release for the {release.audience}.")
    for table in public_tables(release):
        write_csv_table(table, folder / f"{table.name}.csv")


def write_xlsx(release: Release, folder: Path, *, most_rows: int = MOST_ROWS) -> None:
    """`excerpts.xlsx`, one sheet a table; a table of more than `most_rows` rows goes on in "excerpts 2".

    Equal releases give equal files, byte for byte.

    Raises:
        StoreError: If the file cannot be written.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for name, table, rows in _sheets(tables(release), most_rows):
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for place, column in enumerate(table.columns, 1):
            sheet.column_dimensions[get_column_letter(place)].width = 70 if column in WIDE else 18
        sheet.append([_for_xlsx(column) for column in table.columns])
        for row in rows:
            sheet.append([_for_xlsx(cell) for cell in row])
    with whole_file(folder / "excerpts.xlsx") as partial:
        book.save(partial)
        _settle_times(partial, datetime.fromisoformat(release.run.started_at))


def safe(cell: Cell) -> Cell:
    """A cell that no spreadsheet program takes for a formula: `'` goes before what could be one.

    >>> safe("=1+1"), safe("＝1"), safe("fine = good"), safe(-5)
    ("'=1+1", "'＝1", 'fine = good', -5)
    """
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def _sheets(given: Sequence[Table], most_rows: int) -> Iterator[tuple[str, Table, Iterable[Sequence[Cell]]]]:
    for table in given:
        rows = iter(table.rows)
        for number in count(1):
            first = list(islice(rows, 1))
            if not first and number > 1:
                break
            name = table.name if number == 1 else f"{table.name} {number}"
            yield name, table, chain(first, islice(rows, most_rows - 1))


def write_csv_table(table: Table, path: Path) -> None:
    """One table as CSV that Excel reads rightly, none of its cells a formula."""
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
    try:
        with zipfile.ZipFile(path) as given, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as kept:
            for member in given.infolist():
                content = given.read(member)
                if member.filename == "docProps/core.xml":
                    content = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
                kept.writestr(zipfile.ZipInfo(member.filename, moment.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
        settled.replace(path)
    finally:
        settled.unlink(missing_ok=True)
