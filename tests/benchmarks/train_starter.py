"""Fits the coders that come with the packaged codebook, one for each encoder, and writes them with their reports.

    python tests/benchmarks/train_starter.py                      # fit, try out, write coders and reports
    python tests/benchmarks/train_starter.py --check              # fit, and say whether those that are there come out
    python tests/benchmarks/train_starter.py --encoder static     # one of them

It learns from the codebook and its labelled excerpts alone. The report's figures are of themes of wording that the
coder had not seen: a fifth of the themes held out, five times. Pairs, excerpts that differ as little as possible, are
held out together and reported apart, by kind of trap: a pair counts only if the code in question is right in both.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from coding_figures import figures

from themes.code.folds import FOLDS, folds_of, groups_of
from themes.code.frozen import STARTERS, fingerprint, freeze, thaw
from themes.code.stack import fit
from themes.embedding import encoding_by
from themes.read.codebook import packaged_codebook, read_codebook
from themes.read.jsonl import read_lines
from themes.read.labelled import read_labelled

SEED = 1
CLOSE = 0.02


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--encoder", choices=list(STARTERS), action="append", help="default: every one")
    arguments = parser.parse_args()
    came_out = True
    for encoder in arguments.encoder or STARTERS:
        with encoding_by(encoder):
            came_out &= one_starter(encoder, check=arguments.check)
    raise SystemExit(int(not came_out))


def one_starter(encoder: str, *, check: bool) -> bool:
    """Fit the coder of the encoder in use; whether the one that is there came out, if that is asked."""
    codebook = read_codebook(packaged_codebook())
    labelled = read_labelled(codebook.labelled).examples
    segments = [one.segment for one in labelled]
    fitted_on = fingerprint(labelled, codebook)
    began = time.process_time()
    stack = fit(labelled, codebook, seed=SEED)
    print(f"{encoder}: fitted in {time.process_time() - began:.0f} CPU-seconds.")
    if check:
        shipped = thaw(STARTERS[encoder], fitted_on=fitted_on)
        if shipped is None:
            print("The starter coder is not the one of this codebook and its labelled excerpts.")
            return False
        one, other = (each.judge(segments, codebook).probabilities for each in (stack, shipped))
        difference = np.abs(one - other).max()
        print(f"The starter coder comes out again, within {difference:.3f} of a probability.")
        return bool(difference <= CLOSE)
    gold = np.array([[code.code_id in one.code_ids for code in codebook.codes] for one in labelled])
    folds = folds_of(groups_of(segments), SEED + 1)
    probabilities, cut_offs = np.zeros(gold.shape), []
    for fold in range(FOLDS):
        rest, out = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        judged = fit([labelled[i] for i in rest], codebook, seed=SEED).judge([segments[i] for i in out], codebook)
        probabilities[out] = judged.probabilities
        cut_offs.append(judged.cut_offs)
    applied = probabilities >= np.mean(cut_offs, axis=0)
    rows = [line.values for line in read_lines(codebook.labelled)]
    plain = np.array(["trap" not in row for row in rows])
    report = {
        "excerpts": len(labelled),
        "themes of wording": len({row["theme"] for row in rows if "trap" not in row}),
        "out of theme": figures(gold[plain], probabilities[plain], applied[plain]),
        "pairs": len({row["theme"] for row in rows if "trap" in row}),
        "pairs right": pairs_right(rows, gold, applied, [code.code_id for code in codebook.codes]),
    }
    freeze(stack, STARTERS[encoder], fitted_on=fitted_on, report=report)
    print(json.dumps(report, indent=1))
    return True


def pairs_right(
    rows: Sequence[Mapping[str, Any]], gold: np.ndarray, applied: np.ndarray, codes: Sequence[str]
) -> dict[str, float]:
    """Share of pairs in which the code that they are about is right in both excerpts: all, and by kind of trap."""
    members = defaultdict(list)
    for at, row in enumerate(rows):
        if "trap" in row:
            members[row["theme"]].append(at)
    right = defaultdict(list)
    for pair in members.values():
        column = codes.index(next(rows[at]["about"] for at in pair if "about" in rows[at]))
        both = bool((gold[pair, column] == applied[pair, column]).all())
        right["all"].append(both)
        right[rows[pair[0]]["trap"]].append(both)
    return {trap: round(float(np.mean(marks)), 3) for trap, marks in right.items()}


if __name__ == "__main__":
    main()
