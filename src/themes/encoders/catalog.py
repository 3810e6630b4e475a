"""The encoders by name, and any other by its folder."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from themes import models
from themes.encoders.encoder import Encoder
from themes.encoders.layout import Layout, Reading, layout_of
from themes.encoders.onnx_model import OnnxModel, open_tokenizer
from themes.settings import cache_folder

SENTENCE, STATIC = "sentence", "static"
_EXCERPTS = Path(__file__).parents[1] / "codebooks" / "back-to-work"


@cache
def identity_of(encoder: str) -> str:
    """SHA-256 over all that decides an encoder's vectors, found without loading it.

    Args:
        encoder: "sentence", "static", or a folder.

    Raises:
        ModelError: If a folder holds no encoder that can be used.
    """
    if encoder == SENTENCE:
        return models.PINNED["encoder"]
    if encoder == STATIC:
        from themes.encoders.static import RECIPE

        made_from = sha256("\n".join(_ordinary_texts()).encode()).hexdigest()
        return sha256(f"{RECIPE} of {models.PINNED['encoder']} and {made_from}".encode()).hexdigest()
    layout = layout_of(Path(encoder))
    return models.folder_hash(layout.folder, layout.files)


@cache
def opened(encoder: str) -> Encoder:
    """An encoder, loaded once in a process.

    Args:
        encoder: "sentence", "static", or a folder.

    Raises:
        ModelError: If a model is missing or not the pinned one, or a folder holds none that can be used.
    """
    return ENCODERS[encoder]() if encoder in ENCODERS else _of_folder(layout_of(Path(encoder)), identity_of(encoder))


def _sentence() -> Encoder:
    model = _packaged()
    return Encoder(identity_of(SENTENCE), model.dimensions, model.encode_with_inner, inner=True)


_INNER = "layer_norm_8"
"""What the packaged model's fourth layer of six gives: it still holds who did what to whom, and what was denied, where
the last has kept what a text is about. Chosen by cross-validation."""


@cache
def _packaged() -> OnnxModel:
    return OnnxModel(*models.encoder(), Reading(), inner=_INNER)


def _static() -> Encoder:
    from themes.encoders.static import RECIPE, distil, load_table, save_table, static_encode

    tokenizer = open_tokenizer(models.encoder()[1], None)
    identity = identity_of(STATIC)
    file = cache_folder() / f"{RECIPE.replace(' ', '-')}-{identity[:16]}.npz"
    table = load_table(file, tokenizer.get_vocab_size())
    if table is None:
        table = distil(_packaged(), tokenizer, _ordinary_texts())
        save_table(table, file)
    encode = static_encode(table, tokenizer, by_words=True)
    return Encoder(identity, table.shape[1], encode, worth_keeping=False)


@cache
def _ordinary_texts() -> tuple[str, ...]:
    """The invented excerpts that come with the program; their codes are not looked at."""
    lines = [line for file in sorted(_EXCERPTS.glob("labelled*.jsonl")) for line in file.open(encoding="utf-8")]
    return tuple(str(json.loads(line)["text"]) for line in lines if line.strip())


def _of_folder(layout: Layout, identity: str) -> Encoder:
    model, tokenizer_file = layout.folder / layout.model, layout.folder / layout.tokenizer
    if layout.kind == "onnx":
        onnx = OnnxModel(model, tokenizer_file, layout.reading)
        return Encoder(identity, onnx.dimensions, onnx.encode)
    if layout.kind == "bert":
        from themes.encoders.bert import bert_encode

        return Encoder(identity, *bert_encode(layout))
    from themes.encoders.static import static_encode, table_of

    table = table_of(model)
    tokenizer = open_tokenizer(tokenizer_file, None)
    return Encoder(identity, table.shape[1], static_encode(table, tokenizer, by_words=False), worth_keeping=False)


ENCODERS: Mapping[str, Callable[[], Encoder]] = {SENTENCE: _sentence, STATIC: _static}
