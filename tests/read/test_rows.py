import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from themes.read.rows import Records, StrayQuote, UnclosedQuote, cells_of, open_table, tidy

OPENED = "in line {} a quotation mark is opened and never closed"
STRAY = "in line {} a quotation mark inside a quoted cell is not doubled, or one is never closed"


def rows_of(path, content, delimiter=","):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with open_table(path) as file:
        return [(row.number, row.line, row.cells or row.problem) for row in Records(file, delimiter)]


def test_cells_are_strings_as_they_stand():
    assert cells_of('007,NA, 1e3 ,"a ""b"", c",', ",") == ("007", "NA", " 1e3 ", 'a "b", c', "")
    assert cells_of('he said "no",x', ",") == ('he said "no"', "x")
    assert cells_of("", ",") == ("",)
    with pytest.raises(UnclosedQuote):
        cells_of('1,"open', ",")
    with pytest.raises(StrayQuote):
        cells_of('1,"closed" and on', ",")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_and_line_breaks_in_quotes_are_read(tmp_path, end):
    content = end.join(["id,text", '1,"two', 'lines"', "2,b"])
    assert rows_of(tmp_path / "f", content) == [
        (1, 1, ("id", "text")), (2, 2, ("1", f"two{end}lines")), (3, 4, ("2", "b"))
    ]  # fmt: skip


def test_after_an_unclosed_quotation_mark_the_next_row_is_read_soundly(tmp_path):
    assert rows_of(tmp_path / "f", 'id,text\n1,"open\n2,b\n3,"c, d"\n4,e\n') == [
        (1, 1, ("id", "text")), (2, 2, STRAY.format(2)), (3, 3, ("2", "b")), (4, 4, ("3", "c, d")), (5, 5, ("4", "e"))
    ]  # fmt: skip


def test_a_quotation_mark_that_is_open_to_the_end_costs_its_own_row_only(tmp_path):
    assert rows_of(tmp_path / "f", 'id,text\n1,a\n2,"open\n3,c\n') == [
        (1, 1, ("id", "text")), (2, 2, ("1", "a")), (3, 3, OPENED.format(3)), (4, 4, ("3", "c"))
    ]  # fmt: skip


def test_bytes_that_are_no_characters_cost_their_own_row_only(tmp_path):
    content = "id,text\n1,a\n2,".encode("utf-16") + b"\x00\xd8" + "\n3,c\n".encode("utf-16-le")
    assert [row[2] for row in rows_of(tmp_path / "f", content)] == [
        ("id", "text"), ("1", "a"),
        "in line 3 there are bytes that are no characters in the file's encoding", ("3", "c")
    ]  # fmt: skip


def test_a_line_of_many_megabytes_costs_its_own_row_only(tmp_path):
    rows = rows_of(tmp_path / "f", "id,text\n1," + "why " * 1_000_000 + "\n2,b\n")
    assert [row[2] for row in rows] == [("id", "text"), "line 2 is longer than 2,000,000 characters", ("2", "b")]


def test_headers_are_compared_without_what_cannot_be_seen():
    assert tidy("\ufeff Age\u00a0 band\r\n(years)\u200b ") == "Age band (years)"


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.lists(st.text(st.sampled_from('ab",;\n\ré“\u2028'), max_size=6), min_size=2, max_size=2), max_size=8
    ),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_was_quoted_soundly_is_read_back_from_any_row_on(tmp_path_factory, rows, encoding, end):
    path = tmp_path_factory.mktemp("rows") / "f"
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + end for row in [["x", "y"], *rows])
    path.write_bytes(text.encode(encoding))
    with open_table(path) as file:
        records = Records(file, ",")
        seen = [(records.position(), records.number, records.line)]
        read = []
        for row in records:
            read.append(row.cells)
            seen.append((records.position(), records.number, records.line))
    assert read == [("x", "y"), *map(tuple, rows)]
    for place, (position, number, line) in enumerate(seen[:-1]):
        with open_table(path) as file:
            file.seek(position)
            assert next(iter(Records(file, ",", number=number, line=line))).cells == read[place]
