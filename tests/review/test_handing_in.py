import pytest

from themes.errors import StoreError
from themes.read.decisions import read_decisions
from themes.records.decision import Decision, Verdict
from themes.review.handing_in import hand_in

ONE, TWO = (
    Decision(str(n), "20260105-060000", "d1:0-4", "sanctions", Verdict.ADD, "Zoë", "2026-01-06T09:12:00+00:00", "2")
    for n in (1, 2)
)


def test_what_is_handed_in_is_read_back_behind_what_was_there(tmp_path):
    hand_in([ONE], tmp_path / "decisions.jsonl")
    hand_in([TWO], tmp_path / "decisions.jsonl")
    read = read_decisions(tmp_path / "decisions.jsonl")
    assert (read.decisions, read.problems) == ((ONE, TWO), ())


def test_a_last_line_without_its_end_is_kept_whole(tmp_path):
    file = tmp_path / "decisions.jsonl"
    hand_in([ONE], file)
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    hand_in([TWO], file)
    assert read_decisions(file).decisions == (ONE, TWO)


def test_nothing_handed_in_makes_no_file(tmp_path):
    hand_in([], tmp_path / "decisions.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named_and_left_as_it_was(tmp_path):
    (tmp_path / ".decisions.jsonl.partial").mkdir()
    with pytest.raises(StoreError, match=r"decisions\.jsonl"):
        hand_in([ONE], tmp_path / "decisions.jsonl")
    assert not (tmp_path / "decisions.jsonl").exists()
