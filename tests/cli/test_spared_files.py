from pathlib import Path

import pytest

from themes.cli.spared_files import refuse_to_write_into, refuse_to_write_over, refuse_what_is_no_folder
from themes.errors import WrongUse


@pytest.fixture
def kept(tmp_path):
    path = tmp_path / "kept.jsonl"
    path.write_text("kept")
    return path


@pytest.mark.parametrize("name", ["kept.jsonl", "below/../kept.jsonl", "link.jsonl"])
def test_a_file_that_is_read_is_spared_by_whatever_name(tmp_path, kept, name):
    (tmp_path / "below").mkdir()
    (tmp_path / "link.jsonl").symlink_to(kept)
    with pytest.raises(WrongUse, match="is a file that is read"):
        refuse_to_write_over([tmp_path / "new.jsonl", tmp_path / name], [None, kept])


def test_a_folder_is_no_file_to_be_written(tmp_path):
    with pytest.raises(WrongUse, match="is a folder, and a file is needed"):
        refuse_to_write_over([tmp_path / "new.jsonl", tmp_path], [])


def test_others_may_be_written_whether_they_are_there_or_not(tmp_path, kept):
    (tmp_path / "old.jsonl").write_text("old")
    refuse_to_write_over([tmp_path / "old.jsonl", tmp_path / "new.jsonl"], [kept, None, tmp_path / "gone.jsonl"])


@pytest.mark.parametrize("name", ["registry/new.jsonl", "registry/below/new.jsonl", "beside/../registry/new.jsonl"])
def test_nothing_is_written_into_a_folder_that_is_kept(tmp_path, name):
    with pytest.raises(WrongUse, match="Write to another folder"):
        refuse_to_write_into(tmp_path / "registry", [tmp_path / "beside.jsonl", tmp_path / name])


@pytest.mark.parametrize("name", ["registry/decisions.jsonl", "elsewhere.jsonl"])
def test_what_a_folder_holds_by_way_of_a_link_is_spared_by_either_name(tmp_path, name):
    (tmp_path / "registry").mkdir()
    (tmp_path / "elsewhere.jsonl").write_text("decided")
    (tmp_path / "registry" / "decisions.jsonl").symlink_to(tmp_path / "elsewhere.jsonl")
    with pytest.raises(WrongUse, match="Write to another folder"):
        refuse_to_write_into(tmp_path / "registry", [tmp_path / name])


def test_a_folder_is_known_by_another_name_that_no_link_tells(tmp_path, monkeypatch):
    (tmp_path / "registry").mkdir()
    (tmp_path / "Registry").symlink_to(tmp_path / "registry")
    monkeypatch.setattr(Path, "resolve", Path.absolute)  # as where capitals do not count and no link is to be seen
    with pytest.raises(WrongUse, match="Write to another folder"):
        refuse_to_write_into(tmp_path / "registry", [tmp_path / "Registry" / "new.jsonl"])


def test_beside_a_folder_that_is_kept_may_be_written(tmp_path):
    refuse_to_write_into(tmp_path / "registry", [tmp_path / "registry.jsonl", tmp_path / "beside" / "new.jsonl"])


@pytest.mark.parametrize("name", ["kept.jsonl", "kept.jsonl/below"])
def test_a_file_is_no_folder(tmp_path, kept, name):
    with pytest.raises(WrongUse, match="is a file, and a folder is needed"):
        refuse_what_is_no_folder(tmp_path / name)


def test_what_is_a_folder_or_can_become_one_may_pass(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for path in (tmp_path, tmp_path / "new" / "below", Path("new"), Path()):
        refuse_what_is_no_folder(path)
