"""What people differ on is settled under an id of its own, and everybody's own decisions stay."""

import pytest

from themes.errors import WrongUse
from themes.records.coding import is_adjudicator, is_machine
from themes.records.decision import Verdict
from themes.review.deciding import new_act_id
from themes.review.settling import Difference, adjudicator_id, difference_on, differences, opened_again, settled
from themes.store.review_records import add_decisions, decisions_in

FIRST, SECOND = "d1:0-18", "d1:19-31"


@pytest.fixture
def differing(around):
    around.decide("ada", FIRST, "food")
    around.decide("ben", FIRST, "food", "staff")
    for who in ("ada", "ben"):
        around.decide(who, SECOND, "food")
    return around


def settle(around, *codes, by="lee"):
    add_decisions(around.log, settled(around.study, around.held, FIRST, codes, act_id=new_act_id(), by=by))
    around.held.catch_up()


def together(around):
    (one,) = around.held.together([FIRST])
    return set(one.code_ids), set(one.disputed)


def test_an_excerpt_on_which_one_says_yes_and_another_no_is_a_difference(differing):
    assert differences(differing.study, differing.held) == [Difference(FIRST, ("staff",), "")]
    assert difference_on(differing.study, differing.held, SECOND) is None


def test_it_is_none_while_two_judge_it_blind(differing):
    differing.give(FIRST, "ada", "cy")
    assert difference_on(differing.study, differing.held, FIRST) is None
    assert differences(differing.study, differing.held) == []


def test_what_is_settled_goes_before_what_coders_hold_whenever_they_say_it(differing):
    assert together(differing) == ({"food"}, {"staff"})
    settle(differing, "staff", "waiting")
    assert together(differing) == ({"staff", "waiting"}, set())
    differing.decide("ada", FIRST, "food")
    differing.decide("cy", FIRST, "food")
    assert together(differing) == ({"staff", "waiting"}, set())
    assert difference_on(differing.study, differing.held, FIRST).settled_by == "lee"


def test_nothing_that_anybody_decided_is_lost_not_even_of_who_settles(differing):
    before = decisions_in(differing.log)
    settle(differing, "waiting", by="ada")
    after = decisions_in(differing.log)
    assert after[: len(before)] == before
    assert {d.coder_id for d in after[len(before) :]} == {"adjudicator: ada"}
    assert differing.held.by_coder(FIRST, "ada") == {"food": True, "staff": False, "waiting": False}
    assert [(d.code_id, d.verdict) for d in after[len(before) :]] == [
        ("food", Verdict.REJECT),
        ("staff", Verdict.REJECT),
        ("waiting", Verdict.ADD),
        ("", Verdict.COMPLETE),
    ]


def test_the_last_who_settles_counts_and_it_can_be_opened_again(differing):
    settle(differing, "staff")
    settle(differing, "food", by="kim")
    assert together(differing) == ({"food"}, set())
    assert difference_on(differing.study, differing.held, FIRST).settled_by == "kim"
    add_decisions(differing.log, opened_again(differing.study, differing.held, FIRST, act_id=new_act_id()))
    differing.held.catch_up()
    assert together(differing) == ({"food"}, {"staff"})
    assert difference_on(differing.study, differing.held, FIRST) == Difference(FIRST, ("staff",), "")


def test_an_unknown_code_settles_nothing(differing):
    with pytest.raises(WrongUse):
        settled(differing.study, differing.held, FIRST, ["nothing"], act_id=new_act_id(), by="lee")


def test_an_adjudicator_is_known_by_their_id_and_is_no_machine():
    assert is_adjudicator(adjudicator_id("coder 3")) and not is_machine(adjudicator_id("coder 3"))
    assert not is_adjudicator("coder 3")
