"""The network of our own tagger, written as an ONNX graph: BERT's encoder in whole numbers, and a score per family.

Written here rather than exported, so that every wide product is of whole numbers (eight_bits.py), queries, keys and
values are one product, and the runtime's own steps for attention and for sums that are normed are used.

Source: Devlin et al. (2019), BERT, NAACL; the steps are ONNX's, and those of onnxruntime ("com.microsoft") where they
do several at once.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from themes.deidentify.weigh.eight_bits import constants, multiplied, rounded_rows

HEADS = 12
TINY = 1e-12
WIDE = ("together", "attended", "wider", "narrower")
"""The products of a layer that are computed in whole numbers: queries, keys and values side by side; what was attended
to; the two of the feed-forward part."""

type Arrays = Mapping[str, Any]


def graph_of(arrays: Arrays) -> bytes:
    """The model as an ONNX file: takes `states` (n_texts, n_pieces, 384) and `mask` (n_texts, n_pieces), 1 where there
    is a piece; gives `odds`, shape (n_texts, n_pieces, n_families).

    Args:
        arrays: For each layer, as "3 wider", the whole numbers of each of WIDE, "3 wider step", what one stands for in
            each column, and "3 wider bias"; "3 attended norm" and "3 narrower norm", scale and shift in two rows;
            "first norm"; "odds" and "odds bias".
    """
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    layers = 1 + max(int(name.split()[0]) for name in arrays if name[0].isdigit())
    nodes = [_normed("states", "first norm", "0 in")]
    for layer in range(layers):
        nodes += _layer(layer)
    nodes += [
        helper.make_node("MatMul", [f"{layers} in", "odds matrix"], ["unshifted"]),
        helper.make_node("Add", ["unshifted", "odds bias"], ["odds"]),
    ]
    stored = [*constants()]
    for name, array in arrays.items():
        if name.endswith("norm"):
            stored += [numpy_helper.from_array(array[row], f"{name} {row}") for row in (0, 1)]
        else:
            stored.append(numpy_helper.from_array(np.asarray(array), "odds matrix" if name == "odds" else name))
    graph = helper.make_graph(
        nodes,
        "own tagger",
        [
            helper.make_tensor_value_info("states", TensorProto.FLOAT, ["texts", "pieces", 384]),
            helper.make_tensor_value_info("mask", TensorProto.INT32, ["texts", "pieces"]),
        ],
        [helper.make_tensor_value_info("odds", TensorProto.FLOAT, ["texts", "pieces", None])],
        stored,
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return bytes(helper.make_model(graph, opset_imports=opsets, ir_version=9).SerializeToString())


def _layer(layer: int) -> Iterator[Any]:
    from onnx.helper import make_node

    def name(part: str) -> str:
        return f"{layer} {part}"

    yield from rounded_rows(name("in"))
    yield from multiplied(name("in"), name("together"), name("together step"), name("side by side"))
    yield make_node("Split", [name("side by side")], [name("q"), name("k"), name("v")], axis=-1, num_outputs=3)
    yield make_node(
        "MultiHeadAttention",
        [name("q"), name("k"), name("v"), name("together bias"), "mask"],
        [name("heeded")],
        domain="com.microsoft",
        num_heads=HEADS,
    )
    yield from rounded_rows(name("heeded"))
    yield from multiplied(name("heeded"), name("attended"), name("attended step"), name("told"))
    yield _added(name("in"), name("told"), name("attended"), name("between"))
    yield from rounded_rows(name("between"))
    yield from multiplied(name("between"), name("wider"), name("wider step"), name("wide"))
    yield make_node("BiasGelu", [name("wide"), name("wider bias")], [name("bent")], domain="com.microsoft")
    yield from rounded_rows(name("bent"))
    yield from multiplied(name("bent"), name("narrower"), name("narrower step"), name("narrow"))
    yield _added(name("between"), name("narrow"), name("narrower"), f"{layer + 1} in")


def _normed(source: str, norm: str, target: str) -> Any:
    from onnx.helper import make_node

    return make_node("LayerNormalization", [source, f"{norm} 0", f"{norm} 1"], [target], axis=-1, epsilon=TINY)


def _added(first: str, second: str, part: str, target: str) -> Any:
    """Two states and a bias added up and normed."""
    from onnx.helper import make_node

    inputs = [first, second, f"{part} norm 0", f"{part} norm 1", f"{part} bias"]
    return make_node("SkipLayerNormalization", inputs, [target], domain="com.microsoft", epsilon=TINY)
