import numpy as np

from themes.embedding import DIMENSIONS, embed


def test_no_texts_give_no_vectors_of_the_right_width():
    assert embed([]).shape == (0, DIMENSIONS)


def test_vectors_are_float32_of_length_one_also_for_an_empty_text():
    vectors = embed(["They stopped my money.", "", "A kind adviser."])
    assert (vectors.shape, vectors.dtype) == ((3, DIMENSIONS), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_vector_depends_on_its_text_alone():
    texts = ["They stopped my money.", "Kind.", "A very long sentence about a form that nobody could fill in. " * 8]
    together = embed(texts)
    import themes.embedding

    themes.embedding._recent.clear()
    alone = np.vstack([embed([text]) for text in reversed(texts)])[::-1]
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
    import themes.embedding

    monkeypatch.setattr(themes.embedding, "_REMEMBERED", 2)
    texts = [f"Letter {number}." for number in range(6)]
    np.testing.assert_array_equal(embed(texts), embed(texts[::-1])[::-1])
    assert len(themes.embedding._recent) <= 2
