"""Both encoders beside plain ways to the same vectors: texts per CPU-second, agreement, what a coder makes of them.

`THEMES_BENCH_DATA=… python tests/benchmarks/encoders.py` for speed and quality; the folder holds
coding/nhs_feedback.jsonl. With `--coding 10000 100000` it codes so many short excerpts by the packaged codebook
instead, with each of `--encoders`, and shows CPU-seconds and the highest memory of the whole command. Excerpts are made
of the two ends of packaged invented ones. CPU-seconds, so that a busy machine matters little; loading models apart.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import numpy as np
from rich.console import Console
from rich.table import Table

EXCERPTS = Path(__file__).parents[2] / "src" / "themes" / "codebooks" / "back-to-work"
console = Console(width=120)


def short_excerpts(count: int, seed: int = 1) -> list[str]:
    """So many different excerpts of 6 to 22 words: the beginning of one invented excerpt and the end of another."""
    files = sorted(EXCERPTS.glob("labelled*.jsonl"))
    texts = [json.loads(line)["text"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    draw, made = random.Random(seed), dict[str, None]()
    while len(made) < count:
        first, second = draw.choice(texts).split(), draw.choice(texts).split()
        made[" ".join([*first[: draw.randint(3, 11)], *second[-draw.randint(3, 11) :]])] = None
    return list(made)


def speed() -> None:
    """Texts per CPU-second."""
    from themes import models
    from themes.encoders.bert import bert_encode
    from themes.encoders.catalog import opened
    from themes.encoders.layout import layout_of

    _, in_float32 = bert_encode(layout_of(models.encoder()[1].parent))
    rows: list[tuple[str, Callable[[Sequence[str]], object], int]] = [
        ("sentence", opened("sentence").encode, 2000),
        ("static", opened("static").encode, 100_000),
        ("the same ONNX, 32 at a time as they come", in_batches_as_they_come(), 500),
        ("float32 weights, numpy", in_float32, 300),
    ]
    if (peer := sentence_transformers()) is not None:
        rows.append(("sentence-transformers, torch", peer, 500))
    texts = short_excerpts(max(count for _, _, count in rows))
    table = Table("encoder", "texts", "texts per CPU-s", title="Speed on short excerpts (14 words)")
    for name, encode, count in rows:
        encode(texts[-20:])
        began = time.process_time()
        encode(texts[:count])
        table.add_row(name, f"{count:,}", f"{count / (time.process_time() - began):,.0f}")
    console.print(table)
    if peer is None:
        console.print("missing: sentence-transformers (it is not installed)")


def in_batches_as_they_come() -> Callable[[Sequence[str]], object]:
    """The packaged model as a plain program would call it: padded batches of 32, unsorted."""
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from themes import models

    model, tokenizer_file = models.encoder()
    session = InferenceSession(str(model), providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.enable_padding()

    def encode(texts: Sequence[str]) -> None:
        for start in range(0, len(texts), 32):
            batch = tokenizer.encode_batch(list(texts[start : start + 32]))
            ids, mask = np.array([each.ids for each in batch]), np.array([each.attention_mask for each in batch])
            session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})

    return encode


def sentence_transformers() -> Callable[[Sequence[str]], object] | None:
    from themes import models

    try:
        import torch
        from sentence_transformers import SentenceTransformer
    except ImportError:
        return None
    torch.set_num_threads(1)
    model = SentenceTransformer(str(models.encoder()[1].parent), device="cpu")
    return lambda texts: model.encode(list(texts), show_progress_bar=False)


def quality(path: Path) -> None:
    """Agreement with the sentence encoder, and what one logistic regression a code makes of each, five-fold."""
    from themes.embedding import embed

    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts, codes = [row["text"] for row in rows], sorted({code for row in rows for code in row["codes"]})
    takes = np.array([[code in row["codes"] for code in codes] for row in rows])
    sentence = embed(texts)
    table = Table("encoder", "mAP (3 × 5 folds: lowest–highest)", "cosine to sentence", "of pairs, correlation")
    table.title = f"Quality on {len(texts)} NHS comments, {len(codes)} codes: logistic regression on the vectors alone"
    drawn = np.random.default_rng(0).choice(len(texts), 800, replace=False)
    pairs = np.triu_indices(800, 1)
    near = (sentence[drawn] @ sentence[drawn].T)[pairs]
    for encoder in ("sentence", "static"):
        vectors = embed(texts, encoder=encoder)
        found = [mean_average_precision(vectors, takes, seed) for seed in range(3)]
        cosines = (vectors * sentence).sum(axis=1)
        likeness = np.corrcoef((vectors[drawn] @ vectors[drawn].T)[pairs], near)[0, 1]
        low, middle, high = np.quantile(cosines, [0.1, 0.5, 0.9])
        table.add_row(
            encoder,
            f"{np.mean(found):.4f} ({min(found):.4f}–{max(found):.4f})",
            f"{middle:.2f} ({low:.2f}–{high:.2f})",
            f"{likeness:.2f}",
        )
    console.print(table)


def mean_average_precision(vectors: np.ndarray, takes: np.ndarray, seed: int) -> float:
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import average_precision_score
    from sklearn.model_selection import KFold

    scores = np.zeros(takes.shape)
    for learn, judge in KFold(5, shuffle=True, random_state=seed).split(vectors):
        for code in range(takes.shape[1]):
            model = LogisticRegression(C=5, class_weight="balanced", max_iter=300)
            scores[judge, code] = model.fit(vectors[learn], takes[learn, code]).decision_function(vectors[judge])
    return float(np.mean([average_precision_score(takes[:, c], scores[:, c]) for c in range(takes.shape[1])]))


def coding(sizes: Sequence[int], encoders: Sequence[str]) -> None:
    """CPU-seconds and memory of `themes code`, start-up included, as the number of excerpts grows."""
    table = Table(
        "encoder", "excerpts", "CPU-s", "highest memory, MB", "CPU-s a thousand", title="Coding short excerpts"
    )
    with tempfile.TemporaryDirectory() as scratch:
        for encoder in encoders:
            for size in sizes:
                given, out = Path(scratch, f"{size}.jsonl"), Path(scratch, "out.jsonl")
                lines = (json.dumps({"id": n, "text": text}) for n, text in enumerate(short_excerpts(size)))
                given.write_text("\n".join(lines), encoding="utf-8")
                seconds, megabytes = measured("code", given, out, "--encoder", encoder)
                per_thousand = f"{1000 * seconds / size:.2f}"
                table.add_row(encoder, f"{size:,}", f"{seconds:,.0f}", f"{megabytes:,.0f}", per_thousand)
                console.print(f"{encoder}, {size:,}: {seconds:,.0f} CPU-s, {megabytes:,.0f} MB")
    console.print(table)


def measured(*arguments: object) -> tuple[float, float]:
    """CPU-seconds and the highest resident memory in MB of a command of ours."""
    command = [sys.executable, "-m", "themes.cli.main", *map(str, arguments)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{arguments[0]} failed"
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--coding", type=int, nargs="+", metavar="N", help="code so many excerpts, and nothing else")
    arguments.add_argument("--encoders", nargs="+", default=["static", "sentence"])
    chosen = arguments.parse_args()
    if chosen.coding:
        coding(chosen.coding, chosen.encoders)
        return
    speed()
    folder = os.environ.get("THEMES_BENCH_DATA")
    path = Path(folder, "coding", "nhs_feedback.jsonl") if folder else None
    if path is None or not path.is_file():
        console.print("missing: coding/nhs_feedback.jsonl (set THEMES_BENCH_DATA to a folder that has it)")
    else:
        quality(path)


if __name__ == "__main__":
    main()
