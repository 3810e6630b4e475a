"""Layers of a network computed in whole numbers of eight bits.

A processor multiplies them about twice as fast as floating point (measured; ADR 8).

Method: symmetric quantisation, weights by column, inputs by row (Dettmers et al. 2022, LLM.int8(), section 2.1).
By row, so that the tags of a text do not depend on which other texts are in its batch.
"""

from collections.abc import Iterator
from typing import Any

WEIGHT_TOP = 63
"""Largest weight. Processors without VNNI instructions add two products in sixteen bits, where 2 · 255 · 63 just fits
and 2 · 255 · 127 would be cut off without a word."""
INPUT_TOP = 127
MIDDLE = 128
"""What stands for nought in an input: the processor wants those without a sign."""
CONSTANTS = {"top": INPUT_TOP, "least": 1e-9, "half_up": MIDDLE + 0.5, "one": 1.0}


def in_eight_bits(weights: Any) -> tuple[Any, Any]:
    """Weights, shape (depth, columns), as whole numbers, and what one stands for in each column."""
    import numpy as np

    by_column = np.abs(weights).max(axis=0) / WEIGHT_TOP
    by_column[by_column == 0] = 1
    return np.rint(weights / by_column).astype(np.int8), by_column.astype(np.float32)


def constants() -> Iterator[Any]:
    """What the steps of `rounded_rows` and `multiplied` need in a graph."""
    import numpy as np
    from onnx import numpy_helper

    for name, value in CONSTANTS.items():
        yield numpy_helper.from_array(np.array(value, np.float32), f"8/{name}")
    yield numpy_helper.from_array(np.array([-1]), "8/last")
    yield numpy_helper.from_array(np.array(MIDDLE, np.uint8), "8/middle")


def rounded_rows(source: str) -> Iterator[Any]:
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


def multiplied(source: str, weights: str, by_column: str, target: str) -> Iterator[Any]:
    """An input that was rounded, times whole numbers, as floating point again."""
    from onnx.helper import make_node

    inputs = [f"8/{source}", weights, "8/one", by_column, "8/middle"]
    yield make_node("MatMulIntegerToFloat", inputs, [f"8/{target}"], domain="com.microsoft")
    yield make_node("Mul", [f"8/{target}", f"8/{source}/step"], [target])
