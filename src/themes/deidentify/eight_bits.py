"""Rampart's four-bit weights as whole numbers of eight bits.

No processor multiplies four-bit weights: the runtime turns them into floating point again for every batch, and computes
as slowly as if they had never been small. Whole numbers of eight bits it multiplies about twice as fast, of the whole
tagger's time two fifths go (measured; docs/adr/0008-whole-numbers-for-rampart.md).

Method: symmetric quantisation, weights by column, inputs by row (Dettmers et al. 2022, LLM.int8(), section 2.1).
By row, so that the tags of a text do not depend on which other texts are in its batch.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

WEIGHT_TOP = 63
"""Largest weight. Processors without VNNI instructions add two products in sixteen bits, where 2 · 255 · 63 just fits
and 2 · 255 · 127 would be cut off without a word."""
INPUT_TOP = 127
MIDDLE = 128
"""What stands for nought in an input: the processor wants those without a sign."""
FEWEST_COLUMNS = 64
"""Narrower layers stay as they are: there is nothing to gain, and the last one decides on the tags."""
CONSTANTS = {"top": INPUT_TOP, "least": 1e-9, "half_up": MIDDLE + 0.5, "one": 1.0}


def with_whole_numbers(path: Path) -> bytes:
    """The model of a file with every wide layer of four-bit weights (MatMulNBits) computed in whole numbers.

    A model that has no such layer comes back unchanged.

    Args:
        path: An ONNX file.

    Raises:
        Exception: What the ONNX library raises of a file that is no model.
    """
    import numpy as np
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(path)
    graph = model.graph
    stored = {tensor.name: tensor for tensor in graph.initializer}
    made = [numpy_helper.from_array(np.array(value, np.float32), f"8/{name}") for name, value in CONSTANTS.items()]
    made += [
        numpy_helper.from_array(np.array([-1]), "8/last"),
        numpy_helper.from_array(np.array(MIDDLE, np.uint8), "8/middle"),
    ]
    nodes, rounded = [], set()
    for node in graph.node:
        form = {each.name: helper.get_attribute_value(each) for each in node.attribute}
        if node.op_type != "MatMulNBits" or form["bits"] != 4 or form["N"] < FEWEST_COLUMNS or len(node.input) != 3:
            nodes.append(node)
            continue
        source, packed, scales = node.input
        if source not in rounded:
            nodes += _rounded(source)
            rounded.add(source)
        weights, by_column = _eight_bits(
            numpy_helper.to_array(stored[packed]), numpy_helper.to_array(stored[scales]), form["K"]
        )
        made += [numpy_helper.from_array(weights, f"8/{packed}"), numpy_helper.from_array(by_column, f"8/{scales}")]
        nodes += _multiplied(source, f"8/{packed}", f"8/{scales}", node.output[0])
    used = {name for node in nodes for name in node.input}
    kept = [tensor for tensor in (*graph.initializer, *made) if tensor.name in used]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)
    return bytes(model.SerializeToString())


def _eight_bits(packed: Any, scales: Any, depth: int) -> tuple[Any, Any]:
    """Weights in whole numbers, shape (depth, columns), and what one stands for in each column.

    Args:
        packed: Two weights in a byte, the lower half first, 8 for nought; shape (columns, blocks, bytes of a block).
        scales: What one stands for in each block, shape (columns, blocks).
        depth: Rows; the last block may be longer.
    """
    import numpy as np

    columns, blocks, _ = packed.shape
    halves = np.stack([packed & 15, packed >> 4], axis=-1).reshape(columns, blocks, -1)
    weights = (halves.astype(np.float32) - 8) * scales.reshape(columns, blocks, 1)
    weights = weights.reshape(columns, -1)[:, :depth].T
    by_column = np.abs(weights).max(axis=0) / WEIGHT_TOP
    by_column[by_column == 0] = 1
    return np.rint(weights / by_column).astype(np.int8), by_column.astype(np.float32)


def _rounded(source: str) -> Iterator[Any]:
    """Each row of an input as whole numbers from 1 to 255, and what one stands for in it."""
    from onnx import TensorProto
    from onnx.helper import make_node

    yield make_node("Abs", [source], [f"8/{source}/abs"])
    yield make_node("ReduceMax", [f"8/{source}/abs", "8/last"], [f"8/{source}/largest"], keepdims=1)
    yield make_node("Max", [f"8/{source}/largest", "8/least"], [f"8/{source}/span"])
    yield make_node("Div", [f"8/{source}/span", "8/top"], [f"8/{source}/step"])
    yield make_node("Div", ["8/top", f"8/{source}/span"], [f"8/{source}/steps"])
    yield make_node("Mul", [source, f"8/{source}/steps"], [f"8/{source}/scaled"])
    yield make_node("Add", [f"8/{source}/scaled", "8/half_up"], [f"8/{source}/raised"])
    yield make_node(
        "Cast", [f"8/{source}/raised"], [f"8/{source}"], to=TensorProto.UINT8
    )  # cuts off what is after the point


def _multiplied(source: str, weights: str, by_column: str, target: str) -> Iterator[Any]:
    from onnx.helper import make_node

    inputs = [f"8/{source}", weights, "8/one", by_column, "8/middle"]
    yield make_node("MatMulIntegerToFloat", inputs, [f"8/{target}"], domain="com.microsoft")
    yield make_node("Mul", [f"8/{target}", f"8/{source}/step"], [target])
