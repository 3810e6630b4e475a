"""Coding beside plain peers, in one run: NHS feedback by labels, back-to-work texts, and the pairs of the specs file.

`THEMES_BENCH_DATA=… python tests/benchmarks/coding_peers.py [--repeats N]`; the folder holds coding/*.jsonl.

Each split of NHS feedback holds a fifth of the comments out; of near-duplicates one is kept. Peers: TF-IDF words with
logistic regression, and sentence vectors (MiniLM, as ours) with logistic regression, both balanced, cut at .5. Given
are means over the splits and, below, the ends of 95 % of splits such as these.
"""

import argparse
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[1]))

from coding_figures import NAMES, figures, interval
from rich.console import Console
from rich.table import Table
from train_starter import pairs_right

from themes.code.dimensions_learned import MORE_PAIRS
from themes.code.folds import groups_of
from themes.code.segments import code, judge
from themes.embedding import embed
from themes.read.codebook import packaged_codebook, read_codebook
from themes.read.labelled import read_labelled
from themes.records.codebook import Code, Codebook
from themes.records.coding import LabelledSegment
from themes.records.segment import Segment
from themes.records.span import Span

console = Console(width=130)
type Judged = tuple[np.ndarray, np.ndarray]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    data = Path(os.environ.get("THEMES_BENCH_DATA", "no THEMES_BENCH_DATA"))
    for name, show in (("nhs_feedback", nhs), ("back_to_work", back_to_work)):
        path = data / "coding" / f"{name}.jsonl"
        if path.is_file():
            show([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()], repeats)
        else:
            console.print(f"missing: coding/{name}.jsonl (set THEMES_BENCH_DATA to a folder that has it)")
    specs()
    more_pairs()


def as_segment(at: int, row: dict, case: object) -> Segment:
    text = row["text"]
    return Segment(f"{at}:0-{len(text)}", str(at), str(case), Span(0, len(text)), text, prompt=row.get("prompt"))


def nhs(rows: list[dict], repeats: int) -> None:
    codes = sorted({code_id for row in rows for code_id in row["codes"]})
    codebook = Codebook(tuple(Code(code_id, code_id, "") for code_id in codes))
    segments = [as_segment(at, row, at) for at, row in enumerate(rows)]
    _, once = np.unique(groups_of(segments), return_index=True)  # duplicates are dropped first
    segments = [segments[i] for i in once]
    gold = np.array([[code_id in rows[i]["codes"] for code_id in codes] for i in once])
    embed([segment.text for segment in segments])  # so that nobody's seconds hold the encoder's
    table = Table("coder", "labels", *NAMES, "CPU-s", title=f"NHS feedback, {repeats} splits of four fifths and one")
    for labels, per_code in (("all", None), ("8 a code", 8), ("16 a code", 16), ("none", 0)):
        for name, coder in CODERS.items():
            if per_code == 0 and name != "themes":
                continue
            found, seconds = [], []
            for repeat in range(repeats):
                order = np.random.default_rng(repeat).permutation(len(segments))
                out, rest = order[: len(order) // 5], order[len(order) // 5 :]
                learn = rest if per_code is None else few(rest, gold, per_code)
                began = time.process_time()
                p, applied = coder(segments, gold, learn, out, codebook)
                seconds.append(time.process_time() - began)
                found.append(figures(gold[out], p, applied))
            add(table, name, labels, found, seconds)
        table.add_section()
    console.print(table)


def few(rows: np.ndarray, gold: np.ndarray, per_code: int) -> np.ndarray:
    """The first rows that bring each code to so many, rarest code first."""
    chosen: dict[int, None] = {}
    for column in np.argsort(gold[rows].sum(axis=0)):
        have = sum(gold[row, column] for row in chosen)
        chosen |= dict.fromkeys(
            [row for row in rows if gold[row, column] and row not in chosen][: max(0, per_code - have)]
        )
    return np.array(list(chosen), int)


def themes(segments: Sequence[Segment], gold: np.ndarray, learn: np.ndarray, out: np.ndarray, book: Codebook) -> Judged:
    ids = [each.code_id for each in book.codes]
    labelled = [LabelledSegment(segments[i], frozenset(np.array(ids)[gold[i]])) for i in learn]
    judgement = judge([segments[i] for i in out], book, labelled=labelled, seed=1, together=True)
    return judgement.probabilities, judgement.probabilities >= judgement.cut_offs


def words(segments: Sequence[Segment], gold: np.ndarray, learn: np.ndarray, out: np.ndarray, _: Codebook) -> Judged:
    from sklearn.feature_extraction.text import TfidfVectorizer

    counted = TfidfVectorizer(sublinear_tf=True, min_df=2, ngram_range=(1, 2))
    known = counted.fit_transform([segments[i].text for i in learn])
    return regression(known, gold[learn], counted.transform([segments[i].text for i in out]))


def minilm(segments: Sequence[Segment], gold: np.ndarray, learn: np.ndarray, out: np.ndarray, _: Codebook) -> Judged:
    known, new = (embed([segments[i].text for i in rows]) for rows in (learn, out))
    return regression(known, gold[learn], new)


def regression(known: object, gold: np.ndarray, new: object) -> Judged:
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    model = OneVsRestClassifier(LogisticRegression(C=5, class_weight="balanced", max_iter=1000, solver="liblinear"))
    p = model.fit(known, gold.astype(int)).predict_proba(new)
    return p, p >= 0.5


CODERS: dict[str, Callable[..., Judged]] = {
    "themes": themes,
    "TF-IDF + logistic regression": words,
    "MiniLM + logistic regression": minilm,
}


def back_to_work(rows: list[dict], repeats: int) -> None:
    """Another author's texts: by the codebook alone, by the starter coder, and with 10, 20 and 30 of them learned."""
    codebook = read_codebook(packaged_codebook())
    ids = [each.code_id for each in codebook.codes]
    starter = read_labelled(codebook.labelled).examples
    excerpts = [(text, row) for text, row in enumerate(rows) for row in excerpts_of(row)]
    segments = [as_segment(at, row, f"text {text}") for at, (text, row) in enumerate(excerpts)]
    gold = np.array([[code_id in row["codes"] for code_id in ids] for _, row in excerpts])
    of_text = np.array([text for text, _ in excerpts])
    table = Table("coder", "texts learned", *NAMES, "CPU-s", title="Back-to-work texts, uncoded stretches included")
    for name, taught in (("codebook alone", ()), ("starter coder", starter)):
        began = time.process_time()
        judged = judge(segments, codebook, labelled=taught, seed=1)
        found = figures(gold, judged.probabilities, judged.probabilities >= judged.cut_offs)
        add(table, name, "0", [found], [time.process_time() - began])
    by_starter, applied = judged, judged.probabilities >= judged.cut_offs
    for count in (10, 20, 30):
        found, untaught, seconds = [], [], []
        for repeat in range(repeats):
            texts = np.random.default_rng(repeat).permutation(len(rows))[:count]
            learn, out = np.flatnonzero(np.isin(of_text, texts)), np.flatnonzero(~np.isin(of_text, texts))
            own = [LabelledSegment(segments[i], frozenset(np.array(ids)[gold[i]])) for i in learn]
            began = time.process_time()
            judged = judge([segments[i] for i in out], codebook, labelled=[*starter, *own], seed=1)
            seconds.append(time.process_time() - began)
            found.append(figures(gold[out], judged.probabilities, judged.probabilities >= judged.cut_offs))
            untaught.append(figures(gold[out], by_starter.probabilities[out], applied[out]))
        add(table, "starter coder, the same rest", "0", untaught, [0.0])
        add(table, "starter coder, taught on", str(count), found, seconds)
    console.print(table)


def excerpts_of(row: dict) -> list[dict]:
    """Coded excerpts, then the stretches between them, without codes; as the scorer cuts them."""
    ends = [0, *sorted(each["end"] for each in row["excerpts"])]
    starts = [*sorted(each["start"] for each in row["excerpts"]), len(row["text"])]
    gaps = [{"start": a, "end": b, "codes": []} for a, b in zip(ends, starts, strict=True)]
    kept = row["excerpts"] + [gap for gap in gaps if any(c.isalnum() for c in row["text"][gap["start"] : gap["end"]])]
    return [
        {"text": row["text"][e["start"] : e["end"]].strip(), "prompt": row.get("prompt"), "codes": e["codes"]}
        for e in kept
    ]


def specs() -> None:
    """Pairs in which both excerpts are right, by kind of trap: with the starter coder, nothing learned from them."""
    from gates.coding_specs import dimension_right, excerpts, read_pairs, share_right
    from gates.coding_specs import pairs_right as marks_of

    pairs = read_pairs()
    codebook = read_codebook(packaged_codebook())
    members = excerpts(pairs)
    segments = [as_segment(at, {"text": m.text, "prompt": m.prompt or None}, at) for at, m in enumerate(members)]
    answers: dict[str, dict[str, dict[str, str]]] = {member.id: {} for member in members}
    for one in code(segments, codebook, labelled=read_labelled(codebook.labelled).examples, seed=1):
        if one.applies:
            noted = {key: getattr(one, key) for key in ("polarity", "modality", "speaker")}
            answers[members[int(one.segment_id.split(":")[0])].id][one.code_id] = noted
    right, of = Counter(), Counter(pair.trap for pair in pairs)
    marks = marks_of(answers, pairs)
    for pair, (_, both) in zip(pairs, marks, strict=True):
        right[pair.trap] += both
    table = Table("pairs right", "share", "of", title="Specs: a pair counts only if both of its excerpts are right")
    table.add_row("all", f"{share_right(marks):.3f}", str(len(pairs)))
    for trap, count in of.items():
        table.add_row(trap, f"{right[trap] / count:.2f}", str(count))
    for dimension in ("polarity", "modality", "speaker"):
        stated = dimension_right(answers, dimension, pairs)
        table.add_row(f"dimension {dimension}", f"{share_right(stated):.2f}", str(len(stated)))
    console.print(table)


def more_pairs() -> None:
    """1,600 more pairs that no coder learned from, by kind of trap: what the starter coder makes of them."""
    rows = [json.loads(line) for line in MORE_PAIRS.read_text(encoding="utf-8").splitlines()]
    codebook = read_codebook(packaged_codebook())
    ids = [each.code_id for each in codebook.codes]
    gold = np.array([[code_id in row["codes"] for code_id in ids] for row in rows])
    segments = [as_segment(at, row, row["theme"]) for at, row in enumerate(rows)]
    judged = judge(segments, codebook, labelled=read_labelled(codebook.labelled).examples, seed=1)
    applied = judged.probabilities >= judged.cut_offs
    found, of = pairs_right(rows, gold, applied, ids), Counter(row["trap"] for row in rows)
    table = Table("pairs right", "share", "of", title="Pairs of other authors that no coder learned from")
    for trap, share in found.items():
        table.add_row(trap, f"{share:.2f}", str((len(rows) if trap == "all" else of[trap]) // 2))
    console.print(table)
    shares = figures(gold, judged.probabilities, applied)
    console.print("Their excerpts: " + ", ".join(f"{name} {share:.3f}" for name, share in shares.items()))


def add(table: Table, name: str, labels: str, found: list[dict[str, float]], seconds: list[float]) -> None:
    by_name: dict[str, list[float]] = defaultdict(list)
    for each in found:
        for figure, value in each.items():
            by_name[figure].append(value)
    cells = []
    for figure in NAMES:
        mean, low, high = interval(by_name[figure])
        cells.append(f"{mean:.3f}" + (f"\n{low:.2f}–{high:.2f}" if len(found) > 1 else ""))
    table.add_row(name, labels, *cells, f"{np.mean(seconds):.0f}")


if __name__ == "__main__":
    main()
