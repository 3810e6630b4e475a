"""Vectors kept on disk: found again, sealed, bounded, and no trouble where they cannot be read or written."""

import stat

import numpy as np
import pytest

from themes.encoders.kept import KeptVectors

SECRET = b"s" * 32
TEXT = "They stopped my money in the spring."


def vector(*numbers: float) -> np.ndarray:
    return np.array(numbers, np.float32)


@pytest.fixture
def kept(tmp_path) -> KeptVectors:
    return KeptVectors(tmp_path / "vectors.db", SECRET)


def test_what_was_kept_is_found_to_the_last_bit_and_only_for_its_encoder(kept):
    kept.keep("sentence", {TEXT: vector(0.1, -0.2), "Kind.": vector(1, 0)})
    found = kept.find("sentence", [TEXT, "Never said."])
    assert list(found) == [TEXT]
    np.testing.assert_array_equal(found[TEXT], vector(0.1, -0.2))
    assert kept.find("another", [TEXT]) == {}


def test_many_are_found_at_once(kept):
    texts = {f"Letter {number}.": vector(number) for number in range(1200)}
    kept.keep("sentence", texts)
    assert {text: float(found[0]) for text, found in kept.find("sentence", list(texts)).items()} == {
        text: float(given[0]) for text, given in texts.items()
    }


def test_the_file_tells_neither_texts_nor_vectors_and_is_closed_to_others(kept):
    kept.keep("sentence", {TEXT: vector(*[0.125] * 64)})
    content = kept.file.read_bytes()
    assert TEXT.encode() not in content
    assert vector(*[0.125] * 4).tobytes() not in content
    assert stat.S_IMODE(kept.file.stat().st_mode) == 0o600


def test_with_another_secret_nothing_is_found(kept):
    kept.keep("sentence", {TEXT: vector(1)})
    assert KeptVectors(kept.file, b"t" * 32).find("sentence", [TEXT]) == {}


def test_beyond_the_bound_the_oldest_go(tmp_path):
    kept = KeptVectors(tmp_path / "v.db", SECRET, most=3)
    for number in range(5):
        kept.keep("sentence", {f"{number}": vector(number)})
    assert sorted(kept.find("sentence", ["0", "1", "2", "3", "4"])) == ["2", "3", "4"]


def test_a_file_that_may_only_be_read_is_read_and_stays_as_it_is(kept, tmp_path, monkeypatch):
    kept.keep("sentence", {TEXT: vector(1)})
    before = kept.file.read_bytes()
    # As on a disk that is mounted read-only; whoever runs the tests may be allowed to write everywhere.
    monkeypatch.setattr("themes.encoders.kept.os.open", _refuse)
    kept.keep("sentence", {"Kind.": vector(2)})
    assert list(kept.find("sentence", [TEXT, "Kind."])) == [TEXT]
    assert kept.file.read_bytes() == before


def _refuse(*_: object) -> int:
    raise PermissionError


def test_where_there_is_no_folder_nothing_is_kept_and_nothing_fails(tmp_path):
    kept = KeptVectors(tmp_path / "none" / "v.db", SECRET)
    kept.keep("sentence", {TEXT: vector(1)})
    assert kept.find("sentence", [TEXT]) == {}


def test_a_damaged_file_is_begun_anew(kept):
    kept.file.write_bytes(b"no database at all, " * 400)
    assert kept.find("sentence", [TEXT]) == {}
    kept.keep("sentence", {TEXT: vector(1)})
    kept.keep("sentence", {TEXT: vector(1)})
    assert list(kept.find("sentence", [TEXT])) == [TEXT]


def test_a_vector_that_was_tampered_with_is_not_used(kept):
    import sqlite3
    from contextlib import closing

    kept.keep("sentence", {TEXT: vector(1), "Kind.": vector(2)})
    with closing(sqlite3.connect(kept.file)) as database, database:
        (sealed,) = database.execute("SELECT sealed FROM vectors WHERE number = 1").fetchone()
        database.execute("UPDATE vectors SET sealed = ? WHERE number = 2", (sealed,))
        database.execute("UPDATE vectors SET sealed = ? WHERE number = 1", (sealed[:-9] + b"AAAAAAAA=",))
    assert kept.find("sentence", [TEXT, "Kind."]) == {}


def test_once_cleared_nothing_is_left(kept):
    kept.keep("sentence", {TEXT: vector(1)})
    kept.clear()
    kept.clear()
    assert list(kept.file.parent.iterdir()) == []
    assert kept.find("sentence", [TEXT]) == {}
