"""A story that somebody sent in as a file of its own."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from themes.read.archive import office_bytes
from themes.read.copied_page import text_of_file
from themes.read.files import Unreadable
from themes.read.page import page_options
from themes.records.corpus import DocumentKind, Empty, Quarantined, SourceRef
from themes.records.raw import RawDocument
from themes.records.spec import RowRange, SourceSpec

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PROGRAM_NAMES = re.compile(
    r"(?i)(?:python-docx|microsoft.*|.*\boffice\b.*|user|admin.*|owner|windows.*|author|unknown)?"
)


def read_story_file(
    path: Path, source: SourceSpec, *, name: str = "", rows: RowRange | None = None
) -> Iterator[RawDocument | Quarantined | Empty]:
    """The one story in a file.

    Args:
        path: A .txt, .md or .docx file.
        source: Its options: see `page.page_options`.
        name: The file's name in records; the name of `path` if empty.
        rows: Not for stories.

    Yields:
        One RawDocument. The author is whom a Word document names as its own, so that the name is looked for.

    Raises:
        Unreadable: If the file holds no text or is not what its extension says.
    """
    chosen = page_options(source)
    name = name or path.name
    author = None
    if path.suffix.lower() == ".docx":
        text, author = _word_document(path)
    elif path.suffix.lower() in (".txt", ".md", ".text"):
        text = text_of_file(path, chosen.encoding)
    else:
        raise Unreadable("is no kind of file that stories are read from. Save it as .txt or .docx")
    yield RawDocument(
        source=SourceRef(name),
        kind=DocumentKind.STORY,
        text=text,
        case_key=name,
        document_key=name,
        thread=name,
        author=author,
        consent=chosen.consent,
        promises=chosen.promises,
        speaker=chosen.speaker,
    )


def _word_document(path: Path) -> tuple[str, str | None]:
    import docx

    content = office_bytes(path, member="word/document.xml", what="a Word document (.docx)")
    try:
        document = docx.Document(BytesIO(content))
        text = "\n\n".join(filter(str.strip, map(_text_of, _paragraphs(document.element.body))))
        author = document.core_properties.author.strip()
    except Exception:  # whatever a broken part makes python-docx or lxml raise
        raise Unreadable("is damaged: no text can be made of it. Save it again") from None
    if not text:
        raise Unreadable("holds no text. Put the text there, or remove the file")
    return text, None if _PROGRAM_NAMES.fullmatch(author) else author


def _paragraphs(body: Any) -> Iterator[Any]:
    """All paragraphs, those of tables and text boxes too. What older programs would show instead is passed over."""
    for paragraph in body.iter(f"{_WORD}p"):
        if not any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
            yield paragraph


def _text_of(paragraph: Any) -> str:
    """Its words, inserted ones included and deleted ones not; those of a text box in it come as their own paragraph."""
    parts = []
    for element in paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
        if next(element.iterancestors(f"{_WORD}p")) is not paragraph or element.getparent().tag == f"{_WORD}tabs":
            continue
        tag = element.tag.removeprefix(_WORD)
        parts.append((element.text or "") if tag == "t" else " " if tag == "tab" else "\n")
    return "".join(parts)
