"""Learns polarity, modality and speaker from labelled excerpts that note them; writes the weights and their report.

    python tests/benchmarks/train_dimensions.py            # learn, try out, write weights and report
    python tests/benchmarks/train_dimensions.py --check    # learn, and say whether the weights that are there come out

Tried out on themes of wording, and pairs, that were held out, a fifth at a time: the share of excerpts that are right,
and of pairs right in both excerpts among those whose trap is about the dimension; the rules alone beside them. The
rules for accounts learned from accounts.toml: excerpts that stand there too are not counted.
"""

import hashlib
import json
import sys
from collections import defaultdict

import numpy as np

from themes.code.dimensions_learned import LEARNED, WEIGHTS, fitted_on, learn, noted_excerpts, packed, rules_say
from themes.code.folds import FOLDS, folds_of, groups_of
from themes.code.tone import accounts

SEED = 1
CLOSE = 0.01
OWN_TRAPS = {"polarity": ("polarity", "denial_bipolar", "sarcasm"), "modality": ("modality",), "speaker": ("speaker",)}


def main() -> None:
    excerpts = noted_excerpts()
    weights = {dimension: learn(dimension, excerpts) for dimension in LEARNED}
    if "--check" in sys.argv:
        with np.load(WEIGHTS, allow_pickle=False) as kept:
            apart = max(np.abs(kept[f"{name}/weights"] - one.weights).max() for name, one in weights.items())
        print(f"The weights come out again, within {apart:.4f}.")
        raise SystemExit(int(apart > CLOSE))
    report = {"excerpts": len(excerpts), "out of theme": {name: tried_out(name) for name in LEARNED}}
    content = packed(weights)
    WEIGHTS.write_bytes(content)
    about = {"sha256": hashlib.sha256(content).hexdigest(), "fitted_on": fitted_on(), **report}
    WEIGHTS.with_suffix(".json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))


def tried_out(dimension: str) -> dict[str, float]:
    excerpts = noted_excerpts()
    segments = [one.segment for one in excerpts]
    ruled = rules_say(dimension, segments)
    folds = folds_of(groups_of(segments), SEED)
    answers = list(ruled)
    for fold in range(FOLDS):
        out = np.flatnonzero(folds == fold)
        weights = learn(dimension, [excerpts[i] for i in np.flatnonzero(folds != fold)])
        best = weights.scores([segments[i] for i in out], [ruled[i] for i in out]).argmax(axis=1)
        for i, at in zip(out, best, strict=True):
            answers[i] = weights.values[at]
    noted = [one.noted[dimension] for one in excerpts]
    learned_by_rules = {text for side in accounts() for text in side} if dimension == "polarity" else set()
    counted = [at for at, segment in enumerate(segments) if segment.text not in learned_by_rules]
    return {
        "counted": len(counted),
        "right": share([answers[at] == noted[at] for at in counted]),
        "right by rules": share([ruled[at] == noted[at] for at in counted]),
        "pairs": pairs_right(answers, noted, dimension),
        "pairs by rules": pairs_right(ruled, noted, dimension),
    }


def pairs_right(answers: list[str], noted: list[str], dimension: str) -> float:
    both = defaultdict(list)
    for one, answer, value in zip(noted_excerpts(), answers, noted, strict=True):
        if one.trap in OWN_TRAPS[dimension]:
            both[one.segment.case_id].append(answer == value)
    return share([all(marks) for marks in both.values()])


def share(marks: list[bool]) -> float:
    return round(float(np.mean(marks)), 3)


if __name__ == "__main__":
    main()
