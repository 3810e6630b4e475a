"""Emergent themes of NHS feedback beside BERTopic and KeyNMF, in one run, with one encoder.

`THEMES_BENCH_DATA=… python tests/benchmarks/themes_nhs.py [--repeats N]`; the folder holds coding/nhs_feedback.jsonl.

Per system: AMI with people's codes over comments with one code (unclear ones are a group of their own), share unclear,
share of comments that keep their theme when the corpus grows from 60 to 100 %, agreement (ARI) of two 80 % samples over
comments clear in both, CPU-seconds for the grouping and for c-TF-IDF with the rest. BERTopic has no registry: its
topics of the grown corpus are matched to the earlier ones as well as can be (Hungarian), which flatters it.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("NUMBA_NUM_THREADS", "1")


GROUPED: dict[int, float] = {}
"""BERTopic's CPU-seconds for grouping, by seed: the same for both ways of it."""
FITTED: dict[tuple[bytes, int], tuple[Any, list[int], float]] = {}
"""BERTopic's models, their topics and CPU-seconds, by rows and seed."""


class Corpus:
    """Comments as segments of one case each, their vectors, and people's code where there is just one."""

    def __init__(self, path: Path) -> None:
        from themes.embedding import embed
        from themes.records.segment import Segment
        from themes.records.span import Span

        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        self.segments = [
            Segment(f"{r['id']}:0-{len(r['text'])}", r["id"], r["id"], Span(0, len(r["text"])), r["text"]) for r in rows
        ]
        began = time.process_time()
        self.vectors = embed([row["text"] for row in rows])
        self.embedding_seconds = time.process_time() - began
        self.code = np.array([row["codes"][0] if len(row["codes"]) == 1 else "" for row in rows])


class Ours:
    """`theme.emergent`, with its registry."""

    name = "themes"
    borrowed_seconds = 0.0

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.known = None

    def themes(self, rows: np.ndarray, seed: int, *, goes_on: bool = False) -> np.ndarray:
        from themes.theme.emergent import emergent_themes

        found = emergent_themes(
            [self.corpus.segments[row] for row in rows],
            self.corpus.vectors[rows],
            seed=seed,
            known=self.known if goes_on else None,
            run_id="benchmark",
        )
        self.known = found.registry
        theme_of = {m.segment_id: m.theme_id for m in found.memberships}
        return np.array([theme_of.get(self.corpus.segments[row].segment_id, "") for row in rows])

    def grouping_seconds(self, seed: int) -> float:
        from threadpoolctl import threadpool_limits

        from themes.theme.finding import find_groups
        from themes.theme.groups import nearest

        vectors = self.corpus.vectors
        with threadpool_limits(limits=1):
            began = time.process_time()
            nearest(find_groups(vectors, np.arange(len(vectors)), seed=seed), vectors)
            return time.process_time() - began


class BertopicDefault:
    """BERTopic as it comes: UMAP, HDBSCAN. Seeded only in that UMAP is, as its FAQ advises."""

    name = "BERTopic default"

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.before: dict[str, str] = {}
        self.borrowed_seconds = 0.0

    def model(self, seed: int):
        from bertopic import BERTopic
        from umap import UMAP

        umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
        return BERTopic(embedding_model=None, umap_model=umap)

    def topics(self, rows: np.ndarray, seed: int) -> list[int]:
        return self.fitted(rows, seed)[1]

    def fitted(self, rows: np.ndarray, seed: int) -> tuple[Any, list[int]]:
        """A model and its topics. Fitted once for both ways of BERTopic; whoever borrows a fit is charged for it."""
        if (key := (rows.tobytes(), seed)) not in FITTED:
            began = time.process_time()
            model = self.model(seed)
            topics = list(
                model.fit_transform([self.corpus.segments[row].text for row in rows], self.corpus.vectors[rows])[0]
            )
            FITTED[key] = model, topics, time.process_time() - began
        else:
            self.borrowed_seconds += FITTED[key][2]
        return FITTED[key][:2]

    def themes(self, rows: np.ndarray, seed: int, *, goes_on: bool = False) -> np.ndarray:
        topics = self.topics(rows, seed)
        names = np.array(["" if topic == -1 else str(topic) for topic in topics])
        ids = [self.corpus.segments[row].segment_id for row in rows]
        if goes_on:
            names = matched(names, np.array([self.before.get(i, "") for i in ids]))
        self.before = dict(zip(ids, names.tolist(), strict=True))
        return names

    def grouping_seconds(self, seed: int) -> float:
        if seed not in GROUPED:
            model = self.model(seed)
            began = time.process_time()
            model.hdbscan_model.fit(model.umap_model.fit_transform(self.corpus.vectors))
            GROUPED[seed] = time.process_time() - began
        return GROUPED[seed]


class BertopicReduced(BertopicDefault):
    """The same, and every outlier given to a topic by the vectors (`reduce_outliers`)."""

    name = "BERTopic + reduce_outliers"

    def topics(self, rows: np.ndarray, seed: int) -> list[int]:
        texts, vectors = [self.corpus.segments[row].text for row in rows], self.corpus.vectors[rows]
        model, topics = self.fitted(rows, seed)
        return list(model.reduce_outliers(texts, topics, strategy="embeddings", embeddings=vectors))


class KeyNMF(BertopicDefault):
    """Turftopic's, with as many topics as it is told: 26, as ours finds by itself. Each text gets its largest."""

    name = "KeyNMF"

    def topics(self, rows: np.ndarray, seed: int) -> list[int]:
        from turftopic import KeyNMF as Model

        texts = [self.corpus.segments[row].text for row in rows]
        weights = Model(26, encoder=Encoder(), random_state=seed).fit_transform(
            texts, embeddings=self.corpus.vectors[rows]
        )
        return [int(row.argmax()) if row.any() else -1 for row in weights]

    def grouping_seconds(self, seed: int) -> float:
        """With its keywords: it groups nothing without them."""
        began = time.process_time()
        self.topics(np.arange(len(self.corpus.segments)), seed)
        return time.process_time() - began


class Encoder:
    """Our encoder as turftopic wants one."""

    def encode(self, texts, **_: object) -> np.ndarray:
        from themes.embedding import embed

        return embed(list(texts))


def matched(now: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Topics renamed to the earlier ones that they share most texts with, one to one."""
    from scipy.optimize import linear_sum_assignment

    new, old = (sorted(set(names) - {""}) for names in (now, before))
    shared = np.array([[np.sum((now == n) & (before == o)) for o in old] for n in new])
    pairs = dict(zip(*linear_sum_assignment(-shared), strict=True))
    names = {n: old[pairs[at]] if at in pairs else f"new {n}" for at, n in enumerate(new)}
    return np.array([names.get(name, "") for name in now])


def figures(system, corpus: Corpus, seed: int) -> dict[str, float]:
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

    everything, draw = np.arange(len(corpus.segments)), np.random.default_rng(seed)
    began = time.process_time() + system.borrowed_seconds
    found = system.themes(everything, seed)
    seconds = time.process_time() - began + system.borrowed_seconds
    one_code = corpus.code != ""

    early = np.sort(draw.permutation(everything)[: int(0.6 * len(everything))])
    before = system.themes(early, seed)
    after = system.themes(everything, seed, goes_on=True)[early]
    had_one = before != ""

    samples = [np.sort(draw.permutation(everything)[: int(0.8 * len(everything))]) for _ in range(2)]
    twice = np.full((2, len(everything)), "", dtype=object)
    for sample, row in zip(samples, twice, strict=True):
        row[sample] = system.themes(sample, seed)
    clear = (twice != "").all(axis=0)
    return {
        "themes": len(set(found) - {""}),
        "AMI": adjusted_mutual_info_score(corpus.code[one_code], found[one_code]),
        "unclear %": 100 * float(np.mean(found == "")),
        "same theme 60→100 %": float(np.mean(after[had_one] == before[had_one])),
        "ARI of two samples": adjusted_rand_score(twice[0][clear].astype(str), twice[1][clear].astype(str)),
        "grouping CPU-s": system.grouping_seconds(seed),
        "all CPU-s": seconds,
    }


def imports_first() -> dict[str, float]:
    """CPU-seconds to import what both need, so that no figure above has them in it."""
    seconds = {}
    for name in ("sklearn.cluster", "bertopic"):
        began = time.process_time()
        __import__(name)
        seconds[name] = time.process_time() - began
    return seconds


def told(values: list[float]) -> str:
    """Mean and its 95 % interval by Student's t; the values themselves may differ more."""
    from scipy.stats import t

    mean = float(np.mean(values))
    if len(values) < 2:
        return f"{mean:.3f}"
    half = float(t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / np.sqrt(len(values)))
    return f"{mean:.3f} ± {half:.3f}"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--repeats", type=int, default=3, help="seeds, each with samples of its own")
    repeats = arguments.parse_args().repeats
    console = Console()
    folder = os.environ.get("THEMES_BENCH_DATA")
    path = Path(folder, "coding", "nhs_feedback.jsonl") if folder else None
    if path is None or not path.is_file():
        console.print(
            "themes on NHS feedback: no data; set THEMES_BENCH_DATA to a folder with coding/nhs_feedback.jsonl"
        )
        return 0
    imports = imports_first()
    corpus = Corpus(path)
    table = Table(
        title=f"Emergent themes of {len(corpus.segments)} NHS comments, {repeats} seeds, 95 % interval of the mean"
    )
    systems: list[Callable] = [Ours, BertopicDefault, BertopicReduced]
    if find_spec("turftopic") and find_spec("sentence_transformers"):
        systems.append(KeyNMF)
    else:
        console.print("KeyNMF: missing; it needs turftopic and sentence-transformers, which brings torch")
    results = {}
    for make in systems:
        system = make(corpus)
        system.grouping_seconds(0)  # compiles and loads what is loaded once
        results[system.name] = [figures(system, corpus, seed) for seed in range(1, repeats + 1)]
    table.add_column("")
    for name in results:
        table.add_column(name)
    for figure in next(iter(results.values()))[0]:
        values = {name: [row[figure] for row in rows] for name, rows in results.items()}
        table.add_row(figure, *(told(v) for v in values.values()))
    console.print(table)
    console.print(
        f"Beside that, once per process: embedding {corpus.embedding_seconds:.1f} CPU-s; imports "
        + ", ".join(f"{name} {seconds:.1f}" for name, seconds in imports.items())
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
