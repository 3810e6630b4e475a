"""What the coder must reach on invented excerpts. None is anybody's; all were written for this test.

The cues of the packaged codebook were written with `coding_plain.jsonl` at hand, so its figures flatter;
`coding_oblique.jsonl` was written afterwards, in words that avoid the cues, and the cues were not changed for it (the
weights that join the views were set on it). `coding_threats.jsonl` tells of threats and of being made to go without the
usual words, among lures; the starter coder, which it measures, never learned from it.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from builders import a_segment
from gates.coding_specs import excerpts, pairs_right, read_pairs, share_right
from themes.code import frozen
from themes.code.segments import judge
from themes.read.codebook import packaged_codebook, read_codebook
from themes.read.labelled import read_labelled


def rows(name: str) -> list[dict]:
    return [json.loads(line) for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module", params=["coding_plain.jsonl", "coding_oblique.jsonl"])
def measured(request):
    from sklearn.metrics import average_precision_score, f1_score, label_ranking_average_precision_score

    codebook = read_codebook(packaged_codebook())
    texts = rows(request.param)
    segments = [a_segment(f"{row['id']}:0-1", row["text"]) for row in texts]
    judgement = judge(segments, codebook, seed=1)
    gold = np.array([[code.code_id in row["codes"] for code in codebook.codes] for row in texts])
    coded = gold.any(axis=1)
    applied = judgement.probabilities >= judgement.cut_offs
    return request.param, {
        "LRAP": label_ranking_average_precision_score(gold[coded], judgement.probabilities[coded]),
        "mAP": average_precision_score(gold, judgement.probabilities, average="macro"),
        "micro-F1": f1_score(gold.ravel(), applied.ravel()),
        "uncoded left alone": (~applied[~coded].any(axis=1)).mean(),
    }


FLOORS = {
    "coding_plain.jsonl": {"LRAP": 0.90, "mAP": 0.85, "micro-F1": 0.75, "uncoded left alone": 0.75},
    "coding_oblique.jsonl": {"LRAP": 0.62, "mAP": 0.46, "micro-F1": 0.39, "uncoded left alone": 0.68},
}


@pytest.mark.parametrize("figure", ["LRAP", "mAP", "micro-F1", "uncoded left alone"])
def test_coding_by_the_packaged_codebook_alone_reaches_its_floor(measured, figure):
    name, figures = measured
    assert figures[figure] >= FLOORS[name][figure], figures


def test_threats_told_without_the_usual_words_are_met_by_the_starter_coder():
    codebook = read_codebook(packaged_codebook())
    texts = rows("coding_threats.jsonl")
    segments = [a_segment(f"{row['id']}:0-1", row["text"], prompt=row.get("prompt")) for row in texts]
    judgement = judge(segments, codebook, labelled=read_labelled(codebook.labelled).examples, seed=1)
    own = [at for at, code in enumerate(codebook.codes) if code.code_id in {"coercion", "sanctions"}]
    gold = np.array([[codebook.codes[at].code_id in row["codes"] for at in own] for row in texts])
    applied = (judgement.probabilities >= judgement.cut_offs)[:, own]
    recall, precision = (applied & gold).sum() / gold.sum(), (applied & gold).sum() / applied.sum()
    assert recall >= 0.22, recall
    assert precision >= 0.65, precision


def test_pairs_that_differ_as_little_as_possible_are_told_apart_by_the_starter_that_ships(monkeypatch):
    monkeypatch.setattr(frozen, "fit", None)  # it is read, not fitted
    codebook = read_codebook(packaged_codebook())
    pairs = read_pairs()
    members = excerpts(pairs)
    segments = [a_segment(f"{at}:0-1", m.text, prompt=m.prompt or None) for at, m in enumerate(members)]
    judgement = judge(segments, codebook, labelled=read_labelled(codebook.labelled).examples, seed=1)
    applied = judgement.probabilities >= judgement.cut_offs
    codings = {
        member.id: {code.code_id: {} for code, applies in zip(codebook.codes, row, strict=True) if applies}
        for member, row in zip(members, applied, strict=True)
    }
    assert share_right(pairs_right(codings, pairs)) >= 0.62
