from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from themes.deidentify.eight_bits import with_whole_numbers

ROWS = np.array([[1.0] * 32, [0.5, -2.0] * 16, [0.0] * 32], dtype=np.float32)
# Even columns hold weights of 7 · 0.5, odd ones of -4 · 0.25.
PACKED = np.array([[[0xFF] * 16], [[0x44] * 16]] * 32, dtype=np.uint8)
SCALES = np.array([[0.5], [0.25]] * 32, dtype=np.float32)


def a_model(path: Path, *, columns: int = 64) -> Path:
    form = {"K": 32, "N": columns, "bits": 4, "block_size": 32}
    layer = helper.make_node("MatMulNBits", ["x", "packed", "scales"], ["y"], domain="com.microsoft", **form)
    graph = helper.make_graph(
        [layer],
        "one layer",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 32])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, columns])],
        [numpy_helper.from_array(PACKED[:columns], "packed"), numpy_helper.from_array(SCALES[:columns], "scales")],
    )
    versions = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    onnx.save(helper.make_model(graph, opset_imports=versions, ir_version=10), path)
    return path


def answer(model: bytes, rows: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"x": rows})[0])


def test_a_layer_gives_what_it_gave(tmp_path: Path) -> None:
    given = a_model(tmp_path / "model.onnx")
    assert answer(given.read_bytes(), ROWS)[:, :2].tolist() == [[112, -32], [-84, 24], [0, 0]]
    # 0.5 is 31.75 of 127 steps to 2, so that rounding moves the second row by 16 · 3.5 · 0.25 · 2 / 127 at most.
    np.testing.assert_allclose(answer(with_whole_numbers(given), ROWS), answer(given.read_bytes(), ROWS), atol=0.3)


def test_a_row_gives_the_same_beside_any_other(tmp_path: Path) -> None:
    model = with_whole_numbers(a_model(tmp_path / "model.onnx"))
    beside = np.concatenate([ROWS[1:2], ROWS[:1] * 1000])
    assert answer(model, ROWS[1:2]).tolist() == answer(model, beside)[:1].tolist()


def test_no_weight_is_so_large_that_an_older_processor_cuts_it_off(tmp_path: Path) -> None:
    model = onnx.load_from_string(with_whole_numbers(a_model(tmp_path / "model.onnx")))
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    weights = next(array for array in stored.values() if array.dtype == np.int8)
    assert weights.shape == (32, 64)
    assert (weights.min(), weights.max()) == (-63, 63)
    assert 2 * 255 * 63 < 2**15


def test_a_narrow_layer_stays_as_it_is(tmp_path: Path) -> None:
    given = a_model(tmp_path / "model.onnx", columns=8)
    changed = onnx.load_from_string(with_whole_numbers(given))
    assert [node.op_type for node in changed.graph.node] == ["MatMulNBits"]
