import zipfile

import docx
import pytest
from PIL import Image

from report_study import a_study
from themes.disclosure import release
from themes.records.project import Audience
from themes.report.blocks import Drawn, Heading, Paper, Quote, Words
from themes.report.document import compose
from themes.report.docx import write_docx
from themes.report.excerpts import Excerpt, Part
from themes.report.figures import Figure
from themes.report.outline import outline
from themes.report.plots import bars

PAPER = Paper("A title", "A kicker", "8 January 2024", "Public edition", "2024-01-08T06:00:00+00:00", ())


@pytest.fixture(scope="module")
def paper():
    return outline(compose(release(a_study(), Audience.TEAM)))


@pytest.fixture(scope="module")
def written(paper, tmp_path_factory):
    return write_docx(paper, tmp_path_factory.mktemp("docx") / "report.docx")


@pytest.fixture(scope="module")
def opened(written):
    return docx.Document(written)


def test_headings_are_headings_of_their_level(paper, opened):
    found = [(p.style.name, p.text) for p in opened.paragraphs if p.style.name.startswith("Heading")]
    assert found == [(f"Heading {b.level}", b.text) for b in paper.blocks if isinstance(b, Heading)]
    assert [p.text for p in opened.paragraphs if p.style.name == "Title"] == ["An invented study"]


def test_the_numbers_of_its_tables_are_those_of_the_release(opened):
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in opened.tables]
    assert [
        ["Theme", "People"],
        ["Sanctions and loss", "27"],
        ["Support", "12"],
        ["Assessment", "fewer than 10"],
    ] in tables
    assert [["Speaker", "People"], ["Person on benefits", "30"]] in tables
    assert [["File", "Place", "Why, and what to do"], ["survey.csv", "row 7", "The row is too long."]] in tables


def test_the_first_row_of_a_table_is_its_head_on_each_page(opened):
    with_heads = [table for table in opened.tables if table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")]
    assert len(with_heads) == len(opened.tables) - 1  # the facts of the run have none


def test_every_picture_says_in_words_what_it_shows(paper, opened):
    figures = [block.figure for block in paper.blocks if isinstance(block, Drawn)]
    told = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert told == [f"{figure.caption} The table below has the same numbers." for figure in figures]
    assert len(told) >= 4


def test_every_page_says_which_edition_it_is_and_its_number(opened):
    (section,) = opened.sections
    assert [p.text for p in section.header.paragraphs] == ["Team edition – not for publication"]
    assert section.footer.paragraphs[0]._p.xpath("./w:fldSimple/@w:instr") == ["PAGE"]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_the_file_tells_of_the_study_and_of_no_machine(opened):
    about = opened.core_properties
    assert (about.title, about.author, about.last_modified_by, about.comments, about.language) == (
        "An invented study", "themes", "", "", "en-GB",
    )  # fmt: skip
    assert about.created.isoformat() == "2024-01-08T06:00:00+00:00"


def test_equal_papers_give_equal_files(written, tmp_path):
    again = write_docx(outline(compose(release(a_study(), Audience.TEAM))), tmp_path / "again.docx")
    assert again.read_bytes() == written.read_bytes()


def test_a_quote_keeps_its_question_its_tags_and_what_may_be_said_of_its_writer(tmp_path):
    parts = (Part("My adviser "), Part("[person K7]", "surrogate"), Part(" said "), Part("try harder", "quoted"))
    excerpt = Excerpt("d1:0-30", parts, "Comment, April 2013", "How was it?", "negative", "bad experience")
    opened = docx.Document(write_docx(_with(Quote(excerpt)), tmp_path / "quote.docx"))
    asked, words, writer = opened.paragraphs[-3:]
    assert (asked.text, words.text, words.style.name) == (
        "Asked: How was it?",
        "My adviser [person K7] said try harder",
        "Quote",
    )
    assert [bool(run.italic) for run in words.runs] == [False, False, False, True]
    assert writer.text == "Suggested: bad experience Comment, April 2013 d1:0-30"


def test_letters_that_no_such_file_may_hold_are_left_out(tmp_path):
    opened = docx.Document(write_docx(_with(Words("a\x00b\x0bc\ud800d")), tmp_path / "odd.docx"))
    assert opened.paragraphs[-1].text == "abcd"


def test_pictures_are_pictures_on_white(written):
    with zipfile.ZipFile(written) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/media/")]
        with archive.open(names[0]) as file, Image.open(file) as image:
            assert image.format == "PNG"
            assert image.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)


def test_a_legend_has_its_colours_also_where_the_page_changes_them_by_night(tmp_path):
    legend = (("#0072B2", "coded"), ("var(--tie, #B34700)", "together"), ("currentColor", "ink"))
    figure = Figure(
        "f", "A caption.", bars(["a"], [12], width=680, hidden="hidden"), "", ("A", "B"), (("a", "12"),), legend
    )
    opened = docx.Document(write_docx(_with(Drawn(figure)), tmp_path / "legend.docx"))
    lines = [p for p in opened.paragraphs if p.text.startswith("■")]
    assert [line.text for line in lines] == ["■ coded", "■ together", "■ ink"]
    assert [line.runs[0].font.color.rgb and str(line.runs[0].font.color.rgb) for line in lines] == [
        "0072B2",
        "B34700",
        None,
    ]


def test_a_picture_that_is_not_drawn_by_us_leaves_its_table(tmp_path):
    figure = Figure("f", "A caption.", "<svg></svg>", "", ("A", "B"), (("a", "12"),))
    opened = docx.Document(write_docx(_with(Drawn(figure)), tmp_path / "table.docx"))
    assert len(opened.inline_shapes) == 0
    assert [cell.text for row in opened.tables[0].rows for cell in row.cells] == ["A", "B", "a", "12"]


def _with(*blocks):
    from dataclasses import replace

    return replace(PAPER, blocks=blocks)
