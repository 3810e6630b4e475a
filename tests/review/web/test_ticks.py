"""What is ticked and not yet sent goes along in an address, as ids that are known."""

import pytest

from review_study import usual_run
from themes.review.study import Newest
from themes.review.web.forms import of_pairs
from themes.review.web.ticks import carried, choices_of, left_ticked, ticked_in

FIRST = "d1:0-18"


@pytest.fixture
def study(tmp_path):
    usual_run(tmp_path / "small")
    return Newest(tmp_path / "small").study()


def ticks(choices):
    return [(choice.code.code_id, choice.ticked) for choice in choices]


def test_what_the_machine_gives_is_ticked_unless_this_coder_says_otherwise(study):
    assert ticks(choices_of(study, FIRST, {}, blind=False)) == [("food", True), ("staff", False)]
    said = {"food": False, "waiting": True}
    assert ticks(choices_of(study, FIRST, said, blind=False)) == [("food", False), ("staff", False), ("waiting", True)]
    assert ticks(choices_of(study, FIRST, {"staff": True, "food": False}, blind=True)) == [("staff", True)]


def test_what_was_ticked_goes_before_both(study):
    said = {"food": True, "staff": True}
    assert ticks(choices_of(study, FIRST, said, blind=False, ticked=["waiting"])) == [
        ("food", False),
        ("staff", False),
        ("waiting", True),
    ]
    assert ticks(choices_of(study, FIRST, said, blind=True, ticked=[])) == []


def test_an_address_holds_codes_that_there_are_and_may_say_that_none_is_ticked(study):
    assert ticked_in(study, {}) is None
    assert ticked_in(study, {"ticked": ""}) == []
    assert ticked_in(study, {"ticked": "food\n<script>\nfood\nstaff"}) == ["food", "staff"]
    assert (carried(study, {}), carried(study, {"ticked": "food\nx"})) == ({}, {"ticked": "food"})


def test_only_what_differs_from_the_page_is_told(study):
    def left(*codes, blind=False, **said):
        return left_ticked(study, FIRST, said, of_pairs([("hash", "h"), *(("code", c) for c in codes)]), blind=blind)

    assert left("food") == left(blind=True) == left("food", "staff", staff=True) == {}
    assert left("staff", "gone") == {"ticked": "staff"}
    assert left() == {"ticked": ""}
    assert left_ticked(study, FIRST, {}, of_pairs([("code", "staff")]), blind=False) == {}
