"""Who changes a review log by other ways than its own is found out."""

import sqlite3

import pytest

from store.review_entries import an_entry
from themes.errors import StoreError
from themes.store.files import write_json
from themes.store.review_check import check_log, heads_seen
from themes.store.review_log import ReviewLog


@pytest.fixture
def tampered(address, request, log):
    """Changes the database as somebody would who is its master: triggers away, then any statement."""

    def change(*statements: str) -> None:
        if address.startswith("postgresql"):
            for statement in ("ALTER TABLE review_log DISABLE TRIGGER ALL", *statements):
                request.getfixturevalue("postgresql_server").query(statement, database=address)
            return
        with sqlite3.connect(address) as database:
            triggers = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
            for statement in (*(f"DROP TRIGGER {name}" for name in triggers), *statements):
                database.execute(statement)
        database.close()

    return change


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE review_log SET content = replace(content, 'again', 'never') WHERE number = 2", 2),
        ("UPDATE review_log SET kind = 'decision' WHERE number = 2", 2),
        ("UPDATE review_log SET written_at = '2020-01-01' WHERE number = 2", 2),
        ("UPDATE review_log SET about = 'd9' WHERE number = 2", 2),
        ("UPDATE review_log SET key = 'x' WHERE number = 3", 3),
        ("UPDATE review_log SET salt = 'x' WHERE number = 1", 1),
        ("UPDATE review_log SET digest = 'x' WHERE number = 1", 1),
        ("UPDATE review_log SET chained = 'x' WHERE number = 3", 3),
        ("UPDATE review_log SET corpus = 'other' WHERE number = 1", 1),
        ("UPDATE review_log SET content = NULL WHERE number = 2", 2),
        ("UPDATE review_log SET about = NULL, salt = NULL, content = NULL WHERE number = 2", 2),
        ("DELETE FROM review_log WHERE number = 1", 1),
        ("DELETE FROM review_log WHERE number = 2", 2),
    ],
)
def test_who_changes_the_database_by_hand_is_found_out_and_the_entry_named(log, tampered, statement, number):
    log.append([an_entry(str(n)) for n in range(3)])
    assert check_log(log) == 3
    tampered(statement)
    with pytest.raises(StoreError, match=f"entry {number} of 'study'") as told:
        check_log(log)
    assert "Ask her" not in str(told.value)


def test_last_entries_that_were_cut_off_show_against_what_a_run_read(log, tampered):
    log.append([an_entry(str(n)) for n in range(3)])
    heads = dict([log.head()])
    tampered("DELETE FROM review_log WHERE number > 1")
    assert check_log(log) == 1
    with pytest.raises(StoreError, match="entry 2 of 'study' is missing, and so are all up to 3"):
        check_log(log, heads)


def test_a_log_that_was_written_anew_shows_against_what_a_run_read(log, tmp_path):
    log.append([an_entry()])
    anew = ReviewLog(str(tmp_path / "anew.db"), "study")
    anew.append([an_entry(text="Never mind.")])
    assert check_log(anew) == 1
    with pytest.raises(StoreError, match="entry 1 of 'study' is not what it was when a run read the log"):
        check_log(anew, dict([log.head()]))
    anew.close()


def test_an_empty_log_is_whole(log):
    assert (log.entries(), check_log(log, dict([log.head()]))) == ([], 0)


def test_heads_are_those_that_finished_runs_saw(tmp_path):
    for run, manifest in (
        ("1", {"started_at": "2026-01-01"}),
        ("2", {"started_at": "2026-01-02", "review_log": {"entries": 0, "head": "0"}}),
        ("3", {"started_at": "2026-01-03", "review_log": {"entries": 7, "head": "ab"}}),
    ):
        write_json(tmp_path / run / "manifest.json", manifest)
    assert heads_seen(tmp_path) == {0: "0", 7: "ab"}
