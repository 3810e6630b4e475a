"""Searches that were kept: known by their number, gone when they are erased."""

import pytest

from themes.errors import EntryTaken
from themes.records.coding import Memo
from themes.review.queries import KeptQuery, deleted, keep, kept, kept_under, named
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


def test_a_search_is_named_and_deleted_and_its_earlier_numbers_go_with_it(log):
    first, other = keep(log, "q1", LONG, by="ada"), keep(log, "q2", PAIR, by="ada")
    named(log, "n1", first, "Soup", by="ben")
    again = keep(log, "q3", LONG, by="ben")
    assert [(one.number, one.name, one.by) for one in kept(log)] == [(again, "Soup", "ben"), (other, "", "ada")]
    assert kept_under(log, first) == kept_under(log, again)
    deleted(log, "x1", first, by="ben")
    assert [one.number for one in kept(log)] == [other]
    assert [kept_under(log, number) for number in (first, again)] == [None, None]
    named(log, "n2", again, "Stew", by="ben")
    assert [one.number for one in kept(log)] == [other]
    last = keep(log, "q4", LONG, by="ada")
    assert [(one.number, one.name) for one in kept(log)] == [(last, ""), (other, "")]


def test_an_erased_search_is_gone(log):
    log.erase([keep(log, "q1", LONG, by="ada")])
    assert kept(log) == [] and kept_under(log, 2) is None
