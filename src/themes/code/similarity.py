"""How near a segment's meaning is to what the codebook says of a code: cosines of sentence vectors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from themes.code.phrase_vectors import phrase_vectors
from themes.code.phrases import Phrase, phrases_of, without_codes
from themes.code.wording import own_words
from themes.embedding import Vectors, embed, per_encoder
from themes.records.codebook import Codebook
from themes.records.segment import Segment

_NEAREST = 3
"""So many phrases of a code are averaged: one alone may be near by chance."""
_FEWEST_OTHERS = 10
_USUAL = (0.12, 0.1)
"""Mean and spread of cosines between unrelated short texts, for codebooks too small to tell their own."""


def score_similarity(segments: Sequence[Segment], codebook: Codebook) -> NDArray[np.float64]:
    """How much nearer each segment is to a code than the codebook's other texts are: shape (n_segments, n_codes).

    In standard deviations of those others, about -2 to 6, the same for a segment whatever else is coded with it.
    The mean of two: to the code's centre (name, definition, include, examples), and to its three nearest phrases,
    cues included.
    """
    meanings = _meanings(phrases_of(codebook), len(codebook.codes))
    vectors = embed([own_words(segment) for segment in segments])
    return np.column_stack([meaning.nearness(vectors) for meaning in meanings]).reshape(len(segments), len(meanings))


def score_name(segments: Sequence[Segment], codebook: Codebook) -> NDArray[np.float64]:
    """Cosine with a code's name, shape (n_segments, n_codes), as all that follow: the nearest counts, 0 without one."""
    return _nearest(segments, [(code.name, code.label) for code in codebook.codes])


def score_definition(segments: Sequence[Segment], codebook: Codebook) -> NDArray[np.float64]:
    """Cosine with the definition of a code."""
    return _nearest(segments, [(f"{c.name}. {c.definition}" if c.definition else "",) for c in codebook.codes])


def score_include(segments: Sequence[Segment], codebook: Codebook) -> NDArray[np.float64]:
    """Cosine with the nearest thing that a code includes."""
    return _nearest(segments, [code.include for code in codebook.codes])


def score_exclude(segments: Sequence[Segment], codebook: Codebook) -> NDArray[np.float64]:
    """Cosine with the nearest thing that a code leaves out."""
    return _nearest(segments, [tuple(without_codes(text) for text in code.exclude) for code in codebook.codes])


def score_examples(segments: Sequence[Segment], codebook: Codebook) -> NDArray[np.float64]:
    """Cosine with the nearest example of a code."""
    return _nearest(segments, [code.examples for code in codebook.codes])


def score_nearest_cue(segments: Sequence[Segment], codebook: Codebook) -> NDArray[np.float64]:
    """Cosine with the nearest cue of a code that has two words or more."""
    kept = phrases_of(codebook)
    cues = [tuple(p.text for p in kept if p.kind == "cue" and at in p.codes) for at in range(len(codebook.codes))]
    return _nearest(segments, cues)


def _nearest(segments: Sequence[Segment], texts: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """The highest cosine of a segment with the texts of each code, shape (n_segments, n_codes)."""
    vectors = embed([own_words(segment) for segment in segments]).astype(float)
    nearest = np.zeros((len(segments), len(texts)))
    for column, own in enumerate(texts):
        if said := [text for text in own if text]:
            nearest[:, column] = (vectors @ phrase_vectors(said).astype(float).T).max(axis=1, initial=-1.0)
    return nearest


@dataclass(frozen=True)
class _Meaning:
    """A code as vectors, and the means and spreads of its two cosines over texts that are not its own."""

    centre: Vectors
    phrases: Vectors
    usual: tuple[tuple[float, float], tuple[float, float]] = (_USUAL, _USUAL)

    def cosines(self, vectors: Vectors) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        wide = vectors.astype(float)  # so that the last digits do not depend on how many rows there are
        centre, own = self.centre.astype(float), self.phrases.astype(float)
        return wide @ centre, np.sort(wide @ own.T, axis=1)[:, -_NEAREST:].mean(axis=1)

    def nearness(self, vectors: Vectors) -> NDArray[np.float64]:
        pairs = zip(self.cosines(vectors), self.usual, strict=True)
        return np.mean([(cosine - mean) / spread for cosine, (mean, spread) in pairs], axis=0)


@per_encoder(maxsize=8)
def _meanings(phrases: tuple[Phrase, ...], n_codes: int) -> list[_Meaning]:
    vectors = phrase_vectors([phrase.text for phrase in phrases])
    meanings = []
    for code in range(n_codes):
        own = np.array([code in phrase.codes and phrase.kind != "exclude" for phrase in phrases])
        core = own & np.array([phrase.kind != "cue" for phrase in phrases])
        centre = vectors[core].mean(axis=0)
        meaning = _Meaning(centre / max(float(np.linalg.norm(centre)), 1e-9), vectors[own])
        others = np.array([code not in phrase.codes for phrase in phrases])
        if others.sum() >= _FEWEST_OTHERS:
            first, second = ((float(c.mean()), float(c.std()) + 1e-6) for c in meaning.cosines(vectors[others]))
            meaning = _Meaning(meaning.centre, meaning.phrases, (first, second))
        meanings.append(meaning)
    return meanings
