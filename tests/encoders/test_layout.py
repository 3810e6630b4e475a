import json

import pytest

from themes.encoders.layout import layout_of
from themes.errors import ModelError
from tiny_encoders import tiny_onnx, tiny_static, write_tokenizer


def test_a_static_folder_is_known_by_its_settings(tmp_path):
    assert layout_of(tiny_static(tmp_path)).kind == "static"


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ModelError, match="There is no folder"):
        layout_of(tmp_path / "none")


def test_a_folder_without_a_model_says_what_to_put_there(tmp_path):
    write_tokenizer(tmp_path)
    (tmp_path / "config.json").write_text('{"model_type": "mpnet"}', encoding="utf-8")
    with pytest.raises(ModelError, match=r"of the type mpnet\)\. Export it to ONNX"):
        layout_of(tmp_path)


def test_a_folder_without_a_tokenizer_is_refused(tmp_path):
    (tiny_onnx(tmp_path) / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"has no tokenizer\.json"):
        layout_of(tmp_path)


def test_layers_that_need_torch_are_refused_by_name(tmp_path):
    modules = [{"type": "sentence_transformers.models.Transformer"}, {"type": "sentence_transformers.models.Dense"}]
    (tiny_onnx(tmp_path) / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    with pytest.raises(ModelError, match="layer of the kind Dense"):
        layout_of(tmp_path)


def test_a_way_of_pooling_that_is_not_done_here_is_refused(tmp_path):
    (tiny_onnx(tmp_path) / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling/config.json").write_text('{"pooling_mode_lasttoken": true}', encoding="utf-8")
    with pytest.raises(ModelError, match="pooling_mode_lasttoken"):
        layout_of(tmp_path)


def test_settings_that_are_not_json_are_refused_by_name(tmp_path):
    (tiny_onnx(tmp_path) / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match=r"config\.json is not JSON"):
        layout_of(tmp_path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config.json", "[]"),
        ("modules.json", '{"type": "Transformer"}'),
        ("modules.json", '["Transformer"]'),
        ("sentence_bert_config.json", '{"max_seq_length": "many"}'),
        ("config_sentence_transformers.json", "3"),
    ],
)
def test_settings_of_another_form_are_refused_and_not_a_failure(tmp_path, name, content):
    (tiny_onnx(tmp_path) / name).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="as it came"):
        layout_of(tmp_path)


def test_a_default_prompt_that_is_empty_is_none(tmp_path):
    settings = '{"prompts": {"query": null}, "default_prompt_name": "query"}'
    (tiny_onnx(tmp_path) / "config_sentence_transformers.json").write_text(settings, encoding="utf-8")
    assert layout_of(tmp_path).reading.prompt == ""


def test_weights_beside_a_large_model_are_among_what_it_is_known_by(tmp_path):
    (tiny_onnx(tmp_path, place="onnx/model.onnx") / "onnx/model.onnx_data").write_bytes(b"weights")
    assert layout_of(tmp_path).files == ("onnx/model.onnx", "onnx/model.onnx_data", "tokenizer.json")
