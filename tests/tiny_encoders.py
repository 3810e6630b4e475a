"""Encoders of a few kilobytes in a folder: the parity of what a word's letters add up to, and the like. Not clever."""

import json
import string
from pathlib import Path

import numpy as np

TINY_DIMENSIONS = 8
WORDS = ["[UNK]", "[CLS]", "[SEP]", *string.ascii_lowercase, "they", "stopped", "my", "money", "kind", "adviser", "was"]


def table(seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((len(WORDS), TINY_DIMENSIONS)).astype(np.float32)


def write_tokenizer(folder: Path) -> None:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.add_special_tokens(["[UNK]", "[CLS]", "[SEP]"])
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", None, [("[CLS]", 1), ("[SEP]", 2)])
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))


def tiny_onnx(
    folder: Path, *, seed: int = 1, place: str = "model.onnx", output: str = "last_hidden_state", rounds: bool = False
) -> Path:
    """A folder with an ONNX model that looks words up in a table.

    Args:
        rounds: Whether states are rounded by the highest of the batch, as int8 models with dynamic ranges do.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    write_tokenizer(folder)
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])
    mask = helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["texts", "tokens"])
    states = helper.make_tensor_value_info(output, TensorProto.FLOAT, ["texts", "tokens", TINY_DIMENSIONS])
    looked_up = "looked_up" if rounds else output
    nodes = [helper.make_node("Gather", ["table", "input_ids"], [looked_up])]
    if rounds:
        nodes += [
            helper.make_node("DynamicQuantizeLinear", ["looked_up"], ["small", "scale", "zero"]),
            helper.make_node("DequantizeLinear", ["small", "scale", "zero"], [output]),
        ]
    graph = helper.make_graph(nodes, "tiny", [ids, mask], [states], [numpy_helper.from_array(table(seed), "table")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(folder / place))
    return folder


def write_safetensors(file: Path, arrays: dict[str, np.ndarray]) -> None:
    header, body = {}, b""
    for name, array in arrays.items():
        content = array.tobytes()
        kind = {"float32": "F32", "float16": "F16"}[array.dtype.name]
        header[name] = {
            "dtype": kind,
            "shape": list(array.shape),
            "data_offsets": [len(body), len(body) + len(content)],
        }
        body += content
    told = json.dumps(header).encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(len(told).to_bytes(8, "little") + told + body)


def tiny_static(folder: Path) -> Path:
    """A folder as model2vec and sentence-transformers' StaticEmbedding write it."""
    write_tokenizer(folder)
    (folder / "config.json").write_text('{"model_type": "model2vec"}', encoding="utf-8")
    write_safetensors(folder / "model.safetensors", {"embeddings": table()})
    return folder
