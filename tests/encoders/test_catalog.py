import json

import pytest

from themes.embedding import embed
from themes.encoders.catalog import identity_of, opened
from tiny_encoders import TINY_DIMENSIONS, tiny_onnx


@pytest.fixture(autouse=True)
def _forgetful():
    yield
    identity_of.cache_clear()
    opened.cache_clear()


def test_a_folder_is_known_by_all_files_that_decide_its_vectors(tmp_path):
    first, second, other = (str(tiny_onnx(tmp_path / name, seed=seed)) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert identity_of(first) == identity_of(second) != identity_of(other)
    (tmp_path / "b" / "README.md").write_text("About it.")
    identity_of.cache_clear()
    assert identity_of(first) == identity_of(second)
    (tmp_path / "b" / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 5}))
    identity_of.cache_clear()
    assert identity_of(first) != identity_of(second)


def test_a_folder_gives_vectors_of_its_own_width(tmp_path):
    encoder = opened(str(tiny_onnx(tmp_path)))
    assert encoder.dimensions == TINY_DIMENSIONS
    assert embed(["kind"], encoder=str(tmp_path)).shape == (1, TINY_DIMENSIONS)
    assert embed([], encoder=str(tmp_path)).shape == (0, TINY_DIMENSIONS)
