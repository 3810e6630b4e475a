from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.marked_texts import MarkedTextError, read_marked

FILES = sorted((Path(__file__).parent / "deid_texts").glob("*.txt"))


def written(folder: Path, content: str) -> Path:
    path = folder / "invented.txt"
    path.write_text(content, "utf-8")
    return path


def test_marks_become_spans_and_leave_the_text(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'All invented.\n\n=== a-1 author="Sandra M"\n\nI saw [[Jo|PERSON]] 😀,\n{{will}} you?\n\n'
        "=== a-2\n[[Jo\nKay|PERSON]]/[[Hull|LOCATION]]\n",
    )

    assert read_marked(path) == [
        {
            "id": "a-1",
            "author": "Sandra M",
            "text": "I saw Jo 😀,\nwill you?",
            "spans": [{"start": 6, "end": 8, "label": "PERSON"}],
            "negatives": [{"start": 12, "end": 16}],
        },
        {
            "id": "a-2",
            "author": None,
            "text": "Jo\nKay/Hull",
            "spans": [{"start": 0, "end": 6, "label": "PERSON"}, {"start": 7, "end": 11, "label": "LOCATION"}],
            "negatives": [],
        },
    ]


@pytest.mark.parametrize(
    ("content", "line", "complaint"),
    [
        ("nothing here\n", None, "no text"),
        ("==a\ntext", None, "no text"),
        ("=== a b\ntext", 1, "write the header"),
        ("===a\ntext", 1, "write the header"),
        ("=== a author=Jo\ntext", 1, "write the header"),
        ("=== a\ntext\n=== a\ntext", 3, "id of line 1"),
        ("=== a\n\n\n=== b\ntext", 3, "without a text"),
        ("=== a\ntext\n=== b", 3, "without a text"),
        ("=== a\n\none\n[[Jo|NAME]]", 4, "no label is called NAME"),
        ("=== a\none\n[[Jo |PERSON]]", 3, "a space"),
        ("=== a\none\n[[Jo]]", 3, "broken"),
        ("=== a\n[[Kit\nMay|PERSON]]\n[[Jo|PERSON] is", 4, "broken"),
        ("=== a\n{{[[Jo|PERSON]]}}", 2, "broken"),
        ("=== a\n[[Jo {{Grace}}|PERSON]]", 2, "broken"),
        ("=== a\n{{}}", 2, "broken"),
        ("=== a\nJo|PERSON]]", 2, "broken"),
    ],
)
def test_a_fault_is_named_with_its_file_and_line(
    tmp_path: Path, content: str, line: int | None, complaint: str
) -> None:
    path = written(tmp_path, content)

    with pytest.raises(MarkedTextError, match=complaint) as error:
        read_marked(path)

    assert str(error.value).startswith(f"{path}, line {line}" if line else f"{path}:")


def test_an_error_quotes_no_text(tmp_path: Path) -> None:
    path = written(tmp_path, "=== a\nSeptember [[Wilhelmina|PERSON]] and [[Tobias]]")

    with pytest.raises(MarkedTextError) as error:
        read_marked(path)

    assert not any(word in str(error.value) for word in ("September", "Wilhelmina", "Tobias"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_files_of_texts_can_be_read(path: Path) -> None:
    texts = read_marked(path)

    assert all(text["text"][span["start"] : span["end"]].strip() for text in texts for span in text["spans"])
    assert len(texts) >= 60


def test_no_two_texts_share_eight_words_in_a_row() -> None:
    seen: dict[tuple[str, ...], str] = {}
    shared = [
        (seen[eight], text["id"])
        for path in FILES
        for text in read_marked(path)
        for eight in set(eights(text["text"]))
        if seen.setdefault(eight, text["id"]) != text["id"]
    ]

    assert shared == []


def eights(text: str) -> Iterator[tuple[str, ...]]:
    words = text.casefold().split()
    return zip(*(words[at:] for at in range(8)), strict=False)
