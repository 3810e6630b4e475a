import time
import zipfile

import pytest

from themes.read.files import Unreadable
from themes.read.refi import read_refi_codebook, read_refi_project
from themes.records.exchange import ExchangedUser
from themes.records.span import Span

GUID = "{0}0000000-0000-0000-0000-000000000000"
NOT_QUITE = "The file is not quite as the standard asks; what could be read of it was read."
HEAD = '<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="QualCoder 3.7">'
CODES = f'<CodeBook><Codes><Code guid="{GUID.format("c")}" name="Sanctions" isCodable="true"/></Codes></CodeBook>'


CODING = f'<Coding guid="{GUID.format("e")}"><CodeRef targetGUID="{GUID.format("c")}"/></Coding>'


def a_source(text_path, *selections, inside="", name="d1"):
    return f'<TextSource guid="{GUID.format("a")}" name="{name}" {text_path}>{inside}{"".join(selections)}</TextSource>'


def a_selection(
    start,
    end,
    quote="",
    *,
    coding=CODING,
):
    return (
        f'<PlainTextSelection guid="{GUID.format("b")}" startPosition="{start}" endPosition="{end}" name="{quote}">'
        f"{coding}</PlainTextSelection>"
    )


def a_project(tmp_path, xml, members=(), *, member="project.qde"):
    path = tmp_path / "a.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, xml)
        for name, content in dict(members).items():
            archive.writestr(name, content)
    return path


def in_file(tmp_path, content, *selections, folder="Sources"):
    """Spans and words of a file with one text."""
    xml = (
        HEAD + CODES + "<Sources>" + a_source('plainTextPath="internal://T.txt"', *selections) + "</Sources></Project>"
    )
    read = read_refi_project(a_project(tmp_path, xml, {f"{folder}/t.TXT": content}))
    (source,) = read.content.sources
    return [(coding.span, coding.span.of(source.text)) for coding in source.codings]


def test_a_text_is_found_whatever_the_case_of_its_folder_and_name(tmp_path):
    for folder in ("Sources", "sources", "SOURCES"):
        assert in_file(tmp_path, "Kind.", a_selection(0, 4, "Kind"), folder=folder) == [(Span(0, 4), "Kind")]


def test_a_byte_order_mark_is_no_character(tmp_path):
    assert in_file(tmp_path, "\ufeffKind.", a_selection(0, 4)) == [(Span(0, 4), "Kind")]


def test_inclusive_ends_are_recognised_by_the_quotes(tmp_path):
    assert in_file(tmp_path, "Kind they were.", a_selection(0, 3, "Kind"), a_selection(5, 8, "they")) == [
        (Span(0, 4), "Kind"), (Span(5, 9), "they"),
    ]  # fmt: skip


def test_line_ends_of_two_characters_become_one(tmp_path):
    assert in_file(tmp_path, "a\r\nKind.", a_selection(3, 7, "Kind")) == [(Span(2, 6), "Kind")]
    assert in_file(tmp_path, "a\r\nKind.", a_selection(2, 6, "Kind")) == [(Span(2, 6), "Kind")]


def test_a_text_inside_the_xml_is_read_too(tmp_path):
    inside = "<PlainTextContent>Kind 🙂.</PlainTextContent>"
    xml = HEAD + CODES + f"<Sources>{a_source('', a_selection(0, 6), inside=inside)}</Sources></Project>"
    (source,) = read_refi_project(a_project(tmp_path, xml)).content.sources
    assert source.codings[0].span.of(source.text) == "Kind 🙂"


def test_a_stretch_with_several_codings_gives_each_with_who_made_the_stretch(tmp_path):
    coding = (
        '<Coding guid="{0}"><CodeRef targetGUID="{1}"/></Coding><Coding guid="{2}" creatingUser="{3}">'
        '<CodeRef targetGUID="{1}"/></Coding>'.format(*(GUID.format(c) for c in "1c2f"))
    )
    selection = a_selection(0, 4, coding=coding).replace(
        " name", f' creatingUser="{{{GUID.format("d").upper()}}}" name'
    )
    xml = HEAD + CODES + "<Sources>" + a_source('plainTextPath="internal://t.txt"', selection) + "</Sources></Project>"
    (source,) = read_refi_project(a_project(tmp_path, xml, {"sources/t.txt": "Kind."})).content.sources
    assert [(c.guid, c.user_guid) for c in source.codings] == [
        (GUID.format("1"), GUID.format("d")), (GUID.format("2"), GUID.format("f")),
    ]  # fmt: skip


def test_a_code_on_a_whole_text_has_no_span(tmp_path):
    xml = HEAD + CODES + "<Sources>" + a_source('plainTextPath="internal://t.txt"', CODING) + "</Sources></Project>"
    (source,) = read_refi_project(a_project(tmp_path, xml, {"sources/t.txt": "Kind."})).content.sources
    assert [coding.span for coding in source.codings] == [None]


def test_what_has_no_place_or_no_text_or_is_no_text_is_left_out_and_counted(tmp_path):
    sources = (
        a_source('plainTextPath="internal://t.txt"', a_selection(0, 99), a_selection(-1, 3), a_selection("x", 3))
        + a_source('plainTextPath="internal://gone.txt"', a_selection(0, 2))
        + a_source('plainTextPath="absolute:///etc/hostname"', a_selection(0, 2))
        + a_source('plainTextPath="internal://../../t.txt"', a_selection(0, 2), name="a way out is none")
        + f'<PDFSource guid="{GUID.format("9")}"/>'
    )
    read = read_refi_project(
        a_project(tmp_path, f"{HEAD}{CODES}<Sources>{sources}</Sources></Project>", {"sources/t.txt": "Kind."})
    )
    assert [(source.text, len(source.codings)) for source in read.content.sources] == [
        ("Kind.", 0), ("", 0), ("", 0), ("Kind.", 1),
    ]  # fmt: skip
    assert read.notes == (
        NOT_QUITE,
        "2 texts have no words in the file, or not as UTF-8; what is coded in them is left out.",
        "1 sources are pictures, PDF, sound or film, and were left out.",
        "5 codings have no place in their text and were left out.",
    )


def test_what_the_schema_forbids_is_told_and_read_all_the_same(tmp_path):
    xml = '<Project name="p"><Users><User guid="{ABC}" name="Ann"/></Users><Sources/></Project>'
    read = read_refi_project(a_project(tmp_path, "\ufeff" + xml))
    assert (read.content.users, read.notes) == ((ExchangedUser("abc", "Ann"),), (NOT_QUITE,))


def test_an_invalid_empty_list_of_sets_does_not_keep_a_codebook_out(tmp_path):
    path = tmp_path / "a.qdc"
    path.write_text(
        f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.5"><Codes>'
        f'<Code guid="{GUID.format("C")}" name="Café" isCodable="true"/></Codes><Sets/></CodeBook>', "utf-8"
    )  # fmt: skip
    read = read_refi_codebook(path)
    assert [(code.guid, code.name, code.is_codable) for code in read.content.codes] == [
        (GUID.format("c"), "Café", True)
    ]
    assert read.notes == (NOT_QUITE,)


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Project name="&b;"/>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><Project name="p">&a;</Project>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (BOMB, "declares entities of its own, which no such file needs. Do not trust it"),
        (OUTSIDE, "declares entities of its own, which no such file needs. Do not trust it"),
        (BOMB.encode("utf-16"), "is not UTF-8, as REFI-QDA asks. Export it again"),
        ("<Project", "is not well-formed XML. Export it again"),
        ("<a/>", "is XML, but holds no REFI-QDA <Project>. Export it again"),
        ("<Code>" * 100_000, "is not well-formed XML. Export it again"),
    ],
)
def test_what_is_no_project_or_not_safe_is_refused(tmp_path, content, reason):
    started = time.process_time()
    with pytest.raises(Unreadable) as refused:
        read_refi_project(a_project(tmp_path, content))
    assert str(refused.value) == reason
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"sources/t.txt": b"\0" * 240_000_000}, "unpacks to more than 100 times its size"),
        ({"../out.txt": "x"}, "outside its folder"),
        ({"/etc/out.txt": "x"}, "outside its folder"),
    ],
)
def test_a_zip_that_is_not_safe_is_refused(tmp_path, members, reason):
    started = time.process_time()
    with pytest.raises(Unreadable, match=reason):
        read_refi_project(a_project(tmp_path, "<Project/>", members))
    assert time.process_time() - started < 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.qdpx"]


def test_a_zip_without_a_project_is_refused(tmp_path):
    with pytest.raises(Unreadable, match=r"not a REFI-QDA project \(.qdpx\)"):
        read_refi_project(a_project(tmp_path, "<Project/>", member="word/document.xml"))


def test_more_texts_than_a_workbook_has_parts_are_read(tmp_path):
    sources = "".join(a_source(f'plainTextPath="internal://{n}.txt"') for n in range(2_500))
    texts = {f"sources/{n}.txt": f"Text {n}." for n in range(2_500)}
    read = read_refi_project(a_project(tmp_path, f"{HEAD}<Sources>{sources}</Sources></Project>", texts))
    assert [source.text for source in read.content.sources[::2_499]] == ["Text 0.", "Text 2499."]


def test_a_foreign_file_with_nested_codes_two_users_and_memos_is_read_and_what_is_left_out_is_told(tmp_path):
    users = "".join(f'<User guid="{GUID.format(n)}" name="{name}"/>' for n, name in ((1, "Ann"), (2, "Ben")))
    deepest = f'<Code guid="{GUID.format("8")}" name="Letters" isCodable="true"/>'
    deeper = f'<Code guid="{GUID.format("7")}" name="Forms" isCodable="true">{deepest}</Code>'
    codes = f'<CodeBook><Codes><Code guid="{GUID.format("6")}" name="Process" isCodable="false">{deeper}</Code></Codes>'
    by = [
        f'<Coding guid="{GUID.format(n)}" creatingUser="{GUID.format(user)}">'
        f'<CodeRef targetGUID="{GUID.format(code)}"/></Coding>'
        for n, user, code in (("d", 1, 8), ("f", 2, 7))
    ]
    source = a_source(
        'plainTextPath="internal://t.txt"',
        a_selection(0, 4, "Kind", coding=by[0]),
        a_selection(0, 5, "Kind.", coding=by[1]),
    )
    notes = f'<Notes><Note guid="{GUID.format("3")}" name="a memo"/><Note guid="{GUID.format("4")}" name="b"/></Notes>'
    xml = f"{HEAD}<Users>{users}</Users>{codes}</CodeBook><Sources>{source}</Sources>{notes}</Project>"
    read = read_refi_project(a_project(tmp_path, xml, {"sources/t.txt": "Kind."}))
    (process,) = read.content.codes
    assert [code.name for code in (process, *process.children, *process.children[0].children)] == [
        "Process", "Forms", "Letters",
    ]  # fmt: skip
    names = {user.guid: user.name for user in read.content.users}
    (text,) = read.content.sources
    assert [(names[c.user_guid], c.code_guid[0], c.span.of(text.text)) for c in text.codings] == [
        ("Ann", "8", "Kind"), ("Ben", "7", "Kind."),
    ]  # fmt: skip
    assert "2 memos of the other program were left out." in read.notes
