"""Decisions of a file are taken over into the review log once, whoever else writes there."""

import json

import pytest

from themes.records.review import EntryKind, NewEntry
from themes.review.feeding import digest_of_decisions, feed, known_decisions
from themes.store.review_place import review_log, review_log_if_any
from themes.store.review_records import decisions_in

TAKEN = "has the 'id' of an entry in the review log that says something else"


@pytest.fixture
def outputs(tmp_path):
    return tmp_path / "small"


def write(outputs, *lines):
    outputs.mkdir(exist_ok=True)
    told = {"run": "r1", "segment": "d1:0-9", "code": "food", "verdict": "accept", "coder": "A1"}
    told["at"] = "2026-01-06T09:12:00+00:00"
    (outputs / "decisions.jsonl").write_text("".join(json.dumps(told | line) + "\n" for line in lines))


def held(outputs):
    with review_log_if_any(outputs) as log:
        return [(one.decision_id, one.verdict.value) for one in decisions_in(log)] if log else None


def known(outputs):
    found = known_decisions(outputs)
    return [one.decision_id for one in found.decisions], found.problems


def test_without_a_file_nothing_is_made(outputs):
    assert (feed(outputs), held(outputs), known(outputs), digest_of_decisions(outputs)) == ((), None, ([], ()), "")


def test_lines_are_taken_over_once(outputs):
    write(outputs, {"id": "1"}, {"id": "2", "verdict": "reject"})
    assert (known(outputs), held(outputs)) == ((["1", "2"], ()), None)
    assert feed(outputs) == feed(outputs) == ()
    write(outputs, {"id": "1"}, {"id": "2", "verdict": "reject"}, {"id": "3"})
    assert feed(outputs) == ()
    assert held(outputs) == [("1", "accept"), ("2", "reject"), ("3", "accept")]
    assert known(outputs) == (["1", "2", "3"], ())


def test_a_run_has_no_other_work_once_lines_are_taken_over(outputs):
    write(outputs, {"id": "1"}, {"id": "2"})
    before = digest_of_decisions(outputs)
    feed(outputs)
    assert digest_of_decisions(outputs) == before != ""
    write(outputs, {"id": "1"}, {"id": "2"}, {"id": "3"})
    assert digest_of_decisions(outputs) != before


def test_a_line_that_was_changed_or_taken_out_afterwards_changes_nothing_and_is_told(outputs):
    write(outputs, {"id": "1"}, {"id": "2"})
    feed(outputs)
    write(outputs, {"id": "3"}, {"id": "2", "verdict": "reject"})
    assert known(outputs) == (["1", "2", "3"], (f"line 2 {TAKEN}",))
    assert feed(outputs) == (f"line 2 {TAKEN}",)
    assert held(outputs) == [("1", "accept"), ("2", "accept"), ("3", "accept")]


def test_lines_that_cannot_be_used_are_told_and_the_others_taken_over(outputs):
    write(outputs, {"id": "1", "verdict": "perhaps"}, {"id": "2"})
    (problem,) = feed(outputs)
    assert problem.startswith("line 1 has a 'verdict'")
    assert held(outputs) == [("2", "accept")]


def test_an_id_that_a_memo_has_is_told_and_the_others_are_taken_over(outputs):
    with review_log(outputs) as log:
        log.append([NewEntry(EntryKind.MEMO, "1", "d1", {"author": "A1", "text": "Ask."})])
    write(outputs, {"id": "1"}, {"id": "2"})
    assert feed(outputs) == (f"line 1 {TAKEN}",)
    assert held(outputs) == [("2", "accept")]


def test_what_was_erased_does_not_come_back_with_the_file(outputs):
    write(outputs, {"id": "1"}, {"id": "2"})
    feed(outputs)
    with review_log(outputs) as log:
        log.erase([1])
    feed(outputs)
    assert held(outputs) == [("2", "accept")]
