"""The review log once somebody is forgotten: nothing of them, all of the others, and the chain whole."""

import pytest

from erase.world import FORMS, NAME
from themes.erase.journal import Erasure
from themes.erase.proof import Needles
from themes.erase.repeated import TheirWords
from themes.erase.review import forget_in_review, review_log_opened
from themes.errors import StoreError
from themes.records.assignment import Assignment
from themes.records.coding import Memo
from themes.records.corpus import Document
from themes.records.decision import Decision, Verdict
from themes.records.review import EntryKind, NewEntry
from themes.review.assigning import add_assignments, assignments_in
from themes.review.queries import keep, kept, named
from themes.review.search import Query
from themes.store.review_check import check_log
from themes.store.review_place import review_log
from themes.store.review_records import add_concern, add_decisions, add_memo, decisions_in, memos_in
from themes.store.run_folder import RunFolder

HIS = Erasure(frozenset({"dhis12"}), frozenset({"chis12"}), {}, "token")
WORDS = "the forms are endlessly long and not one person at that desk helps"
THEIRS = TheirWords(
    Needles(
        frozenset({"dhis12", "chis12"}),
        frozenset({"Quilliam Brockbank"}),
        frozenset({WORDS}),
        0,
        parts=frozenset({"brockbank"}),
    )
)


def a_decision(number, document_id):
    return Decision(f"{number}", "r1", f"{document_id}:0-9", "food", Verdict.ADD, "A1", "2026-01-06T09:12:00+00:00")


def fill(log, *, his="dhis12", case="chis12", theirs="dtheirs"):
    add_decisions(log, [a_decision(1, theirs), a_decision(2, his), a_decision(f"{his}/food/A1", theirs)])
    add_memo(log, "m1", Memo("food", "A1", "Nobody says so.", ""))
    add_memo(log, "m2", Memo("food", "A1", f"“{WORDS.capitalize()}!” says it all", ""))
    add_memo(log, "m3", Memo("food", "A2", "Was it quilliam  BROCKBANK?", ""))
    add_memo(log, "m4", Memo(his, "A2", "Sad.", ""))
    add_concern(log, "c1", f"{his}:0-9", by="A1")
    log.append(
        NewEntry(EntryKind.DRAW, f"1 {each}", each, {"case": each, "probability": 0.25}) for each in (case, "cother")
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def outputs(request, tmp_path, monkeypatch):
    if request.param == "postgresql":
        monkeypatch.setenv("THEMES_REVIEW_DB", request.getfixturevalue("postgresql_server").database())
    with review_log(tmp_path / "study") as log:
        fill(log)
    return tmp_path / "study"


def test_what_is_about_him_or_repeats_him_is_emptied_and_the_rest_stays(outputs):
    assert forget_in_review(outputs, HIS, THEIRS) == 7
    assert forget_in_review(outputs, HIS, THEIRS) == 0
    with review_log(outputs) as log:
        assert check_log(log) == 11
        assert decisions_in(log) == [a_decision(1, "dtheirs")]
        assert [memo.text for memo in memos_in(log)] == ["Nobody says so."]
        left = [(entry.number, entry.kind) for entry in log.entries()]
    assert left == [(1, "decision"), (4, "memo"), (10, "draw"), (11, "erasure")]
    opened = b"".join(review_log_opened([outputs]).values()).lower()
    assert [each for each in (b"dhis12", b"chis12", b"brockbank", b"forms are") if each in opened] == []
    for path in outputs.iterdir():
        assert b"dhis12" not in path.read_bytes()


def test_memos_that_name_him_by_part_of_his_name_are_emptied(tmp_path):
    with review_log(tmp_path / "study") as log:
        add_memo(log, "m1", Memo("food", "A1", "As Brockbank says.", ""))
        add_memo(log, "m2", Memo("food", "A1", "As others say.", ""))
    assert forget_in_review(tmp_path / "study", HIS, THEIRS) == 1
    with review_log(tmp_path / "study") as log:
        assert [memo.text for memo in memos_in(log)] == ["As others say."]


def test_searches_that_repeat_him_and_what_was_given_of_his_are_emptied(tmp_path):
    with review_log(tmp_path / "study") as log:
        keep(log, "q1", Query(words="brockbank desk"), by="A1")
        keep(log, "q2", Query(words=f'"{WORDS}"'), by="A1")
        keep(log, "q3", Query(words="desk"), by="A1")
        named(log, "n1", 3, "As Quilliam Brockbank says", by="A1")
        given = [Assignment("dhis12:0-9", False, ("A1",)), Assignment("chis12", True, ("A1",))]
        add_assignments(log, [*given, Assignment("dother", True, ("A1",))], act_id="a" * 20, by="A2")
    assert forget_in_review(tmp_path / "study", HIS, THEIRS) == 5
    with review_log(tmp_path / "study") as log:
        assert [(one.number, one.name, one.query.words) for one in kept(log)] == [(3, "", "desk")]
        assert [one.unit_id for one in assignments_in(log)] == ["dother"]
        check_log(log)


def test_single_texts_go_without_the_case(outputs):
    only = Erasure(frozenset({"dhis12"}), frozenset(), {}, "token")
    forget_in_review(outputs, only, TheirWords(Needles(frozenset({"dhis12"}), frozenset(), frozenset(), 0)))
    with review_log(outputs) as log:
        assert [entry.about for entry in log.entries(EntryKind.DRAW)] == ["chis12", "cother"]
        assert len(memos_in(log)) == 2


def test_where_there_is_no_log_none_is_made(tmp_path):
    assert forget_in_review(tmp_path / "study", HIS, THEIRS) == 0
    assert review_log_opened([tmp_path / "study"]) == {}
    assert list(tmp_path.iterdir()) == []


def test_a_log_that_cannot_be_reached_stops_the_erasure(tmp_path, monkeypatch):
    monkeypatch.setenv("THEMES_REVIEW_DB", "postgresql://themes@127.0.0.1:1/study")
    with pytest.raises(StoreError, match="could not be reached"):
        forget_in_review(tmp_path / "study", HIS, THEIRS)


@pytest.mark.parametrize("place", ["sqlite", "postgresql"])
def test_forgetting_him_empties_the_log_and_searches_it(study, themes, monkeypatch, request, place):
    if place == "postgresql":
        monkeypatch.setenv("THEMES_REVIEW_DB", request.getfixturevalue("postgresql_server").database())
    corpus, folder = study / "corpora/study", study / "outputs/study"
    documents = list(RunFolder(max(folder.glob("2026*"))).read(Document))
    (his,) = (document for document in documents if document.text == FORMS)
    # Ids are keyed, so which text comes first is chance: it may be one of his.
    theirs = next(document for document in documents if document.case_id != his.case_id)
    with review_log(folder) as log:
        fill(log, his=his.document_id, case=his.case_id, theirs=theirs.document_id)
        where = log.place
    done = themes("forget", corpus, "--author", NAME, "--yes")
    assert done.exit_code == 0, done.output
    assert "emptied: 7 entries of the review log about them; the next run learns without them" in done.stdout
    with review_log(folder) as log:
        assert len(decisions_in(log)) == 1
        assert check_log(log) == 11
    checked = themes("check", corpus)
    assert f"Review log {where}: 11 entries, the chain is whole" in checked.stdout.replace("\n", "")


def test_what_is_left_in_a_server_is_found_by_the_proof(study, themes, monkeypatch, postgresql_server):
    monkeypatch.setenv("THEMES_REVIEW_DB", postgresql_server.database())
    monkeypatch.setattr("themes.erase.forget.forget_in_review", lambda *_: 0)
    with review_log(study / "outputs/study") as log:
        add_memo(log, "m1", Memo("food", "A1", FORMS, ""))
        where = log.place
    done = themes("forget", study / "corpora/study", "--author", NAME, "--yes")
    assert done.exit_code == 1
    assert f"FOUND IN: the review log {where}" in done.output
