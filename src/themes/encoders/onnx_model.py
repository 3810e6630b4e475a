"""Transformers in ONNX, on one core and without torch: the packaged MiniLM in int8, or any other of a local folder."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from themes.encoders.encoder import Vectors, of_length_one
from themes.encoders.layout import Reading
from themes.errors import ModelError

_BATCH_TOKENS = 256
"""So few that a batch stays in the processor's cache."""
_KNOWN_INPUTS = {"input_ids", "attention_mask", "token_type_ids"}


class OnnxModel:
    """A model and its tokenizer, ready to encode."""

    def __init__(self, model: Path, tokenizer_file: Path, reading: Reading, *, inner: str = "") -> None:
        """Open them.

        Args:
            model: A file that takes `input_ids` and gives a state for each token, or a vector for each text.
            tokenizer_file: A tokenizer.json.
            reading: How the tokens' states become one vector.
            inner: The name of an inner layer's states, for `encode_with_inner`.

        Raises:
            ModelError: If the model asks for something else, or gives nothing of the kind.
        """
        self.reading = reading
        self._model = model
        self.tokenizer = open_tokenizer(tokenizer_file, reading.longest_tokens)
        self._session = _session(_giving(model, inner) if inner else str(model), model)
        self._types = {each.name: each.type for each in self._session.get_inputs()}
        if "input_ids" not in self._types or not set(self._types) <= _KNOWN_INPUTS:
            raise ModelError(
                f"The model {model} takes {', '.join(sorted(self._types))}; an encoder of texts takes input_ids, "
                f"attention_mask and token_type_ids. Name a folder with another model."
            )
        self._outputs = [_output(self._session, model), *([inner] if inner else [])]
        self._batch_tokens = 1 if _rounds_by_the_batch(model) else _BATCH_TOKENS
        one = np.ones((1, 1), np.int64)
        self.dimensions = int(self._run(one, one)[0].shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts, shape (n_texts, n_dims)."""
        return self.encode_pieces(self._pieces(texts))

    def encode_with_inner(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts and, after each, that of the inner layer: shape (n_texts, 2 · n_dims)."""
        return np.hstack([of_length_one(vectors) for vectors in self._states(self._pieces(texts))])

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        return [each.ids for each in self.tokenizer.encode_batch([self.reading.prompt + text for text in texts])]

    def encode_pieces(self, numbers: Sequence[Sequence[int]]) -> Vectors:
        """The vectors of texts taken apart already, by the numbers of their pieces, special ones included.

        They are sorted by length and go through the model in batches of about as many pieces each. A model that rounds
        by what else is in the batch (int8 with ranges found on the way) gets them one at a time.
        """
        return of_length_one(self._states(numbers)[0])

    def _states(self, numbers: Sequence[Sequence[int]]) -> list[Vectors]:
        """Of each output, shape (n_texts, n_dims)."""
        by_length = sorted(range(len(numbers)), key=lambda row: len(numbers[row]))
        given = [np.zeros((len(numbers), self.dimensions), np.float32) for _ in self._outputs]
        for rows in _batches(by_length, [len(ids) for ids in numbers], self._batch_tokens):
            ids = np.zeros((len(rows), max(1, len(numbers[rows[-1]]))), np.int64)
            mask = np.zeros_like(ids)
            for line, row in enumerate(rows):
                ids[line, : len(numbers[row])] = numbers[row]
                # A text of no piece, where none stand around it either, is what padding is: nothing has no vector.
                mask[line, : max(1, len(numbers[row]))] = 1
            for vectors, found in zip(given, self._run(ids, mask), strict=True):
                vectors[rows] = found
        return given

    def _run(self, ids: Any, mask: Any) -> list[Vectors]:
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        types = self._types
        wanted = {name: given[name].astype(np.int32 if "int32" in types[name] else np.int64) for name in types}
        try:
            found = self._session.run(self._outputs, wanted)
        except Exception as trouble:  # as at opening; most often the tokenizer knows words that the model does not
            raise ModelError(
                f"The model {self._model} fails on a text ({type(trouble).__name__}). Is the tokenizer its own?"
            ) from None
        return [pooled(states, mask, self.reading.pooling) for states in found]


def open_tokenizer(file: Path, longest_tokens: int | None) -> Any:
    """The tokenizer of a model, without padding, its texts cut after so many tokens.

    Raises:
        ModelError: If the file is not a tokenizer's.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as trouble:  # the library raises plain Exception
        raise ModelError(f"{file} is not a tokenizer that can be read ({type(trouble).__name__}).") from None
    tokenizer.no_padding()
    if longest_tokens is None:
        tokenizer.no_truncation()
    else:
        tokenizer.enable_truncation(longest_tokens)
    return tokenizer


def pooled(states: Any, mask: Any, pooling: str) -> Vectors:
    """One vector a text, shape (n_texts, n_dims), from the states of its tokens, (n_texts, n_tokens, n_dims).

    A model that gives one vector a text already, shape (n_texts, n_dims), is taken at its word.
    """
    if states.ndim == 2:
        return np.asarray(states, np.float32)
    if pooling == "cls":
        return np.asarray(states[:, 0], np.float32)
    if pooling == "max":
        return np.asarray(np.where(mask[..., None] == 1, states, -np.inf).max(axis=1), np.float32)
    return np.asarray((states * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True), np.float32)


def _giving(model: Path, inner: str) -> bytes:
    """The model's content, changed so that it gives the inner states too."""
    import onnx

    content = onnx.load(str(model))
    content.graph.output.append(onnx.helper.make_tensor_value_info(inner, onnx.TensorProto.FLOAT, None))
    return bytes(content.SerializeToString())


def _session(content: str | bytes, model: Path) -> Any:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # many texts at once is the engine's business
    options.log_severity_level = 3
    try:
        return InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as trouble:  # onnxruntime has a class of error for each of its states
        raise ModelError(
            f"The model {model} cannot be opened by onnxruntime ({type(trouble).__name__}). Export it to ONNX again."
        ) from None


def _output(session: Any, model: Path) -> str:
    """The output to ask for: a whole text's vector if there is one, else the states of its tokens."""
    shapes = {each.name: each.shape for each in session.get_outputs()}
    if "sentence_embedding" in shapes:
        return "sentence_embedding"
    for name, shape in shapes.items():
        if shape is not None and len(shape) == 3:
            return str(name)
    raise ModelError(
        f"The model {model} gives {', '.join(shapes)}, none of which are the states of tokens. Export the encoder "
        f"alone, for the task of feature extraction."
    )


def _rounds_by_the_batch(model: Path) -> bool:
    """Whether the model takes the range of its activations from all texts of a batch together."""
    import onnx

    graph = onnx.load(str(model), load_external_data=False)
    return any(node.op_type == "DynamicQuantizeLinear" for node in graph.graph.node)


def _batches(rows: list[int], lengths: list[int], most_tokens: int) -> Iterator[list[int]]:
    """Rows, shortest first, in batches of about as many tokens each, so that little is spent on padding."""
    batch: list[int] = []
    for row in rows:
        if batch and (len(batch) + 1) * lengths[row] > most_tokens:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch
