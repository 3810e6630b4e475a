import zipfile
from datetime import UTC, datetime

import pytest
from lxml import etree

from themes.export.refi_xml import PROFILES, codebook_xml, project_xml, write_project
from themes.read.refi import read_refi_codebook, read_refi_project
from themes.records.exchange import (
    ExchangedCode,
    ExchangedCodebook,
    ExchangedCoding,
    ExchangedProject,
    ExchangedSource,
    ExchangedUser,
    guid,
)
from themes.records.span import Span

MOMENT = datetime(2026, 1, 5, 6, tzinfo=UTC)
TEXT = "Kind 👍🏽.\nThen  😡 twice."
CODE, USER, SOURCE = (guid("s", kind, "1") for kind in ("code", "coder", "text"))


def a_file(*spans, text=TEXT, **fields):
    codings = tuple(
        ExchangedCoding(guid("s", "coding", str(n)), CODE, span, USER, "2026-01-05T06:00:00Z",
                        span.of(text) if span else "", guid("s", "selection", str(n)) if span else "")
        for n, span in enumerate(spans)
    )  # fmt: skip
    defaults = {
        "users": (ExchangedUser(USER, "A1"),),
        "codes": (ExchangedCode(CODE, "Sanctions"),),
        "sources": (ExchangedSource(SOURCE, "d1", text, codings=codings),),
    }
    return ExchangedProject(name="A study", origin="themes", **{**defaults, **fields})


def valid(content, schema):
    from themes.read import refi

    return refi._schema(schema).validate(etree.fromstring(content))


@pytest.mark.parametrize(
    ("profile", "written", "places"),
    [
        ("spec", TEXT, ("9", "23")),
        ("nvivo", TEXT, ("11", "26")),
        ("maxqda", TEXT.replace("\n", "\r\n"), ("9", "23")),
    ],
)
def test_each_profile_writes_texts_and_places_in_its_way(tmp_path, profile, written, places):
    project = a_file(Span(9, 23))
    write_project(project, tmp_path / "a.qdpx", profile=PROFILES[profile], moment=MOMENT)
    with zipfile.ZipFile(tmp_path / "a.qdpx") as archive:
        assert archive.namelist() == ["project.qde", f"sources/{SOURCE}.txt"]
        assert archive.read(f"sources/{SOURCE}.txt").decode("utf-8") == written
        selection = etree.fromstring(archive.read("project.qde")).find(".//{*}PlainTextSelection")
    assert (selection.get("startPosition"), selection.get("endPosition")) == places
    assert selection.get("name") == "Then  😡 twice."
    assert read_refi_project(tmp_path / "a.qdpx").content == project


def test_what_is_written_is_valid_also_if_it_is_nearly_nothing():
    assert valid(project_xml(a_file(Span(0, 4), None), PROFILES["spec"]), "Project")
    assert valid(project_xml(ExchangedProject(), PROFILES["spec"]), "Project")
    assert valid(codebook_xml(ExchangedCodebook("themes", (ExchangedCode(CODE, "<&> “Ä”"),))), "CodeBook")


def test_what_xml_cannot_hold_is_marked():
    content = project_xml(a_file(description="a\x00b\ud800c"), PROFILES["spec"])
    assert etree.fromstring(content).findtext("{*}Description") == "a\ufffdb\ufffdc"


def test_a_stretch_over_line_ends_and_tabs_keeps_its_quote(tmp_path):
    project = a_file(Span(0, 8), text="a\tb\n\nc d")
    write_project(project, tmp_path / "a.qdpx", profile=PROFILES["spec"], moment=MOMENT)
    assert read_refi_project(tmp_path / "a.qdpx").content.sources[0].codings[0].quote == "a\tb\n\nc d"


def test_equal_projects_give_equal_bytes_and_what_was_read_is_written_again(tmp_path):
    for name in PROFILES:
        for file in ("one", "two"):
            write_project(a_file(Span(0, 4)), tmp_path / file, profile=PROFILES[name], moment=MOMENT)
        again = read_refi_project(tmp_path / "one").content
        write_project(again, tmp_path / "again", profile=PROFILES[name], moment=MOMENT)
        contents = {(tmp_path / file).read_bytes() for file in ("one", "two", "again")}
        assert len(contents) == 1


def test_a_codebook_that_was_read_is_written_again(tmp_path):
    tree = ExchangedCode(CODE, "A", "What it means.\n\n- this", children=(ExchangedCode(USER, "B", is_codable=False),))
    written = codebook_xml(ExchangedCodebook("themes", (tree,)))
    (tmp_path / "a.qdc").write_bytes(written)
    assert codebook_xml(read_refi_codebook(tmp_path / "a.qdc").content) == written


NASTY = {
    "emoji of several code points": "Then 👩‍👩‍👧‍👦 and 👍🏽 came 🏴󠁧󠁢󠁷󠁬󠁳󠁿.",
    "combining characters": "E\u0301tait-ce n\u0303 \u1ea5 a\u0323\u0302?",
    "right to left": "She said שלום \u202eevil\u202c and مرحبا\u200f twice.",
    "astral letters": "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠀀 end",
    "spaces that are none": "a\u00a0b\u200bc\u2028d\u2029e\u0085f\ufeffg",
    "lines and tabs": "One.\n\n\tTwo.\n Three \n",
    "marks of XML": "<b>&amp; \"quoted\" 'so' ]]> -->",
}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("kind", NASTY)
def test_every_stretch_of_an_odd_text_comes_back_in_its_place(tmp_path, kind, profile):
    text = NASTY[kind]
    spans = [Span(start, end) for start in range(0, len(text), 3) for end in (start + 1, len(text)) if end > start]
    project = a_file(*spans, text=text)
    write_project(project, tmp_path / "a.qdpx", profile=PROFILES[profile], moment=MOMENT)
    read = read_refi_project(tmp_path / "a.qdpx")
    assert read.notes == ()
    (source,) = read.content.sources
    assert source.text == text
    assert [coding.span for coding in source.codings] == spans
    assert [coding.quote for coding in source.codings] == [span.of(text) for span in spans]
