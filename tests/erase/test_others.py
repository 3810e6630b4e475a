"""What is other people's: their own words, not their quotations; the files they share."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from builders import a_document, a_raw_document
from erase.conftest import set_places
from flows_small_corpus import make_corpus
from one_run import run_once
from themes.deidentify.vault.failures import write_failure
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import Tombstones
from themes.erase.matching import Found, Text, Wanted, find
from themes.erase.others import Others, files_alone, others_of, phrases
from themes.erase.proof import Needles, needles_of, prove
from themes.errors import CorpusError
from themes.read.spec import read_spec
from themes.records.corpus import Document
from themes.store.run_folder import RunFolder

LETTER = "They stopped my money for nine weeks and nobody told me why"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three rows that can be read and one that cannot: 000 and 001 say the same, 002 says it within more."""
    make_corpus(tmp_path / "study", answers=[LETTER, f"{LETTER}!", f"My neighbour: {LETTER}, he said. Cold day."])
    with (tmp_path / "study/raw/survey.csv").open("a") as file:
        file.write("003,2014-01-03,North,one,too,many\n")
        file.write("004,2014-01-03,North,\n")
    return tmp_path / "study"


def found_in(corpus: Path, vault: Vault, **wanted: str) -> Found:
    return find(Wanted(**wanted), spec=read_spec(corpus), vault=vault, corpus_outputs=[])


def first_case(vault: Vault) -> str:
    return vault.known_id("case", "survey.csv\x1fid\x1f000")


def test_what_others_say_in_their_own_words_is_theirs(corpus: Path, vault: Vault) -> None:
    found = found_in(corpus, vault, case_id=first_case(vault))
    others = others_of(found, spec=read_spec(corpus), vault=vault, corpus_outputs=[])
    assert [text.places[0].place for text in others.copies] == ["row 3, column 4"]
    assert others.own == set(phrases(LETTER))
    assert needles_of(found, others, vault, whole_rows=True).phrases == frozenset()
    assert needles_of(found, others, vault, whole_rows=True).left_out == 5


def test_a_file_with_others_or_with_rows_that_cannot_be_read_is_no_file_of_theirs_alone(
    corpus: Path, vault: Vault
) -> None:
    found = found_in(corpus, vault, words=LETTER)
    assert len(found.texts) == 3
    others = others_of(found, spec=read_spec(corpus), vault=vault, corpus_outputs=[])
    assert files_alone(found, others) == set()
    (corpus / "raw/survey.csv").write_text(f"respondent,submitted,region,experience\n1,2014-01-03,North,{LETTER}\n")
    found = found_in(corpus, vault, words=LETTER)
    others = others_of(found, spec=read_spec(corpus), vault=vault, corpus_outputs=[])
    assert files_alone(found, others) == {"survey.csv"}


def test_a_text_that_cannot_be_cleaned_is_found_all_the_same(corpus: Path, vault: Vault) -> None:
    (corpus / "raw/survey.csv").write_text(
        f"respondent,submitted,region,experience\n1,2014-01-03,North,{'x' * 1100}\n", encoding="utf-8"
    )
    found = found_in(corpus, vault, case_id=vault.known_id("case", "survey.csv\x1fid\x1f1"))
    assert len(found.texts) == 1


def test_files_that_cannot_be_read_at_all_are_not_passed_over(corpus: Path, vault: Vault) -> None:
    (corpus / "raw/survey.csv").write_bytes(b"")
    with pytest.raises(CorpusError, match="No file of the corpus can be read"):
        found_in(corpus, vault, words=LETTER)


def test_what_only_a_run_still_holds_of_others_is_theirs_too(tmp_path: Path, corpus: Path, vault: Vault) -> None:
    run = RunFolder(tmp_path / "outputs" / "run")
    run.write(type(a_document()), 0, [a_document("d9", LETTER)])
    (run.path / "manifest.json").write_text('{"started_at": "2026"}')
    found = Found({"d1": Text("d1", "c1", "answer")}, masked={"d1": {LETTER}})
    (corpus / "raw/survey.csv").unlink()
    others = others_of(found, spec=read_spec(corpus), vault=vault, corpus_outputs=[tmp_path / "outputs"])
    assert others.own == set(phrases(LETTER))


@pytest.mark.parametrize("field", ["prompt", "released_prompt"])
def test_a_masked_question_that_somebody_repeats_stays_with_those_who_were_asked(
    field: str, tmp_path: Path, corpus: Path, vault: Vault
) -> None:
    question = "Did [adviser K7QX2M] at the office help you with the form this year?"
    run = RunFolder(tmp_path / "outputs" / "run")
    run.write(type(a_document()), 0, [a_document("d9", "They did not.", **{field: question})])
    (run.path / "manifest.json").write_text('{"started_at": "2026"}')
    found = Found({"d1": Text("d1", "c1", "answer")}, masked={"d1": {f"{question} No, and they lost all of it twice"}})
    others = others_of(found, spec=read_spec(corpus), vault=vault, corpus_outputs=[tmp_path / "outputs"])
    assert others.own == set(phrases(question))


def test_too_short_a_text_is_not_looked_for(vault: Vault) -> None:
    short = a_raw_document("I am ok", document_key="a")
    needles = needles_of(
        Found({"dabcdefg": Text("dabcdefg", "c", "answer")}, raw={"dabcdefg": short}), Others(), vault, whole_rows=False
    )
    assert needles == Needles(frozenset({"dabcdefg"}), frozenset(), frozenset(), 0)


@pytest.mark.parametrize(
    ("row", "looked_for"),
    [("jo@example.com", True), ("AB-1234", True), ("007", False), ("123456", False), ("1234567890", True)],
)
def test_a_row_id_is_looked_for_if_it_may_tell_who_somebody_is(row: str, looked_for: bool, vault: Vault) -> None:
    raw = a_raw_document("They were kind.", case_key=f"survey.csv\x1fid\x1f{row}")
    found = Found({"dabcdefg": Text("dabcdefg", "cabcdefg", "answer")}, raw={"dabcdefg": raw})
    assert (row in needles_of(found, Others(), vault, whole_rows=True).keys) == looked_for


@pytest.mark.parametrize(
    ("name", "looked_for"),
    [("Zebedee Wren", True), ("quillwort77", True), ("Karen", False), ("Fed up", False), ("Jo B", False)],
)
def test_a_name_is_looked_for_if_it_points_to_somebody(name: str, looked_for: bool, vault: Vault) -> None:
    raw = a_raw_document("They were kind.", author=name)
    found = Found({"dabcdefg": Text("dabcdefg", "cabcdefg", "comment")}, raw={"dabcdefg": raw})
    assert needles_of(found, Others(), vault, whole_rows=True).names == (
        frozenset({name}) if looked_for else frozenset()
    )


def test_a_sealed_account_that_was_left_is_searched(vault: Vault, tmp_path: Path) -> None:
    write_failure(vault, f"ValueError: {LETTER}")
    proof = prove(Needles(frozenset(), frozenset(), frozenset({LETTER}), 0), [tmp_path / "not there"], vault)
    assert [hit.startswith("the vault, opened up: 2") for hit in proof.hits] == [True]


def test_who_quotes_a_few_words_in_the_same_thread_is_listed(
    corpus: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = a_raw_document("They sent me home in the rain.", document_key="a")
    reply = a_raw_document("He says “they sent me home”. Awful.", document_key="b")
    elsewhere = a_raw_document("He says “they sent me home”. Awful.", document_key="c", thread="other.html")
    monkeypatch.setattr("themes.erase.others.raw_texts", lambda _: [gone, reply, elsewhere])
    gone_id, reply_id = (vault.keyed_id("document", key) for key in "ab")
    found = Found({gone_id: Text(gone_id, "c", "comment")}, raw={gone_id: gone})
    others = others_of(found, spec=read_spec(corpus), vault=vault, corpus_outputs=[])
    assert [text.document_id for text in others.quoting] == [reply_id]


def test_who_says_the_same_of_somebody_keeps_it_where_both_are_masked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, themes
) -> None:
    set_places(monkeypatch, tmp_path)
    same = "Gwendoline Trevanion at the library club listened and gave me a new start."
    mine, hers = f"It took me nine weeks. {same}", f"{same} My sister drove us there in the snow."
    corpus = make_corpus(tmp_path / "corpora/study", answers=[mine, hers, "A letter came."])
    run = run_once(corpus, tmp_path / "outputs")
    before = {document.text: document for document in RunFolder(run).read(Document)}
    (leaver,) = (document for text, document in before.items() if "nine weeks" in text)
    (other,) = (document for text, document in before.items() if "My sister" in text)
    masked = leaver.text.removeprefix("It took me nine weeks. ")
    assert masked.startswith("[Person ")
    assert other.text.startswith(masked)

    done = themes("forget", corpus, leaver.case_id, "--yes")
    assert done.exit_code == 0, done.output
    assert re.search(r"^proof: .*: 0 hits$", done.stdout, re.MULTILINE)
    later = run_once(corpus, tmp_path / "outputs", "2026-01-12T06:00:00+00:00")
    for each in (run, later):
        assert {document.text for document in RunFolder(each).read(Document)} == {*before} - {leaver.text}
        assert RunFolder(each).manifest["counts"]["withdrawn"] == 1
    with closing(Vault.open(corpus)) as vault:
        assert Tombstones(vault).repeated_in(other.text) == []
        assert Tombstones(vault).repeated_in(leaver.text) != []
