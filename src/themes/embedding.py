"""Texts to vectors by the encoder in use: the packaged MiniLM, or whatever a corpus names. The one way to encoders.

A vector depends on its text and the encoder alone: not on the others of the batch, their order, the number of threads,
or on whether it was kept from before.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, wraps

import numpy as np

from themes.encoders.catalog import SENTENCE, identity_of, opened
from themes.encoders.encoder import Encoder, Vectors
from themes.encoders.kept import KeptVectors
from themes.errors import ModelError

__all__ = ["Vectors", "embed", "embed_inner", "encoder_identity", "encoding_by", "per_encoder"]

_REMEMBERED_BYTES = 256_000_000
"""Of vectors: 80,000 texts' of 384 dimensions and as many of an inner layer."""
_KEPT_AT_ONCE = 2_000
"""So many are encoded before they are kept: whoever stops a long run has not waited for nothing."""
_recent: dict[tuple[str, str], Vectors] = {}


@dataclass(frozen=True)
class _InUse:
    encoder: str = SENTENCE
    kept: KeptVectors | None = None


_PACKAGED = _InUse()
_in_use: ContextVar[_InUse] = ContextVar("encoder in use", default=_PACKAGED)


@contextmanager
def encoding_by(encoder: str, *, kept: KeptVectors | None = None) -> Iterator[None]:
    """Within the block, `embed` uses this encoder.

    Args:
        encoder: "sentence", "static", or a folder.
        kept: Where vectors are kept from run to run; None: nowhere. A static encoder's are not: they are made faster
            than they are read.
    """
    token = _in_use.set(_InUse(encoder, kept))
    try:
        yield
    finally:
        _in_use.reset(token)


def encoder_identity(encoder: str | None = None) -> str:
    """SHA-256 over all that decides the vectors of an encoder, by default of the one in use. Loads no model.

    Raises:
        ModelError: If a folder holds no encoder that can be used.
    """
    return identity_of(encoder or _in_use.get().encoder)


def embed(texts: Sequence[str], *, encoder: str | None = None) -> Vectors:
    """Vectors of meaning, shape (n_texts, n_dims), float32, each of length one; no texts give shape (0, n_dims).

    The last vectors are remembered in the process, 80,000 of the packaged encoder: the views of a coder ask for the
    same ones. Whoever has more texts than that does well to go through them some thousands at a time.

    Args:
        texts: Any number, empty ones included; equal texts are encoded once.
        encoder: "sentence", "static" or a folder; default: the one in use. Weights that were learned from one
            encoder's vectors name it.

    Raises:
        ModelError: If a model is missing, is not the pinned one, or is none that can be used.
    """
    vectors, chosen = _encoded(texts, encoder)
    return np.ascontiguousarray(vectors[:, : chosen.dimensions])


def embed_inner(texts: Sequence[str], *, encoder: str | None = None) -> Vectors:
    """Vectors of an inner layer of an encoder, as `embed` gives those of meaning, and found with them.

    They tell more of how something is said: who did it to whom, whether it was denied. An encoder without them gives
    those of meaning.
    """
    vectors, chosen = _encoded(texts, encoder)
    return np.ascontiguousarray(vectors[:, chosen.dimensions :]) if chosen.inner else vectors


def _encoded(texts: Sequence[str], encoder: str | None) -> tuple[Vectors, Encoder]:
    """All that the encoder gives of each text, and the encoder."""
    chosen = opened(encoder or _in_use.get().encoder)
    identity = f"{chosen.identity} with inner" if chosen.inner else chosen.identity
    kept = _in_use.get().kept if chosen.worth_keeping else None
    missing = [text for text in dict.fromkeys(texts) if (identity, text) not in _recent]
    fresh = kept.find(identity, missing) if kept and missing else {}
    unknown = [text for text in missing if text not in fresh]
    for start in range(0, len(unknown), _KEPT_AT_ONCE):
        some = unknown[start : start + _KEPT_AT_ONCE]
        found = chosen.encode(some)
        if not np.isfinite(found).all():
            raise ModelError("The encoder gives vectors that are no numbers. Put its folder back, or choose another.")
        encoded = dict(zip(some, found, strict=True))
        if kept:
            kept.keep(identity, encoded)
        fresh |= encoded
    width = chosen.dimensions * (2 if chosen.inner else 1)
    vectors = np.zeros((len(texts), width), np.float32)
    for row, text in enumerate(texts):
        vectors[row] = fresh[text] if text in fresh else _recent[identity, text]
    most = max(1, _REMEMBERED_BYTES // (4 * width))
    for text in missing[-most:]:
        _recent[identity, text] = fresh[text].copy()
    while len(_recent) > most:
        del _recent[next(iter(_recent))]
    return vectors, chosen


def per_encoder[*A, R](maxsize: int) -> Callable[[Callable[[*A], R]], Callable[[*A], R]]:
    """Remember what a function of hashable arguments gave, for each encoder apart: its result holds vectors."""

    def decorate(function: Callable[[*A], R]) -> Callable[[*A], R]:
        @lru_cache(maxsize=maxsize)
        def remembered(_identity: str, *args: *A) -> R:
            return function(*args)

        @wraps(function)
        def wrapped(*args: *A) -> R:
            return remembered(encoder_identity(), *args)

        return wrapped

    return decorate
