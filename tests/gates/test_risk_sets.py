"""The sets by which the flag for risk to life is judged are whole and apart."""

import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def texts_of(name):
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", ["risk_to_life.jsonl", "risk_look_alikes.jsonl"])
def test_a_set_has_sixty_different_texts(name):
    texts = texts_of(name)
    assert len(texts) == len({t["id"] for t in texts}) == len({t["text"] for t in texts}) == 60


def test_no_text_is_in_both_sets():
    risk, alike = ({t["text"] for t in texts_of(n)} for n in ("risk_to_life.jsonl", "risk_look_alikes.jsonl"))
    assert risk.isdisjoint(alike)
