import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from themes.deidentify.weigh.eight_bits import constants, in_eight_bits, multiplied, rounded_rows

ROWS = np.array([[1.0] * 32, [0.5, -2.0] * 16, [0.0] * 32], dtype=np.float32)
WEIGHTS = np.array([[3.5, -1.0]] * 32, dtype=np.float32)


def product(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The rows times the weights, in whole numbers."""
    whole, by_column = in_eight_bits(weights)
    graph = helper.make_graph(
        [*rounded_rows("x"), *multiplied("x", "whole", "step", "y")],
        "one layer",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 32])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [*constants(), numpy_helper.from_array(whole, "whole"), numpy_helper.from_array(by_column, "step")],
    )
    versions = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=versions, ir_version=9)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"x": rows})[0])


def test_a_layer_gives_what_it_gave() -> None:
    # 0.5 is 31.75 of 127 steps to 2, so that rounding moves the second row by 16 · 3.5 · 0.25 · 2 / 127 at most.
    np.testing.assert_allclose(product(ROWS, WEIGHTS), [[112, -32], [-84, 24], [0, 0]], atol=0.3)


def test_a_row_gives_the_same_beside_any_other() -> None:
    beside = np.concatenate([ROWS[1:2], ROWS[:1] * 1000])
    assert product(ROWS[1:2], WEIGHTS).tolist() == product(beside, WEIGHTS)[:1].tolist()


def test_no_weight_is_so_large_that_an_older_processor_cuts_it_off() -> None:
    whole, by_column = in_eight_bits(np.array([[3.0, 0.0], [-6.0, 0.0]], np.float32))
    assert whole.tolist() == [[32, 0], [-63, 0]]
    assert by_column.tolist() == [np.float32(6 / 63), 1.0]
    assert 2 * 255 * 63 < 2**15
