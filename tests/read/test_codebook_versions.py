"""Versions of a codebook beside one another: the newest counts, and none is changed behind its successor's back."""

import pytest

from themes.errors import CodebookError
from themes.read.codebook_versions import (
    VersionFile,
    codebook_file,
    file_of_version,
    hash_of_file,
    version_files,
)
from themes.records.spec import CorpusSpec


def made(path, of=None):
    path.write_text(f'made_of = "{hash_of_file(of)}"\n' if of else "version = 1\n", encoding="utf-8")
    return path


@pytest.fixture
def three(tmp_path):
    first = made(tmp_path / "codebook.toml")
    second = made(tmp_path / "codebook.v2.toml", first)
    return first, second, made(tmp_path / "codebook.v3.toml", second)


def test_a_codebook_without_versions_is_its_own_newest(tmp_path):
    first = tmp_path / "codebook.yaml"
    assert version_files(first) == [VersionFile(1, first)]
    assert codebook_file(CorpusSpec(tmp_path, "small", (), codebook="codebook.yaml")) == first


def test_versions_are_numbered_and_the_newest_counts(three, tmp_path):
    (tmp_path / "other.v2.toml").write_text("", encoding="utf-8")
    (tmp_path / "codebook.vx.toml").write_text("", encoding="utf-8")
    assert version_files(three[0]) == [VersionFile(n, path) for n, path in enumerate(three, 1)]
    assert codebook_file(CorpusSpec(tmp_path, "small", ())) == three[2]
    assert [file_of_version(three[0], n) for n in (1, 2, 3)] == list(three)


def test_ten_comes_after_nine(tmp_path):
    before = made(tmp_path / "codebook.toml")
    for number in range(2, 11):
        before = made(tmp_path / f"codebook.v{number}.toml", before)
    assert codebook_file(CorpusSpec(tmp_path, "small", ())).name == "codebook.v10.toml"


@pytest.mark.parametrize("at", [0, 1])
def test_a_version_changed_since_another_was_made_of_it_stops(three, at):
    three[at].write_text(three[at].read_text(encoding="utf-8") + "\n# more\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=rf"^{three[at].name} was changed after {three[at + 1].name} was made"):
        version_files(three[0])


def test_the_newest_may_be_changed_by_hand(three):
    three[2].write_text(three[2].read_text(encoding="utf-8") + "\n# more\n", encoding="utf-8")
    assert len(version_files(three[0])) == 3


def test_a_missing_version_stops(three):
    three[1].unlink()
    with pytest.raises(CodebookError, match=r"codebook\.v3\.toml is there, but no version 2"):
        version_files(three[0])


@pytest.mark.parametrize("content", [b"\xff", b"= nothing"])
def test_a_version_that_cannot_be_read_is_named(three, content):
    three[2].write_bytes(content)
    with pytest.raises(CodebookError, match=r"codebook\.v3\.toml cannot be read as TOML"):
        version_files(three[0])


def test_a_first_version_that_is_gone_is_named(three):
    three[0].unlink()
    with pytest.raises(CodebookError, match=r"codebook\.toml cannot be read"):
        version_files(three[0])
