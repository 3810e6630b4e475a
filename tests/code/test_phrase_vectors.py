import numpy as np
import pytest

from themes.code import phrase_vectors as module
from themes.code.phrase_vectors import KEPT, keep, phrase_vectors
from themes.code.phrases import phrases_of
from themes.embedding import embed, encoder_identity, encoding_by
from themes.read.codebook import read_codebook
from tiny_encoders import TINY_DIMENSIONS, tiny_onnx


def test_the_packaged_codebook_is_kept_whole() -> None:
    texts = {phrase.text for phrase in phrases_of(read_codebook(KEPT.with_name("codebook.toml")))}
    kept = module._kept(KEPT, encoder_identity())
    missing = [text for text in texts if module._key(text) not in kept]
    assert not missing, f"{len(missing)} of {len(texts)} phrases are not kept: run scripts/keep_vectors.py"


def test_kept_vectors_are_those_of_the_encoder() -> None:
    texts = sorted(phrase.text for phrase in phrases_of(read_codebook(KEPT.with_name("codebook.toml"))))[::150]
    cosines = (phrase_vectors(texts) * embed(texts)).sum(axis=1)
    assert len(texts) > 15
    assert cosines.min() > 0.9995


def test_a_kept_phrase_has_the_vector_it_would_have_if_it_were_not(tmp_path, monkeypatch) -> None:
    texts = ["stopped my money", "a phrase of nobody's codebook", "stopped my money"]
    monkeypatch.setattr(module, "KEPT", tmp_path / "none.npz")
    fresh = phrase_vectors(texts)
    keep(texts, tmp_path / "kept.npz")
    monkeypatch.setattr(module, "KEPT", tmp_path / "kept.npz")
    assert len(module._kept(tmp_path / "kept.npz", encoder_identity())) == 2
    assert np.array_equal(phrase_vectors(texts), fresh)


def test_vectors_of_another_encoder_are_not_used(tmp_path, monkeypatch) -> None:
    other = str(tiny_onnx(tmp_path / "other"))
    keep(["stopped my money"], tmp_path / "kept.npz")
    monkeypatch.setattr(module, "KEPT", tmp_path / "kept.npz")
    with encoding_by(other):
        assert module._kept(tmp_path / "kept.npz", encoder_identity()) == {}
        assert phrase_vectors(["stopped my money"]).shape == (1, TINY_DIMENSIONS)
        assert phrase_vectors([]).shape == (0, TINY_DIMENSIONS)


@pytest.mark.parametrize(
    "damage", [lambda held: held[: len(held) // 2], lambda held: b"", lambda held: b"x" + held[1:]]
)
def test_a_damaged_file_of_vectors_is_not_used_and_nothing_fails(tmp_path, damage) -> None:
    keep(["stopped my money"], tmp_path / "kept.npz")
    (tmp_path / "kept.npz").write_bytes(damage((tmp_path / "kept.npz").read_bytes()))
    assert module._kept(tmp_path / "kept.npz", encoder_identity()) == {}


def test_a_vector_that_was_changed_is_not_used(tmp_path) -> None:
    keep([f"phrase {number}" for number in range(50)], tmp_path / "kept.npz")
    held = bytearray((tmp_path / "kept.npz").read_bytes())
    held[len(held) // 2] ^= 255
    (tmp_path / "kept.npz").write_bytes(held)
    assert module._kept(tmp_path / "kept.npz", encoder_identity()) == {}
