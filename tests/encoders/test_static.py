import numpy as np
import pytest

from themes.embedding import embed
from themes.encoders.catalog import STATIC, identity_of, opened
from themes.encoders.encoder import of_length_one
from themes.encoders.onnx_model import open_tokenizer
from themes.encoders.static import load_table, save_table, static_encode, table_of, zipf_weights
from themes.errors import ModelError
from themes.settings import cache_folder
from tiny_encoders import TINY_DIMENSIONS, WORDS, table, tiny_static, write_safetensors, write_tokenizer

TEXTS = ["They stopped my money.", "Kind adviser", "", "zzz", "my my my", "was kind  my\tadviser"] * 3


@pytest.fixture
def tokenizer(tmp_path):
    write_tokenizer(tmp_path)
    return open_tokenizer(tmp_path / "tokenizer.json", None)


def test_a_text_is_the_sum_of_its_pieces(tokenizer):
    rows = table()[[WORDS.index("kind"), WORDS.index("adviser")]]
    encode = static_encode(table(), tokenizer, by_words=True)
    np.testing.assert_allclose(encode(["Kind adviser"]), of_length_one(rows.sum(axis=0, keepdims=True)), atol=1e-6)


@pytest.mark.parametrize("by_words", [True, False])
def test_a_vector_depends_on_its_text_alone(tokenizer, by_words):
    together = static_encode(table(), tokenizer, by_words=by_words)(TEXTS)
    encode = static_encode(table(), tokenizer, by_words=by_words)
    np.testing.assert_array_equal(np.vstack([encode([text]) for text in TEXTS]), together)


def test_taking_words_apart_one_by_one_changes_nothing(tokenizer):
    whole = static_encode(table(), tokenizer, by_words=False)(TEXTS)
    np.testing.assert_array_equal(static_encode(table(), tokenizer, by_words=True)(TEXTS), whole)


def test_a_text_of_nothing_has_a_vector_of_length_one_too(tokenizer):
    vectors = static_encode(table(), tokenizer, by_words=True)(["", "Kind."])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert static_encode(table(), tokenizer, by_words=True)([]).shape == (0, TINY_DIMENSIONS)


def test_the_commonest_piece_weighs_least():
    weights = zipf_weights(30_522)
    # Zipf over 29,523 ranks: the first has a share of 1 / (ln 29523 + 0.5772 + …) = .0922, so .0001 / .0923
    assert weights[999] == pytest.approx(0.00108, abs=1e-5)
    assert weights[30_521] > 0.95
    assert (np.diff(weights[999:]) > 0).all()


def test_a_table_is_read_back_and_a_damaged_one_is_not(tmp_path):
    save_table(table(), tmp_path / "t.npz")
    np.testing.assert_array_equal(load_table(tmp_path / "t.npz", len(WORDS)), table())
    assert load_table(tmp_path / "t.npz", len(WORDS) + 1) is None
    content = bytearray((tmp_path / "t.npz").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "t.npz").write_bytes(content)
    assert load_table(tmp_path / "t.npz", len(WORDS)) is None
    assert load_table(tmp_path / "none.npz", len(WORDS)) is None


def test_where_nothing_can_be_written_nothing_fails(tmp_path):
    (tmp_path / "file").write_text("")
    save_table(table(), tmp_path / "file" / "t.npz")


def test_a_static_folder_is_an_encoder(tmp_path):
    np.testing.assert_array_equal(table_of(tiny_static(tmp_path) / "model.safetensors"), table())
    vectors = embed(["kind adviser", "my money"], encoder=str(tmp_path))
    assert vectors.shape == (2, TINY_DIMENSIONS)


def test_a_table_with_fewer_pieces_than_the_tokenizer_is_refused_when_it_shows(tmp_path):
    write_safetensors(tiny_static(tmp_path) / "model.safetensors", {"embeddings": table()[:-2]})
    assert embed(["kind"], encoder=str(tmp_path)).shape == (1, TINY_DIMENSIONS)
    with pytest.raises(ModelError, match="word pieces, its tokenizer more"):
        embed(["was"], encoder=str(tmp_path))


def test_vectors_that_are_no_numbers_are_refused(tmp_path):
    write_safetensors(tiny_static(tmp_path) / "model.safetensors", {"embeddings": table() * np.float32(np.nan)})
    with pytest.raises(ModelError, match="no numbers"):
        embed(["kind"], encoder=str(tmp_path))


def test_a_file_of_other_weights_is_no_table(tmp_path):
    write_safetensors(tmp_path / "m", {"embeddings": table(), "mapping": table()})
    with pytest.raises(ModelError, match="no table of vectors"):
        table_of(tmp_path / "m")


@pytest.mark.slow
def test_the_static_encoder_is_distilled_once_and_near_to_the_one_it_comes_from(monkeypatch):
    texts = ["My benefit was stopped for a month.", "They cut off my payments for four weeks.", "The bus was blue."]
    static, sentence = embed(texts, encoder="static"), embed(texts)
    assert len(list(cache_folder().glob(f"static-*-{identity_of(STATIC)[:16]}.npz"))) == 1
    assert static.shape == sentence.shape
    assert (static * sentence).sum(axis=1).min() > 0.4
    assert static[0] @ static[1] > static[0] @ static[2] + 0.1
    opened.cache_clear()
    monkeypatch.setattr("themes.encoders.static.distil", None)  # would fail if it were asked again
    np.testing.assert_array_equal(embed([*texts, "One more."], encoder="static")[:3], static)
    assert identity_of("static") != identity_of("sentence")
