import json

import numpy as np
import pytest

from themes.encoders.layout import Reading, layout_of
from themes.encoders.onnx_model import OnnxModel, pooled
from themes.errors import ModelError
from tiny_encoders import TINY_DIMENSIONS, WORDS, table, tiny_onnx

STATES = np.array([[[1.0, 4.0], [3.0, 0.0], [9.0, 9.0]]])
MASK = np.array([[1, 1, 0]])


@pytest.mark.parametrize(("pooling", "vector"), [("mean", [2, 2]), ("cls", [1, 4]), ("max", [3, 4])])
def test_states_are_pooled_without_the_padding(pooling, vector):
    np.testing.assert_array_equal(pooled(STATES, MASK, pooling), [vector])


def test_a_vector_of_the_whole_text_is_taken_as_it_is():
    np.testing.assert_array_equal(pooled(np.array([[1.0, 2.0]]), MASK, "mean"), [[1, 2]])


def opened(folder, **reading) -> OnnxModel:
    return OnnxModel(folder / "model.onnx", folder / "tokenizer.json", Reading(**reading))


def test_the_mean_of_the_tokens_is_the_vector_of_a_text(tmp_path):
    model = opened(tiny_onnx(tmp_path))
    rows = table()[[WORDS.index(word) for word in ("[CLS]", "kind", "adviser", "[SEP]")]]
    expected = rows.mean(axis=0) / np.linalg.norm(rows.mean(axis=0))
    assert model.dimensions == TINY_DIMENSIONS
    np.testing.assert_allclose(model.encode(["Kind adviser"]), [expected], atol=1e-6)


def test_a_prompt_stands_before_each_text_and_the_end_of_long_ones_is_not_seen(tmp_path):
    plain, prompted = opened(tiny_onnx(tmp_path)), opened(tmp_path, prompt="my ", longest_tokens=4)
    np.testing.assert_array_equal(prompted.encode(["money was a b c"]), plain.encode(["my money"]))


@pytest.mark.parametrize("rounds", [False, True])
def test_a_vector_depends_on_its_text_alone_even_where_the_model_rounds_by_the_batch(tmp_path, rounds):
    model = opened(tiny_onnx(tmp_path, rounds=rounds))
    texts = ["kind", "they stopped my money", "a b c d e f g h i j k l m n o p", "", "x y z", "adviser was kind"] * 20
    together = model.encode(texts)
    np.testing.assert_array_equal(np.vstack([model.encode([text]) for text in texts]), together)


def without_special_pieces(folder):
    file = folder / "tokenizer.json"
    told = json.loads(file.read_text(encoding="utf-8")) | {"post_processor": None}
    file.write_text(json.dumps(told), encoding="utf-8")
    return folder


@pytest.mark.parametrize("pooling", ["mean", "cls", "max"])
def test_a_text_of_no_pieces_has_a_vector_of_length_one_too(tmp_path, pooling):
    vectors = opened(without_special_pieces(tiny_onnx(tmp_path)), pooling=pooling).encode(["", "kind", " "])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_tokenizer_of_another_model_is_refused_when_it_shows(tmp_path):
    tiny_onnx(tmp_path)
    file = tmp_path / "tokenizer.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    told["model"]["vocab"]["kind"] = 9_999
    file.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(ModelError, match="Is the tokenizer its own"):
        opened(tmp_path).encode(["kind"])


def test_a_model_that_is_no_encoder_is_refused_by_what_it_gives(tmp_path):
    import onnx
    from onnx import TensorProto, helper

    tiny_onnx(tmp_path)
    given = helper.make_tensor_value_info("pixels", TensorProto.FLOAT, [1])
    told = helper.make_tensor_value_info("label", TensorProto.FLOAT, [1])
    graph = helper.make_graph([helper.make_node("Identity", ["pixels"], ["label"])], "picture", [given], [told])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, str(tmp_path / "model.onnx"))
    with pytest.raises(ModelError, match="takes pixels; an encoder of texts takes input_ids"):
        opened(tmp_path)


def test_a_damaged_model_and_a_damaged_tokenizer_are_refused(tmp_path):
    tiny_onnx(tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="cannot be opened by onnxruntime"):
        opened(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="not a tokenizer"):
        opened(tmp_path)


def test_the_layout_of_an_onnx_folder_is_read_with_its_settings(tmp_path):
    tiny_onnx(tmp_path, place="onnx/model.onnx")
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling/config.json").write_text('{"pooling_mode_cls_token": true, "x": 1}', encoding="utf-8")
    (tmp_path / "sentence_bert_config.json").write_text('{"max_seq_length": 128}', encoding="utf-8")
    (tmp_path / "config_sentence_transformers.json").write_text(
        '{"prompts": {"query": "query: "}, "default_prompt_name": "query"}', encoding="utf-8"
    )
    layout = layout_of(tmp_path)
    assert (layout.kind, layout.model, layout.reading) == ("onnx", "onnx/model.onnx", Reading("cls", 128, "query: "))
    assert layout.files == (
        "1_Pooling/config.json",
        "config_sentence_transformers.json",
        "onnx/model.onnx",
        "sentence_bert_config.json",
        "tokenizer.json",
    )
