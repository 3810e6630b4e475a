"""Vectors of what a codebook says, kept beside the packaged codebook so that no run need compute them.

A phrase that is not kept, as in a codebook of one's own, is computed; rounded the same way, it gives the same vector
whether it was kept or not. `scripts/keep_vectors.py` writes the file anew after the packaged codebook has changed.
"""

import hashlib
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from themes.embedding import Vectors, embed, encoder_identity

KEPT = Path(__file__).parents[1] / "codebooks" / "back-to-work" / "vectors.npz"


def phrase_vectors(texts: Sequence[str]) -> Vectors:
    """Vectors of meaning, shape (n_texts, n_dims), as `embed` gives them, to three digits."""
    kept = _kept(KEPT, encoder_identity())
    missing = [text for text in dict.fromkeys(texts) if _key(text) not in kept]
    fresh = dict(zip(missing, _restored(*_rounded(embed(missing))), strict=True)) if missing else {}
    vectors = [fresh[text] if text in fresh else kept[_key(text)] for text in texts]
    return np.array(vectors, np.float32) if vectors else embed([])


def keep(texts: Sequence[str], file: Path = KEPT) -> None:
    """Write the vectors of texts to a file, with the encoder that made them."""
    texts = sorted(set(texts), key=_key)
    steps, scales = _rounded(embed(texts))
    keys = np.array([_key(text) for text in texts], np.uint64)
    np.savez_compressed(file, keys=keys, steps=steps, scales=scales, encoder=np.array(encoder_identity()))


@cache
def _kept(file: Path, encoder: str) -> dict[int, NDArray[np.float32]]:
    """What the file keeps, if it was made by the encoder and is whole."""
    try:
        with np.load(file, allow_pickle=False) as held:
            if str(held["encoder"]) != encoder:
                return {}
            return dict(zip(held["keys"].tolist(), _restored(held["steps"], held["scales"]), strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error):
        return {}


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def _rounded(vectors: Vectors) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Each vector as 127 steps either way of its own length, and the length of a step."""
    scales = np.asarray(np.abs(vectors).max(axis=1, initial=1e-9, keepdims=True) / 127, np.float32)
    return np.rint(vectors / scales).astype(np.int8), scales


def _restored(steps: NDArray[np.int8], scales: NDArray[np.float32]) -> Vectors:
    vectors = steps * scales
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)
