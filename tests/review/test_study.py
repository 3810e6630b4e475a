"""The newest run in memory: by id, loaded anew when it changes, refused while somebody is being forgotten."""

import os

import pytest

from builders import a_coding
from review_study import sentences, usual_run, write_run
from themes.review.study import Newest, NothingToReview
from themes.store.run_folder import ERASING


@pytest.fixture
def study(tmp_path):
    usual_run(tmp_path / "small")
    return Newest(tmp_path / "small").study()


def test_excerpts_are_known_by_document_and_case(study):
    assert study.by_document["d1"] == ["d1:0-18", "d1:19-31", "d1:32-52"]
    assert study.by_case["c-d2"] == ["d2:0-14", "d2:15-28", "d2:29-43"]
    assert study.prompts == ["How was it?"]


def test_suggestions_are_what_applies_or_cannot_be_ruled_out_the_likeliest_first(study):
    assert [c.code_id for c in study.suggested("d1:0-18")] == ["food", "staff"]
    assert study.suggested("d1:19-31") == []


def test_people_and_a_language_models_advice_come_behind_the_machine(tmp_path):
    one = sentences("d1", "The soup was cold.")
    codings = [
        a_coding("d1:0-18", "food", coder_id="language model: small", probability=None),
        a_coding("d1:0-18", "food", probability=0.7),
        a_coding("d1:0-18", "staff", coder_id="ada", probability=None),
    ]
    write_run(tmp_path / "small", [one], codings)
    found = Newest(tmp_path / "small").study().suggested("d1:0-18")
    assert [(c.code_id, c.coder_id) for c in found] == [("food", "machine")]


@pytest.mark.parametrize(
    ("segment_id", "words"),
    [
        ("d1:4-8", "soup"),
        ("d2:42-43", "💔"),
        ("d1:4-4", ""),
        ("d1:8-4", ""),
        ("d1:0-99", ""),
        ("d1:00-4", ""),
        ("d9:0-4", ""),
        ("../d1:0-4", ""),
        ("d1", ""),
        ("", ""),
        ("d1:a-b", ""),
    ],
)
def test_any_stretch_of_a_text_has_an_id_and_no_id_has_more_than_one_spelling(study, segment_id, words):
    assert study.words(segment_id) == words


def test_nothing_was_run_yet(tmp_path):
    with pytest.raises(NothingToReview, match="run the corpus first"):
        Newest(tmp_path / "small").study()


def test_a_later_run_and_a_rewritten_one_are_loaded_and_no_other_is_loaded_twice(tmp_path):
    outputs = tmp_path / "small"
    first = usual_run(outputs)
    newest = Newest(outputs)
    study = newest.study()
    assert newest.study() is study
    os.utime(first / "manifest.json", ns=(1, 1))
    again = newest.study()
    assert again is not study
    usual_run(outputs, run_id="20260112-060000", previous="20260105-060000")
    assert newest.study().run_id == "20260112-060000"
    assert newest.study().earlier_documents == {"d1", "d2"}
    assert again.earlier_documents is None


def test_while_somebody_is_being_forgotten_nothing_is_shown(tmp_path):
    outputs = tmp_path / "small"
    usual_run(outputs)
    newest = Newest(outputs)
    newest.study()
    (outputs / ERASING).touch()
    with pytest.raises(NothingToReview, match="being forgotten"):
        newest.study()
