"""A run is whole or in progress; two never overlap."""

import pytest

from builders import a_case, a_codebook, a_document, a_prevalence, a_run, a_theme
from themes.errors import RunBusy, StoreError
from themes.records.corpus import Case, Document, DocumentKind
from themes.records.estimate import Prevalence
from themes.records.project import EarlierRun
from themes.records.theme import Theme
from themes.store.files import write_json
from themes.store.run_folder import (
    RunFolder,
    begin_run,
    corpus_lock,
    finish_run,
    finished_runs,
    is_busy,
    last_run,
    read_project,
    settle,
    write_codebook,
)
from themes.store.tables import to_plain

PLAN = {"work": {"inputs": {"a": "1"}}, "run_id": "r1", "started_at": "2026-01-01T00:00:00+00:00"}


def a_finished_run(outputs, run_id, started_at="2026-01-01T00:00:00+00:00"):
    folder, _ = begin_run(outputs, PLAN)
    return finish_run(folder, run_id, {"started_at": started_at})


def test_a_run_gets_its_name_when_all_of_it_is_there(tmp_path):
    folder, _ = begin_run(tmp_path, PLAN)
    folder.write(Case, 0, [a_case()])
    assert finished_runs(tmp_path) == []
    done = finish_run(folder, "r1", {"started_at": "x"})
    assert finished_runs(tmp_path) == [done] == [RunFolder(tmp_path / "r1")]
    assert sorted(p.name for p in done.path.iterdir()) == ["cases", "manifest.json"]


def test_an_interrupted_run_of_the_same_work_is_continued_under_its_own_plan(tmp_path):
    folder, _ = begin_run(tmp_path, PLAN)
    folder.write(Case, 0, [a_case()])
    again, plan = begin_run(tmp_path, {**PLAN, "run_id": "r2"})
    assert (again.parts(Case), plan["run_id"]) == ([0], "r1")


def test_an_interrupted_run_of_other_work_is_begun_again(tmp_path):
    folder, _ = begin_run(tmp_path, PLAN)
    folder.write(Case, 0, [a_case()])
    again, plan = begin_run(tmp_path, {**PLAN, "work": {"inputs": {"a": "2"}}, "run_id": "r2"})
    assert (again.parts(Case), plan["run_id"]) == ([], "r2")


def test_the_last_run_is_the_one_that_began_last(tmp_path):
    a_finished_run(tmp_path, "b", "2026-01-01T00:00:00+00:00")
    a_finished_run(tmp_path, "a", "2026-02-01T00:00:00+00:00")
    assert last_run(tmp_path) == RunFolder(tmp_path / "a")


def test_a_run_that_begins_in_the_same_second_gets_a_number(tmp_path):
    a_finished_run(tmp_path, "r1")
    _, plan = begin_run(tmp_path, PLAN)
    assert plan["run_id"] == "r1-2"


def test_an_interrupted_run_whose_id_was_taken_meanwhile_gets_a_number(tmp_path):
    begin_run(tmp_path, PLAN)
    (tmp_path / "r1").mkdir()
    _, plan = begin_run(tmp_path, PLAN)
    assert plan["run_id"] == "r1-2"


def test_a_run_that_is_killed_before_it_gets_its_name_is_continued(tmp_path):
    folder, plan = begin_run(tmp_path, PLAN)
    folder.write(Case, 0, [a_case()])
    (folder.path / "manifest.json").write_text("{}")
    again, _ = begin_run(tmp_path, PLAN)
    assert finish_run(again, plan["run_id"], {"started_at": "x"}).parts(Case) == [0]


def test_what_a_failure_left_is_taken_away_when_all_is_up_to_date(tmp_path):
    begin_run(tmp_path, PLAN)
    (tmp_path / "LAST-RUN-FAILED.txt").write_text("It failed.")
    settle(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock"]


def test_two_runs_of_a_corpus_do_not_overlap(tmp_path):
    with corpus_lock(tmp_path / "c"):
        assert is_busy(tmp_path / "c")
        with pytest.raises(RunBusy, match="Another run of 'c'"), corpus_lock(tmp_path / "c"):
            pytest.fail("the lock was given twice")
    assert not is_busy(tmp_path / "c")


def test_a_folder_that_is_no_run_is_said_to_be_none(tmp_path):
    with pytest.raises(StoreError, match="is not a run"):
        read_project(tmp_path)


def a_whole_run(outputs, run_id, *, previous=None, **fields):
    folder = RunFolder(outputs / run_id)
    folder.write(Document, 0, [a_document("d1"), a_document("d2", kind=DocumentKind.ARTICLE)])
    folder.write(Theme, 0, [a_theme()])
    folder.write(Prevalence, 0, [a_prevalence()])
    write_codebook(folder, a_codebook())
    write_json(folder.path / "notes.json", {"title": "A study", "notes": []})
    run = to_plain(a_run(run_id=run_id, **fields))
    manifest = {key: dict(value) if isinstance(value, list) else value for key, value in run.items()}
    write_json(folder.path / "manifest.json", {**manifest, "previous": previous})
    return folder


def test_a_run_is_read_with_the_one_before_as_far_as_they_are_compared(tmp_path):
    a_whole_run(tmp_path, "r1", models={"coder": "ab"}, counts={"read": 7})
    later = a_whole_run(tmp_path, "r2", previous="r1")
    assert read_project(later.path).earlier == EarlierRun(
        run_id="r1",
        started_at="2024-01-08T06:00:00+00:00",
        codebook_version="0",
        coder="ab",
        read=7,
        documents=frozenset({"d1"}),
        themes=(a_theme(),),
        prevalences=(a_prevalence(),),
    )
    assert read_project(later.path, run=a_run(), previous="r1").earlier == read_project(later.path).earlier
    assert read_project(later.path, run=a_run()).earlier is None


def test_a_first_run_and_one_whose_earlier_is_gone_are_compared_with_none(tmp_path):
    assert read_project(a_whole_run(tmp_path, "r1").path).earlier is None
    assert read_project(a_whole_run(tmp_path, "r3", previous="r2").path).earlier is None
