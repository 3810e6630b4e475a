import json
from pathlib import Path

import pytest

from themes.read.decisions import Decisions, read_decisions
from themes.records.decision import Decision, Verdict

LINE = {
    "id": "1",
    "run": "20260105-060000",
    "segment": "d7k2q:118-240",
    "code": "sanctions",
    "verdict": "accept",
    "coder": "A1",
    "at": "2026-01-06T09:12:00+00:00",
    "codebook": "1.0.0",
    "sampling": "purposive",
}


@pytest.fixture
def written(tmp_path):
    def write(*lines: object) -> Path:
        rows = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        (tmp_path / "decisions.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
        return tmp_path / "decisions.jsonl"

    return write


def test_a_line_is_a_decision(written):
    assert read_decisions(written(LINE)) == Decisions(
        (
            Decision(
                "1",
                "20260105-060000",
                "d7k2q:118-240",
                "sanctions",
                Verdict.ACCEPT,
                "A1",
                "2026-01-06T09:12:00+00:00",
                "1.0.0",
                "purposive",
            ),
        )
    )


def test_a_corpus_without_decisions_has_none(tmp_path):
    assert read_decisions(tmp_path / "decisions.jsonl") == Decisions()


def test_a_decision_about_all_codes_names_none(written):
    (decision,) = read_decisions(written(without("code") | {"verdict": "complete"})).decisions
    assert (decision.verdict, decision.code_id) == (Verdict.COMPLETE, "")


def test_times_are_told_in_utc(written):
    (decision,) = read_decisions(written(LINE | {"at": "2026-07-06T09:12:00+01:00"})).decisions
    assert decision.made_at == "2026-07-06T08:12:00+00:00"


def test_a_line_written_twice_is_one_decision(written):
    assert len(read_decisions(written(LINE, LINE)).decisions) == 1


def without(key: str) -> dict[str, str]:
    return {name: value for name, value in LINE.items() if name != key}


BAD = [
    ("no json", "line 1 is not a JSON object"),
    ('["1"]', "line 1 is not a JSON object"),
    (without("id"), "line 1 has no 'id'"),
    (without("run"), "line 1 has no 'run', or it is not a string"),
    (without("code"), "line 1 has no 'code'"),
    (LINE | {"code": ["sanctions"]}, "line 1 has a 'code' that is no line of up to 100 characters"),
    (LINE | {"code": "half \ud800"}, "line 1 has a 'code' that is no line of up to 100 characters"),
    (LINE | {"verdict": "complete"}, "line 1 names a 'code', but its verdict is about all codes"),
    (LINE | {"verdict": "maybe"}, "line 1 has a 'verdict' that is none of: accept, reject, add, complete, take back"),
    (LINE | {"segment": "d7k2q"}, "line 1 has a 'segment' that is not an excerpt's id, such as d7k2q:118-240"),
    (LINE | {"segment": "d7k2q:5-5"}, "line 1 has a 'segment' that is not an excerpt's id, such as d7k2q:118-240"),
    (LINE | {"coder": "machine"}, "line 1 has no 'id' of its own, or a 'coder' that is no person's"),
    (LINE | {"coder": "Language model: x"}, "line 1 has no 'id' of its own, or a 'coder' that is no person's"),
    (
        LINE | {"at": "2026-01-06T09:12:00"},
        "line 1 has an 'at' that is not a time with its zone, such as 2026-01-06T09:12:00+00:00",
    ),
    (LINE | {"sampling": "random"}, "line 1 has a 'sampling' that is none of: probability, purposive"),
]


@pytest.mark.parametrize(("line", "problem"), BAD)
def test_a_bad_line_is_named_with_the_reason_and_the_rest_goes_on(written, line, problem):
    good = LINE | {"id": "2"}
    read = read_decisions(written(line, good))
    assert read.problems == (problem,)
    assert [decision.decision_id for decision in read.decisions] == ["2"]


def test_an_id_that_says_two_things_keeps_the_first(written):
    read = read_decisions(written(LINE, LINE | {"verdict": "reject"}))
    assert [decision.verdict for decision in read.decisions] == [Verdict.ACCEPT]
    assert read.problems == ("line 2 has the 'id' of an earlier line that says something else",)


def test_a_problem_never_repeats_what_a_line_says(written):
    secret = "Quilliam Brockbank"
    for key in LINE:
        told = read_decisions(written(LINE | {key: [secret]}, LINE | {key: secret * 20})).problems
        assert len(told) == 2
        assert secret not in " ".join(told)
