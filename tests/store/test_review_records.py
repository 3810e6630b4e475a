"""Decisions, memos and concerns as entries, and back as they were."""

from datetime import UTC, datetime

import pytest

from themes.errors import EntryTaken
from themes.records.coding import Memo
from themes.records.decision import Decision, Verdict
from themes.records.review import NewEntry
from themes.store.review_log import ReviewLog
from themes.store.review_records import (
    add_concern,
    add_decisions,
    add_memo,
    as_entry,
    concerns_in,
    decisions_in,
    memos_in,
)

FULL = Decision(
    *("1", "20260105-060000", "d7k2q:118-240", "sanctions", Verdict.ACCEPT, "A1", "2026-01-06T09:12:00+00:00"),
    codebook_version="1.0.0",
    sampling="probability",
    text_hash="ab" * 32,
)
BARE = Decision("2", "20260105-060000", "d7k2q:118-240", "", Verdict.COMPLETE, "A1", "")


@pytest.fixture
def log(tmp_path):
    opened = ReviewLog(str(tmp_path / "review.db"), "study")
    yield opened
    opened.close()


def test_a_decision_is_an_entry_about_its_document(log):
    assert as_entry(BARE) == NewEntry(
        "decision", "2", "d7k2q",
        {"run_id": "20260105-060000", "segment_id": "d7k2q:118-240", "verdict": "complete", "coder_id": "A1"},
    )  # fmt: skip


def test_decisions_come_back_as_they_were_made_in_the_order_written(log):
    add_decisions(log, [FULL])
    add_decisions(log, [BARE])
    first, second = decisions_in(log)
    assert first == FULL
    assert (second.decision_id, second.code_id, second.verdict, second.sampling) == ("2", "", Verdict.COMPLETE, None)
    assert [one.decision_id for one in decisions_in(log, after=1)] == ["2"]


def test_a_decision_without_a_time_is_made_when_it_is_written_and_may_be_sent_again(log):
    log.append([as_entry(BARE)], now=datetime(2026, 1, 6, 9, tzinfo=UTC))
    add_decisions(log, [BARE])
    assert [one.made_at for one in decisions_in(log)] == ["2026-01-06T09:00:00.000+00:00"]
    with pytest.raises(EntryTaken):
        add_decisions(log, [Decision("2", "20260105-060000", "d7k2q:118-240", "", Verdict.TAKE_BACK, "A1", "")])


def test_the_last_memo_of_each_author_about_each_thing_stands(log):
    for at, (about, author, text) in enumerate(
        [("sanctions", "A1", "one"), ("sanctions", "A2", "two"), ("d1", "A1", "three"), ("sanctions", "A1", "four")]
    ):
        add_memo(log, f"m{at}", Memo(about, author, text, ""))
    assert [(m.about, m.author, m.text) for m in memos_in(log)] == [
        ("sanctions", "A2", "two"),
        ("d1", "A1", "three"),
        ("sanctions", "A1", "four"),
    ]
    add_memo(log, "m9", Memo("sanctions", "A2", "", ""))
    assert [m.text for m in memos_in(log, "sanctions")] == ["four"]


def test_a_concern_stands_until_somebody_has_seen_to_it(log):
    add_concern(log, "c1", "d1:0-9", by="A1")
    add_concern(log, "c2", "d2:0-9", by="A2")
    add_concern(log, "c3", "d1:0-9", by="A2", worrying=False)
    assert concerns_in(log) == {"d2:0-9": "A2"}
