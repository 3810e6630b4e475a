"""What people hold, from the log: followed entry by entry, undone act by act."""

from dataclasses import replace

import pytest

from review_study import usual_run
from themes.records.anchor import Hold
from themes.records.decision import CarriedDecision, Decision, Verdict
from themes.review.anchors import hash_of_words
from themes.review.deciding import accepted, decided, undone
from themes.review.held import Held
from themes.review.study import Newest
from themes.store.review_records import add_decisions

ACTS = [f"a{letter * 20}" for letter in "abcdefgh"]
FIRST, SECOND, THIRD = "d1:0-18", "d1:19-31", "d1:32-52"


@pytest.fixture
def study(tmp_path, log):
    return Newest(tmp_path / "small").study()


@pytest.fixture
def held(log, study):
    return Held(log, study)


@pytest.fixture
def decide(log, study, held):
    def now(segment_id, chosen, act, *, shown=(), coder="ada"):
        own = [code for code, applies in held.by_coder(segment_id, coder).items() if applies]
        add_decisions(log, decided(study, segment_id, chosen, shown=shown, held=own, act_id=act, coder_id=coder))
        held.catch_up()

    return now


@pytest.fixture
def undo(log, study, held):
    def now(coder="ada"):
        act = held.last_act(coder)
        if act is not None:
            add_decisions(log, undone(study, held, act))
            held.catch_up()
        return act and act.act_id

    return now


def test_nothing_is_held_of_what_nobody_decided(held):
    assert (held.opinions_on(FIRST), held.completed("ada"), held.last_act("ada")) == ([], set(), None)


def test_a_coder_says_yes_to_what_was_chosen_and_no_to_all_else(held, decide):
    decide(FIRST, ["food", "waiting"], ACTS[0], shown=["food", "staff"])
    assert held.by_coder(FIRST, "ada") == {"food": True, "staff": False, "waiting": True}
    assert held.by_coder(FIRST, "ben") == {}
    assert held.is_complete(FIRST, "ada") and not held.is_complete(FIRST, "ben")
    assert held.marked("d1") == [FIRST]


def test_deciding_again_replaces_what_the_coder_said(held, decide):
    decide(FIRST, ["waiting"], ACTS[0])
    decide(FIRST, ["staff"], ACTS[1])
    assert held.by_coder(FIRST, "ada") == {"food": False, "staff": True, "waiting": False}


def test_several_acts_are_undone_one_after_another_back_to_nothing(held, decide, undo):
    decide(FIRST, ["food"], ACTS[0], shown=["food"])
    decide(SECOND, [], ACTS[1])
    decide(FIRST, ["staff"], ACTS[2], shown=["food"])
    assert undo() == ACTS[2]
    assert held.by_coder(FIRST, "ada") == {"food": True, "staff": False, "waiting": False}
    assert undo() == ACTS[1]
    assert held.completed("ada") == {FIRST}
    assert undo() == ACTS[0]
    assert held.by_coder(FIRST, "ada") == {}
    assert held.completed("ada") == set()
    assert undo() is None


def test_a_coder_undoes_only_what_is_their_own(held, decide, undo):
    decide(FIRST, ["food"], ACTS[0])
    decide(SECOND, [], ACTS[1], coder="ben")
    assert undo() == ACTS[0]
    assert undo() is None
    assert held.completed("ben") == {SECOND}


def test_another_process_that_opens_the_log_holds_the_same(log, study, held, decide, undo):
    decide(FIRST, ["food"], ACTS[0], shown=["food", "staff"])
    decide(SECOND, [], ACTS[1])
    undo()
    again = Held(log, study)
    assert again.by_coder(FIRST, "ada") == held.by_coder(FIRST, "ada")
    assert again.completed("ada") == {FIRST}
    assert again.last_act("ada") == held.last_act("ada")


def test_people_who_say_yes_and_no_dispute_an_excerpt(held, decide):
    decide(FIRST, ["food"], ACTS[0])
    decide(FIRST, [], ACTS[1], coder="ben")
    decide(SECOND, [], ACTS[2])
    assert held.disputed() == {FIRST}


def test_many_accepted_at_once_are_one_act_and_leave_the_excerpts_in_the_queue(log, study, held, undo):
    add_decisions(log, accepted(study, [FIRST, THIRD, FIRST], "waiting", act_id=ACTS[0], coder_id="ada"))
    held.catch_up()
    assert [o.code_id for o in held.opinions_on(THIRD)] == ["waiting"]
    assert held.completed("ada") == set()
    assert undo() == ACTS[0]
    assert held.opinions_on(FIRST) == held.opinions_on(THIRD) == []


def test_a_stretch_that_was_marked_stands_for_the_excerpt_it_mostly_is(held, decide):
    decide("d1:0-13", ["food"], ACTS[0])  # "The soup was " of "The soup was cold."
    decide("d1:28-36", ["staff"], ACTS[1])  # a few words of two sentences
    assert held.completed("ada") == {"d1:0-13", FIRST, "d1:28-36"}


def test_a_decision_on_words_that_are_not_there_any_more_holds_nothing(log, study, held, decide):
    decide(FIRST, ["food"], ACTS[0])
    told = Decision("x1", study.run_id, SECOND, "food", Verdict.ADD, "ada", "", "1", text_hash=hash_of_words("other"))
    add_decisions(log, [told])
    held.catch_up()
    assert held.opinions_on(SECOND) == []


@pytest.mark.parametrize(
    ("words", "version", "holds"), [("Nobody came.", "1", True), ("Nobody.", "1", False), ("Nobody came.", "0", False)]
)
def test_a_decision_on_an_earlier_run_that_no_run_has_seen_holds_where_words_and_codebook_are_the_same(
    log, held, words, version, holds
):
    told = Decision("x1", "earlier", SECOND, "food", Verdict.ADD, "ada", "", version, text_hash=hash_of_words(words))
    add_decisions(log, [told])
    held.catch_up()
    assert held.by_coder(SECOND, "ada") == ({"food": True} if holds else {})


def test_a_decision_that_the_run_has_seen_stands_where_the_run_says(tmp_path, log):
    carried = CarriedDecision("x1", "d1:0-4", SECOND, "food", Verdict.ADD, "ada", "2026-01-01", "1", None, Hold.MOVED)
    stale = replace(carried, decision_id="x2", code_id="staff", hold=Hold.STALE)
    usual_run(tmp_path / "small", carried=[carried, stale])
    for one, code in (("x1", "food"), ("x2", "staff")):
        add_decisions(log, [Decision(one, "earlier", "d1:0-4", code, Verdict.ADD, "ada", "2026-01-01", "1")])
    held = Held(log, Newest(tmp_path / "small").study())
    assert held.by_coder(SECOND, "ada") == {"food": True}
    assert held.opinions_on("d1:0-4") == []
