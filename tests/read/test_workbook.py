from datetime import datetime

import pytest
from openpyxl import Workbook

from themes.read.files import Unreadable
from themes.read.workbook import rows_of, sheets_of


def test_every_cell_is_text_and_rows_are_numbered_as_excel_shows_them(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Answers"
    for place, value in {"B2": "id", "C2": "text", "B4": "007", "C4": 7, "B5": True, "C5": 1000.0,
                         "C6": datetime(2013, 4, 3, 9, 30),
                         "B7": "NA", "C7": "=1+1", "B8": "=not a formula", "C8": 0.5}.items():  # fmt: skip
        sheet[place] = value
    sheet["B8"].data_type = "s"
    hidden = book.create_sheet("Secret")
    hidden["A1"] = "x"
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert sheets_of(tmp_path / "a.xlsx") == {"Answers": True, "Secret": False}
    assert [(row.number, row.cells) for row in rows_of(tmp_path / "a.xlsx", "Answers") if not row.blank] == [
        (2, ("", "id", "text")), (4, ("", "007", "7")), (5, ("", "TRUE", "1000")), (6, ("", "", "2013-04-03T09:30:00")),
        (7, ("", "NA", "")), (8, ("", "=not a formula", "0.5")),
    ]  # fmt: skip


def test_a_workbook_whose_parts_are_broken_is_refused(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    with pytest.raises(Unreadable) as refused:
        sheets_of(tmp_path / "a.xlsx")
    assert str(refused.value) == "is damaged: no workbook can be made of it. Save it again"
