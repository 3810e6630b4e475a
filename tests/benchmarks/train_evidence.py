"""Trains the weights that decide what is a name, and writes them with their report.

    export PYTHONPATH=tests
    python -m benchmarks.train_evidence            # train, write weights and report
    python -m benchmarks.train_evidence --check    # train, and say whether the weights that are there come out

Reads the development sets that THEMES_BENCH_DATA names (deid/names_tweets.jsonl without its held-out fifth,
deid/tab.jsonl) and the invented texts of this repository. uk60 is never read. With THEMES_BENCH_SCRATCH, a folder, what
the taggers say is kept there from one training to the next.
"""

import hashlib
import json
import os
import sys
from pathlib import Path

import numpy as np

from benchmarks.evidence_data import FAMILIES, Sample, folds_of, samples
from benchmarks.evidence_fit import Fit, fitted
from benchmarks.evidence_report import report
from themes.deidentify.weigh.weights import REPORT_FILE, WEIGHTS_FILE, packed


def main() -> None:
    data = Path(os.environ["THEMES_BENCH_DATA"])
    scratch = Path(os.environ["THEMES_BENCH_SCRATCH"]) if "THEMES_BENCH_SCRATCH" in os.environ else None
    learn: list[Sample] = samples(data, scratch)
    print(len(learn), "texts", flush=True)
    fit: Fit = fitted(learn, folds_of(learn), FAMILIES)
    if scratch:
        np.savez(scratch / "odds.npz", **fit.odds)
    content = packed(fit.weights)
    if "--check" in sys.argv:
        same = hashlib.sha256(content).hexdigest() == json.loads(REPORT_FILE.read_text("utf-8"))["sha256"]
        print("the weights come out the same" if same else "the weights come out otherwise")
        raise SystemExit(not same)
    WEIGHTS_FILE.parent.mkdir(exist_ok=True)
    WEIGHTS_FILE.write_bytes(content)
    told = {"sha256": hashlib.sha256(content).hexdigest(), **report(learn, fit, data, scratch)}
    REPORT_FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
