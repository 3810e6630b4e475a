"""BERT from a folder of sentence-transformers with numpy alone, for encoders that come as weights without ONNX.

Each text goes through by itself: nothing is padded, and no vector can depend on the others. About as fast as ONNX in
float32. Source: Devlin et al. (2019), BERT, NAACL; layer norm after each sum, GELU by the error function.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from themes.encoders.encoder import Vectors, of_length_one
from themes.encoders.layout import Layout
from themes.encoders.onnx_model import open_tokenizer, pooled
from themes.encoders.safetensors import Weights, read_weights
from themes.errors import ModelError

type Floats = NDArray[np.float32]


def bert_encode(layout: Layout) -> tuple[int, Callable[[Sequence[str]], Vectors]]:
    """How many dimensions the vectors of a folder's weights have, and how to encode by them.

    Raises:
        ModelError: If weights are missing, or it is a BERT with something we do not do (relative positions, another
            activation).
    """
    config = json.loads((layout.folder / "config.json").read_text(encoding="utf-8"))
    if config.get("hidden_act") != "gelu" or config.get("position_embedding_type", "absolute") != "absolute":
        raise ModelError(f"The encoder {layout.folder} is an unusual BERT. Export it to ONNX.")
    weights = {name.removeprefix("bert."): array for name, array in read_weights(layout.folder / layout.model).items()}
    tokenizer = open_tokenizer(layout.folder / layout.tokenizer, layout.reading.longest_tokens)
    dimensions = int(config["hidden_size"])

    def encode(texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), dimensions), np.float32)
        for row, text in enumerate(texts):
            states = _states(tokenizer.encode(layout.reading.prompt + text).ids or [0], weights, config)[None]
            vectors[row] = pooled(states, np.ones(states.shape[:2], np.int64), layout.reading.pooling)[0]
        return of_length_one(vectors)

    try:
        encode(["a text"])
    except KeyError as missing:
        raise ModelError(f"The encoder {layout.folder} lacks the weights {missing}. Put it back as it came.") from None
    return dimensions, encode


def _states(ids: list[int], weights: Weights, config: dict[str, Any]) -> Floats:
    """The states of a text's tokens after the last layer, shape (n_tokens, n_dims)."""
    tiny = float(config.get("layer_norm_eps", 1e-12))
    heads = int(config["num_attention_heads"])

    def dense(states: Floats, name: str) -> Floats:
        return states @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def normed(states: Floats, name: str) -> Floats:
        shifted = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt((shifted**2).mean(axis=-1, keepdims=True) + np.float32(tiny))
        return np.asarray(shifted / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"], np.float32)

    words, positions, kinds = (weights[f"embeddings.{n}_embeddings.weight"] for n in ("word", "position", "token_type"))
    states = normed(words[ids] + positions[: len(ids)] + kinds[0], "embeddings.LayerNorm")
    for number in range(int(config["num_hidden_layers"])):
        layer = f"encoder.layer.{number}"
        query, key, value = (
            dense(states, f"{layer}.attention.self.{part}").reshape(len(ids), heads, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        told = _attended(query, key, value).transpose(1, 0, 2).reshape(len(ids), -1)
        states = normed(states + dense(told, f"{layer}.attention.output.dense"), f"{layer}.attention.output.LayerNorm")
        wide = _gelu(dense(states, f"{layer}.intermediate.dense"))
        states = normed(states + dense(wide, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
    return states


def _attended(query: Floats, key: Floats, value: Floats) -> Floats:
    """Each of shape (n_heads, n_tokens, n_dims of a head)."""
    scores = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(query.shape[-1]))
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=-1, keepdims=True) @ value, np.float32)


def _gelu(states: Floats) -> Floats:
    from scipy.special import erf

    return np.asarray(states * (1 + erf(states / np.float32(np.sqrt(2)))) / 2, np.float32)
