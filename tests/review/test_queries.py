"""Searches that were kept: known by their number, gone when they are erased."""

import pytest

from themes.errors import EntryTaken
from themes.records.coding import Memo
from themes.review.queries import KeptQuery, keep, kept, kept_under
from themes.review.search import Query
from themes.store.review_log import ReviewLog
from themes.store.review_records import add_memo

LONG = Query(words="soup*", with_codes=("food", "staff"), without_codes=("waiting",), kind="story", since="2013-04")
PAIR = Query(attribute="region", value="North")


@pytest.fixture
def log(tmp_path):
    opened = ReviewLog(str(tmp_path / "review.db"), "small")
    add_memo(opened, "m1", Memo("d1", "ada", "x", ""))
    yield opened
    opened.close()


def test_a_search_is_found_again_under_its_number(log):
    number = keep(log, "q1", LONG, by="ada")
    assert number == 2
    one = kept_under(log, 2)
    assert one == KeptQuery(2, "ada", one.at, LONG)
    assert [kept_under(log, n) for n in (0, 1, 3)] == [None] * 3


def test_the_newest_stands_first_and_what_was_kept_twice_once(log):
    for entry_id, query in (("q1", LONG), ("q2", PAIR), ("q3", LONG)):
        keep(log, entry_id, query, by="ada")
    assert [(one.number, one.query) for one in kept(log)] == [(4, LONG), (3, PAIR)]


def test_sent_twice_it_counts_once(log):
    assert keep(log, "q1", LONG, by="ada") == keep(log, "q1", LONG, by="ada")
    with pytest.raises(EntryTaken):
        keep(log, "q1", PAIR, by="ada")


def test_an_erased_search_is_gone(log):
    log.erase([keep(log, "q1", LONG, by="ada")])
    assert kept(log) == [] and kept_under(log, 2) is None
