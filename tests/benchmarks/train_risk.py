"""Trains the weights of the flag for risk to life on invented texts, and writes them with their report.

    python tests/benchmarks/train_risk.py            # train, try out, write weights and report
    python tests/benchmarks/train_risk.py --check    # train, and say whether the weights that are there come out

The texts, all invented, are of four sorts: those of risk_texts.jsonl and tests/gates/risk.jsonl, half of which tell of
risk, half only look like it; dark talk without risk, short scraps and veiled risk (risk_texts_dark.jsonl); and the
labelled excerpts of the packaged codebook, ordinary talk of the kind that a run reads (risk_excerpts.toml says which of
them do tell). The cuts are chosen out of fold, by `CUTS`. The two sets of sixty in tests/gates (risk_to_life,
risk_look_alikes) are left to the tests: nothing here looks at them.
"""

import hashlib
import io
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from themes.code.risk import risk
from themes.code.risk_learned import REPORT_FILE, WEIGHTS_FILE, RiskWeights, counted, evidence, judged, risk_weights
from themes.read.codebook import packaged_codebook, read_codebook

HERE = Path(__file__).parent
GATES = HERE.parent / "gates"
SMOOTHING = 0.5
STRENGTH = 1.0  # C of the regression, chosen by cross-validation
FOLDS = 5
SENTENCE = re.compile(r"(?<=[.!?])\s+")
CLOSE = 0.01
"""Trainings differ by rounding, a few of 33,000 coefficients by their last digit: so far apart may a text be judged."""
CUTS = {"any code": {"look-alike": 0.1}, "safety code": {"harm": 0.2}}
"""A cut is the lowest at which, out of fold, no larger share of each sort without risk is flagged."""


@dataclass(frozen=True)
class Text:
    """What one says, whether it tells of risk, and its sort; texts of one group are held out together."""

    text: str
    tells: bool
    sort: str
    group: str


def main() -> None:
    texts = list(read_texts())
    weights = trained(texts)
    if "--check" in sys.argv:
        apart = float(np.abs(scores(weights, texts) - scores(risk_weights(), texts)).max())
        print(f"The weights come out again, within {apart:.4f} of a probability.")
        raise SystemExit(int(apart > CLOSE))
    content = packed(weights)
    WEIGHTS_FILE.write_bytes(content)
    report = {"sha256": hashlib.sha256(content).hexdigest(), **tried_out(texts)}
    REPORT_FILE.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))


def read_texts() -> Iterator[Text]:
    for row in (*lines(HERE / "risk_texts.jsonl"), *lines(GATES / "risk.jsonl")):
        yield Text(row["text"], row["risk"], "told" if row["risk"] else "look-alike", row["text"])
    for row in lines(HERE / "risk_texts_dark.jsonl"):
        # Scraps are as ordinary as labelled excerpts: what people say in between, in few words.
        yield Text(row["text"], row["risk"], "ordinary" if row["kind"] == "short" else row["kind"], row["text"])
    read = tomllib.loads((HERE / "risk_excerpts.toml").read_text(encoding="utf-8"))
    for row in lines(read_codebook(packaged_codebook()).labelled):
        if row["id"].split("-")[0] in read["lots"] and row["id"] not in read["in_doubt"]:
            tells, harm = row["id"] in read["tells"], "health_harm" in row["codes"]
            yield Text(row["text"], tells, "excerpt" if tells else "harm" if harm else "ordinary", row["theme"])
            # A run reads sentences; one of a text that tells of risk may tell nothing by itself.
            for sentence in SENTENCE.split(row["text"]) if not tells else ():
                if sentence != row["text"]:
                    yield Text(sentence, False, "sentence", row["theme"])


def tried_out(texts: Sequence[Text]) -> dict[str, Any]:
    """Out of fold: the cuts, and what share of each sort of text is flagged at which."""
    tells, sorts = np.array([one.tells for one in texts]), np.array([one.sort for one in texts])
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    out_of_fold = np.zeros(len(texts))
    for learn, judge in folds.split(texts, tells, [one.group for one in texts]):
        out_of_fold[judge] = scores(trained([texts[i] for i in learn]), [texts[i] for i in judge])
    cuts = {
        name: lowest_cut({sort: out_of_fold[sorts == sort] for sort in allowed}, allowed)
        for name, allowed in CUTS.items()
    }
    shown = sorted({*cuts.values(), *(step / 20 for step in range(3, 17))})
    return {
        "texts": {sort: int((sorts == sort).sum()) for sort in dict.fromkeys(sorts.tolist())},
        "cuts": cuts,
        "flagged out of fold, by cut": {
            str(cut): {sort: share(out_of_fold[sorts == sort] >= cut) for sort in dict.fromkeys(sorts.tolist())}
            | {"precision": share(tells[out_of_fold >= cut])}
            for cut in shown
        },
    }


def lowest_cut(judged_by_sort: dict[str, np.ndarray], allowed: dict[str, float]) -> float:
    return next(
        cut / 100
        for cut in range(1, 100)
        if all((judged_by_sort[sort] >= cut / 100).mean() <= most for sort, most in allowed.items())
    )


def trained(texts: Sequence[Text]) -> RiskWeights:
    said, tells = [one.text for one in texts], np.array([one.tells for one in texts])
    words, letters = counted(said)
    ratios = [log_ratios(counts, tells) for counts in (words, letters)]
    columns = evidence(said, [risk(text)[0] for text in said], *ratios)
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(columns, tells)
    return RiskWeights(*ratios, model.coef_[0].astype(np.float16).astype(np.float32), float(model.intercept_[0]))


def scores(weights: RiskWeights, texts: Sequence[Text]) -> np.ndarray:
    said = [one.text for one in texts]
    return judged(said, [risk(text)[0] for text in said], weights)


def log_ratios(counts: Any, tells: np.ndarray) -> np.ndarray:
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


def lines(path: Path | None) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line] if path else []


if __name__ == "__main__":
    main()
