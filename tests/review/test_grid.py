"""The survey as a grid: cases, attributes, answers."""

import pytest

from builders import a_case
from review_study import sentences, write_run
from themes.records.coding import RiskFlag
from themes.records.corpus import DocumentKind
from themes.review.grid import Answer, Row, attribute_names, cases_with, questions, rows
from themes.review.study import Newest

ANSWER = {"kind": DocumentKind.ANSWER}


@pytest.fixture
def study(tmp_path):
    texts = [
        sentences("a1", "Cold soup.", "No.", case_id="c1", prompt="What was bad?", **ANSWER),
        sentences("a2", "x" * 500, case_id="c1", prompt="What was good?", **ANSWER),
        sentences("a3", "Nothing.", case_id="c2", prompt="What was bad?", **ANSWER),
        sentences("a4", "More.", case_id="c2", prompt="What was bad?", **ANSWER),
        sentences("s1", "A story.", case_id="c3"),
    ]
    cases = [a_case("c1", region="North"), a_case("c2", age="50", region="South"), a_case("c3", region="North")]
    write_run(tmp_path / "small", texts, cases=cases, flags=[RiskFlag("a3:0-8", "a3", 0.9, "overdose")])
    return Newest(tmp_path / "small").study()


def test_attributes_stand_beside_answers_question_by_question(study):
    assert attribute_names(study) == ["age", "region"]
    assert questions(study) == ["What was bad?", "What was good?"]
    coded = {"food": {"a1:0-10", "a4:0-5"}, "staff": {"a1:11-14"}}
    assert rows(study, ["c1", "c2"], coded) == [
        Row(
            "c1",
            ("", "North"),
            (
                (Answer("a1:0-10", "Cold soup. No.", False, ("Food", "Staff"), False),),
                (Answer("a2:0-500", "x" * 400, True, (), False),),
            ),
        ),
        Row(
            "c2",
            ("50", "South"),
            ((Answer("a3:0-8", "Nothing.", False, (), True), Answer("a4:0-5", "More.", False, ("Food",), False)), ()),
        ),
    ]


def test_only_those_who_answered_are_in_it_and_filters_hold_together(study):
    assert cases_with(study) == ["c1", "c2"]
    assert cases_with(study, attribute="region", value="North") == ["c1"]
    assert cases_with(study, any_of={"a4:0-5", "s1:0-8"}) == ["c2"]
    assert cases_with(study, attribute="region", value="North", any_of={"a4:0-5"}) == []
    assert rows(study, [], {}) == []
