"""A paper as DOCX: real headings, tables and lists, pictures with words for whoever cannot see them."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from themes.report.blocks import Block, Drawn, Heading, PageBreak, Paper, Points, Quote, Table, Words
from themes.report.excerpts import Excerpt
from themes.report.figures import Figure
from themes.report.plots import Drawing
from themes.store.files import whole_file

NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEX = re.compile(r"#([0-9A-Fa-f]{6})\b")
A4 = (210, 297)
MARGIN = 20
"""Millimetres, all three."""
SOFT, WARN = "4D5B66", "7A2E00"
ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The time of every part in the archive, so that equal papers make equal files."""
ALTERNATIVE = "The table below has the same numbers."


def write_docx(paper: Paper, path: Path) -> Path:
    """Write the paper and put it in place whole. Equal papers give equal files, byte for byte.

    Raises:
        StoreError: If the file cannot be written.
    """
    document = _begun(paper)
    for block in paper.blocks:
        _add(document, block)
    written = io.BytesIO()
    document.save(written)
    with whole_file(path) as partial:
        partial.write_bytes(_without_clock(written.getvalue()))
    return path


def _begun(paper: Paper) -> Any:
    """An A4 document in British English with its title, and its edition and the page number on every page."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document: Any = Document()
    for style in ("Normal", "Title", *(f"Heading {level}" for level in range(1, 6))):
        font = document.styles[style].font
        font.name = "Arial"
        fonts = document.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    document.styles["Normal"].font.size = Pt(10.5)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    moment = datetime.fromisoformat(paper.moment).astimezone(UTC).replace(tzinfo=None)
    about = document.core_properties
    about.title, about.subject, about.author, about.language = _clean(paper.title), paper.edition, "themes", "en-GB"
    about.comments, about.created, about.modified = "", moment, moment
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in A4)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    _say(section.header.paragraphs[0], paper.edition, colour=WARN, bold=True)
    _page_number(section.footer.paragraphs[0])
    _say(document.add_paragraph(style="Subtitle"), paper.kicker)
    document.add_paragraph(_clean(paper.title), style="Title")
    _say(document.add_paragraph(), paper.made, colour=SOFT)
    return document


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(_clean(text), level)
        case Words(text, style, lead):
            place = document.add_paragraph()
            if lead:
                place.add_run(_clean(f"{lead} ")).bold = True
            _say(place, text, colour=SOFT if style in {"aside", "gap"} else None, bold=style == "people")
        case Points(items, numbered):
            for lead, text in items:
                place = document.add_paragraph(style="List Number" if numbered else "List Bullet")
                if lead:
                    place.add_run(_clean(f"{lead} ")).bold = True
                _say(place, text)
        case Quote(excerpt):
            _quote(document, excerpt)
        case Table(caption, columns, rows):
            _table(document, caption, columns, rows)
        case Drawn(figure):
            _picture(document, figure)
            _table(document, figure.caption, figure.columns, figure.rows)
        case PageBreak():
            document.add_page_break()


def _quote(document: Any, excerpt: Excerpt) -> None:
    """What was asked, the words, and what may be said of who wrote them; kept on one page."""
    from docx.shared import Mm

    if excerpt.prompt:
        asked = document.add_paragraph()
        asked.paragraph_format.left_indent = Mm(8)
        asked.paragraph_format.keep_with_next = True
        _say(asked, f"Asked: {excerpt.prompt}", colour=SOFT)
    words = document.add_paragraph(style="Quote")
    words.paragraph_format.left_indent = Mm(8)
    words.paragraph_format.keep_with_next = words.paragraph_format.keep_together = True
    for part in excerpt.parts:
        run = _say(words, part.text, colour=SOFT if part.style else None)
        run.italic = part.style == "quoted"
    writer = document.add_paragraph()
    writer.paragraph_format.left_indent = Mm(8)
    if excerpt.experience:
        _say(writer, f"Suggested: {excerpt.experience} ", bold=True)
    _say(writer, f"{excerpt.writer} {excerpt.segment_id}", colour=SOFT)


def _table(document: Any, caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from docx.oxml import OxmlElement

    rows = list(rows)
    if not rows:
        return
    if caption:
        title = document.add_paragraph(_clean(caption), style="Caption")
        title.paragraph_format.keep_with_next = True
    table = document.add_table(rows=0, cols=len(columns or rows[0]), style="Light List Accent 1" if columns else None)
    for place, row in enumerate([columns, *rows] if columns else rows):
        line = table.add_row()
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if columns and place == 0:  # said again on each page, and read out before each cell
            line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, words in zip(line.cells, row, strict=True):
            cell.text = _clean(words)
    document.add_paragraph()


def _picture(document: Any, figure: Figure) -> None:
    """The picture for a desk, with its caption as its alternative text. One that we did not draw stays a table."""
    from docx.shared import Mm

    if not isinstance(figure.wide, Drawing):
        return
    place = document.add_paragraph()
    place.paragraph_format.keep_with_next = True
    shape = place.add_run().add_picture(io.BytesIO(figure.wide.png()), width=Mm(A4[0] - 2 * MARGIN))
    about = shape._inline.docPr
    about.set("descr", _clean(f"{figure.caption} {ALTERNATIVE}"))
    about.set("name", _clean(figure.name))
    for colour, words in figure.legend:
        line = document.add_paragraph()
        line.paragraph_format.keep_with_next = True
        found = HEX.search(colour)  # also of "var(--tie, #0072B2)", which a page may change by night
        _say(line, "■ ", colour=found[1] if found else None)
        _say(line, words)


def _say(place: Any, words: str, *, colour: str | None = None, bold: bool = False) -> Any:
    from docx.shared import RGBColor

    run = place.add_run(_clean(words))
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour.upper())
    if bold:
        run.bold = True
    return run


def _page_number(place: Any) -> None:
    """A field that each page fills in; python-docx has no word for it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    place.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    place._p.append(field)


def _clean(words: str) -> str:
    """The words without what no XML file may hold."""
    return NOT_XML.sub("", words)


def _without_clock(docx: bytes) -> bytes:
    """The same archive with one time for all its parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as given, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in given.namelist():
            part = zipfile.ZipInfo(name, ALWAYS)
            part.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(part, given.read(name))
    return written.getvalue()
