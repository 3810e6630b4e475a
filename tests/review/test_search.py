"""Excerpts found by words and by codes, as people hold them and else as the machine suggests."""

import time

import pytest

from builders import a_case, a_coding
from review_study import sentences, usual_run, write_run
from themes.review.deciding import decided
from themes.review.held import Held
from themes.review.search import Query, Search, as_match
from themes.review.study import Newest
from themes.store.review_log import ReviewLog
from themes.store.review_records import add_decisions

FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH = "d1:0-18", "d1:19-31", "d1:32-52", "d2:0-14", "d2:15-28", "d2:29-43"


@pytest.fixture
def looked(tmp_path):
    usual_run(tmp_path / "small", cases=[a_case("c-d1", region="North"), a_case("c-d2", region="South")])
    log = ReviewLog(str(tmp_path / "small" / "review.db"), "small")
    study = Newest(tmp_path / "small").study()
    search = Search(study)
    yield log, study, search, Held(log, study)
    search.close()
    log.close()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("soup", [FIRST]),
        ("SOUP cold", [FIRST]),
        ("cold soup warm", []),
        ('"soup was"', [FIRST]),
        ("“soup was”", [FIRST]),
        ('"was soup"', []),
        ("wait*", {THIRD, FIFTH}),
        ("wait", []),
        ("nobody OR soup", []),
        ("was NOT cold", []),
        ("NEAR(soup cold)", []),
        ('id : "d1"', []),
        ('") OR 1=1 --', []),
        ("* ' \" ( ) ^ :", []),
        ("\0", []),
    ],
)
def test_words_are_words_whatever_the_index_makes_of_them(looked, words, found):
    got = looked[2].saying(words)
    assert set(got) == set(found) and len(got) == len(found)


def test_accents_and_case_make_no_difference(tmp_path):
    write_run(tmp_path / "small", [sentences("d1", "The café was shut.")])
    search = Search(Newest(tmp_path / "small").study())
    assert search.saying("CAFE") == search.saying("Café") == ["d1:0-18"]
    search.close()


def test_what_very_many_say_comes_as_the_texts_stand(tmp_path, monkeypatch):
    write_run(tmp_path / "small", [sentences("d1", "Soup and bread and tea.", "Soup.", "Cold soup, warm soup.")])
    search = Search(Newest(tmp_path / "small").study())
    ranked = search.saying("soup")
    monkeypatch.setattr("themes.review.search.MOST_RANKED", 2)
    assert search.saying("soup") == list(search.study.segments) != ranked
    assert sorted(ranked) == sorted(search.study.segments)
    search.close()


def test_codes_are_as_people_hold_them_and_else_as_the_machine_suggests(looked):
    log, study, search, held = looked
    assert search.coded("waiting", held) == {THIRD, FIFTH}
    add_decisions(log, decided(study, THIRD, ["food"], shown=["waiting"], act_id="a" * 20, coder_id="ada"))
    held.catch_up()
    assert search.coded("waiting", held) == {FIFTH}
    assert search.coded("food", held) == {FIRST, THIRD}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(with_codes=("waiting",)), [THIRD, FIFTH]),
        (Query(words="too", with_codes=("waiting",)), [FIFTH]),
        (Query(with_codes=("food", "waiting")), []),
        (Query(any_codes=("food", "waiting")), [FIRST, THIRD, FIFTH]),
        (Query(any_codes=("food", "waiting"), with_codes=("waiting",)), [THIRD, FIFTH]),
        (Query(any_codes=("food", "waiting"), without_codes=("food",)), [THIRD, FIFTH]),
        (Query(words="too", any_codes=("food", "waiting")), [FIFTH]),
        (Query(kind="comment", without_codes=("waiting", "food", "staff")), [SECOND, SIXTH]),
        (Query(attribute="region", value="South"), [FOURTH, FIFTH, SIXTH]),
        (Query(attribute="region", value="West"), []),
        (Query(since="2013-04", until="2013-04", with_codes=("food",)), [FIRST]),
        (Query(since="2013-05"), []),
        (Query(until="2013-03"), []),
        (Query(speaker="claimant"), []),
    ],
)
def test_conditions_hold_together(looked, query, found):
    assert looked[2].found(query, looked[3]) == found


def test_a_query_without_conditions_is_empty():
    assert Query().is_empty and not Query(words="x").is_empty
    assert as_match("") == as_match('""') == ""


@pytest.mark.long
def test_a_hundred_thousand_excerpts_are_searched_and_queued_at_once(tmp_path, record_property):
    from themes.review.queue import ALL, Queue, Wanted

    outputs = tmp_path / "large"
    texts = [sentences(f"d{n}", *(f"Number {n} of {m} waited for soup." for m in range(10))) for n in range(10_000)]
    codings = [
        a_coding(s.segment_id, ("food", "waiting", "staff")[at % 3], probability=0.1 + at * 0.08)
        for _, ss in texts
        for at, s in enumerate(ss)
    ]
    write_run(outputs, texts, codings)
    study = Newest(outputs).study()
    log = ReviewLog(str(outputs / "review.db"), "large")
    held, queue, search = Held(log, study), Queue(study), Search(study)
    queue.order(ALL)
    took = {}
    for name, work in {
        "words": lambda: search.found(Query(words="number 7777"), held),
        "codes": lambda: search.found(Query(with_codes=("food",), without_codes=("staff",), kind="comment"), held),
        "queue": lambda: queue.found(Wanted(code_id="food", kind="comment")),
        "whole queue": lambda: queue.found(Wanted()),
    }.items():
        work()
        began = time.perf_counter()
        assert work()
        took[name] = round((time.perf_counter() - began) * 1000)
    record_property("milliseconds", took)
    print(took)
    search.close()
    log.close()
    assert max(took.values()) < 1500  # 300 on a quiet machine
