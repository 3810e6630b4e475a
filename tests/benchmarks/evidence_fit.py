"""Fits the weights of evidence: regularised logistic regressions over the bundles of `weigh/evidence.py`.

The loss is that of scikit-learn's LogisticRegression (L2), minimised by the same routine, L-BFGS; it is written out
here because the columns are a product of two sparse matrices, words × bundles and bundles × features, which is ten
times smaller than its outcome.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks.evidence_data import FAMILIES, FOLDS, Sample
from benchmarks.evidence_trees import third_hearing
from themes.deidentify.decide.told_ages import may_be_an_age
from themes.deidentify.weigh.bundles import features_of
from themes.deidentify.weigh.evidence import (
    RULES,
    TAGGERS,
    Bundle,
    Look,
    look,
    rule_bundles,
    tagger_bundles,
    text_bundles,
    votes_of,
)
from themes.deidentify.weigh.forms import FEATURES, hashed
from themes.deidentify.weigh.sequence import sequence_places
from themes.deidentify.weigh.weights import VECTOR, Weights, word_pair
from themes.deidentify.wording.lexicon import context, is_wide, ordinary_words
from themes.deidentify.wording.words import within
from themes.records.span import Span

STRENGTH = 4.0  # of the L2 penalty, chosen by cross-validation
SECOND_STRENGTH = 50.0  # of the second hearing, likewise
ITERATIONS = 70  # enough: the cross-validated loss no longer falls
ORDINARY_HEARD = 0.25
"""Share of the plainly ordinary words that are learned from, each of which then counts for four."""
UK_IN_STRICT = 0.25  # of the weight of a UK text in that family: what judgments leave out besides names stays in it
HALF_MODELS = ("first", "full")


@dataclass
class Words:
    """One entry per word of all texts in a row. `truth`: 1, 0, or -1 where neither is known, per family."""

    seen: list[Look]
    ends: np.ndarray
    text_of: np.ndarray
    truth: dict[str, np.ndarray]
    counts: np.ndarray
    uk: np.ndarray
    small: np.ndarray
    first: csr_matrix
    full: csr_matrix
    columns: csr_matrix


@dataclass
class Fit:
    """The weights that ship, and what each text's words got from weights that never saw it, per model."""

    weights: Weights
    words: Words
    odds: dict[str, np.ndarray]


def fitted(learn: Sequence[Sample], folds: Sequence[int], families: dict) -> Fit:
    words = words_of_all(learn)
    fold = np.array(folds)[words.text_of]
    odds, parts = {}, {}
    with ProcessPoolExecutor(
        os.cpu_count(), mp_context=get_context("fork"), initializer=_share, initargs=(words, fold)
    ) as each:
        for fitted_odds, fitted_parts in each.map(_fitted_family, families):
            odds |= fitted_odds
            parts |= fitted_parts
    second = {family: odds[f"{family} last"] for family in families}
    forest, heard = third_hearing(learn, words.seen, words.ends, fold, words.truth, words.counts, second)
    for family in families:
        odds[f"{family} last"] = heard[family]
        print(f"{family} third", quick(words, family, heard[family]), flush=True)
    return Fit(replace(packed_weights(parts), forest=forest), words, odds)


_SHARED: dict[str, Any] = {}
"""The words and folds, in the processes that fit a family each: forked, so that nothing is copied."""


def _share(words: Words, fold: np.ndarray) -> None:
    _SHARED.update(words=words, fold=fold)


def _fitted_family(family: str) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """The log-odds out of fold and the weights of the three models of a family."""
    words, fold = _SHARED["words"], _SHARED["fold"]
    odds, parts = {}, {}
    for half in HALF_MODELS:
        name = f"{family} {half}"
        rows = getattr(words, half)
        out = np.full(len(fold), -9.0)
        for k in range(FOLDS):
            if not ((words.truth[family] >= 0) & (fold == k)).any():
                continue
            model = logistic(rows, words.columns, words, family, fold != k)
            judged = fold == k
            out[judged] = rows[judged] @ (words.columns @ model[:-1]) + model[-1]
        odds[name] = out
        parts[name] = logistic(rows, words.columns, words, family, fold >= 0)
        print(name, quick(words, family, out), flush=True)
    name = f"{family} last"
    rows, columns = sequence_matrix(words, odds[f"{family} full"], family)
    offset = odds[f"{family} full"]
    out = np.array(offset)
    for k in range(FOLDS):
        if ((words.truth[family] >= 0) & (fold == k)).any():
            model = logistic(rows, columns, words, family, fold != k, offset=offset, strength=SECOND_STRENGTH)
            judged = fold == k
            out[judged] = offset[judged] + rows[judged] @ (columns @ model[:-1]) + model[-1]
    odds[name] = out
    parts[name] = logistic(rows, columns, words, family, fold >= 0, offset=offset, strength=SECOND_STRENGTH)
    print(name, quick(words, family, out), flush=True)
    return odds, parts


def words_of_all(learn: Sequence[Sample]) -> Words:
    index: dict[Bundle, int] = {}
    first, full, ends, text_of, seen_all, counts = [], [], [], [], [], []
    truth: dict[str, list] = {family: [] for family in FAMILIES}
    total = 0
    for n, sample in enumerate(learn):
        seen = look(sample.text)
        votes = votes_of(seen, sample.said)
        for plain, ruled, tagged in zip(
            text_bundles(seen), rule_bundles(seen, votes), tagger_bundles(seen, votes), strict=True
        ):
            base = [index.setdefault(b, len(index)) for b in (*plain, *ruled)]
            first.append(base)
            full.append(base + [index.setdefault(b, len(index)) for b in tagged])
        total += len(seen.words)
        ends.append(total)
        seen_all.append(seen)
        text_of.extend([n] * len(seen.words))
        for family, labels in FAMILIES.items():
            truth[family].extend(truths(sample, seen, family, labels))
        counts.extend([sample.counts] * len(seen.words))
    columns = feature_matrix(list(index))
    return Words(
        seen_all, np.array(ends), np.array(text_of), {f: np.array(t) for f, t in truth.items()}, np.array(counts),
        np.array([sample.source == "uk" for sample in learn])[text_of],
        np.array([form.shape == "lower" for seen in seen_all for form in seen.forms], bool),
        incidence(first, len(index)), incidence(full, len(index)), columns,
    )  # fmt: skip


def truths(sample: Sample, seen: Look, family: str, labels: frozenset[str]) -> list[int]:
    if family not in sample.families:
        return [-1] * len(seen.words)
    truth = [0] * len(seen.words)
    for start, end in sample.free:
        for i in within(seen.words, Span(start, end)):
            truth[i] = -1
    doubted = _doubted(sample, seen, labels) if sample.source == "plain" else frozenset()
    for start, end, label in sample.spans:
        if label in FAMILIES["singled"] and family != "singled":  # names within such a phrase are not marked as such
            for i in within(seen.words, Span(start, end)):
                truth[i] = -1
    for i in range(len(truth)):
        if i in doubted or not _can_be_learned(seen, i, sample.source, family):
            truth[i] = -1
    for start, end, label in sample.spans:
        for i in within(seen.words, Span(start, end)):
            if label in labels and not seen.forms[i].outside and truth[i] >= (-1 if family == "place" else 0):
                truth[i] = 1
    return truth


def _doubted(sample: Sample, seen: Look, labels: frozenset[str]) -> frozenset[int]:
    """Words of a text in which nothing is marked that may yet be names: a voter says so, and they are written or
    listed like one. The few names of such texts are neither learned nor learned against."""
    held = {
        i
        for f in sample.said
        if f.label in labels and f.recognizer in RULES | TAGGERS
        for i in within(seen.words, f.span)
    }
    return frozenset(
        i for i in held
        if (seen.words[i].capital and not seen.words[i].opens) or seen.words[i].plain not in ordinary_words()
    )  # fmt: skip


def _can_be_learned(seen: Look, i: int, source: str, family: str) -> bool:
    """Whether a word outside every mark is known to be none of the family's."""
    form, kept = seen.forms[i], seen.kept[i]
    if form.outside:
        return False
    if family == "person":  # titles are cut off and listed names vetoed after the weights have spoken
        return form.plain not in context("titles_only") and form.shape != "digit" and (not kept or kept.endswith("+s"))
    if family == "place":  # a great town is left unmarked by some and is a place all the same
        return not is_wide(form.plain)
    if family == "age":
        return may_be_an_age(form.plain)
    if family == "strict" and source == "uk":  # what the strict profile masks besides is not marked in these
        return form.shape == "lower"
    return True


def incidence(rows: Sequence[Sequence[int]] | np.ndarray, width: int) -> csr_matrix:
    each = len(rows[0])
    flat = np.array(rows, np.int32).ravel()
    return csr_matrix((np.ones(len(flat), np.float32), flat, np.arange(0, len(flat) + 1, each)), (len(rows), width))


def feature_matrix(bundles: Sequence[Bundle]) -> csr_matrix:
    """Bundles × (features, then the vectors of the word before, here and after)."""
    centre, projection = plane()
    indices, values, ends = [], [], [0]
    for bundle in bundles:
        features, form, offset = features_of(bundle)
        places = sorted(set(hashed(features)))
        indices.extend(places)
        values.extend([1.0] * len(places))
        if form is not None:
            vector = word_pair(form.written, centre, projection)
            if vector.any():
                start = FEATURES + (offset + 1) * 2 * VECTOR
                indices.extend(range(start, start + 2 * VECTOR))
                values.extend(vector)
        ends.append(len(indices))
    shape = (len(bundles), FEATURES + 6 * VECTOR)
    return csr_matrix((np.array(values, np.float32), np.array(indices, np.int32), np.array(ends)), shape)


@cache
def plane() -> tuple[np.ndarray, np.ndarray]:
    """Centre and principal axes of the word vectors, in half precision as they ship."""
    from themes.language import _vectors

    vectors = _vectors()[0].data
    centre = vectors.mean(axis=0)
    _, scale, axes = np.linalg.svd(vectors - centre, full_matrices=False)
    axes = axes[:VECTOR] * np.sign(axes[:VECTOR, :1])
    projection = axes.T / scale[:VECTOR] * np.sqrt(len(vectors))
    return centre.astype(np.float16).astype(np.float32), projection.astype(np.float16).astype(np.float32)


def logistic(rows, columns, words: Words, family: str, among, *, offset=None, strength=STRENGTH) -> np.ndarray:
    """One weight per column, and the intercept."""
    truth = words.truth[family]
    rng = np.random.default_rng(0)
    sure = words.small
    drawn = rng.random(len(truth)) < ORDINARY_HEARD
    chosen = among & (truth >= 0) & ((truth == 1) | ~sure | drawn)
    counts = np.where(words.uk, UK_IN_STRICT, 1.0) * words.counts if family == "strict" else words.counts
    weight = np.where(sure & (truth == 0), 1 / ORDINARY_HEARD, 1.0)[chosen] * counts[chosen]
    weight = weight.astype(np.float32)
    some = rows[chosen]
    used = np.flatnonzero(some.getnnz(axis=0))
    some, part = some[:, used].tocsr(), columns[used].tocsr()
    kept = np.flatnonzero(part.getnnz(axis=0))
    part = part[:, kept]
    some_t, part_t = some.T.tocsr(), part.T.tocsr()
    sign = np.where(truth[chosen] == 1, 1, -1).astype(np.float32)
    shift = 0 if offset is None else offset[chosen].astype(np.float32)

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        w, intercept = point[:-1].astype(np.float32), np.float32(point[-1])
        margin = sign * (some @ (part @ w) + intercept + shift)
        pull = -sign * weight / (1 + np.exp(np.minimum(margin, 60)))
        value = float((weight * np.logaddexp(0, -margin)).sum()) + strength / 2 * float(w @ w)
        return value, np.append(part_t @ (some_t @ pull) + strength * w, pull.sum()).astype(np.float64)

    found = minimize(loss, np.zeros(len(kept) + 1), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}).x
    full = np.zeros(columns.shape[1] + 1, np.float32)
    full[kept] = found[:-1]
    full[-1] = found[-1]
    return full


def sequence_matrix(words: Words, odds: np.ndarray, family: str) -> tuple[csr_matrix, csr_matrix]:
    """Words × kinds of surroundings, and kinds of surroundings × features."""
    starts = [0, *words.ends[:-1]]
    places = np.concatenate(
        [
            sequence_places(seen, odds[start:end, None], [family])[:, 0]
            for seen, start, end in zip(words.seen, starts, words.ends, strict=True)
            if seen.forms
        ]
    )
    kinds, kind_of = np.unique(places, axis=0, return_inverse=True)
    columns = incidence(kinds, FEATURES + 6 * VECTOR)
    columns.sum_duplicates()
    return incidence(kind_of.reshape(-1, 1), len(kinds)), columns


def packed_weights(parts: dict[str, np.ndarray]) -> Weights:
    centre, projection = plane()
    names = tuple(parts)
    stacked = np.stack([np.asarray(parts[name], np.float32) for name in names], axis=1)
    table, vectors = stacked[:FEATURES], stacked[FEATURES:-1]
    table = np.where(np.abs(table) < 0.004, 0, table)  # less than anything hears
    return Weights(
        names, table.astype(np.float16).astype(np.float32),
        vectors.reshape(3, 2 * VECTOR, -1).astype(np.float16).astype(np.float32), stacked[-1], centre, projection,
    )  # fmt: skip


def quick(words: Words, family: str, odds: np.ndarray) -> str:
    """Words found and right, out of fold, at a few cuts, in each manner of text."""
    truth, say = words.truth[family], []
    for cut in (-2.0, -1.0, 0.0):
        held = (odds > cut) & (truth >= 0)
        right = (held & (truth == 1)).sum()
        say.append(f"{cut}: {right / max((truth == 1).sum(), 1):.3f}/{right / max(held.sum(), 1):.3f}")
    return "  ".join(say)
