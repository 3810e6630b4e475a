"""Rows of a delimited text file, as strings only, one at a time; a bad row says so and the next is read soundly.

Written because the usual readers lose data in silence: "NA" becomes nothing, 007 and 7 one id, an extra comma shifts
every column, and after an unclosed quotation mark hundreds of rows end up in one cell.
"""

import os
import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from themes.read.encoding import LOOK_AT_BYTES, NO_TEXT, encoding_of, error_handler, has_unreadable, is_no_text
from themes.read.files import Unreadable, open_file

DELIMITERS = (",", ";", "\t", "|")
LONGEST_LINE = 2_000_000  # characters; twenty times the longest text that cleaning lets through
MOST_LINES = 300  # of one row: a longer one is an unclosed quotation mark
_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number as a spreadsheet shows it, the line it begins in, its cells, or what is wrong with it."""

    number: int
    line: int
    cells: tuple[str, ...] = field(default=(), repr=False)
    problem: str = ""

    @property
    def blank(self) -> bool:
        return not self.problem and not any(cell.strip() for cell in self.cells)


def open_table(path: Path, encoding: str | None = None) -> TextIO:
    """The file opened as text in the encoding found or given, line ends kept, the byte order mark still there.

    Raises:
        Unreadable: If it cannot be opened.
    """
    with os.fdopen(open_file(path), "rb") as file:
        encoding = encoding or encoding_of(file.read(LOOK_AT_BYTES))
    return os.fdopen(open_file(path), "r", encoding=encoding, errors=error_handler(encoding), newline="")


def refuse_no_text(path: Path, encoding: str | None = None) -> None:
    """Raises Unreadable if the beginning of the file, up to `LOOK_AT_BYTES` characters, is not text."""
    with open_table(path, encoding) as file:
        if is_no_text(file.read(LOOK_AT_BYTES)):
            raise Unreadable(NO_TEXT)


class Records:
    """The rows of an open file, in order.

    A row whose quotation marks do not come out even, or whose line holds bytes that are no characters, is given with
    a `problem`; reading goes on with the line after the one it began in.
    """

    def __init__(self, file: TextIO, delimiter: str, *, number: int = 1, line: int = 1) -> None:
        self._file = file
        self._delimiter = delimiter
        self._ahead: deque[str] = deque()
        self.number = number
        """Of the next row."""
        self.line = line
        """In which the next row begins."""

    def position(self) -> int | None:
        """Where in the file the next row begins, for `seek`; None while lines are held back."""
        return None if self._ahead else self._file.tell()

    def __iter__(self) -> Iterator[Row]:
        while line := self._next_line():
            row, lines = self._row(line)
            self.number += 1
            self.line += lines
            yield row

    def _next_line(self) -> str:
        if self._ahead:
            return self._ahead.popleft()
        line = self._file.readline(LONGEST_LINE)
        if self.line == 1 and self.number == 1:
            line = line.removeprefix("\ufeff") or line
        return line

    def _row(self, first: str) -> tuple[Row, int]:
        number, line = self.number, self.line
        if len(first) >= LONGEST_LINE and not _ended(first):
            self._skip_line()
            return Row(number, line, problem=f"line {line} is longer than {LONGEST_LINE:,} characters"), 1
        lines = [first]
        while True:
            record = "".join(lines)
            try:
                cells = cells_of(_without_end(record), self._delimiter)
            except UnclosedQuote:
                if self._more(lines):
                    continue
                problem = "a quotation mark is opened and never closed"
            except StrayQuote:
                problem = "a quotation mark inside a quoted cell is not doubled, or one is never closed"
            else:
                if has_unreadable(record):
                    problem = "there are bytes that are no characters in the file's encoding"
                    return Row(number, line, problem=f"in line {line} {problem}"), len(lines)
                return Row(number, line, cells), len(lines)
            self._ahead.extendleft(reversed(lines[1:]))
            return Row(number, line, problem=f"in line {line} {problem}"), 1

    def _more(self, lines: list[str]) -> bool:
        """Add the lines up to the next quotation mark; False if the file or what a row may hold ends before it."""
        length = sum(map(len, lines))
        while len(lines) < MOST_LINES and length < LONGEST_LINE:
            line = self._ahead.popleft() if self._ahead else self._file.readline(LONGEST_LINE)
            if not line:
                return False
            lines.append(line)
            length += len(line)
            if '"' in line:
                return True
        return False

    def _skip_line(self) -> None:
        while (more := self._file.readline(LONGEST_LINE)) and not _ended(more):
            pass


class UnclosedQuote(ValueError):
    """A quoted cell has no closing quotation mark in this text."""


class StrayQuote(ValueError):
    """A quoted cell goes on after its closing quotation mark."""


def cells_of(record: str, delimiter: str) -> tuple[str, ...]:
    """The cells of one record, without its line end.

    Raises:
        UnclosedQuote: If a quoted cell is not closed: more lines may belong to it.
        StrayQuote: If a closing quotation mark is followed by anything but a delimiter.

    >>> cells_of('7,"He said ""no"", twice",', ",")
    ('7', 'He said "no", twice', '')
    """
    if '"' not in record:
        return tuple(record.split(delimiter))
    cells, at = [], 0
    while True:
        if record.startswith('"', at):
            quoted = _QUOTED.match(record, at)
            if quoted is None:
                raise UnclosedQuote
            cells.append(quoted[1].replace('""', '"'))
            at = quoted.end()
            if at < len(record) and record[at] != delimiter:
                raise StrayQuote
        else:
            end = record.find(delimiter, at)
            end = len(record) if end < 0 else end
            cells.append(record[at:end])
            at = end
        if at >= len(record):
            return tuple(cells)
        at += 1


def _ended(line: str) -> bool:
    return line.endswith(("\n", "\r"))


def _without_end(record: str) -> str:
    return record.removesuffix("\n").removesuffix("\r")


def tidy(cell: str) -> str:
    """A header, id or closed answer without invisible characters and with single spaces, in NFC.

    >>> tidy(" Age\\u00a0 band\\n\\ufeff")
    'Age band'
    """
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", cell)).split())
