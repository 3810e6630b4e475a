"""Fits the coder that comes with the packaged codebook, and writes it with its report.

    python tests/benchmarks/train_starter.py            # fit, try out, write coder and report
    python tests/benchmarks/train_starter.py --check    # fit, and say whether the coder that is there comes out

It learns from the codebook and its labelled excerpts alone. The report's figures are of themes of wording that the
coder had not seen: a fifth of the themes held out, five times.
"""

import json
import sys
import time

import numpy as np
from coding_figures import figures

from themes.code.folds import FOLDS, folds_of, groups_of
from themes.code.frozen import STARTER, fingerprint, freeze, thaw
from themes.code.stack import fit
from themes.read.codebook import packaged_codebook, read_codebook
from themes.read.labelled import read_labelled

SEED = 1
CLOSE = 0.02


def main() -> None:
    codebook = read_codebook(packaged_codebook())
    labelled = read_labelled(codebook.labelled).examples
    segments = [one.segment for one in labelled]
    fitted_on = fingerprint(labelled, codebook)
    began = time.process_time()
    stack = fit(labelled, codebook, seed=SEED)
    print(f"Fitted in {time.process_time() - began:.0f} CPU-seconds.")
    if "--check" in sys.argv:
        shipped = thaw(STARTER, fitted_on=fitted_on)
        if shipped is None:
            print("The starter coder is not the one of this codebook and its labelled excerpts.")
            raise SystemExit(1)
        one, other = (each.judge(segments, codebook).probabilities for each in (stack, shipped))
        difference = np.abs(one - other).max()
        print(f"The starter coder comes out again, within {difference:.3f} of a probability.")
        raise SystemExit(difference > CLOSE)
    gold = np.array([[code.code_id in one.code_ids for code in codebook.codes] for one in labelled])
    folds = folds_of(groups_of(segments), SEED + 1)
    probabilities, cut_offs = np.zeros(gold.shape), []
    for fold in range(FOLDS):
        rest, out = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        judged = fit([labelled[i] for i in rest], codebook, seed=SEED).judge([segments[i] for i in out], codebook)
        probabilities[out] = judged.probabilities
        cut_offs.append(judged.cut_off)
    report = {
        "excerpts": len(labelled),
        "themes of wording": len({segment.case_id for segment in segments}),
        "out of theme": figures(gold, probabilities, probabilities >= np.mean(cut_offs)),
    }
    freeze(stack, STARTER, fitted_on=fitted_on, report=report)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
