"""Excerpts and cases are given in turn; a share of them to two."""

import pytest

from themes.errors import EntryTaken, WrongUse
from themes.records.assignment import Assignment
from themes.review.assigning import add_assignments, assignments_in, in_turn
from themes.review.held import Held
from themes.review.study import Newest

UNITS = [f"d{n}:0-9" for n in range(20)]


def test_what_is_given_in_turn_goes_round_and_nobody_has_more_than_one_more():
    given = in_turn(UNITS[:5], ["ada", "ben", "cy"], of_case=False)
    assert [one.coder_ids for one in given] == [("ada",), ("ben",), ("cy",), ("ada",), ("ben",)]


def test_a_share_chosen_by_lot_goes_to_two_different_people():
    given = in_turn(UNITS, ["ada", "ben", "cy"], of_case=False, double_share=0.2, seed="s")
    double = [one for one in given if len(one.coder_ids) == 2]
    assert len(double) == 4 and all(len(set(one.coder_ids)) == 2 for one in double)
    counts = [sum(who in one.coder_ids for one in given) for who in ("ada", "ben", "cy")]
    assert sum(counts) == 24 and max(counts) - min(counts) <= 1
    assert in_turn(UNITS, ["ada", "ben", "cy"], of_case=False, double_share=0.2, seed="s") == given
    assert in_turn(UNITS, ["ada", "ben", "cy"], of_case=False, double_share=0.2, seed="t") != given


def test_a_small_share_of_a_few_is_never_none_and_what_was_chosen_before_stays():
    assert sum(len(a.coder_ids) == 2 for a in in_turn(UNITS[:3], ["a", "b"], of_case=False, double_share=0.1)) == 1
    chosen = in_turn(["c1", "c2"], ["a", "b"], of_case=True, double={"c2"})
    assert chosen == [Assignment("c1", True, ("a",)), Assignment("c2", True, ("b", "a"))]


@pytest.mark.parametrize(
    ("people", "share"), [([], 0), (["ada"], 0.5), (["ada", "ada"], 0.5), (["a", "b"], 1.1), (["a", "b"], -0.1)]
)
def test_two_cannot_read_what_only_one_is_there_for(people, share):
    with pytest.raises(WrongUse):
        in_turn(UNITS, people, of_case=False, double_share=share)


def test_what_is_given_is_kept_and_counts_once_however_often_it_is_sent(log):
    given = [Assignment("d1:0-18", False, ("ada", "ben")), Assignment("c-d2", True, ("ada",))]
    for _ in range(2):
        add_assignments(log, given, act_id="a" * 20, by="lee")
    assert assignments_in(log) == given
    assert [entry.about for entry in log.entries()] == ["d1", "c-d2"]
    with pytest.raises(EntryTaken):
        add_assignments(log, given[1:], act_id="a" * 20, by="lee")


def test_a_case_stands_for_its_excerpts_and_an_excerpt_goes_before_its_case(log, tmp_path):
    study = Newest(tmp_path / "small").study()
    held = Held(log, study)
    case_id = study.documents["d1"].case_id
    add_assignments(log, [Assignment("d1:19-31", False, ("ben",))], act_id="a" * 20, by="lee")
    add_assignments(log, [Assignment(case_id, True, ("ada", "ben"))], act_id="b" * 20, by="lee")
    held.catch_up()
    assert held.given == {"d1:0-18": ("ada", "ben"), "d1:19-31": ("ben",), "d1:32-52": ("ada", "ben")}
    add_assignments(log, [Assignment(case_id, True, ())], act_id="c" * 20, by="lee")
    held.catch_up()
    assert held.given == {"d1:19-31": ("ben",)}
    assert Held(log, study).given == held.given
