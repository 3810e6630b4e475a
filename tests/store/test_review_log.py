"""The review log, in SQLite and in PostgreSQL: kept, found again, never changed, and erased where it must be."""

import json
import threading
from datetime import UTC, datetime

import pytest

from store.review_entries import an_entry
from themes.errors import EntryTaken, StoreError
from themes.records.review import Entry, EntryKind, NewEntry
from themes.store.review_check import check_log
from themes.store.review_log import ReviewLog

AT = datetime(2026, 1, 6, 9, 12, tzinfo=UTC)
WHEN = "2026-01-06T09:12:00.000+00:00"


def test_an_entry_is_given_back_as_it_was_written(log):
    said = {"text": "naïve – “quoted” \U0001f9d1\U0001f3fd\n", "list": [1, None, True]}
    written = log.append([an_entry("a", "d1", **said), an_entry("b", "d2", EntryKind.CONCERN)], now=AT)
    assert written == log.entries() == [
        Entry(1, EntryKind.MEMO, WHEN, "a", "d1", said),
        Entry(2, EntryKind.CONCERN, WHEN, "b", "d2", {"text": "Ask her again."}),
    ]  # fmt: skip


def test_entries_are_found_by_kind_by_what_they_are_about_and_from_where_somebody_stopped_reading(log):
    log.append([an_entry(str(n), f"d{n % 2}", (EntryKind.MEMO, EntryKind.CONCERN)[n // 2]) for n in range(4)])
    assert [e.entry_id for e in log.entries(EntryKind.CONCERN)] == ["2", "3"]
    assert [e.entry_id for e in log.entries(about="d1")] == ["1", "3"]
    assert [e.entry_id for e in log.entries(EntryKind.MEMO, EntryKind.CONCERN, about="d0", after=1)] == ["2"]


def test_what_is_sent_again_is_not_written_again(log):
    (first,) = log.append([an_entry()], now=AT)
    assert log.append([an_entry(), an_entry("2"), an_entry("2")])[0] == first
    assert [e.entry_id for e in log.entries()] == ["1", "2"]


def test_an_id_that_is_taken_refuses_all_that_came_with_it(log):
    log.append([an_entry()])
    with pytest.raises(EntryTaken) as refusal:
        log.append([an_entry("2"), an_entry("1", text="Something else about Quilliam.")])
    assert refusal.value.entry_id == "1"
    assert "Quilliam" not in str(refusal.value)
    assert [e.entry_id for e in log.entries()] == ["1"]


def test_two_corpora_in_one_database_do_not_see_each_other(address, log):
    other = ReviewLog(address, "other")
    try:
        log.append([an_entry()])
        other.append([an_entry(text="Theirs.")])
        assert [e.content for e in other.entries()] == [{"text": "Theirs."}]
        assert other.erase([1]) == 1
        assert (check_log(log), check_log(other)) == (1, 2)
        assert len(log.entries()) == 1
    finally:
        other.close()


def test_the_log_is_there_when_it_is_opened_again(address, log):
    log.append([an_entry()])
    again = ReviewLog(address, "study")
    assert again.entries() == log.entries()
    assert again.head() == log.head()
    again.close()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM review_log",
        "UPDATE review_log SET content = NULL",
        "UPDATE review_log SET about = 'd2' WHERE number = 1",
        "UPDATE review_log SET content = NULL, salt = NULL, about = NULL, written_at = 'never'",
        "UPDATE review_log SET number = 7",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete_an_entry(log, statement):
    log.append([an_entry()])
    before = log.links()
    with pytest.raises(Exception, match="only ever added to"), log.writing.begin() as connection:
        connection.exec_driver_sql(statement)
    assert log.links() == before


def test_the_database_itself_refuses_to_replace_or_to_empty(address, log, request):
    log.append([an_entry()])
    if address.startswith("postgresql"):
        server = request.getfixturevalue("postgresql_server")
        assert "only ever added to" in server.query("TRUNCATE review_log", database=address)
    else:
        columns = "corpus, number, kind, written_at, key, digest, chained"
        with pytest.raises(Exception, match="only ever added to"), log.writing.begin() as connection:
            connection.exec_driver_sql(
                f"INSERT OR REPLACE INTO review_log ({columns}) SELECT {columns} FROM review_log"
            )
    assert check_log(log) == 1


def test_erasure_takes_the_words_and_leaves_the_chain_whole(log):
    log.append([an_entry(str(n), f"d{n}", text=f"about {n}") for n in range(4)])
    head = dict([log.head()])
    assert log.erase([2, 4, 99]) == 2
    assert log.erase([2, 4]) == 0
    assert [(e.number, e.kind, e.content) for e in log.entries()] == [
        (1, EntryKind.MEMO, {"text": "about 0"}),
        (3, EntryKind.MEMO, {"text": "about 2"}),
        (5, EntryKind.ERASURE, {"entries": [2, 4]}),
    ]
    assert [(link.about, link.content, link.salt) for link in log.links() if link.number in {2, 4}] == [(None,) * 3] * 2
    assert check_log(log, head) == 5


def test_what_was_erased_is_known_again_and_does_not_come_back(log):
    log.append([an_entry("1", text="about her")])
    log.erase([1])
    (there,) = log.append([an_entry("1", text="about her")])
    assert (there.number, there.entry_id, there.content) == (1, "", None)
    assert [e.kind for e in log.entries()] == [EntryKind.ERASURE]


def test_an_erasure_is_not_erased(log):
    log.append([an_entry()])
    log.erase([1])
    assert log.erase([2]) == 0
    assert check_log(log) == 2


def test_threads_that_write_at_once_lose_nothing_and_leave_no_gap(log):
    def write(who: int) -> None:
        for n in range(10):
            log.append([an_entry(f"{who}-{n}")])

    threads = [threading.Thread(target=write, args=(who,)) for who in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {e.entry_id for e in log.entries()} == {f"{who}-{n}" for who in range(8) for n in range(10)}
    assert check_log(log) == 80


def test_nothing_erased_is_left_in_the_files_of_sqlite(tmp_path):
    place = tmp_path / "review.db"
    log = ReviewLog(str(place), "study")
    log.append([an_entry("entry-zaphodica", "dzaphodica", text="zaphodica " * 300)])
    log.erase([1])
    log.compact()
    assert b"zaphodica" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    log.close()


def test_a_broken_message_of_the_database_quotes_no_entry(log):
    surrogate_half = NewEntry(EntryKind.MEMO, "1", "\x00", {"text": "Quilliam said so."})
    try:
        log.append([surrogate_half])
    except StoreError as refusal:  # PostgreSQL takes no NUL in a text; SQLite does
        assert "Quilliam" not in str(refusal)
        assert log.entries() == []
    else:
        assert json.dumps(log.entries()[0].content) == '{"text": "Quilliam said so."}'
