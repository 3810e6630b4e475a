"""A run made anew takes the place of the old one, whatever interrupts it."""

from pathlib import Path

import pytest

from themes.erase.swap import complete_exchanges, exchange, kept
from themes.errors import StoreError


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "outputs" / "run"
    folder.mkdir(parents=True)
    (folder / "file").write_text("old")
    return folder


def write_new(folder: Path) -> None:
    (folder / "file").write_text("new")


def names(run: Path) -> list[str]:
    return sorted(path.name for path in run.parent.iterdir())


def test_the_new_run_stands_where_the_old_one_stood(run: Path) -> None:
    exchange(run, write_new)
    assert ((run / "file").read_text(), names(run)) == ("new", ["run"])


@pytest.mark.parametrize("old_is_away", [True, False])
def test_an_exchange_cut_short_is_completed(run: Path, old_is_away: bool) -> None:
    made = run.with_name(".remade-run")
    made.mkdir()
    write_new(made)
    if old_is_away:
        run.rename(run.with_name(".before-run"))
    run.with_name(".remaking-other").mkdir()
    complete_exchanges(run.parent)
    assert ((run / "file").read_text(), names(run)) == ("new", ["run"])


def test_a_run_that_was_only_half_made_is_thrown_away(run: Path) -> None:
    def cut_short(folder: Path) -> None:
        write_new(folder)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exchange(run, cut_short)
    assert (run / "file").read_text() == "old"
    complete_exchanges(run.parent)
    assert ((run / "file").read_text(), names(run)) == ("old", ["run"])


def test_a_full_disk_is_told_and_the_old_run_stays(run: Path) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match=r"run could not be made anew: No space left on device"):
        exchange(run, full)
    assert (run / "file").read_text() == "old"


def test_a_file_is_copied_where_the_disk_knows_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    (tmp_path / "a").write_text("words")
    kept(tmp_path / "a", tmp_path / "linked" / "a")
    monkeypatch.setattr("os.link", refuse)
    kept(tmp_path / "a", tmp_path / "copied" / "a")
    assert (tmp_path / "linked/a").stat().st_ino == (tmp_path / "a").stat().st_ino
    assert (tmp_path / "copied/a").read_text() == "words"
