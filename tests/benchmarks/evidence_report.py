"""What the training of the evidence weights found: counts, digests, calibration, recall and precision out of fold."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import sqrt
from pathlib import Path

import numpy as np

from benchmarks import tab_out_of_fold
from benchmarks.evidence_data import FAMILIES, FOLDS, Sample, asked_now, plain_files, tweets
from benchmarks.evidence_fit import ITERATIONS, ORDINARY_HEARD, SECOND_STRENGTH, STRENGTH, UK_IN_STRICT, Fit
from benchmarks.evidence_trees import SETTINGS
from themes.deidentify.decide.told_ages import may_be_an_age
from themes.deidentify.decide.verdicts import cuts_of
from themes.deidentify.weigh.doubt import DOUBT
from themes.deidentify.weigh.evidence import Look, look
from themes.deidentify.weigh.hearing import last_odds
from themes.deidentify.weigh.own_tagger import REPORT_FILE as OWN_REPORT_FILE
from themes.deidentify.weigh.sums import Sums
from themes.deidentify.wording.lexicon import context
from themes.deidentify.wording.words import within
from themes.records.span import Span

LIGHT = context("titles_only") | frozenset(
    [
        "no",
        "nr",
        "about",
        "the",
        "a",
        "an",
        "of",
        "in",
        "at",
        "to",
        "for",
        "by",
        "with",
        "from",
        "on",
        "and",
        "or",
        "s",
        "this",
    ]
)


def report(learn: Sequence[Sample], fit: Fit, data: Path, scratch: Path | None) -> dict:
    return {
        "method": "logistic regressions, L2, then boosted trees; out of fold by text, copies of a text in one fold; "
        "words by the weights alone, TAB by the whole program",
        "settings": {"strength": STRENGTH, "second strength": SECOND_STRENGTH, "iterations": ITERATIONS,
                     "ordinary words heard": ORDINARY_HEARD, "weight of UK texts in strict": UK_IN_STRICT,
                     "folds": FOLDS, "trees": SETTINGS},
        "texts": counts(learn),
        "our own tagger": json.loads(OWN_REPORT_FILE.read_text("utf-8"))["sha256"],
        "data": {name: digest(data / "deid" / name) for name in ("names_tweets.jsonl", "tab.jsonl")}
        | {path.name: digest(path) for path in sorted(Path(__file__).with_name("deid_texts").glob("*.txt"))}
        | {path.name: digest(path) for path in plain_files()},
        "out of fold": {family: by_source(learn, fit, family) for family in FAMILIES},
        "calibration": {family: calibration(fit, family) for family in FAMILIES},
        "cascade": cascade(fit),
        "held-out fifth of the tweets, the weights alone": held_out(fit, data, scratch),
        "TAB for release, out of fold": tab_out_of_fold.figures(learn, fit.odds, data),
    }  # fmt: skip


def counts(learn: Sequence[Sample]) -> dict:
    return {
        f"{source}, {manner}": sum(s.source == source and s.manner == manner for s in learn)
        for source, manner in sorted({(s.source, s.manner) for s in learn})
    }


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def by_source(learn: Sequence[Sample], fit: Fit, family: str) -> dict:
    """Mentions found and words rightly held, at the cut that ships, for each kind of text."""
    odds, tallies = fit.odds[f"{family} last"], {}
    for sample, seen, start, end in placed(learn, fit.words.seen, fit.words.ends):
        if family in sample.families:
            tally = tallies.setdefault(f"{sample.source}, {sample.manner}", [0, 0, 0, 0])
            over = odds[start:end] > cuts_of(seen.style)[family]
            if family == "age":  # of numbers alone
                over &= np.array([may_be_an_age(form.plain) for form in seen.forms], bool)
            add(tally, sample, seen, over, FAMILIES[family])
    return {name: told(tally) for name, tally in sorted(tallies.items())}


def placed(learn: Sequence[Sample], seen: Sequence[Look], ends: Sequence[int]) -> Iterator[tuple]:
    start = 0
    for sample, each, end in zip(learn, seen, ends, strict=True):
        yield sample, each, start, end
        start = end


def add(tally: list[int], sample: Sample, seen: Look, over: np.ndarray, labels: frozenset[str]) -> None:
    held = over & np.array([not form.outside for form in seen.forms], bool)
    gold, free = np.zeros(len(held), bool), np.zeros(len(held), bool)
    for start, end in sample.free:
        free[within(seen.words, Span(start, end))] = True
    for start, end, label in sample.spans:
        inside = within(seen.words, Span(start, end))
        if label not in labels:
            continue
        gold[inside] = True
        telling = [i for i in inside if seen.words[i].plain not in LIGHT]
        if telling:
            tally[1] += 1
            tally[0] += bool(held[telling].all())
    tally[3] += int((held & ~free).sum())
    tally[2] += int((held & gold).sum())


def told(tally: Sequence[int]) -> dict:
    found, mentions, right, held = tally
    return {
        "mentions": mentions, "recall": share(found, mentions), "recall 95 %": wilson(found, mentions),
        "precision": share(right, held), "precision 95 %": wilson(right, held),
    }  # fmt: skip


def share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def wilson(part: int, whole: int, z: float = 1.96) -> list[float]:
    if not whole:
        return [0.0, 1.0]
    p = part / whole
    centre = (p + z * z / 2 / whole) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * sqrt(p * (1 - p) / whole + z * z / 4 / whole / whole)
    return [round(centre - half, 3), round(centre + half, 3)]


def calibration(fit: Fit, family: str) -> dict:
    """Brier score, and how often words held likely by so much are ones; each text as written, out of fold."""
    truth, odds = fit.words.truth[family], fit.odds[f"{family} last"]
    known = truth >= 0
    likely, real = 1 / (1 + np.exp(-odds[known])), truth[known]
    edges = np.array([0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 1.0001])
    bins = {}
    for low, high in pairwise(edges):
        inside = (likely >= low) & (likely < high)
        if inside.any():
            told = [int(inside.sum()), *(round(float(each[inside].mean()), 3) for each in (likely, real))]
            bins[f"{low:.2f}–{min(high, 1):.2f}"] = told
    return {"Brier": round(float(((likely - real) ** 2).mean()), 5), "words, mean likelihood, share": bins}


def cascade(fit: Fit) -> dict:
    """How many words the first look leaves in doubt, and how many names it would pass by for good."""
    first = np.stack([fit.odds[f"{family} first"] for family in DOUBT], axis=1)
    low, high = np.array(list(DOUBT.values())).T
    doubtful = ((first > low) & (first < high)).any(axis=1)
    names = fit.words.truth["person"] == 1
    return {
        "words in doubt": round(float(doubtful.mean()), 4),
        "words of names surely none at the first look": round(float((first[names, 0] <= low[0]).mean()), 4),
    }


def held_out(fit: Fit, data: Path, scratch: Path | None) -> dict:
    """The fifth of the tweets that nothing was trained on, as written and in small letters: words over the cut of the
    weights, without the rules and lists that the program goes by besides. `make bench` measures the program."""
    ledger, tallies = Sums(fit.weights), {}
    plain = list(tweets(data, held_out=True))
    small = [
        replace(s, text=s.text.lower(), manner="small letters") for s in plain if len(s.text.lower()) == len(s.text)
    ]
    for sample in asked_now([*plain, *small], scratch):
        seen = look(sample.text)
        if seen.words:
            odds = last_odds(seen, sample.said, [True] * len(seen.words), heard=ledger)
            over = odds[:, 0] > cuts_of(seen.style)["person"]
            add(tallies.setdefault(sample.manner, [0, 0, 0, 0]), sample, seen, over, FAMILIES["person"])
    return {name: told(tally) for name, tally in tallies.items()}
