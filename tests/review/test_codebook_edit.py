"""A codebook changed: from the content of one file to that of the next, which reads as what was meant."""

from copy import deepcopy
from pathlib import Path

import pytest

from themes.code.meaning import hash_of_meaning
from themes.errors import WrongUse
from themes.read.codebook import codebook_from
from themes.review.codebook_edit import (
    Wording,
    defined,
    moved,
    restored,
    retired,
    reworded,
    with_version,
    wording_in,
)

CONTENT = {
    "version": "0.2.9",
    "groups": [{"id": "A", "name": "Days"}, {"id": "B", "name": "Time"}],
    "question": [
        {"id": "Q1", "text": "?", "claim": [{"text": "x", "weighs": {"food": {"negative": "for"}, "staff": {}}}]}
    ],
    "code": [
        {"id": "food", "name": "Food", "group": "A", "close_codes": {"staff": "who serves"}, "questions": ["Q1"]},
        {"id": "staff", "name": "Staff", "group": "A", "examples": ["They were kind."], "later": 1},
        {"name": "waiting", "parent": "B", "definition": "Waits.", "cues": ["wait*"]},
    ],
}
PATH = Path("codebook.toml")


def read(content):
    return codebook_from(content, PATH)


BOOK = read(CONTENT)


@pytest.fixture(autouse=True)
def the_content_given_stays_as_it_was():
    before = deepcopy(CONTENT)
    yield
    assert before == CONTENT


def test_a_code_is_defined():
    new = read(defined(CONTENT, BOOK, "pets", Wording("Pets", "Animals.", cues=("dog*",), group="B")))
    assert [c.code_id for c in new.codes] == ["food", "staff", "waiting", "pets"]
    assert (new["pets"].name, new["pets"].definition, new["pets"].cues) == ("Pets", "Animals.", ("dog*",))
    assert (new["pets"].parent_id, new["pets"].polarity) == ("B", "bipolar")


@pytest.mark.parametrize(
    ("code_id", "wording"),
    [
        ("food", Wording("Food")),
        ("Food", Wording("Food")),
        ("", Wording("Food")),
        ("a b", Wording("Food")),
        ("../x", Wording("Food")),
        ("pets", Wording("")),
        ("pets", Wording("Pets", group="C")),
    ],
)
def test_what_is_no_new_code_is_refused(code_id, wording):
    with pytest.raises(WrongUse):
        defined(CONTENT, BOOK, code_id, wording)


def test_the_id_of_a_retired_code_stays_its_own():
    new = retired(CONTENT, BOOK, ["staff"])
    with pytest.raises(WrongUse, match="later code may not take it"):
        defined(new, read(new), "staff", Wording("Staff"))


def test_a_code_is_worded_otherwise_and_keeps_what_the_page_does_not_show():
    new = reworded(CONTENT, BOOK, "staff", Wording("People", "Who serves.", group="A"), same_meaning=False)
    assert new["code"][1] == {
        "id": "staff",
        "name": "People",
        "definition": "Who serves.",
        "group": "A",
        "polarity": "bipolar",
        "examples": ["They were kind."],
        "later": 1,
    }
    assert "same_meaning" not in new
    assert read(new)["food"] == BOOK["food"]


def test_a_code_known_by_its_name_gets_it_as_its_id():
    new = read(reworded(CONTENT, BOOK, "waiting", Wording("Waiting times", group="B"), same_meaning=False))
    assert (new["waiting"].name, new["waiting"].cues) == ("Waiting times", ())


def test_the_same_meaning_is_kept_as_the_hash_of_the_one_before_until_it_means_something_else():
    once = reworded(CONTENT, BOOK, "staff", Wording("People"), same_meaning=True)
    twice = reworded(once, read(once), "staff", Wording("Persons"), same_meaning=True)
    meant = (hash_of_meaning(BOOK["staff"]), hash_of_meaning(read(once)["staff"]))
    assert read(twice).same_meaning == {"staff": meant}
    other = reworded(twice, read(twice), "staff", Wording("Dogs"), same_meaning=False)
    assert read(other).same_meaning == {}


def test_a_retired_code_is_kept_beside_the_others_and_named_by_none():
    new = read(retired(CONTENT, BOOK, ["staff"]))
    assert [c.code_id for c in new.codes] == ["food", "waiting"]
    assert [(r.code.name, r.retired_in, r.merged_into) for r in new.retired] == [("Staff", "0.2.10", "")]
    assert new["food"].close_codes == {} and new.stands_for("staff") == ""
    gone = read(retired(CONTENT, BOOK, ["food"]))
    assert dict(gone.questions[0].claims[0].table) == {}


def test_merged_codes_stand_for_the_one_they_went_into_also_by_way_of_another():
    once = retired(CONTENT, BOOK, ["food"], into="staff")
    twice = read(retired(once, read(once), ["staff"], into="waiting"))
    assert [twice.stands_for(c) for c in ("food", "staff", "waiting", "x")] == ["waiting"] * 3 + [""]
    assert twice.ever("food").name == "Food" and twice.ever("x") is None


@pytest.mark.parametrize(
    ("codes", "into"),
    [([], ""), (["food", "staff", "waiting"], ""), (["food"], "food"), (["food"], "x"), (["x"], "food")],
)
def test_what_cannot_be_retired_or_merged_is_refused(codes, into):
    with pytest.raises(WrongUse):
        retired(CONTENT, BOOK, codes, into=into)


def test_codes_are_moved_to_another_group_and_to_none():
    new = read(moved(CONTENT, BOOK, ["food", "waiting"], "B"))
    assert [c.parent_id for c in new.codes] == ["B", "A", "B"]
    assert [c.parent_id for c in read(moved(CONTENT, BOOK, ["food"], "")).codes] == [None, "A", "B"]
    for codes, group in ((["food"], "C"), ([], "B"), (["x"], "B")):
        with pytest.raises(WrongUse):
            moved(CONTENT, BOOK, codes, group)


def test_going_back_keeps_the_ids_of_codes_that_came_since():
    more = defined(CONTENT, BOOK, "pets", Wording("Pets"))
    less = retired(more, read(more), ["food"], into="pets")
    back = read(restored(less, CONTENT, read(less), BOOK))
    assert back.codes == BOOK.codes
    assert [r.code.code_id for r in back.retired] == ["pets"] and back.stands_for("food") == "food"
    once_more = restored(restored(less, CONTENT, read(less), BOOK), more, back, read(more))
    assert [c.code_id for c in read(once_more).codes] == ["food", "staff", "waiting", "pets"]


def test_plain_names_in_a_list_of_codes_can_be_changed():
    content = {"codes": ["food", "staff"]}
    book = codebook_from(content, PATH)
    assert [c.name for c in read(reworded(content, book, "food", Wording("Meals"), same_meaning=False)).codes] == [
        "Meals",
        "staff",
    ]


def test_a_form_is_read_line_by_line_and_not_without_end():
    told = {"name": " Pets \n", "include": "dogs\n\n  big  cats ", "polarity": "none", "group": "A"}
    assert wording_in(lambda name: told.get(name, "")) == Wording("Pets", include=("dogs", "big cats"), group="A")
    with pytest.raises(WrongUse):
        wording_in(lambda name: "x" * 5001)


def test_the_version_stands_once():
    assert with_version({"meta": {"version": "1", "name": "x"}, "code": ["a"]}, "2") == {
        "version": "2",
        "meta": {"name": "x"},
        "code": ["a"],
    }
