import json

from builders import a_code, a_codebook
from exchange_study import BOOK, study_release
from themes.export.refi_codebook import exchanged_codes, exchanged_sets, write_refi_codebook
from themes.read.refi import read_refi_codebook
from themes.records.codebook import Question
from themes.records.exchange import guid


def names(codes):
    return [(code.name, names(code.children)) for code in codes]


def test_the_codebook_is_valid_and_has_the_tree_the_meanings_and_the_questions(tmp_path):
    write_refi_codebook(study_release(), tmp_path)
    read = read_refi_codebook(tmp_path / "codebook.qdc")
    assert read.notes == ()
    assert names(read.content.codes) == [
        ("Compulsion", [("Sanctions", [])]),
        ("Support", [("Kindness & help", [("Kindness of staff", [])])]),
    ]
    assert read.content.codes[0].children[0].description == "About sanctions.\n\nCounts:\n- stopped money"
    sanctions = guid("invented", "code", "sanctions")
    assert [(one.description, one.code_guids) for one in read.content.sets] == [
        ("Does it make people ill?", (sanctions,))
    ]


def test_the_sidecar_has_the_cues(tmp_path):
    write_refi_codebook(study_release(), tmp_path)
    beside = json.loads((tmp_path / "codebook.sidecar.json").read_text("utf-8"))
    assert beside["codebook"]["codes"][0]["cues"] == ["sanction*"]
    assert set(beside["codes"]) == {"sanctions", "kindness", "kindness_of_staff"}


def test_a_question_without_codes_is_no_set():
    book = a_codebook(a_code("a"), questions=(Question("Q1", "Why?"),))
    assert exchanged_sets(book, "s") == ()


def test_codes_whose_parents_go_round_in_a_circle_are_there_once():
    circle = a_codebook(a_code("a", parent_id="b"), a_code("b", parent_id="a"), a_code("c", parent_id="c"))
    assert names(exchanged_codes(circle, "s")) == [("A", [("B", [])]), ("C", [])]


def test_ids_are_those_of_the_corpus_and_the_same_in_every_export():
    assert exchanged_codes(BOOK, "one") == exchanged_codes(BOOK, "one")
    ids = [{code.guid for code in exchanged_codes(BOOK, corpus)} for corpus in ("one", "two")]
    assert not ids[0] & ids[1]
