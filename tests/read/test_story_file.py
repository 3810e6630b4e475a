import docx
import pytest

from themes.read.files import Unreadable
from themes.read.story_file import read_story_file
from themes.records.corpus import DocumentKind, SourceRef
from themes.records.raw import RawDocument
from themes.records.spec import SourceSpec

STORIES = SourceSpec(
    "stories", "story_file", "*", {"consent": "research", "speaker": "claimant", "promises": ["answers anonymous"]}
)


def test_a_text_file_is_one_story_with_what_its_source_says(tmp_path):
    (tmp_path / "one.txt").write_bytes("My story.\r\nIt’s long.".encode("cp1252"))
    assert list(read_story_file(tmp_path / "one.txt", STORIES, name="stories/one.txt")) == [
        RawDocument(
            source=SourceRef("stories/one.txt"),
            kind=DocumentKind.STORY,
            text="My story.\nIt’s long.",
            case_key="stories/one.txt",
            document_key="stories/one.txt",
            thread="stories/one.txt",
            consent="research",
            promises=("answers anonymous",),
            speaker="claimant",
        )
    ]


def test_a_word_document_gives_paragraphs_tables_and_the_name_in_its_properties(tmp_path):
    document = docx.Document()
    document.add_paragraph("My story.")
    document.add_paragraph("")
    document.add_paragraph("It goes\ton.")
    document.add_table(1, 2).rows[0].cells[1].text = "In a table."
    document.core_properties.author = "Jo Sample"
    document.save(tmp_path / "one.docx")
    (story,) = read_story_file(tmp_path / "one.docx", STORIES)
    assert isinstance(story, RawDocument)
    assert (story.text, story.author) == ("My story.\n\nIt goes on.\n\nIn a table.", "Jo Sample")


def test_inserted_words_are_read_deleted_ones_are_not_and_a_program_is_no_author(tmp_path):
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    paragraph = document.add_paragraph("I was ")
    for xml in (
        "<w:ins {}><w:r><w:t>very </w:t></w:r></w:ins>",
        "<w:del {}><w:r><w:delText>not </w:delText></w:r></w:del>",
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
    paragraph.add_run("tired.")
    document.save(tmp_path / "one.docx")
    (story,) = read_story_file(tmp_path / "one.docx", STORIES)
    assert isinstance(story, RawDocument)
    assert (story.text, story.author) == ("I was very tired.", None)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", b"words",
         "is not a Word document (.docx), whatever its name says. Save it as that, or give it its true extension"),
        ("a.txt", b"PK\x03\x04",
         "is not a text file, whatever its name says. Give it its true extension, or save it as text"),
        ("a.pdf", b"%PDF-1.7", "is no kind of file that stories are read from. Save it as .txt or .docx"),
        ("a.txt", b"", "is empty (0 bytes). Put the file there again, or remove it"),
    ],
)  # fmt: skip
def test_what_is_no_story_is_refused_with_the_reason(tmp_path, name, content, reason):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        list(read_story_file(tmp_path / name, STORIES))
    assert str(refused.value) == reason
