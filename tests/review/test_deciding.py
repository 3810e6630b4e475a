"""What a form says becomes decisions: accepted, rejected, added, and that all codes were considered."""

import pytest

from review_study import usual_run
from themes.errors import WrongUse
from themes.review.anchors import hash_of_words
from themes.review.deciding import TOKEN, accepted, decided, new_act_id
from themes.review.study import Newest

ACT = "a" + "x" * 20


@pytest.fixture
def study(tmp_path):
    usual_run(tmp_path / "small")
    return Newest(tmp_path / "small").study()


def told(decisions):
    return [(d.code_id, d.verdict.value) for d in decisions]


def test_suggestions_are_accepted_or_rejected_and_others_added(study):
    found = decided(study, "d1:0-18", ["food", "waiting"], shown=["food", "staff"], act_id=ACT, coder_id="ada")
    assert told(found) == [("food", "accept"), ("staff", "reject"), ("waiting", "add"), ("", "complete")]
    assert [d.decision_id for d in found] == [f"{ACT}.{n}" for n in range(4)]
    assert {(d.run_id, d.coder_id, d.codebook_version, d.sampling, d.made_at, d.text_hash) for d in found} == {
        ("20260105-060000", "ada", "1", "purposive", "", hash_of_words("The soup was cold."))
    }


def test_no_code_applies_is_a_decision(study):
    assert told(decided(study, "d1:19-31", [], shown=[], act_id=ACT, coder_id="ada")) == [("", "complete")]


def test_what_was_given_before_and_is_no_longer_chosen_is_rejected(study):
    found = decided(study, "d1:19-31", ["food"], shown=[], held=["food", "staff"], act_id=ACT, coder_id="ada")
    assert told(found) == [("food", "add"), ("staff", "reject"), ("", "complete")]


def test_many_are_accepted_for_one_code_and_nothing_is_said_of_others(study):
    found = accepted(study, ["d1:32-52", "d2:15-28", "d1:32-52"], "waiting", act_id=ACT, coder_id="ada")
    assert [(d.segment_id, d.verdict.value) for d in found] == [("d1:32-52", "accept"), ("d2:15-28", "accept")]


@pytest.mark.parametrize(
    ("segment_id", "codes", "act"),
    [("d9:0-4", [], ACT), ("d1:0-18", ["parking"], ACT), ("d1:0-18", [], "x"), ("d1:0-18", [], "u" + ACT)],
)
def test_what_is_not_of_this_page_is_refused(study, segment_id, codes, act):
    with pytest.raises(WrongUse):
        decided(study, segment_id, codes, shown=[], act_id=act, coder_id="ada")


def test_no_two_forms_have_the_same_id():
    ids = {new_act_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(TOKEN.fullmatch(each) for each in ids)
