"""Recall and false flags of the flag for risk to life, on invented texts. They were at hand when its wordings were
written, so they hold what is won; they do not tell how it does on texts never seen."""

import json
from pathlib import Path

import pytest

from builders import a_codebook, a_segment
from themes.code.risk import flag_risk

ROWS = [
    json.loads(line) for line in Path(__file__).with_name("risk.jsonl").read_text(encoding="utf-8").splitlines() if line
]


def flagged(texts: list[str]) -> set[str]:
    segments = [a_segment(f"d{number}:0-1", text) for number, text in enumerate(texts)]
    ids = {flag.segment_id for flag in flag_risk(segments, [], a_codebook())}
    return {segment.text for segment in segments if segment.segment_id in ids}


@pytest.mark.parametrize("told", [True, False])
def test_there_are_enough_texts_to_speak_of_a_rate(told):
    assert sum(row["risk"] is told for row in ROWS) >= 200


def test_at_least_nineteen_of_twenty_texts_that_tell_of_risk_are_flagged():
    telling = [row["text"] for row in ROWS if row["risk"]]
    missed = set(telling) - flagged(telling)
    assert len(missed) <= 0.05 * len(telling), missed


def test_at_most_one_of_ten_look_alikes_is_flagged():
    look_alikes = [row["text"] for row in ROWS if not row["risk"]]
    wrongly = flagged(look_alikes)
    assert len(wrongly) <= 0.1 * len(look_alikes), wrongly
