"""What two people judge is hidden until both have decided, stays open then, and is compared as it was then."""

from themes.records.sample import SampledCase
from themes.review.blind import Blind
from themes.review.deciding import undone
from themes.review.held import Held
from themes.store.review_records import add_decisions

FIRST, SECOND, THIRD = "d1:0-18", "d1:19-31", "d1:32-52"


def test_both_must_have_decided_at_the_same_moment():
    blind = Blind()

    def tell(who, decided, at=FIRST):
        blind.tell(FIRST, at, who, decided=decided, held=list)
        return blind.is_open(FIRST, ("ada", "ben"))

    assert [tell("ada", True), tell("cy", True), tell("ada", False), tell("ben", True)] == [False] * 4
    assert blind.is_open(FIRST, ())  # any two had
    assert tell("ada", True, at="d1:0-9")
    assert tell("ada", False, at="d1:0-9")  # what was seen cannot be unseen


def test_it_is_hidden_until_both_have_decided_and_one_who_decides_twice_is_one(around):
    around.give(FIRST, "ada", "ben")
    assert around.held.hidden() == {FIRST}
    assert around.decide("ada", FIRST, "food")
    assert around.decide("ada", FIRST, "staff")
    assert around.decide("cy", FIRST, "staff")  # nobody asked them
    assert around.decide("ben", FIRST, "food", complete=False)
    assert not around.decide("ben", FIRST, "food")
    assert Held(around.log, around.study).hidden() == frozenset()


def test_who_undoes_before_the_other_decides_has_not_decided(around):
    around.give(FIRST, "ada", "ben")
    around.decide("ada", FIRST, "food")
    add_decisions(around.log, undone(around.study, around.held, around.held.last_act("ada")))
    around.held.catch_up()
    assert around.decide("ben", FIRST, "food")
    assert not around.decide("ada", FIRST, "food")


def test_a_stretch_with_moved_ends_decides_for_the_excerpt_and_is_hidden_with_it(around):
    around.give(FIRST, "ada", "ben")
    assert around.held.is_hidden("d1:4-30") and not around.held.is_hidden("d1:19-40")
    around.decide("ada", "d1:0-14", "food")
    assert around.held.is_hidden(FIRST)
    around.decide("ben", FIRST, "food")
    assert not around.held.is_hidden(FIRST) and not around.held.is_hidden("d1:4-30")


def test_only_what_both_held_when_the_second_had_decided_is_a_judgement(around):
    around.give(FIRST, "ada", "ben")
    around.decide("cy", FIRST, "waiting")
    around.decide("ada", FIRST, "food")
    assert around.held.judged_blind() == []
    around.decide("ben", FIRST, "staff")
    around.decide("ben", FIRST, "food")  # after a look at Ada's
    assert {(o.coder_id, o.code_id) for o in around.held.judged_blind() if o.applies} == {
        ("ada", "food"),
        ("ben", "staff"),
    }
    assert len(around.held.judged_blind()) == 6  # two people, three codes


def test_a_drawn_case_that_two_are_to_read_is_hidden_once_two_people_code(around):
    around.held.sample = {"c-d1": SampledCase(around.study.documents["d1"].case_id, 0.5, True, is_double=True)}
    assert around.held.hidden() == frozenset()
    around.held.several_code(True)
    assert around.held.hidden() == {FIRST, SECOND, THIRD}
    around.decide("ada", SECOND)
    around.decide("ben", SECOND)
    assert around.held.hidden() == {FIRST, THIRD}
    around.give(THIRD, "ada")
    assert around.held.hidden() == {FIRST}


def test_what_is_taken_back_from_one_is_no_longer_hidden(around):
    around.give(FIRST, "ada", "ben")
    around.give(FIRST, "ben")
    assert around.held.hidden() == frozenset()
