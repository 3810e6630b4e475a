"""Rows of an Excel workbook (.xlsx), as strings only: no cell becomes a number, a truth value or nothing."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from themes.read.archive import office_bytes
from themes.read.files import Unreadable, stamp
from themes.read.rows import Row


def sheets_of(path: Path) -> dict[str, bool]:
    """The sheets in order, and whether each can be seen.

    Raises:
        Unreadable: If the file is not a workbook that can safely be read.
    """
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return {
        sheet.name: sheet.visible == SheetVisibleEnum.Visible
        for sheet in _opened(path, stamp(path)).sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    }


def rows_of(path: Path, sheet: str, *, first: int = 1) -> Iterator[Row]:
    """The rows of a sheet from `first` on, numbered as Excel shows them. A formula is its last result, a blank ""."""
    found = _opened(path, stamp(path)).get_sheet_by_name(sheet)
    before = ("",) * (found.start[1] if found.start else 0)  # columns left of the first one in use
    for number, cells in enumerate(found.iter_rows(), 1):
        if number >= first:
            yield Row(number, number, before + tuple(as_text(cell) for cell in cells))


@lru_cache(maxsize=1)  # the chunks of one workbook are read one after another
def _opened(path: Path, _stamp: str) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    content = office_bytes(path, member="xl/workbook.xml", what="an Excel workbook (.xlsx)")
    try:
        return CalamineWorkbook.from_filelike(BytesIO(content))
    except PasswordError:
        raise Unreadable("is protected by a password. Save it without one") from None
    except (CalamineError, ValueError, OSError):
        raise Unreadable("is damaged: no workbook can be made of it. Save it again") from None


def as_text(cell: object) -> str:
    """What Excel shows for a cell without a number format.

    >>> as_text(7.0), as_text(True), as_text(None)
    ('7', 'TRUE', '')
    """
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() | date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell)
