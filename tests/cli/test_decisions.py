"""`themes decisions move` and what `themes check` says of the review log."""

import sqlite3

import pytest
from typer.testing import CliRunner

from flows_small_corpus import make_corpus
from store.review_entries import an_entry
from themes.cli.main import app
from themes.store.files import write_json
from themes.store.review_place import FILE, NOTE, review_log


@pytest.fixture
def corpus(tmp_path):
    return make_corpus(tmp_path / "corpora" / "small", answers=["They were kind."])


@pytest.fixture
def outputs(tmp_path):
    """With three entries in its review log."""
    folder = tmp_path / "outputs" / "small"
    with review_log(folder) as log:
        log.append([an_entry(str(n)) for n in range(3)])
        head = log.head()
    write_json(folder / "1" / "manifest.json", {"started_at": "1", "review_log": {"entries": head[0], "head": head[1]}})
    return folder


def themes(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_decisions_are_moved_and_found_where_they_are(corpus, outputs, postgresql_server):
    address = postgresql_server.database()
    done = themes("decisions", "move", corpus, "--to", address)
    assert (done.exit_code, done.stdout) == (0, f"3 entries of the review log are now in {address}.\n"), done.output
    assert not (outputs / FILE).exists()
    checked = themes("check", corpus)
    assert f"Review log {address}: 3 entries, the chain is whole" in checked.stdout
    again = themes("decisions", "move", corpus, "--to", address)
    assert again.exit_code == 1
    assert "it was moved before" in again.output


def test_the_setting_says_where_to(corpus, outputs, postgresql_server, monkeypatch):
    monkeypatch.setenv("THEMES_REVIEW_DB", postgresql_server.database().replace("themes@", "themes:secret@"))
    done = themes("decisions", "move", corpus)
    assert done.exit_code == 0, done.output
    assert "secret" not in done.output + (outputs / NOTE).read_text()


def test_where_to_has_to_be_said(corpus, outputs):
    done = themes("decisions", "move", corpus)
    assert done.exit_code == 2
    assert (outputs / FILE).exists()


def test_check_finds_the_chain_whole_and_says_which_entry_was_changed(corpus, outputs):
    whole = themes("check", corpus)
    assert whole.exit_code == 0, whole.output
    assert f"Review log {outputs / FILE}: 3 entries, the chain is whole" in whole.stdout
    with sqlite3.connect(outputs / FILE) as database:
        database.execute("DROP TRIGGER review_log_stays")
        database.execute("DELETE FROM review_log WHERE number = 3")
    database.close()
    cut = themes("check", corpus)
    assert cut.exit_code == 1
    assert "entry 3 of 'small' is missing" in cut.output


def test_check_makes_no_log_where_there_is_none(corpus, tmp_path):
    (tmp_path / "outputs" / "small").mkdir(parents=True)
    assert "Review log" not in themes("check", corpus).output
    assert list((tmp_path / "outputs" / "small").iterdir()) == []
