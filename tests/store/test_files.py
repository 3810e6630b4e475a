"""A file is there whole, or not at all."""

import os
import resource
import signal
import subprocess
import sys

import pytest

from themes.errors import StoreError
from themes.store.files import read_json, whole_file, write_json


def test_what_was_written_can_be_read_back(tmp_path):
    write_json(tmp_path / "deep" / "a.json", {"b": [1, 2], "a": "é"})
    assert read_json(tmp_path / "deep" / "a.json") == {"a": "é", "b": [1, 2]}


def test_equal_values_make_equal_files(tmp_path):
    write_json(tmp_path / "1.json", {"a": 1, "b": 2})
    write_json(tmp_path / "2.json", {"b": 2, "a": 1})
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(tmp_path):
    write_json(tmp_path / "a.json", "old")
    with pytest.raises(RuntimeError), whole_file(tmp_path / "a.json") as partial:
        partial.write_text("half")
        raise RuntimeError
    assert read_json(tmp_path / "a.json") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_a_full_disk_is_an_error_that_names_the_path(tmp_path):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(StoreError, match=r"a\.json could not be written"):
            write_json(tmp_path / "a.json", "x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_a_process_killed_while_writing_leaves_the_old_file(tmp_path):
    write_json(tmp_path / "a.json", "old")
    script = (
        "import os, signal, sys, pathlib; from themes.store.files import whole_file\n"
        "with whole_file(pathlib.Path(sys.argv[1])) as partial:\n"
        "    partial.write_text('half'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path / "a.json")], env=os.environ, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert read_json(tmp_path / "a.json") == "old"


@pytest.mark.parametrize("content", ["", "{", "\x00"])
def test_a_damaged_file_is_an_error_that_names_it(tmp_path, content):
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(StoreError, match=r"a\.json cannot be read"):
        read_json(tmp_path / "a.json")


def test_a_missing_file_is_an_error_that_names_it(tmp_path):
    with pytest.raises(StoreError, match=r"a\.json is missing"):
        read_json(tmp_path / "a.json")
