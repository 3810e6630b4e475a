"""The lists: a damaged one finds nothing, so it stops everything."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from themes.deidentify.wording import listed
from themes.deidentify.wording.lexicon import surnames
from themes.deidentify.wording.listed import LISTS, MANIFEST, lexicon_files, list_text, manifest
from themes.errors import ModelError

NAMES = sorted(path.name for path in lexicon_files())


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(Path(str(LISTS)), tmp_path / "lists")
    (tmp_path / "lists.sha256").write_text(MANIFEST.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(listed, "LISTS", tmp_path / "lists")
    monkeypatch.setattr(listed, "MANIFEST", tmp_path / "lists.sha256")
    monkeypatch.setattr(listed, "kept_hashes", listed.kept_hashes.__wrapped__)
    return tmp_path


def test_the_hashes_kept_are_those_of_the_lists_as_they_are() -> None:
    assert MANIFEST.read_text("utf-8") == manifest(), "A list was changed: run scripts/keep_list_hashes.py"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-2]),
        lambda path: path.unlink(),
    ],
    ids=["emptied", "cut short", "missing"],
)
def test_a_damaged_list_stops_in_plain_words(elsewhere: Path, name: str, harm: Callable[[Path], None]) -> None:
    assert list_text(name)
    harm(elsewhere / "lists" / name)
    with pytest.raises(ModelError, match=rf"A list of names is damaged: {name}.*make setup"):
        list_text(name)


@pytest.mark.parametrize("harm", ["", "no hashes", "\xff"])
def test_without_the_hashes_no_list_is_taken_for_sound(elsewhere: Path, harm: str) -> None:
    (elsewhere / "lists.sha256").write_bytes(harm.encode("latin-1"))
    with pytest.raises(ModelError, match="is damaged"):
        list_text("surnames.txt")


def test_an_empty_list_is_damaged_whatever_its_hash(elsewhere: Path) -> None:
    (elsewhere / "lists" / "surnames.txt").write_bytes(b"\n")
    (elsewhere / "lists.sha256").write_text(manifest(), "utf-8")
    with pytest.raises(ModelError, match="is damaged"):
        list_text("surnames.txt")


def test_a_list_that_is_gone_is_still_one_of_the_files(elsewhere: Path) -> None:
    (elsewhere / "lists" / "surnames.txt").unlink()
    assert [path.name for path in lexicon_files()] == NAMES


def test_every_list_is_read_by_way_of_its_hash() -> None:
    here = Path(listed.__file__).parents[1]
    code = {path.name: path.read_text("utf-8") for path in here.rglob("*.py") if path.name != "listed.py"}
    assert "lexicon.py" in code
    assert [name for name, text in code.items() if "LISTS" in text or '"lists"' in text] == []
    assert len(surnames()) > 500


RUN = "from themes.cli.main import main; main()"


@pytest.mark.parametrize("name", ["word_names.txt", "context.toml", "policy.toml"])
def test_the_command_stops_and_lets_nothing_pass(tmp_path: Path, name: str) -> None:
    shutil.copytree(Path(listed.__file__).parents[2], tmp_path / "src" / "themes")
    (tmp_path / "src" / "themes" / "deidentify" / "lists" / name).write_bytes(b"")
    (tmp_path / "in.jsonl").write_text('{"id": "1", "text": "my adviser Karen Smith rang"}\n', "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", RUN, "deidentify", tmp_path / "in.jsonl", tmp_path / "out.jsonl"],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert not (tmp_path / "out.jsonl").exists()
    assert f"A list of names is damaged: {name}" in done.stderr
    assert "Traceback" not in done.stderr
