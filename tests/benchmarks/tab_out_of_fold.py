"""The judgments of TAB, masked for release by weights that never saw them.

What ships was trained on these judgments too, so that a run over them would flatter it. Each is masked here with the
log-odds that the training kept out of fold for its words, and all else as the program does it.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.evidence_data import FAMILIES, VOTERS, Sample, document, lines
from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.decide.combine import weighed_up
from themes.deidentify.replace.policy import Action, action_for
from themes.deidentify.weigh.evidence import look

TAGGERS = ("spacy", "own-tagger")


def figures(learn: Sequence[Sample], odds: dict[str, np.ndarray], data: Path) -> dict:
    """Entity recall of direct and quasi identifiers and token precision, by the scorer beside the data.

    Args:
        learn: The texts of a training, each with what the voters say.
        odds: Per model, the log-odds out of fold of each word of these texts in a row.
    """
    sys.path.insert(0, str(data.parent / "evaluate"))
    from score_deid import score

    stack = np.stack([odds[f"{family} last"] for family in FAMILIES], axis=1).astype(np.float32)
    gold = {f"tab {row['id']}": row for row in lines(data / "deid" / "tab.jsonl")}
    marked, masked, start = [], [], 0
    for sample in learn:
        end = start + len(look(sample.text).words)
        if sample.key in gold and sample.manner == "as written":
            marked.append(gold[sample.key])
            masked.append({"id": gold[sample.key]["id"], "replacements": replacements(sample, stack[start:end])})
        start = end
    scores = score(marked, masked)
    return {"texts": len(marked), **scores["entity recall"], "token precision": scores["token precision"]}


def replacements(sample: Sample, odds: np.ndarray) -> list[dict]:
    by_form = [find for name, find in RECOGNIZERS.items() if name not in (*VOTERS, *TAGGERS)]
    said = [*sample.said, *(finding for find in by_form for finding in find([document(sample)])[0])]
    return [
        {"start": finding.span.start, "end": finding.span.end, "label": finding.label}
        for finding in weighed_up(sample.text, said, odds, strict=True)
        if action_for(finding.label, finding.span.of(sample.text), "release") is not Action.KEEP
    ]
