import numpy as np
import pytest

from themes import models
from themes.embedding import embed
from themes.encoders.bert import bert_encode
from themes.encoders.layout import layout_of
from themes.encoders.safetensors import read_array, read_weights
from themes.errors import ModelError
from tiny_encoders import write_safetensors

# The packaged tokenizer comes with the weights in float32 of the model whose int8 version is the packaged encoder.
FOLDER = models.encoder()[1].parent
TEXTS = [
    "They stopped my money.",
    "",
    "A kind adviser listened to me for an hour.",
    "No 'phone', no bus: 2 hours each way!",
]


def test_a_folder_of_sentence_transformers_gives_the_vectors_of_the_packaged_encoder():
    dimensions, encode = bert_encode(layout_of(FOLDER))
    vectors = encode(TEXTS)
    assert (dimensions, vectors.shape, vectors.dtype) == (384, (4, 384), np.float32)
    # int8 against float32: what is left is rounding
    assert (vectors * embed(TEXTS)).sum(axis=1).min() > 0.995


def test_weights_are_read_in_single_and_half_precision(tmp_path):
    halves = np.array([[0.5, -2.0]], np.float16)
    write_safetensors(tmp_path / "w", {"a": np.array([1.5, 2.5], np.float32), "b": halves})
    read = read_weights(tmp_path / "w")
    np.testing.assert_array_equal(read["a"], [1.5, 2.5])
    np.testing.assert_array_equal(read["b"], [[0.5, -2.0]])


def test_one_array_is_read_without_the_others(tmp_path):
    write_safetensors(tmp_path / "w", {"a": np.zeros(7, np.float32), "b": np.array([[1.5], [2.5]], np.float32)})
    np.testing.assert_array_equal(read_array(tmp_path / "w", "b"), [[1.5], [2.5]])
    np.testing.assert_array_equal(
        read_array(FOLDER / "model.safetensors", NORM), read_weights(FOLDER / "model.safetensors")[NORM]
    )


NORM = "embeddings.LayerNorm.weight"


@pytest.mark.parametrize("name", ["nothing", "half"])
def test_an_array_that_is_not_there_or_of_another_kind_is_refused(tmp_path, name):
    write_safetensors(tmp_path / "w", {"half": np.zeros(2, np.float16)})
    with pytest.raises(ModelError, match=f"holds no numbers called {name}"):
        read_array(tmp_path / "w", name)
    (tmp_path / "w").write_bytes(b"\xff" * 40)
    with pytest.raises(ModelError, match="holds no numbers"):
        read_array(tmp_path / "w", name)


def test_a_damaged_file_of_weights_is_refused(tmp_path):
    (tmp_path / "w").write_bytes(b"\xff" * 40)
    with pytest.raises(ModelError, match="cannot be read as safetensors"):
        read_weights(tmp_path / "w")
