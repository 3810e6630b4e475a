import os

import pytest

from themes.read.files import Found, Unreadable, files_of, open_file, read_bytes, shown, stamp
from themes.records.spec import CorpusSpec, SourceSpec

ANY = SourceSpec("any", "story_file", "**/*")
LINK = "is a link, or lies behind one. Copy the file itself into raw/"
PIPE = "is a device or a pipe, not a file. Remove it from raw/"


def a_corpus(folder):
    (folder / "raw").mkdir()
    return CorpusSpec(folder, "c", (ANY,)), folder / "raw"


def test_files_are_listed_by_name_without_folders_and_hidden_files(tmp_path):
    spec, raw = a_corpus(tmp_path)
    (raw / "in").mkdir()
    for name in ("b.txt", "a.txt", "in/c.txt", ".DS_Store", "~$b.docx"):
        (raw / name).write_text("x")
    assert files_of(spec, ANY) == [Found(raw / name, name) for name in ("a.txt", "b.txt", "in/c.txt")]


def test_links_pipes_and_what_lies_behind_links_are_refused_unopened(tmp_path):
    spec, raw = a_corpus(tmp_path)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("x")
    (raw / "link.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (raw / "folder").symlink_to(tmp_path / "outside")
    (raw / "broken.txt").symlink_to("nowhere")
    os.mkfifo(raw / "pipe.txt")
    found = {file.below: file.refused for file in files_of(spec, SourceSpec("any", "story_file", "*.txt"))}
    assert found == {"link.txt": LINK, "broken.txt": LINK, "pipe.txt": PIPE}
    behind = files_of(spec, SourceSpec("any", "story_file", "*/*.txt"))
    assert [(file.below, file.refused) for file in behind] == [("folder/secret.txt", LINK)]


def test_a_path_that_has_become_a_pipe_or_a_link_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    with pytest.raises(Unreadable, match="is a device or a pipe"):
        open_file(tmp_path / "pipe")
    with pytest.raises(Unreadable, match="cannot be read"):
        open_file(tmp_path / "link")


def test_a_device_is_refused():
    from pathlib import Path

    with pytest.raises(Unreadable, match="is a device or a pipe"):
        open_file(Path("/dev/zero"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "was deleted while it was to be read. Put it back, or run again"),
        (b"", "is empty (0 bytes). Put the file there again, or remove it"),
        (b"x" * 3_000_001, "is larger than 3 MB. Split it, or remove it"),
    ],
)
def test_what_cannot_be_read_whole_is_refused_with_the_reason(tmp_path, content, reason):
    if content is not None:
        (tmp_path / "f").write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        read_bytes(tmp_path / "f", largest=3_000_000)
    assert str(refused.value) == reason


def test_a_changed_file_has_another_stamp(tmp_path):
    (tmp_path / "f").write_text("a")
    before = stamp(tmp_path / "f")
    (tmp_path / "f").write_text("ab")
    assert stamp(tmp_path / "f") != before


def test_a_name_is_shown_in_one_line_of_sound_characters():
    names = ["a\nb.txt", "Zoe\u0308 “1”.txt", os.fsdecode(b"caf\xe9.txt"), "x" * 255]
    assert [shown(name) for name in names] == ["a\\nb.txt", "Zo\u00eb “1”.txt", "caf\\xe9.txt", "x" * 255]
