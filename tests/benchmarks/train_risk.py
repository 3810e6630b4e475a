"""Trains the weights of the flag for risk to life on invented texts, and writes them with their report.

    python tests/benchmarks/train_risk.py            # train, write weights and report
    python tests/benchmarks/train_risk.py --check    # train, and say whether the weights that are there come out

The texts are tests/benchmarks/risk_texts.jsonl and tests/gates/risk.jsonl. The two sets of sixty in tests/gates
(risk_to_life, risk_look_alikes) are held out: they are looked at once, for the report.
"""

import hashlib
import io
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from themes.code.risk import risk
from themes.code.risk_learned import REPORT_FILE, WEIGHTS_FILE, RiskWeights, counted, evidence

HERE = Path(__file__).parent
GATES = HERE.parent / "gates"
SMOOTHING = 0.5
STRENGTH = 3.0  # C of the regression, chosen by cross-validation
FOLDS = 5


def main() -> None:
    rows = [*lines(HERE / "risk_texts.jsonl"), *lines(GATES / "risk.jsonl")]
    texts, tells = [row["text"] for row in rows], np.array([row["risk"] for row in rows])
    content = packed(trained(texts, tells))
    if "--check" in sys.argv:
        same = hashlib.sha256(content).hexdigest() == json.loads(REPORT_FILE.read_text())["sha256"]
        print("the weights come out the same" if same else "the weights come out otherwise")
        raise SystemExit(not same)
    out_of_fold = np.zeros(len(texts))
    for learn, judge in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(texts, tells):
        weights = trained([texts[i] for i in learn], tells[learn])
        out_of_fold[judge] = judged(weights, [texts[i] for i in judge])
    WEIGHTS_FILE.write_bytes(content)
    held_out = {
        name: judged(trained(texts, tells), [row["text"] for row in lines(GATES / f"{name}.jsonl")])
        for name in ("risk_to_life", "risk_look_alikes")
    }
    report = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "texts": len(texts),
        "telling": int(tells.sum()),
        "by threshold": {
            str(cut): {
                "cross-validated: recall": share(out_of_fold[tells] >= cut),
                "cross-validated: others flagged": share(out_of_fold[~tells] >= cut),
                "held out: recall": share(held_out["risk_to_life"] >= cut),
                "held out: look-alikes flagged": share(held_out["risk_look_alikes"] >= cut),
            }
            for cut in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
        },
    }
    REPORT_FILE.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))


def trained(texts: list[str], tells: np.ndarray) -> RiskWeights:
    words, letters = counted(texts)
    ratios = [log_ratios(counts, tells) for counts in (words, letters)]
    columns = evidence(texts, [risk(text)[0] for text in texts], *ratios)
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(columns, tells)
    return RiskWeights(*ratios, model.coef_[0].astype(np.float16).astype(np.float32), float(model.intercept_[0]))


def judged(weights: RiskWeights, texts: list[str]) -> np.ndarray:
    scores = [risk(text)[0] for text in texts]
    odds = evidence(texts, scores, weights.word_ratios, weights.letter_ratios) @ weights.coefficients
    return 1 / (1 + np.exp(-(odds + weights.intercept)))


def log_ratios(counts, tells: np.ndarray) -> np.ndarray:
    """How much more often a feature stands in telling texts: naive-Bayes log ratio, as float16 keeps it."""
    of_telling, of_others = (np.asarray(counts[rows].sum(axis=0)).ravel() + SMOOTHING for rows in (tells, ~tells))
    ratios = np.log((of_telling / of_telling.sum()) / (of_others / of_others.sum()))
    return ratios.astype(np.float16).astype(np.float32)


def packed(weights: RiskWeights) -> bytes:
    file = io.BytesIO()
    np.savez(
        file,
        word_ratios=weights.word_ratios.astype(np.float16),
        letter_ratios=weights.letter_ratios.astype(np.float16),
        coefficients=weights.coefficients.astype(np.float16),
        intercept=np.float64(round(weights.intercept, 6)),
    )
    return file.getvalue()


def share(flags: np.ndarray) -> float:
    return round(float(flags.mean()), 3)


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


if __name__ == "__main__":
    main()
