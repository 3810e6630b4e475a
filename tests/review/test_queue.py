"""The order of the queue, its filters, and what comes next."""

import pytest

from builders import a_coding, a_theme
from review_study import sentences, usual_run, write_run
from themes.records.coding import READS_LIKE, RiskFlag
from themes.records.theme import Membership, ThemeOrigin
from themes.review.queue import ALL, READING, Queue, Wanted, next_open
from themes.review.study import Newest

FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH = "d1:0-18", "d1:19-31", "d1:32-52", "d2:0-14", "d2:15-28", "d2:29-43"


@pytest.fixture
def queue(tmp_path):
    usual_run(tmp_path / "small")
    return Queue(Newest(tmp_path / "small").study())


def test_what_may_tell_of_risk_to_life_comes_first_then_what_has_most_reasons(queue):
    assert queue.order(ALL) == [SIXTH, FOURTH, FIRST, SECOND, THIRD, FIFTH]
    assert queue.order(READING) == [FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH]
    assert queue.order("unsure") == [FOURTH, FIRST]
    assert queue.order("risk") == [SIXTH]
    assert queue.reasons_for(FOURTH) == ["unsure"]


def test_what_says_in_plain_words_that_a_life_is_at_risk_comes_before_what_may_be_meant(tmp_path):
    flags = [
        RiskFlag("d1:0-5", "d1", 0.4, READS_LIKE),
        RiskFlag("d2:0-5", "d2", 0.9, READS_LIKE),
        RiskFlag("d3:0-5", "d3", 0.5, "overdose"),
    ]
    write_run(tmp_path / "small", [sentences(f"d{n}", "Fine.") for n in range(5)], flags=flags)
    queue = Queue(Newest(tmp_path / "small").study())
    assert queue.order("risk") == ["d3:0-5", "d2:0-5", "d1:0-5"]
    assert queue.order(ALL) == ["d3:0-5", "d2:0-5", "d1:0-5", "d0:0-5", "d4:0-5"]


def test_what_somebody_holds_to_be_worrying_comes_before_all_else(queue):
    assert queue.found(Wanted(), first=[THIRD, "d9:0-4"])[:2] == [THIRD, SIXTH]
    assert queue.found(Wanted(reason=READING), first=[THIRD])[0] == FIRST


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(code_id="waiting"), [THIRD, FIFTH]),
        (Wanted(reason=READING, prompt="How was it?"), [FIRST, SECOND, THIRD]),
        (Wanted(kind="story"), []),
        (Wanted(reason="unsure", kind="comment"), [FOURTH, FIRST]),
        (Wanted(speaker="claimant"), []),
    ],
)
def test_filters(queue, wanted, found):
    assert queue.found(wanted) == found


def test_texts_that_are_new_and_give_a_code_more_often_drift(tmp_path):
    outputs = tmp_path / "small"
    old = [sentences(f"d{n}", "Fine.") for n in range(40)]
    write_run(outputs, old)
    new = [sentences(f"e{n}", "Soup.") for n in range(10)]
    codings = [a_coding(f"e{n}:0-5", "food") for n in range(5)] + [a_coding("d1:0-5", "staff")]
    write_run(outputs, [*old, *new], codings, run_id="20260112-060000", previous="20260105-060000")
    queue = Queue(Newest(outputs).study())
    assert queue.order("drift") == [f"e{n}:0-5" for n in range(5)]
    # 5 of 10 against 0 of 40: 0.5 / sqrt(0.1 * 0.9 * (1/10 + 1/40)) = 4.71 standard errors.
    assert queue.scores["drift"]["e0:0-5"] == pytest.approx(4.714, abs=0.001)


def test_a_theme_is_new_in_the_run_that_first_saw_it_unless_it_is_the_first_run(tmp_path):
    outputs, one = tmp_path / "small", sentences("d1", "The soup was cold.", "Nobody came.")
    theme = a_theme("t1", origin=ThemeOrigin.EMERGENT, code_ids=(), first_seen="20260112-060000")
    more = {"themes": [theme], "memberships": [Membership(SECOND, "t1", 0.6)], "run_id": "20260112-060000"}
    write_run(outputs, [one])
    write_run(outputs, [one], **more)
    assert Queue(Newest(outputs).study()).order("theme") == []
    write_run(outputs, [one], previous="20260105-060000", **more)
    queue = Queue(Newest(outputs).study())
    assert queue.order("theme") == [SECOND]
    assert queue.found(Wanted(theme_id="t1")) == [SECOND]


@pytest.mark.parametrize(
    ("done", "after", "expected"),
    [((), "", "a"), ((), "a", "b"), (("b",), "a", "c"), (("a", "b"), "c", None), (("b",), "c", "a"), ((), "z", "a")],
)
def test_the_next_is_the_first_behind_that_is_not_done_and_then_from_the_beginning(done, after, expected):
    assert next_open(["a", "b", "c"], set(done), after) == expected
