"""Inputs that break pipelines, each among a thousand good rows: the good ones come through, the bad ones are named.

The numbers are those of the list of nasty inputs in the product's threat model.
"""

from collections import Counter
from datetime import date

import pytest

from themes.clean.document import clean
from themes.read.corpus import read_corpus
from themes.records.corpus import Empty, Quarantined
from themes.records.raw import RawDocument
from themes.records.spec import CorpusSpec, SourceSpec

GOOD = [f"{n},They told me {n} times to come back.,North,03/04/2012" for n in range(1_000)]
GOOD_TEXTS = {f"They told me {n} times to come back." for n in range(1_000)}
HEADER = "id,said,region,when"
NO_COLUMN = "has no column 'said' among the {}. Correct the header, or the column names of this source in corpus.toml."


def through(tmp_path, content, name="survey.csv", **options):
    """What a table gives after reading and cleaning: texts beyond the good ones, problems by row, empty cells."""
    raw = tmp_path / "raw"
    raw.mkdir(exist_ok=True)
    (raw / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    options = {"case": "id", "open": {"said": "What happened?"}, "closed": ["region"], "written": "when", **options}
    spec = CorpusSpec(tmp_path, "c", (SourceSpec("survey", "survey_table", "*", options),))
    found = [clean(each) if isinstance(each, RawDocument) else each for each in read_corpus(spec)]
    documents = [each for each in found if isinstance(each, RawDocument)]
    texts = Counter(document.text for document in documents)
    assert {text for text in GOOD_TEXTS if texts[text] == 0} == set()
    return (
        [document for document in documents if document.text not in GOOD_TEXTS],
        {each.source.place: each.reason for each in found if isinstance(each, Quarantined)},
        [each.source.place for each in found if isinstance(each, Empty)],
    )


def a_table(*rows, header=HEADER, end="\n"):
    """The rows in the middle of a thousand good ones: they begin in row 502."""
    return end.join([header, *GOOD[:500], *rows, *GOOD[500:]]) + end


def said(documents):
    return [document.text for document in documents]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_1_2_3_byte_order_marks_utf_16_and_windows_quotes(tmp_path, encoding):
    documents, problems, _ = through(tmp_path, a_table("x,It’s “work first” at the café,South,").encode(encoding))
    assert (said(documents), problems) == (["It’s “work first” at the café"], {})


def test_4_several_encodings_in_one_file(tmp_path):
    rows = "x,It’s £20,,".encode("cp1252") + b"\n" + "y,It’s £20 — café,,".encode()
    documents, problems, _ = through(tmp_path, a_table("HERE").encode().replace(b"HERE", rows))
    assert (said(documents), problems) == (["It’s £20", "It’s £20 — café"], {})


def test_5_mojibake(tmp_path):
    documents, _, _ = through(tmp_path, a_table("x,Itâ€™s Â£20 at the cafÃ©,,"))
    assert said(documents) == ["It’s £20 at the café"]


def test_6_7_nul_and_other_control_characters(tmp_path):
    documents, problems, _ = through(tmp_path, a_table("x,my\x00 money\x07\x1b\x85 stopped,No\x00rth,"))
    assert (said(documents), documents[0].attributes, problems) == (["my money\nstopped"], {"region": "North"}, {})


def test_8_half_a_character_costs_its_own_row(tmp_path):
    content = a_table("x,half HERE of it,,").encode("utf-16-le").replace("HERE".encode("utf-16-le"), b"\x00\xd8")
    documents, problems, _ = through(tmp_path, content)
    assert (documents, problems) == (
        [],
        {
            "row 502": "Row 502 cannot be read: in line 502 there are bytes that are no characters in the file's "
            "encoding. Correct it in the file."
        },
    )


def test_9_10_11_one_form_and_nothing_invisible(tmp_path):
    rows = ["x,Zoe\u0308 and Zo\u00eb,,", "y,Jo\u200bhn\u00a0Smith was sanc\u00adtioned,,", "z,call \u202e7700\u202c,,"]
    documents, _, _ = through(tmp_path, a_table(*rows))
    assert said(documents) == ["Zoë and Zoë", "John Smith was sanctioned", "call 7700"]


def test_12_emoji_with_skin_tones_and_joiners(tmp_path):
    documents, _, _ = through(tmp_path, a_table("x,👩🏽\u200d🦱 and 👨\u200d👩\u200d👧 ❤\ufe0f,,"))
    assert said(documents) == ["👩🏽\u200d🦱 and 👨\u200d👩\u200d👧 ❤\ufe0f"]


def test_13_14_a_ten_megabyte_comment_and_a_word_of_200000_letters(tmp_path):
    rows = ["x," + "why " * 2_500_000 + ",,", "y," + "a" * 200_000 + ",,", "z,aa" + "a" * 1_000 + ",,"]
    documents, problems, _ = through(tmp_path, a_table(*rows))
    assert (documents, problems) == (
        [],
        {
            "row 502": "Row 502 cannot be read: line 502 is longer than 2,000,000 characters. Correct it in the file.",
            "row 503, column 2": "The text is longer than 100,000 characters. Split it, or remove it.",
            "row 504, column 2": "The text holds over 1,000 signs without a space, which nobody writes. Remove it.",
        },
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (HEADER + "\n", "has a header but no rows below it. Put the answers there, or remove the file."),
        ("", "is empty (0 bytes). Put the file there again, or remove it."),
        ("id,said,said,region,when\n1,a,b,c,\n", "has 'said' as the header of columns 2, 3. Rename all but one."),
        ("id,,region,when\n1,a,b,\n", NO_COLUMN.format("4 in row 1; no name stands above column 2")),
        ("id,region,when\n1,a,\n", NO_COLUMN.format("3 in row 1")),
        (HEADER + "\n1,a,b,c,d\n2,a,b,c,d\n",
         "has 5 cells in every row but 4 in its header, so that no column can be trusted. Correct the header."),
    ],
    ids=["16 zero rows", "17 empty file", "19 double header", "18 blank header", "20 missing column", "22 extra comma"],
)  # fmt: skip
def test_16_to_20_and_22_a_table_that_cannot_be_used_beside_one_that_can(tmp_path, content, reason):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "bad.csv").write_text(content)
    documents, problems, _ = through(tmp_path, a_table())
    assert (documents, problems) == ([], {"": f"The file {reason}"})


def test_18_19_blank_and_double_headers_that_nobody_needs(tmp_path):
    content = a_table(header=HEADER + ",,x,x").replace("/2012", "/2012,,,")
    assert through(tmp_path, content) == ([], {}, [])


def test_21_an_extra_comma_in_one_row(tmp_path):
    documents, problems, _ = through(tmp_path, a_table("x,I asked, again,North,"))
    assert documents == []
    assert list(problems) == ["row 502"]
    assert problems["row 502"].startswith("Row 502 has 5 cells where the header has 4,")


def test_22_an_extra_comma_at_the_end_of_all_rows(tmp_path):
    assert through(tmp_path, a_table().replace("2012\n", "2012,\n")) == ([], {}, [])


def test_23_an_unclosed_quotation_mark(tmp_path):
    documents, problems, _ = through(tmp_path, a_table('x,"never closed,South,', 'y,"closed, and fine",South,'))
    assert said(documents) == ["closed, and fine"]
    assert list(problems) == ["row 502"]


def test_24_a_new_line_in_quotation_marks(tmp_path):
    documents, problems, _ = through(tmp_path, a_table('x,"one\ntwo",South,'))
    assert (said(documents), problems) == (["one\ntwo"], {})


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_25_other_line_ends(tmp_path, end):
    documents, problems, _ = through(tmp_path, a_table('x,"one' + end + 'two",South,', end=end))
    assert (said(documents), problems) == (["one\ntwo"], {})


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_26_other_delimiters(tmp_path, delimiter):
    documents, problems, _ = through(tmp_path, a_table("x,one way,South,").replace(",", delimiter))
    assert (said(documents), problems) == (["one way"], {})


def test_27_comments_that_other_readers_take_for_nothing(tmp_path):
    rows = ["x1,NA,,", "x2,null,,", "x3,nan,,", "x4,n/a,,", "x5,,,", "x6,None,,", "x7,Nothing.,,", "x8,NULL and void,,"]
    documents, problems, empty = through(tmp_path, a_table(*rows))
    assert (said(documents), problems) == (["None", "Nothing.", "NULL and void"], {})
    assert empty == [f"row {n}, column 2" for n in (502, 503, 504, 505, 506)]


def test_28_ids_are_as_they_are_written(tmp_path):
    ids = ["007", "07", "1e3", "12345678901234567890", "12345678901234567891", "1.0", "", ""]
    documents, problems, _ = through(tmp_path, a_table(*(f"{each},text {n},," for n, each in enumerate(ids))))
    assert (len({document.case_key for document in documents}), problems) == (8, {})
    assert [document.case_key.split("\x1f")[-1] for document in documents[:6]] == ids[:6]


def test_29_an_id_used_twice(tmp_path):
    documents, problems, _ = through(tmp_path, a_table("x,same,North,", "x,same,North,", "y,one,,", "y,other,,"))
    assert (said(documents), len({d.case_key for d in documents}), len({d.document_key for d in documents})) == (
        ["same", "same", "one"], 2, 3
    )  # fmt: skip
    assert list(problems) == ["row 505"]
    assert problems["row 505"].startswith("Row 505 has the id of an earlier row, but other answers.")


def test_30_the_same_text_under_other_ids_is_kept_for_each(tmp_path):
    letter = "I am writing to say that the assessment has made my health worse."
    documents, _, _ = through(tmp_path, a_table(f"x,{letter},,", f"y,{letter},,"))
    assert (said(documents), len({document.case_key for document in documents})) == ([letter, letter], 2)


def test_31_dates(tmp_path):
    dates = [
        "03/04/2012",
        "31/02/2012",
        "01/01/1900",
        "01/01/2099",
        "41002",
        "",
        "2012-04-03T23:30:00+01:00",
        "2012-04-03T23:30Z",
    ]
    documents, problems, _ = through(tmp_path, a_table(*(f"x{n},text {n},,{each}" for n, each in enumerate(dates))))
    third = date(2012, 4, 3)
    assert [document.written for document in documents] == [third, None, None, None, third, None, third, third]
    note = ("column 4 holds no date that can be used",)
    assert [document.notes for document in documents] == [(), note, note, note, (), (), (), ()]
    assert problems == {}


def test_32_markup(tmp_path):
    rows = [
        "x,ok<script>alert(1)</script>,,",
        "y,see <img src=x onerror=alert(1)> it,,",
        "z,text</textarea><b>bold</b>,,",
    ]
    documents, _, _ = through(tmp_path, a_table(*rows))
    assert said(documents) == ["ok", "see it", "textbold"]


def test_33_formulas_are_text(tmp_path):
    rows = ['x,"=HYPERLINK(""http://x.example"")",,', "y,+cmd|' /C calc'!A0,,", "z,@SUM(1),,", 'w,"\t=1+1",,']
    documents, problems, _ = through(tmp_path, a_table(*rows))
    assert said(documents) == ['=HYPERLINK("http://x.example")', "+cmd|' /C calc'!A0", "@SUM(1)", "=1+1"]
    assert problems == {}
