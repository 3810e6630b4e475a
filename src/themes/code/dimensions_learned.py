"""Polarity, modality and speaker as learned from invented excerpts, the rules' own answers among the evidence.

The rules of `dimensions` are right where they find their words and blind elsewhere. So a ridge regression for each
value weighs three kinds of evidence: the vector of meaning, that of the encoder's inner layer, and what the rules say.
Vectors hardly tell a plain event that went well from one that went badly; so polarity also weighs its words.
It is learned from the labelled excerpts of the packaged codebook and from pairs beside this module, of which no coder
learns codes, by tests/benchmarks/train_dimensions.py, whose report stands beside the weights. With another encoder it
is learned anew, once in a process.
"""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from themes.code.dimensions import account, modality, speakers
from themes.code.spaces import COUNTS, points, text_of
from themes.code.wording import own_words
from themes.embedding import embed, embed_inner, encoder_identity, per_encoder
from themes.records.segment import Segment
from themes.records.span import Span

Floats = NDArray[np.float64]

LEARNED = ("polarity", "modality", "speaker")
MORE_PAIRS = Path(__file__).with_name("more_pairs.jsonl")
"""Pairs that no coder learned codes from: with them it gave the right ones no more often. So they measure it, too."""
EXCERPTS = (
    Path(__file__).parents[1] / "codebooks" / "back-to-work" / "labelled.jsonl",
    # Half of them hold no code. The starter coder, had it learned from them too, would give fewer codes.
    Path(__file__).with_name("dimension_pairs.jsonl"),
    MORE_PAIRS,
)
WEIGHTS = Path(__file__).with_name("dimension_weights.npz")
_LOUDNESS = {"meaning": 2.0, "inner": 3.0, "rules": 1.0}
_LOUDNESS_FOR_POLARITY = {"meaning": 1.0, "inner": 1.5, "rules": 0.87, "words": 1.0, "wording": 0.5**0.5}
"""How loud each kind of evidence is; counted words help polarity alone, and harm pairs about modality and speakers."""
_RIDGE, _RIDGE_FOR_POLARITY = 10.0, 0.8
_RARE = 0.5
"""How much rare values count for more: 0 not at all, 1 as much as frequent ones. All chosen by cross-validation."""


@dataclass(frozen=True)
class Weights:
    """Of a dimension: `weights`, shape (n_features, n_values), `places` by space of words, (n_places, n_values), and
    `constants`, (n_values,)."""

    values: tuple[str, ...]
    rules: tuple[str, ...]
    """What the rules may say, in the order of their features, the last ones."""
    weights: Floats
    places: Mapping[str, Floats]
    constants: Floats

    def scores(self, segments: Sequence[Segment], ruled: Sequence[str]) -> Floats:
        """How much each segment speaks for each value: shape (n_segments, n_values), about 0 to 1."""
        scores = _evidence(segments, ruled, self.rules) @ self.weights + self.constants
        for space, weights in self.places.items():
            scores += points(space, segments).rows @ weights
        return scores


@dataclass(frozen=True)
class NotedExcerpt:
    """An excerpt, and by dimension what somebody noted of its code."""

    segment: Segment
    noted: Mapping[str, str]
    trap: str = ""
    """Of an excerpt that belongs to a pair: what the two differ in."""


def dimension_weights(dimension: str) -> Weights:
    """The weights of a dimension of `LEARNED` for the encoder in use: the ones kept, or else learned now."""
    return _of_encoder()[dimension]


def rules_say(dimension: str, segments: Sequence[Segment]) -> list[str]:
    """What the rules alone say of each segment; the polarity is that of a bipolar code."""
    if dimension == "polarity":
        return [account(own_words(segment)) for segment in segments]
    if dimension == "modality":
        return [modality(segment) for segment in segments]
    return [speakers([segment])[segment.document_id] for segment in segments]


def learn(dimension: str, excerpts: Sequence[NotedExcerpt]) -> Weights:
    """Ridge regression of each value on the evidence, rare values weighed up."""
    from scipy.linalg import solve

    segments = [excerpt.segment for excerpt in excerpts]
    ruled = rules_say(dimension, segments)
    rules = tuple(sorted(set(ruled)))
    values = tuple(sorted({excerpt.noted[dimension] for excerpt in excerpts}))
    noted = np.array([[excerpt.noted[dimension] == value for value in values] for excerpt in excerpts], float)
    loudness, ridge = (_LOUDNESS_FOR_POLARITY, _RIDGE_FOR_POLARITY) if dimension == "polarity" else (_LOUDNESS, _RIDGE)
    evidence = _evidence(segments, ruled, rules)
    width = (evidence.shape[1] - len(rules)) // 2
    scale = np.repeat([loudness[kind] for kind in ("meaning", "inner", "rules")], [width, width, len(rules)])
    rows = {space: loudness[space] * points(space, segments).rows for space in COUNTS if space in loudness}
    weight = noted @ noted.sum(axis=0) ** -_RARE
    usual = np.average(noted, axis=0, weights=weight)
    # Beside counted words, which are nought or more, nothing is centred.
    centre = np.zeros(len(scale)) if rows else np.average(evidence, axis=0, weights=weight)
    columns = (evidence - centre) * scale
    counts = weight / weight.mean()
    if rows:  # far more words than excerpts
        alike = columns @ columns.T + sum((own @ own.T).toarray() for own in rows.values())
        alike[np.diag_indices(len(alike))] += ridge / counts
        alpha = solve(alike, noted - usual, assume_a="pos", overwrite_a=True)
        weights = scale[:, None] * (columns.T @ alpha)
        places = {space: loudness[space] * np.asarray(own.T @ alpha) for space, own in rows.items()}
    else:  # the same, by features: they are fewer
        counted = columns.T * counts
        alike = counted @ columns + ridge * np.eye(len(scale))
        weights, places = scale[:, None] * solve(alike, counted @ (noted - usual), assume_a="pos"), {}
    return Weights(values, rules, weights, places, usual - centre @ weights)


@cache
def noted_excerpts() -> tuple[NotedExcerpt, ...]:
    """The labelled excerpts that come with the program and of which all learned dimensions were noted."""
    rows = [json.loads(line) for path in EXCERPTS for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(
        NotedExcerpt(
            Segment(str(at), str(at), row["theme"], Span(0, len(row["text"])), row["text"], row.get("prompt")),
            {dimension: row[dimension] for dimension in LEARNED},
            row.get("trap", ""),
        )
        for at, row in enumerate(rows)
        if all(dimension in row for dimension in LEARNED)
    )


def packed(weights: Mapping[str, Weights]) -> bytes:
    """Weights as one file of plain arrays, half precision, with the encoder whose vectors they are for."""
    arrays: dict[str, Any] = {"encoder": np.array(encoder_identity())}
    for name, one in weights.items():
        arrays |= {f"{name}/values": np.array(one.values), f"{name}/rules": np.array(one.rules)}
        arrays |= {f"{name}/weights": np.float16(one.weights), f"{name}/constants": one.constants}
        arrays |= {f"{name}/{space}": np.float16(weights) for space, weights in one.places.items()}
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def fitted_on() -> str:
    """Sixteen letters and digits that tell what the weights were learned from."""
    learned_from = [
        [one.segment.text, one.segment.prompt, one.segment.case_id, dict(one.noted)] for one in noted_excerpts()
    ]
    return hashlib.sha256(json.dumps([encoder_identity(), learned_from], sort_keys=True).encode()).hexdigest()[:16]


def _evidence(segments: Sequence[Segment], ruled: Sequence[str], rules: Sequence[str]) -> Floats:
    """Shape (n_segments, 2 · n_dims + n_rules)."""
    texts = [text_of(segment) for segment in segments]
    said = np.array([[one == rule for rule in rules] for one in ruled], float).reshape(len(texts), len(rules))
    return np.hstack([embed(texts).astype(float), embed_inner(texts).astype(float), said])


@per_encoder(maxsize=4)
def _of_encoder() -> dict[str, Weights]:
    return _kept(WEIGHTS) or {name: learn(name, noted_excerpts()) for name in LEARNED}


def _kept(file: Path) -> dict[str, Weights] | None:
    """The weights in a file; None if they are of another encoder, or the file or what stands beside it is damaged."""
    try:
        content = file.read_bytes()
        wanted = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))["sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if hashlib.sha256(content).hexdigest() != wanted:
        return None
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        if str(kept["encoder"]) != encoder_identity():
            return None
        return {name: _unpacked(name, kept) for name in LEARNED}


def _unpacked(name: str, kept: Mapping[str, Any]) -> Weights:
    values, rules = (tuple(str(one) for one in kept[f"{name}/{key}"]) for key in ("values", "rules"))
    weights = kept[f"{name}/weights"].astype(float)
    places = {space: kept[f"{name}/{space}"].astype(float) for space in COUNTS if f"{name}/{space}" in kept}
    return Weights(values, rules, weights, places, kept[f"{name}/constants"])
