"""Texts to vectors by the sentence encoder, all-MiniLM-L6-v2 in int8 (see NOTICE), on one core and without torch.

A vector depends on its text alone: not on the others of the batch, their order or the number of threads.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from themes import models

Vectors = NDArray[np.float32]

DIMENSIONS = 384
LONGEST_TOKENS = 256
"""What a text has beyond so many word pieces is not seen."""
_BATCH_TOKENS = 256
_REMEMBERED = 20_000
_recent: dict[tuple[str, str], Vectors] = {}


def embed(texts: Sequence[str], *, encoder: str = "sentence") -> Vectors:
    """Vectors of meaning, shape (n_texts, 384), float32, each of length one; no texts give shape (0, 384).

    The vectors of the last 20,000 different texts are remembered in the process: the views of a coder ask for the
    same ones.

    Args:
        texts: Any number, empty ones included; equal texts are encoded once.
        encoder: A key of `ENCODERS`.

    Raises:
        ModelError: If a model file is missing or is not the pinned one.
    """
    missing = [text for text in dict.fromkeys(texts) if (encoder, text) not in _recent]
    fresh = dict(zip(missing, ENCODERS[encoder](missing), strict=True)) if missing else {}
    vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
    for row, text in enumerate(texts):
        vectors[row] = fresh[text] if text in fresh else _recent[encoder, text]
    for text in missing[-_REMEMBERED:]:
        _recent[encoder, text] = fresh[text].copy()
    while len(_recent) > _REMEMBERED:
        del _recent[next(iter(_recent))]
    return vectors


def _sentence_vectors(texts: Sequence[str]) -> Vectors:
    tokenizer, session = _loaded()
    encoded = tokenizer.encode_batch(list(texts))
    by_length = sorted(range(len(texts)), key=lambda i: len(encoded[i].ids))
    vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
    for rows in _batches(by_length, [len(e.ids) for e in encoded]):
        ids = np.zeros((len(rows), len(encoded[rows[-1]].ids)), np.int64)
        mask = np.zeros_like(ids)
        for line, row in enumerate(rows):
            ids[line, : len(encoded[row].ids)] = encoded[row].ids
            mask[line, : len(encoded[row].ids)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (states,) = session.run(["last_hidden_state"], inputs)
        means = (states * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        vectors[rows] = means / np.linalg.norm(means, axis=1, keepdims=True)
    return vectors


ENCODERS: dict[str, Callable[[Sequence[str]], Vectors]] = {"sentence": _sentence_vectors}


def _batches(rows: list[int], lengths: list[int]) -> Iterator[list[int]]:
    """Rows, shortest first, in batches of about as many tokens each, so that little is spent on padding."""
    batch: list[int] = []
    for row in rows:
        if batch and (len(batch) + 1) * lengths[row] > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


@cache
def _loaded() -> tuple[Any, Any]:
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    model, tokenizer_file = models.encoder()
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST_TOKENS)
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # many texts at once is the engine's business
    return tokenizer, InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
