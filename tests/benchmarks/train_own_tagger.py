"""Trains our own tagger on the texts of the evidence, fold by fold, and writes its weights with their report.

    export PYTHONPATH=tests THEMES_BENCH_TORCH=/a/python/that/has/torch
    python -m benchmarks.train_own_tagger            # train, write weights and report: an hour on two cores
    python -m benchmarks.train_own_tagger --check    # train a fold: does it tell as much as the report says?

torch is needed here alone, and so is no part of the environment: a Python that has it and numpy is named by
THEMES_BENCH_TORCH. Reads what train_evidence.py reads. Each fold is judged by a tagger that never saw it; that is left
in THEMES_BENCH_SCRATCH, where train_evidence.py looks for it. What ships is the mean of their weights (Wortsman
et al. 2022, Model soups), which on the held-out tweets is as good as the best of them, and has seen every text.
"""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np

from benchmarks.evidence_data import (
    FAMILIES,
    FOLDS,
    OWN_ODDS,
    Sample,
    asked_now,
    digest_of_all,
    every_stretch,
    folds_of,
    samples,
    tweets,
)
from benchmarks.evidence_fit import truths
from themes import models
from themes.deidentify.weigh.eight_bits import in_eight_bits
from themes.deidentify.weigh.evidence import Look, look, votes_of
from themes.deidentify.weigh.own_graph import WIDE
from themes.deidentify.weigh.own_tagger import REPORT_FILE, WEIGHTS_FILE
from themes.deidentify.weigh.own_votes import odds_told
from themes.deidentify.wording.lexicon import more_given_names, more_surnames, ordinary_words, plain_names, surnames
from themes.deidentify.wording.words import sentences_of, within
from themes.encoders.safetensors import read_weights
from themes.records.span import Span

HERE = Path(__file__).parent
COUNTS = {"tweets": 2.5, "uk": 1.5, "tab": 0.5, "plain": 0.7}
"""How much a text of each source counts; a fragment half of that. Tweets are short, a seventh of all:
counting 1.0 they were told worse with each lot of other texts that was added."""
BY_SENTENCE = 3
"""One text in so many is learned sentence by sentence: a tagger is asked about single ones, too."""
PIECES = 254
ALIKE = 0.01
"""By how much the average precision of a training may differ from the one before: other processors add up otherwise."""


def main() -> None:
    data, scratch = Path(os.environ["THEMES_BENCH_DATA"]), Path(os.environ["THEMES_BENCH_SCRATCH"])
    learn = samples(data, scratch, own=False)
    folds = folds_of(learn)
    task = scratch / "own_tagger_task.npz"
    places = write_task(task, learn, folds)
    if "--check" in sys.argv:
        odds = by_word(torch_run(task, scratch, 0)["said"], places)
        report = json.loads(REPORT_FILE.read_text("utf-8"))
        now, before = told(learn, folds, odds, among={0}), report["fold 0"] | report["as it ships"]
        now |= held_out(data, scratch)
        worse = {name: (share, now[name]) for name, share in before.items() if now[name] < share - ALIKE}
        print("the tagger comes out alike" if not worse else f"the tagger comes out worse: {worse}")
        raise SystemExit(bool(worse))
    with ThreadPoolExecutor(os.cpu_count()) as each:  # a fold on a core
        runs = list(each.map(lambda fold: torch_run(task, scratch, fold), range(FOLDS)))
    odds = by_word(np.sum([run.pop("said") for run in runs], axis=0), places)
    np.savez_compressed(scratch / OWN_ODDS, odds=odds, about=digest_of_all(learn))
    WEIGHTS_FILE.write_bytes(packed({name: np.mean([run[name] for run in runs], axis=0) for name in runs[0]}))
    write_report(learn, folds, odds, data, scratch)


@dataclass(frozen=True)
class Places:
    """Where the pieces of all windows stand. `words`: the text of each word of all texts in a row; `pieces`: the word
    of each piece, -1 for none."""

    words: np.ndarray
    pieces: np.ndarray


def write_task(target: Path, learn: Sequence[Sample], folds: Sequence[int]) -> Places:
    """What own_tagger_torch.py learns from. Texts in small letters and in capitals are judged, not learned: to the
    tagger they are those as written."""
    from tokenizers import Tokenizer

    vectors, tokenizer_file = models.pieces()
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    ids, truth, at, ends, counts, fold_of, learned, judged = [], [], [], [], [], [], [], []
    text_of: list[int] = []
    for n, (sample, fold) in enumerate(zip(learn, folds, strict=True)):
        seen = look(sample.text)
        first = len(text_of)
        text_of.extend([n] * len(seen.words))
        known = np.array([truths(sample, seen, family, labels) for family, labels in FAMILIES.items()], np.int8).T
        known[names_that_stay(sample, seen), list(FAMILIES).index("person")] = -1
        starts = [word.start for word in seen.words]
        count = COUNTS[sample.source] * (0.5 if sample.manner.startswith("fragment") else 1)
        as_written = "letters" not in sample.manner and "capitals" not in sample.manner
        for judged_too, (start, end) in stretches(sample):
            encoded = tokenizer.encode(sample.text[start:end], add_special_tokens=False)
            for cut in range(0, len(encoded.ids), PIECES):
                inside = [
                    word_at(starts, seen.words, start + a) if b > a else -1
                    for a, b in encoded.offsets[cut : cut + PIECES]
                ]
                ids.extend(encoded.ids[cut : cut + PIECES])
                truth.extend(known[i] if i >= 0 else [-1] * len(FAMILIES) for i in inside)
                at.extend(first + i if i >= 0 and judged_too else -1 for i in inside)
                ends.append(len(ids))
                counts.append(count)
                fold_of.append(fold)
                judged.append(judged_too)
                learned.append(as_written and (not judged_too or crc32(sample.key.encode()) % BY_SENTENCE > 0))
    base = {f"base {name}": array for name, array in read_weights(vectors).items() if "pooler" not in name}
    np.savez(
        target, ids=np.array(ids, np.int32), truth=np.array(truth, np.int8), ends=np.array(ends),
        counts=np.array(counts, np.float32), folds=np.array(fold_of), learned=np.array(learned),
        judged=np.array(judged), **base,
    )  # fmt: skip
    return Places(np.array(text_of), np.array(at))


def names_that_stay(sample: Sample, seen: Look) -> list[int]:
    """Words of names in what is marked to stay: of the famous, of clubs, of towns. A tagger tells names; who is famous
    is for lists and for the weights to know, and posts that others marked hold the famous for people as well."""
    stay = {i for start, end in sample.kept for i in within(seen.words, Span(start, end))}
    names = plain_names() | more_given_names() | surnames() | more_surnames()
    return sorted(i for i in stay if seen.words[i].plain in names - ordinary_words())


def stretches(sample: Sample) -> Iterator[tuple[bool, tuple[int, int]]]:
    """Stretches of a text, and whether they are judged: those that taggers take, and for one text in so many its
    sentences, to learn from."""
    for stretch in every_stretch(sample.text):
        yield True, (stretch.start, stretch.end)
    if crc32(sample.key.encode()) % BY_SENTENCE == 0:
        for sentence in sentences_of(sample.text):
            yield False, (sentence.start, sentence.end)


def word_at(starts: Sequence[int], words: Sequence, offset: int) -> int:
    i = bisect_right(starts, offset) - 1
    return i if i >= 0 and words[i].end > offset else -1


def torch_run(task: Path, scratch: Path, fold: int) -> dict[str, np.ndarray]:
    target = scratch / f"own_tagger_{fold}.npz"
    command = [os.environ["THEMES_BENCH_TORCH"], str(HERE / "own_tagger_torch.py"), str(task), str(target), str(fold)]
    subprocess.run(command, check=True)
    with np.load(target) as kept:
        return dict(kept)


def by_word(said: np.ndarray, places: Places) -> np.ndarray:
    """The log-odds of words, the highest of their pieces: shape (n_words, n_families); noughts where no piece was
    judged."""
    odds = np.full((len(places.words), said.shape[1]), -99, np.float16)
    judged = np.flatnonzero((places.pieces >= 0) & (said != 0).any(axis=1))
    np.maximum.at(odds, places.pieces[judged], said[judged])
    return np.where(odds == -99, np.float16(0), odds)


def write_report(learn: Sequence[Sample], folds: Sequence[int], odds: np.ndarray, data: Path, scratch: Path) -> None:
    report = {
        "sha256": hashlib.sha256(WEIGHTS_FILE.read_bytes()).hexdigest(),
        "method": "MiniLM (all-MiniLM-L6-v2) trained further, the vectors of its pieces as they were: three times "
        "through; AdamW at 1e-4, 4,096 pieces a batch; a logistic loss for each "
        "family, what is unknown left out; the mean of the weights of all folds",
        "texts": len(learn),
        "average precision of words, out of fold": told(learn, folds, odds, among=set(range(FOLDS))),
        "fold 0": told(learn, folds, odds, among={0}),
    }
    REPORT_FILE.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")  # from now on it can be loaded
    report["as it ships"] = held_out(data, scratch)
    REPORT_FILE.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))


def packed(parts: dict[str, np.ndarray]) -> bytes:
    """The file that own_tagger.py reads, from the numbers that torch learned."""
    layers = 1 + max(int(name.split(".")[1]) for name in parts if name.startswith("layers."))
    arrays = {"first norm": both(parts, "first_norm")}
    for layer in range(layers):
        name = f"layers.{layer}"
        asked = [f"{name}.{part}" for part in ("query", "key", "value")]
        weights = {
            "together": np.concatenate([parts[f"{part}.weight"] for part in asked]),
            **{part: parts[f"{name}.{part}.weight"] for part in WIDE if part != "together"},
        }
        arrays[f"{layer} together bias"] = np.concatenate([parts[f"{part}.bias"] for part in asked])
        for part in WIDE:
            arrays[f"{layer} {part}"], arrays[f"{layer} {part} step"] = in_eight_bits(weights[part].T)
            if part != "together":
                arrays[f"{layer} {part} bias"] = parts[f"{name}.{part}.bias"]
        for part in ("attended", "narrower"):
            arrays[f"{layer} {part} norm"] = both(parts, f"{name}.{part}_norm")
    arrays |= {"odds": np.ascontiguousarray(parts["odds.weight"].T), "odds bias": parts["odds.bias"]}
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def both(parts: dict[str, np.ndarray], norm: str) -> np.ndarray:
    return np.stack([parts[f"{norm}.weight"], parts[f"{norm}.bias"]])


def held_out(data: Path, scratch: Path) -> dict[str, float]:
    """The average precision of the weights that ship for the words of names in the held-out fifth of the tweets, and
    without those that were sent on and so are nearly among the others."""
    known = {bare(sample.text) for sample in tweets(data, held_out=False)}
    shares = {}
    every = asked_now(list(tweets(data, held_out=True)), scratch)
    for name, some in (
        ("held-out tweets", every),
        ("held-out tweets that nobody sent on", [sample for sample in every if bare(sample.text) not in known]),
    ):
        truth, likely = [], []
        for sample in some:
            seen = look(sample.text)
            truth.extend(truths(sample, seen, "person", FAMILIES["person"]))
            likely.extend(odds_told(votes_of(seen, sample.said))[:, list(FAMILIES).index("person")])
        shares[name] = precision(np.array(truth), np.array(likely))
    return shares


def bare(text: str) -> str:
    """The letters of a tweet without addresses, names of accounts and "RT"."""
    plain = re.sub(r"https?://\S+|@\w+|\bRT\b", "", text).lower()
    return re.sub(r"[^a-z]", "", plain)


def precision(truth: np.ndarray, likely: np.ndarray) -> float:
    from sklearn.metrics import average_precision_score

    known = truth >= 0
    return round(float(average_precision_score(truth[known], likely[known])), 3)


def told(learn: Sequence[Sample], folds: Sequence[int], odds: np.ndarray, among: set[int]) -> dict[str, float]:
    """The average precision of the words of each source and family, texts as written."""
    ends = np.cumsum([len(look(sample.text).words) for sample in learn])
    shares = {}
    for source in COUNTS:
        for column, (family, labels) in enumerate(FAMILIES.items()):
            truth, said = [], []
            for sample, fold, (start, end) in zip(learn, folds, pairwise([0, *ends]), strict=True):
                if sample.source == source and sample.manner == "as written" and fold in among:
                    truth.extend(truths(sample, look(sample.text), family, labels))
                    said.extend(odds[start:end, column])
            if truth.count(1) > 20:
                shares[f"{source} {family}"] = precision(np.array(truth), np.array(said, np.float32))
    return shares


if __name__ == "__main__":
    main()
