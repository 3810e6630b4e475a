"""A guess at which reader suits a file, made by looking into it, for a corpus.toml that runs as it is written."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from themes.read.guess_columns import ColumnGuess, guess_columns

ROWS_LOOKED_AT = 500
HEADER_WITHIN = 10
SIGNS_OF_A_PAGE = 2
"""Lines such as "Leave a Reply", or a byline, from which a text is taken for a page that somebody copied."""

PAGES = (".html", ".htm", ".xhtml")
TEXTS = (".txt", ".text", ".md")
TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class FileGuess:
    """Which reader a file is for, and why. `reader` is "" if the file is left out."""

    path: Path
    reader: str
    why: str
    columns: tuple[ColumnGuess, ...] = ()
    sheet: str | None = None


def guess_file(path: Path) -> FileGuess:
    """Which reader suits the file. What cannot be read is left out with the reason, never guessed at.

    Reasons speak of kinds and counts of what is in the file, and quote nothing of it.
    """
    from themes.read.files import Unreadable

    ending = path.suffix.lower()
    try:
        if ending in PAGES:
            return _guess_page(path)
        if ending in TEXTS:
            return _guess_text(path)
        if ending == ".docx":
            return FileGuess(path, "story_file", "a Word document")
        if ending in TABLES:
            return _guess_table(path)
    except Unreadable as trouble:
        return FileGuess(path, "", f"left out: it {trouble}")
    return FileGuess(path, "", f"left out: no reader for {ending or 'a file without an extension'} is built yet")


def _guess_page(path: Path) -> FileGuess:
    from themes.read.blog_page import read_blog_page
    from themes.records.corpus import DocumentKind
    from themes.records.raw import RawDocument
    from themes.records.spec import SourceSpec

    texts = read_blog_page(path, SourceSpec("guess", "blog_page", path.name))
    kinds = Counter(text.kind for text in texts if isinstance(text, RawDocument))
    if comments := kinds[DocumentKind.COMMENT]:
        return FileGuess(path, "blog_page", f"a web page with {comments} comments")
    return FileGuess(path, "blog_page", "a web page without comments: what an organisation says")


def _guess_text(path: Path) -> FileGuess:
    from themes.read.copied_page import page_of, text_of_file
    from themes.read.furniture import is_furniture, is_teaser_heading, starts_form

    text = text_of_file(path)
    page = page_of(text)
    if comments := len(page.comments):
        return FileGuess(path, "copied_page", f"a copied page: {comments} comments begin as they do under a post")
    lines = [line for line in text.splitlines() if line.strip()]
    signs = sum(is_furniture(line) or is_teaser_heading(line) or starts_form(line) for line in lines)
    signs += bool(page.author or page.written)
    if signs >= SIGNS_OF_A_PAGE:
        return FileGuess(path, "copied_page", f"a copied page: {signs} signs of one (furniture, byline), no comments")
    return FileGuess(path, "story_file", "a text without comments or page furniture")


def _guess_table(path: Path) -> FileGuess:
    found = [(_guessed(header, rows), sheet) for sheet, header, rows in _tables(path)]
    with_text = [(columns, sheet) for columns, sheet in found if any(each.taken_for == "open" for each in columns)]
    if not with_text:
        return FileGuess(path, "", "left out: no column of long, varied text was found", found[0][0] if found else ())
    columns, sheet = with_text[0]
    opened = sum(each.taken_for == "open" for each in columns)
    why = f"a table with {opened} column{'s' if opened > 1 else ''} that people wrote in"
    if len(with_text) > 1:
        return FileGuess(path, "survey_table", f"{why}; the first of {len(with_text)} such sheets", columns, sheet)
    return FileGuess(path, "survey_table", why, columns)


def _guessed(header: list[str], rows: list[tuple[str, ...]]) -> tuple[ColumnGuess, ...]:
    return tuple(guess_columns(header, rows))


def _tables(path: Path) -> Iterator[tuple[str | None, list[str], list[tuple[str, ...]]]]:
    """Each sheet that can be seen, or the one table of a text file: its name, header and first rows."""
    from themes.read.rows import refuse_no_text
    from themes.read.workbook import rows_of, sheets_of

    if path.suffix.lower() in (".xlsx", ".xlsm"):
        for sheet, visible in sheets_of(path).items():
            if visible:
                top = [row.cells for row in islice(rows_of(path, sheet), ROWS_LOOKED_AT) if not row.blank]
                if len(top) > 1:
                    yield sheet, *_header_and_rows(top)
        return
    refuse_no_text(path)
    tops = [_top_of_text(path, delimiter) for delimiter in _delimiters(path)]
    best = max(tops, key=lambda top: _usual_width(top[:HEADER_WITHIN]))
    if len(best) > 1:
        yield None, *_header_and_rows(best)


def _delimiters(path: Path) -> tuple[str, ...]:
    from themes.read.rows import DELIMITERS

    return ("\t", *DELIMITERS) if path.suffix.lower() in (".tsv", ".tab") else DELIMITERS


def _top_of_text(path: Path, delimiter: str) -> list[tuple[str, ...]]:
    from themes.read.rows import Records, open_table

    with open_table(path) as file:
        return [row.cells for row in islice(Records(file, delimiter), ROWS_LOOKED_AT) if not (row.blank or row.problem)]


def _usual_width(rows: list[tuple[str, ...]]) -> int:
    return Counter(map(len, rows)).most_common(1)[0][0] if rows else 0


def _header_and_rows(rows: list[tuple[str, ...]]) -> tuple[list[str], list[tuple[str, ...]]]:
    """The header is the first row that is nearly full: a title or a note may stand above it, a column be nameless."""
    from themes.read.rows import tidy

    top = rows[: min(HEADER_WITHIN, len(rows) - 1)]
    filled = [sum(bool(cell.strip()) for cell in row) for row in top]
    at = next(number for number, cells in enumerate(filled) if cells >= 0.6 * max(filled))
    return [tidy(cell) for cell in rows[at]], rows[at + 1 :]
