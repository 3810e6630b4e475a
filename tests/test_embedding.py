import numpy as np
import pytest

import themes.embedding
from themes.embedding import embed, embed_inner, encoder_identity, encoding_by, per_encoder
from themes.encoders.encoder import Encoder
from themes.encoders.kept import KeptVectors
from tiny_encoders import TINY_DIMENSIONS, tiny_onnx

TEXTS = ["They stopped my money.", "Kind.", "A very long sentence about a form that nobody could fill in. " * 8]


@pytest.fixture(autouse=True)
def nothing_remembered():
    themes.embedding._recent.clear()


@pytest.fixture
def tiny(tmp_path) -> str:
    return str(tiny_onnx(tmp_path / "tiny"))


def test_no_texts_give_no_vectors_of_the_right_width():
    assert embed([]).shape == (0, 384)


def test_vectors_are_float32_of_length_one_also_for_an_empty_text():
    vectors = embed(["They stopped my money.", "", "A kind adviser."])
    assert (vectors.shape, vectors.dtype) == ((3, 384), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_vector_depends_on_its_text_alone():
    together = embed(TEXTS)
    themes.embedding._recent.clear()
    alone = np.vstack([embed([text]) for text in reversed(TEXTS)])[::-1]
    np.testing.assert_array_equal(together, alone)


def test_equal_texts_have_equal_vectors():
    first, second = embed(["Once.", "Once."])
    np.testing.assert_array_equal(first, second)


def test_a_text_is_nearer_to_its_paraphrase_than_to_another_matter():
    text, paraphrase, other = embed(
        ["My benefit was stopped for a month.", "They cut off my payments for four weeks.", "The bus was blue."]
    )
    assert text @ paraphrase > text @ other + 0.2


def test_far_more_texts_than_are_remembered_are_all_encoded(monkeypatch):
    monkeypatch.setattr(themes.embedding, "_REMEMBERED_BYTES", 2 * 4 * 384)
    texts = [f"Letter {number}." for number in range(6)]
    np.testing.assert_array_equal(embed(texts), embed(texts[::-1])[::-1])
    assert len(themes.embedding._recent) <= 2


def test_within_a_block_another_encoder_is_used_and_nothing_is_mixed_up(tiny):
    before = embed(["kind"])
    with encoding_by(tiny):
        assert embed(["kind"]).shape == (1, TINY_DIMENSIONS)
        np.testing.assert_array_equal(embed(["kind"], encoder="sentence"), before)
        inside = encoder_identity()
    assert embed(["kind"]).shape == (1, 384)
    assert inside == encoder_identity(tiny) != encoder_identity()


def test_what_a_function_gave_is_remembered_for_each_encoder_apart(tiny):
    calls = []

    @per_encoder(maxsize=4)
    def width(text: str) -> int:
        calls.append(text)
        return embed([text]).shape[1]

    with encoding_by(tiny):
        assert (width("kind"), width("kind")) == (8, 8)
    assert (width("kind"), width("kind")) == (384, 384)
    assert calls == ["kind", "kind"]


def test_inner_states_come_with_the_meaning_and_are_of_length_one():
    texts = ["They docked my money.", "They never docked my money."]
    meaning, inner = embed(texts), embed_inner(texts)
    assert inner.shape == meaning.shape
    np.testing.assert_allclose(np.linalg.norm(inner, axis=1), 1, atol=1e-6)
    assert not np.allclose(inner, meaning)


def test_inner_states_may_be_of_an_encoder_that_is_named(tiny):
    ours = embed_inner(["a kind word"])
    with encoding_by(str(tiny)):
        np.testing.assert_array_equal(embed_inner(["a kind word"], encoder="sentence"), ours)
        assert embed_inner(["a kind word"]).shape != ours.shape


def test_an_encoder_without_an_inner_layer_gives_its_meaning_for_it():
    with encoding_by("static"):
        np.testing.assert_array_equal(embed_inner(["kind"]), embed(["kind"]))


def test_inner_states_are_kept_with_the_meaning(tmp_path, monkeypatch):
    asked: list[str] = []

    def encode(texts):
        asked.extend(texts)
        return np.array([[1.0, 0.0, 0.0, len(text)] for text in texts], np.float32)

    made = Encoder("invented", 2, encode, inner=True)
    monkeypatch.setattr(themes.embedding, "opened", lambda _: made)
    with encoding_by("sentence", kept=KeptVectors(tmp_path / "v.db", b"s" * 32)):
        embed(["a", "bb"])
        themes.embedding._recent.clear()
        inner = embed_inner(["bb", "a"])
    np.testing.assert_array_equal(inner, [[0, 2], [0, 1]])
    assert asked == ["a", "bb"]


def an_encoder(monkeypatch, *, worth_keeping: bool = True) -> list[str]:
    """The texts that an invented encoder in the place of the packaged one is asked for."""
    asked: list[str] = []

    def encode(texts):
        asked.extend(texts)
        return np.array([[1.0, len(text)] for text in texts], np.float32)

    made = Encoder("invented", 2, encode, worth_keeping)
    monkeypatch.setattr(themes.embedding, "opened", lambda _: made)
    return asked


def test_what_is_kept_is_not_encoded_again_and_comes_back_to_the_last_bit(tmp_path, monkeypatch):
    asked, kept = an_encoder(monkeypatch), KeptVectors(tmp_path / "v.db", b"s" * 32)
    with encoding_by("sentence", kept=kept):
        first = embed(["a", "bb", "a"])
    themes.embedding._recent.clear()
    with encoding_by("sentence", kept=kept):
        again = embed(["bb", "ccc", "a"])
    assert asked == ["a", "bb", "ccc"]
    np.testing.assert_array_equal(first, [[1, 1], [1, 2], [1, 1]])
    np.testing.assert_array_equal(again, [[1, 2], [1, 3], [1, 1]])


def test_vectors_that_are_quicker_to_make_than_to_read_are_not_kept(tmp_path, monkeypatch):
    an_encoder(monkeypatch, worth_keeping=False)
    with encoding_by("static", kept=KeptVectors(tmp_path / "v.db", b"s" * 32)):
        embed(["a"])
    assert not (tmp_path / "v.db").exists()
