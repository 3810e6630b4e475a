import numpy as np

from builders import a_code, a_codebook, a_segment
from themes.code.similarity import score_similarity
from themes.records.span import Span

CODEBOOK = a_codebook(
    a_code("food", name="Food", definition="Meals and what they taste like.", examples=("The soup was cold.",)),
    a_code("parking", name="Parking", definition="Finding a place for the car.", examples=("The car park was full.",)),
)


def test_a_segment_is_nearest_to_the_code_that_it_is_about():
    segments = [a_segment(text="Dinner was tasteless."), a_segment(text="Nowhere to leave our vehicle.")]
    assert score_similarity(segments, CODEBOOK).argmax(axis=1).tolist() == [0, 1]


def test_a_segments_score_does_not_depend_on_what_is_coded_with_it():
    one, other = a_segment(text="Dinner was tasteless."), a_segment(text="Nowhere to park.")
    together = score_similarity([one, other], CODEBOOK)
    np.testing.assert_allclose(together[:1], score_similarity([one], CODEBOOK), rtol=1e-12)


def test_quoted_words_do_not_count():
    quoted = a_segment(text="Dinner was cold. Nowhere to park.", quoted=(Span(0, 16),))
    assert score_similarity([quoted], CODEBOOK).argmax(axis=1).tolist() == [1]


def test_names_alone_are_enough():
    codebook = a_codebook(a_code("a", name="Meals", definition=""), a_code("b", name="Car parking", definition=""))
    assert score_similarity([a_segment(text="The soup was cold.")], codebook).argmax() == 0


def test_no_segments_give_no_scores():
    assert score_similarity([], CODEBOOK).shape == (0, 2)
