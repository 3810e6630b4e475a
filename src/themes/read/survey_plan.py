"""A first look through a table: where its header is, how its rows are cut into chunks, and which ids are used twice."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from hashlib import blake2b
from pathlib import Path

from themes.read.files import Unreadable
from themes.read.rows import DELIMITERS, Records, Row, open_table, refuse_no_text, tidy
from themes.read.survey_options import SurveyOptions
from themes.read.workbook import rows_of, sheets_of
from themes.records.spec import RowRange

HEADER_WITHIN = 10  # rows: a title or a note may stand above the header
_SEPARATOR = "\x1f"
WORKBOOK_ENDINGS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's header is, and its columns by name, counted from 0."""

    row: int
    width: int
    columns: Mapping[str, int] = field(repr=False)
    delimiter: str = ""
    encoding: str = ""
    sheet: str = field(default="", repr=False)


def plan_rows(path: Path, options: SurveyOptions, *, rows_per_chunk: int) -> list[RowRange]:
    """The chunks of a table, from one pass over it that keeps 16 bytes of each row.

    Args:
        path: A .csv, .tsv or .xlsx file.
        options: What its columns are.
        rows_per_chunk: Rows in a chunk, at least 1.

    Returns:
        Ranges that together hold every row below the header, blank ones included.

    Raises:
        Unreadable: If the file cannot be used as a whole: no header, a column that is missing or there twice, no
            rows, or every row with cells that the header does not name.
    """
    header = find_header(path, options)
    bounds: list[RowRange] = []
    last = header.row
    widths: Counter[int] = Counter()
    bad_rows, last_cells_blank = 0, True
    numbers, ids, answers = array("Q"), array("Q"), array("Q")
    with opened(path, header) as table:
        rows = iter(table)
        while True:
            due = not bounds or table.next_number >= bounds[-1].first + rows_per_chunk
            position = table.position() if due else None
            row = next(rows, None)
            if row is None:
                break
            if row.number <= header.row:
                continue
            if position is not None or not bounds:
                bounds.append(RowRange(row.number, row.number, position or 0, row.line))
            last = row.number
            if row.problem:
                bad_rows += 1
            elif not row.blank:
                widths[len(row.cells)] += 1
                last_cells_blank &= not row.cells[-1].strip()
                numbers.append(row.number)
                ids.append(_digest(identity(row, header, options)))
                answers.append(_digest(_answers(row, header, options)))
    if not widths and not bad_rows:
        raise Unreadable("has a header but no rows below it. Put the answers there, or remove the file")
    width = _sound_width(header.width, set(widths), last_cells_blank=last_cells_blank)
    again, clashing = _repeats(numbers, ids, answers)
    ends = [*(bound.first - 1 for bound in bounds[1:]), last]
    return [
        replace(
            bound,
            last=end,
            encoding=header.encoding,
            delimiter=header.delimiter,
            sheet=header.sheet,
            header_row=header.row,
            width=width,
            again=tuple((row, n) for row, n in again.items() if bound.first <= row <= end),
            clashing=tuple(row for row in clashing if bound.first <= row <= end),
        )
        for bound, end in zip(bounds, ends, strict=True)
    ]


def identity(row: Row, header: Header, options: SurveyOptions) -> str:
    """What tells a row's person apart: the id as written ("007" is not "7"), or all its cells where there is none."""
    if options.case is not None and header.columns[options.case] < len(row.cells):
        written = tidy(row.cells[header.columns[options.case]])
        if written:
            return f"id{_SEPARATOR}{written}"
    return _SEPARATOR.join(("row", *(cell.strip() for cell in row.cells)))


def _answers(row: Row, header: Header, options: SurveyOptions) -> str:
    places = [header.columns[column] for column in options.open]
    return _SEPARATOR.join(row.cells[place].strip() if place < len(row.cells) else "" for place in places)


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _repeats(numbers: "array[int]", ids: "array[int]", answers: "array[int]") -> tuple[dict[int, int], list[int]]:
    """Rows that say the same again under one id, with how often before, and rows that say something else under it."""
    import numpy as np

    keys, said = np.frombuffer(ids, np.uint64), np.frombuffer(answers, np.uint64)
    order = np.argsort(keys, kind="stable")
    repeats = np.flatnonzero(keys[order][1:] == keys[order][:-1]) + 1
    firsts: dict[int, int] = {}
    counts: Counter[int] = Counter()
    again: dict[int, int] = {}
    clashing: list[int] = []
    for place in repeats.tolist():
        key = int(keys[order[place]])
        first = firsts.setdefault(key, int(order[place - 1]))  # a stable sort: the earliest row of this id
        row = int(order[place])
        if said[row] == said[first]:
            counts[key] += 1
            again[numbers[row]] = counts[key]
        else:
            clashing.append(numbers[row])
    return again, sorted(clashing)


def _sound_width(header_width: int, widths: set[int], *, last_cells_blank: bool) -> int:
    if widths == {header_width + 1}:
        if last_cells_blank:
            return header_width + 1  # a delimiter at the end of every row, as some programs write it
        raise Unreadable(
            f"has {header_width + 1} cells in every row but {header_width} in its header, so that no column can be "
            "trusted. Correct the header"
        )
    return header_width


def find_header(path: Path, options: SurveyOptions) -> Header:
    """The header: the first of the top rows that has every column needed.

    Raises:
        Unreadable: If there is none, with the column that is missing or there more than once.
    """
    if path.suffix.lower() in WORKBOOK_ENDINGS:
        return _header_in_workbook(path, options)
    with open_table(path, options.encoding) as file:
        head = file.buffer.peek(4)[:4] if hasattr(file.buffer, "peek") else b""
        encoding = file.encoding
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Unreadable("is not a text table, whatever its name says. Give it its true extension, such as .xlsx")
    if not head:
        raise Unreadable("is empty (0 bytes). Put the file there again, or remove it")
    refuse_no_text(path, encoding)
    likely = ("\t", *DELIMITERS) if path.suffix.lower() in (".tsv", ".tab") else DELIMITERS
    tops: list[tuple[str, list[Row]]] = []
    for delimiter in [options.delimiter] if options.delimiter else likely:
        with open_table(path, encoding) as file:
            top = [row for row, _ in zip(Records(file, delimiter), range(HEADER_WITHIN), strict=False)]
        if found := _header_among(top, options, delimiter=delimiter, encoding=encoding):
            return found
        tops.append((delimiter, top))
    _explain_header(max(tops, key=lambda each: _matching(each[1], options))[1], options)
    raise AssertionError("unreachable")


def _header_in_workbook(path: Path, options: SurveyOptions) -> Header:
    sheets = sheets_of(path)
    if options.sheet is not None and options.sheet not in sheets:
        raise Unreadable(f"has no sheet '{options.sheet}'. Set `sheet` in corpus.toml to one that it has")
    names = [options.sheet] if options.sheet else [name for name, visible in sheets.items() if visible]
    tops = {name: [row for row, _ in zip(rows_of(path, name), range(HEADER_WITHIN), strict=False)] for name in names}
    found = [h for name, top in tops.items() if (h := _header_among(top, options, sheet=name))]
    if len(found) > 1:
        raise Unreadable("has more than one sheet with these columns. Set `sheet` in corpus.toml to the one to read")
    if not found:
        _explain_header(max(tops.values(), key=lambda top: _matching(top, options), default=[]), options)
    return found[0]


def _header_among(
    top: list[Row], options: SurveyOptions, *, delimiter: str = "", encoding: str = "", sheet: str = ""
) -> Header | None:
    for row in top:
        names = [tidy(cell) for cell in row.cells]
        counts = Counter(names)
        if all(counts[column] == 1 for column in options.columns):
            columns = {name: place for place, name in enumerate(names) if counts[name] == 1}
            return Header(row.number, len(names), columns, delimiter, encoding, sheet)
    return None


def _matching(top: list[Row], options: SurveyOptions) -> tuple[int, int]:
    return max(
        ((len({tidy(cell) for cell in row.cells} & set(options.columns)), len(row.cells)) for row in top),
        default=(0, 0),
    )


def _explain_header(top: list[Row], options: SurveyOptions) -> None:
    """Raises Unreadable with what is wrong. Columns of the file appear by number: their names may name somebody."""
    rows = [row for row in top if not row.blank]
    if not rows:
        raise Unreadable("has no rows at all. Put the answers there, or remove the file")
    header = max(rows, key=lambda row: len({tidy(cell) for cell in row.cells} & set(options.columns)))
    if header.problem:
        raise Unreadable(f"cannot be read from its header on: {header.problem}. Correct it")
    names = [tidy(cell) for cell in header.cells]
    for column in options.columns:
        places = [str(place) for place, name in enumerate(names, 1) if name == column]
        if len(places) > 1:
            raise Unreadable(f"has '{column}' as the header of columns {', '.join(places)}. Rename all but one")
    missing = [column for column in options.columns if column not in names]
    nameless = [str(place) for place, name in enumerate(names, 1) if not name]
    hint = f"; no name stands above {_columns(nameless)}" if nameless else ""
    if near := get_close_matches(missing[0], [name for name in names if name and name not in options.columns], 1):
        hint += f"; column {names.index(near[0]) + 1} comes nearest"
    wanted = ", ".join(f"'{column}'" for column in missing)
    raise Unreadable(
        f"has no column {wanted} among the {len(names)} in row {header.number}{hint}. "
        "Correct the header, or the column names of this source in corpus.toml"
    )


def _columns(places: Iterable[str]) -> str:
    places = list(places)
    return f"column {places[0]}" if len(places) == 1 else f"columns {', '.join(places)}"


class Table:
    """Rows of a text table or of a sheet, and where the next one begins."""

    def __init__(self, rows: Records | Iterator[Row]) -> None:
        self._rows = rows
        self._number = 1

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self._number = row.number + 1
            yield row

    @property
    def next_number(self) -> int:
        return self._rows.number if isinstance(self._rows, Records) else self._number

    def position(self) -> int | None:
        """For `seek`; None where a chunk cannot begin, 0 in a sheet, which is read from its top."""
        return self._rows.position() if isinstance(self._rows, Records) else 0


@contextmanager
def opened(path: Path, header: Header, *, at: RowRange | None = None) -> Iterator[Table]:
    """The table's rows from its top, or from where a chunk begins."""
    if header.sheet:
        yield Table(rows_of(path, header.sheet, first=at.first if at else 1))
        return
    with open_table(path, header.encoding) as file:
        if at is None or at.position == 0:
            yield Table(Records(file, header.delimiter))
        else:
            file.seek(at.position)
            yield Table(Records(file, header.delimiter, number=at.first, line=at.line))
