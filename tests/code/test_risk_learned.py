"""The learned half of the flag: it judges texts it never saw, and nothing passes without its weights."""

import json
import shutil
from pathlib import Path

import pytest

from builders import a_codebook, a_segment
from themes.code import risk_learned
from themes.code.risk import THRESHOLD, THRESHOLD_IN_SAFETY_CODE, flag_risk, risk
from themes.code.risk_learned import learned_risk, risk_weights
from themes.errors import ProtectionError

GATES = Path(__file__).parents[1] / "gates"


def flagged_share(name: str) -> float:
    texts = [json.loads(line)["text"] for line in (GATES / name).read_text(encoding="utf-8").splitlines()]
    segments = [a_segment(f"d{number}:0-9", text) for number, text in enumerate(texts)]
    return len(flag_risk(segments, [], a_codebook())) / len(segments)


def test_nearly_all_texts_that_tell_of_risk_are_flagged_though_nobody_trained_on_them():
    # 59 of 60 where it was measured; a processor that rounds otherwise may tip one over.
    assert flagged_share("risk_to_life.jsonl") >= 0.93


def test_about_one_look_alike_in_ten_is_flagged_at_most():
    # 7 of 60 where it was measured.
    assert flagged_share("risk_look_alikes.jsonl") <= 0.12


def test_the_thresholds_are_the_cuts_that_training_chose():
    cuts = json.loads(risk_learned.REPORT_FILE.read_text(encoding="utf-8"))["cuts"]
    assert cuts == {"any code": THRESHOLD, "safety code": THRESHOLD_IN_SAFETY_CODE}


def test_wording_that_no_rule_knows_is_weighed():
    text = "That was the night I nearly was not here."
    assert risk(text)[0] < 0.5 < learned_risk([text], [risk(text)[0]])[0]


def test_no_texts_get_no_scores():
    assert learned_risk([], []).tolist() == []


@pytest.mark.parametrize("content", [None, b"", b"PK not the weights"])
def test_without_the_right_weights_nothing_passes(monkeypatch, tmp_path, content):
    shutil.copy(risk_learned.REPORT_FILE, tmp_path / "report.json")
    if content is not None:
        (tmp_path / "weights.npz").write_bytes(content)
    monkeypatch.setattr(risk_learned, "WEIGHTS_FILE", tmp_path / "weights.npz")
    monkeypatch.setattr(risk_learned, "REPORT_FILE", tmp_path / "report.json")
    risk_weights.cache_clear()
    with pytest.raises(ProtectionError, match="nothing was flagged"):
        learned_risk(["any"], [0.0])
    risk_weights.cache_clear()
