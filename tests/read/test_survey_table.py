from datetime import date

import pytest
from openpyxl import Workbook

from themes.errors import CorpusError
from themes.read.files import Unreadable
from themes.read.survey_options import survey_options
from themes.read.survey_plan import plan_rows
from themes.read.survey_table import read_survey_table
from themes.records.corpus import DocumentKind, Empty, Quarantined, SourceRef
from themes.records.raw import RawDocument, SetAside
from themes.records.spec import SourceSpec

OPEN = {"Q1": "What happened?", "Q2": "What would help?"}


NO_COLUMN = "has no column {}. Correct the header, or the column names of this source in corpus.toml"


def a_source(**options):
    return SourceSpec("survey", "survey_table", "*.csv", {"case": "id", "open": OPEN, **options})


def read(path, content, **options):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_survey_table(path, a_source(**options)))


def texts(found):
    return [each.text if isinstance(each, RawDocument) else type(each).__name__ for each in found]


def the_reason(path, content, **options):
    with pytest.raises(Unreadable) as refused:
        read(path, content, **options)
    return str(refused.value)


def test_an_attribute_is_not_called_what_the_program_groups_by():
    options = survey_options(a_source(closed={"Years": "experience", "Area": "region"}))
    assert options.closed == {"Years": "experience (answered)", "Area": "region"}


def test_each_filled_answer_is_a_document_with_its_question_and_the_closed_answers(tmp_path):
    found = read(
        tmp_path / "s.csv",
        "id,Q1,Q2,Region,When,Ok,Who,Name,Hide\n"
        "007,They stopped it.,,North,03/04/2012,yes,carer,Jo Sample,X\n"
        "7,,More time., ,31/02/2012,,,,\n",
        closed=["Region"], written="When", consent="Ok", speaker="Who", author="Name", name_hidden="Hide",
        consent_default="unknown", speaker_default="claimant", promises=["answers anonymous"],
    )  # fmt: skip
    assert found == [
        RawDocument(
            source=SourceRef("s.csv", "row 2, column 2"),
            kind=DocumentKind.ANSWER,
            text="They stopped it.",
            case_key="s.csv\x1fid\x1f007",
            document_key="s.csv\x1fid\x1f007\x1fQ1",
            thread="s.csv\x1fid\x1f007",
            prompt="What happened?",
            author="Jo Sample",
            name_hidden=True,
            consent="yes",
            promises=("answers anonymous",),
            speaker="carer",
            written=date(2012, 4, 3),
            attributes={"Region": "North"},
        ),
        Empty(SourceRef("s.csv", "row 2, column 3")),
        Empty(SourceRef("s.csv", "row 3, column 2")),
        RawDocument(
            source=SourceRef("s.csv", "row 3, column 3"),
            kind=DocumentKind.ANSWER,
            text="More time.",
            case_key="s.csv\x1fid\x1f7",
            document_key="s.csv\x1fid\x1f7\x1fQ2",
            thread="s.csv\x1fid\x1f7",
            prompt="What would help?",
            consent="unknown",
            promises=("answers anonymous",),
            speaker="claimant",
            notes=("column 5 holds no date that can be used",),
        ),
    ]


def test_shuffled_rows_keep_their_keys(tmp_path):
    header, rows = "Q1,Q2\n", ["a,b\n", "c,d\n", "a,b\n", "e,\n"]
    keys = [
        {each.document_key: each.text for each in read(tmp_path / "s.csv", header + "".join(order), case="Q1",
                                                           open=["Q2"])
         if isinstance(each, RawDocument)}
        for order in (rows, rows[::-1])
    ]  # fmt: skip
    assert keys[0] == keys[1]


def test_without_an_id_each_row_is_a_person_even_if_two_say_the_same(tmp_path):
    source = SourceSpec("survey", "survey_table", "*.csv", {"open": ["Q1"]})
    (tmp_path / "s.csv").write_text("Q1,Age\nKind.,30\nKind.,30\nKind.,40\n")
    found = [each for each in read_survey_table(tmp_path / "s.csv", source) if isinstance(each, RawDocument)]
    assert (len({each.case_key for each in found}), len({each.document_key for each in found})) == (3, 3)


def test_a_row_exported_twice_is_read_twice_and_an_id_used_twice_is_quarantined(tmp_path):
    found = read(tmp_path / "s.csv", "id,Q1,Q2\n1,a,b\n1,a,b\n2,c,\n1,other,b\n", open={"Q1": "What?"})
    assert [each.source.place for each in found] == ["row 2, column 2", "row 3, column 2", "row 4, column 2", "row 5"]
    assert [each.case_key for each in found[:2]] == ["s.csv\x1fid\x1f1"] * 2
    assert [each.document_key for each in found[:2]] == ["s.csv\x1fid\x1f1\x1fQ1", "s.csv\x1fid\x1f1\x1fQ1\x1f1"]
    assert found[3] == SetAside(
        SourceRef("s.csv", "row 5"),
        "Row 5 has the id of an earlier row, but other answers. Give it its own id, or remove one of the two.",
        words="1\nother\nb",
    )
    assert "other\\nb" not in repr(found[3])


def test_a_row_without_an_id_is_a_person_of_its_own(tmp_path):
    found = read(tmp_path / "s.csv", "id,Q1\n,a\n,b\n", open=["Q1"])
    assert (texts(found), len({each.case_key for each in found})) == (["a", "b"], 2)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_under_which_the_columns_are_found(tmp_path, delimiter):
    content = delimiter.join(["id", "Q1", "Q2"]) + "\n" + delimiter.join(["1", "one, two; three", "b"]) + "\n"
    if delimiter in ",;":
        content = content.replace("one, two; three", '"one, two; three"')
    assert texts(read(tmp_path / "s.csv", content)) == ["one, two; three", "b"]


def test_a_title_above_the_header_and_a_delimiter_after_every_row_are_understood(tmp_path):
    assert texts(read(tmp_path / "s.csv", "Our survey 2013\n\nid,Q1,Q2\n1,a,b,\n2,c,d,\n")) == ["a", "b", "c", "d"]


def test_a_bad_row_is_named_and_costs_as_many_texts_as_it_has_questions(tmp_path):
    found = read(tmp_path / "s.csv", 'id,Q1,Q2\n1,a,b\n2,c,d,e\n3,"f,g\n4,h,i\n')
    assert texts(found) == ["a", "b", "SetAside", "SetAside", "h", "i"]
    assert [each for each in found if isinstance(each, Quarantined)] == [
        SetAside(
            SourceRef("s.csv", "row 3"),
            "Row 3 has 4 cells where the header has 3, so that answers may stand in the wrong columns. Put the text "
            "with the delimiter in it in quotation marks.",
            candidates=2,
            words="2\nc\nd\ne",
        ),
        SetAside(
            SourceRef("s.csv", "row 4"),
            "Row 4 cannot be read: in line 4 a quotation mark is opened and never closed. Correct it in the file.",
            candidates=2,
        ),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is empty (0 bytes). Put the file there again, or remove it"),
        ("\n\n", "has no rows at all. Put the answers there, or remove the file"),
        ("id,Q1,Q2\n", "has a header but no rows below it. Put the answers there, or remove the file"),
        ("id,Q1,Q2\n,,\n", "has a header but no rows below it. Put the answers there, or remove the file"),
        ("id,Q1,,Q3\n1,a,b,c\n",
         NO_COLUMN.format("'Q2' among the 4 in row 1; no name stands above column 3")),
        ("id,Q 1,Q2\n1,a,b\n", NO_COLUMN.format("'Q1' among the 3 in row 1; column 2 comes nearest")),
        ("x,y\n1,a\n", NO_COLUMN.format("'id', 'Q1', 'Q2' among the 2 in row 1")),
        ("id,Q1,Q2,Q1\n1,a,b,c\n", "has 'Q1' as the header of columns 2, 4. Rename all but one"),
        ("id,Q1,Q2\n1,a,b,c\n2,d,e,f\n",
         "has 4 cells in every row but 3 in its header, so that no column can be trusted. Correct the header"),
        (b"PK\x03\x04rest", "is not a text table, whatever its name says. Give it its true extension, such as .xlsx"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_used_is_refused_with_the_reason(tmp_path, content, reason):
    assert the_reason(tmp_path / "s.csv", content) == reason


def test_a_blank_or_double_header_that_nobody_needs_does_no_harm(tmp_path):
    assert texts(read(tmp_path / "s.csv", "id,Q1,Q2,,x,x\n1,a,b,c,d,e\n")) == ["a", "b"]


def test_a_workbook_is_read_from_its_one_visible_sheet_with_these_columns(tmp_path):
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["Read me"])
    for name in ("Answers", "Old"):
        sheet = book.create_sheet(name)
        sheet.append(["id", "Q1", "Q2", "When"])
        sheet.append(["007", f"{name} one", None, 41002])
        sheet.append([7, "NA", f"{name} two", "soon"])
    book["Old"].sheet_state = "hidden"
    book.save(tmp_path / "s.xlsx")
    found = list(read_survey_table(tmp_path / "s.xlsx", a_source(written="When")))
    assert texts(found) == ["Answers one", "Empty", "NA", "Answers two"]
    assert [(each.case_key, each.written) for each in found if isinstance(each, RawDocument)] == [
        ("s.xlsx\x1fid\x1f007", date(2012, 4, 3)), ("s.xlsx\x1fid\x1f7", None), ("s.xlsx\x1fid\x1f7", None)
    ]  # fmt: skip
    assert texts(read_survey_table(tmp_path / "s.xlsx", a_source(sheet="Old"))) == ["Old one", "Empty", "NA", "Old two"]
    book["Old"].sheet_state = "visible"
    book.save(tmp_path / "s.xlsx")
    with pytest.raises(Unreadable, match="has more than one sheet with these columns"):
        list(read_survey_table(tmp_path / "s.xlsx", a_source()))
    with pytest.raises(Unreadable, match="has no sheet 'Nowhere'"):
        list(read_survey_table(tmp_path / "s.xlsx", a_source(sheet="Nowhere")))


@pytest.mark.parametrize("name", ["s.csv", "s.xlsx"])
def test_chunks_of_rows_together_give_what_the_whole_table_gives(tmp_path, name):
    rows = [["id", "Q1", "Q2"], *[[str(n % 17), f"text {n % 34}", "" if n % 5 else "x"] for n in range(60)]]
    if name.endswith("csv"):
        lines = [",".join(row) for row in rows]
        lines[20:20] = ['x,"open', "", "y,z", 'v,"quoted, text",w']
        halves = "\n".join(lines[:30]), "\n".join(lines[30:])
        (tmp_path / name).write_bytes(halves[0].encode() + "\né “\n".encode("cp1252") + halves[1].encode())
    else:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
    whole = list(read_survey_table(tmp_path / name, a_source()))
    ranges = plan_rows(tmp_path / name, survey_options(a_source()), rows_per_chunk=7)
    parts = [each for part in ranges for each in read_survey_table(tmp_path / name, a_source(), rows=part)]
    assert parts == whole
    assert [part.first for part in ranges[1:]] == [part.last + 1 for part in ranges[:-1]]
    assert len(ranges) >= 8


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"open": {}},
         "`open` is missing. Name the columns people wrote in, such as open = { Q1 = \"What happened?\" }."),
        ({"opne": ["Q1"]}, "`opne` is not an option of the reader survey_table. Did you mean `open`?"),
        ({"closed": 3}, '`closed` must be a list of texts, such as closed = ["…", "…"].'),
        ({"open": {"Q1": 3}}, '`open` must give a text for each column, such as open = { Q1 = "…" }.'),
        ({"delimiter": ",,"}, '`delimiter` must be one character, such as ";".'),
        ({"encoding": "klingon"}, '`encoding` is not one Python knows. Use such as "cp1252" or leave it out.'),
        ({"case": ""}, '`case` must be text, such as case = "…".'),
    ],
)  # fmt: skip
def test_a_wrong_option_is_said_with_what_to_write(options, message):
    with pytest.raises(CorpusError) as wrong:
        survey_options(a_source(**options))
    assert str(wrong.value) == f"corpus.toml, source 'survey': {message}"
