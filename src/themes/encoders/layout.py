"""What a folder with an encoder holds, and how its vectors are read: ONNX, sentence-transformers, model2vec.

The packaged encoder is read the same way, so that a folder with its files gives its vectors.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from themes.errors import ModelError

ONNX_FILES = ("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
"""Where tools that export to ONNX put the model; the first that is there is taken."""
_POOLINGS = {
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_mean_sqrt_len_tokens": "mean",  # the same once it is of length one
    "pooling_mode_cls_token": "cls",
    "pooling_mode_max_tokens": "max",
}
_MODULES = {"Transformer", "Pooling", "Normalize", "StaticEmbedding"}


@dataclass(frozen=True)
class Reading:
    """How the states of a text's tokens become its vector."""

    pooling: str = "mean"
    """"mean" over the tokens, "cls" (the first token's), or "max"."""
    longest_tokens: int = 256
    """What a text has beyond so many tokens is not seen."""
    prompt: str = ""
    """Put before each text, as models are that were trained with "query: "."""


@dataclass(frozen=True)
class Layout:
    """The files of an encoder's folder that decide its vectors."""

    folder: Path
    kind: str
    """"onnx", "static" (one vector a token), or "bert" (weights in safetensors)."""
    model: str
    tokenizer: str
    settings: tuple[str, ...]
    """And what stands beside a model too large for one file ("model.onnx_data")."""
    reading: Reading

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(sorted({self.model, self.tokenizer, *self.settings}))


def layout_of(folder: Path) -> Layout:
    """What a folder holds.

    Raises:
        ModelError: If there is no such folder, or no encoder in it that runs without torch.
    """
    if not folder.is_dir():
        raise ModelError(f"There is no folder {folder} with an encoder. Correct `encoder`.")
    read: list[str] = []

    def json_of(name: str, *, is_list: bool = False) -> Any:
        if not (folder / name).is_file():
            return [] if is_list else {}
        read.append(name)
        try:
            held = json.loads((folder / name).read_text(encoding="utf-8"))
        except ValueError:
            raise ModelError(f"{folder / name} is not JSON. Put the encoder's folder back as it came.") from None
        tables = held if is_list and isinstance(held, list) else [held]
        if is_list != isinstance(held, list) or not all(isinstance(each, dict) for each in tables):
            raise ModelError(f"{folder / name} is not of its form. Put the encoder's folder back as it came.")
        return held

    modules = [
        (str(module.get("type", "")).rsplit(".", maxsplit=1)[-1], str(module.get("path", "")))
        for module in json_of("modules.json", is_list=True)
    ]
    if strange := [kind for kind, _ in modules if kind not in _MODULES]:
        raise ModelError(
            f"The encoder {folder} has a layer of the kind {strange[0]}, which needs torch. Choose one that has "
            f"{', '.join(sorted(_MODULES))} alone."
        )
    paths = dict(modules)
    config = json_of("config.json")
    kind, model = _model_of(folder, paths, config)
    tokenizer = _first(folder, _within(paths.get("StaticEmbedding"), "tokenizer.json"), "tokenizer.json")
    if tokenizer is None:
        raise ModelError(f"The encoder {folder} has no tokenizer.json. Save its tokenizer in that form beside it.")
    pooling = _pooling(folder, json_of(_within(paths.get("Pooling", "1_Pooling"), "config.json")))
    longest = _tokens(folder, json_of("sentence_bert_config.json"), "max_seq_length", Reading().longest_tokens)
    most = _tokens(folder, config, "max_position_embeddings", 512)
    prompts = json_of("config_sentence_transformers.json")
    named = prompts.get("prompts")
    prompt = named.get(prompts.get("default_prompt_name") or "") if isinstance(named, dict) else ""
    beside = folder.glob(f"{model}[._]*") if kind == "onnx" else ()
    read += [each.relative_to(folder).as_posix() for each in beside if each.is_file()]
    return Layout(folder, kind, model, tokenizer, tuple(read), Reading(pooling, min(longest, most), prompt or ""))


def _model_of(folder: Path, paths: dict[str, str], config: dict[str, Any]) -> tuple[str, str]:
    """The kind of model and its file, the quickest to run first."""
    if "StaticEmbedding" in paths or config.get("model_type") == "model2vec":
        table = _first(folder, _within(paths.get("StaticEmbedding"), "model.safetensors"), "model.safetensors")
        if table is not None:
            return "static", table
    if (onnx := _first(folder, *ONNX_FILES)) is not None:
        return "onnx", onnx
    if (folder / "model.safetensors").is_file() and config.get("model_type") == "bert":
        return "bert", "model.safetensors"
    named = config.get("model_type", "unknown")
    why = "" if named == "bert" else f" of the type bert (it is of the type {named})"
    raise ModelError(
        f"The encoder {folder} has none of {', '.join(ONNX_FILES)}, nor a model.safetensors{why}. Export it to ONNX "
        f"and put the file there as model.onnx."
    )


def _pooling(folder: Path, settings: dict[str, Any]) -> str:
    chosen = {name for name, value in settings.items() if name.startswith("pooling_mode") and value is True}
    if named := settings.get("pooling_mode"):
        chosen.add(f"pooling_mode_{named}_token{'' if named == 'cls' else 's'}")
    if not chosen:
        return "mean"
    if len(chosen) > 1 or not chosen <= _POOLINGS.keys():
        raise ModelError(
            f"The encoder {folder} joins the states of tokens by {', '.join(sorted(chosen))}; here it can be the mean, "
            f"the first token or the highest. Choose another encoder."
        )
    return _POOLINGS[chosen.pop()]


def _tokens(folder: Path, settings: dict[str, Any], name: str, usual: int) -> int:
    held = settings.get(name) or usual
    if not isinstance(held, int) or held < 1:
        raise ModelError(f"The encoder {folder} has a '{name}' that is no number of tokens. Put it back as it came.")
    return held


def _within(path: str | None, name: str) -> str:
    return f"{path}/{name}" if path else name


def _first(folder: Path, *names: str) -> str | None:
    return next((name for name in names if (folder / name).is_file()), None)
