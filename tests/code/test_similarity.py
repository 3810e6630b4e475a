import numpy as np
import pytest

from builders import a_code, a_codebook, a_segment
from themes.code.similarity import (
    score_definition,
    score_examples,
    score_exclude,
    score_include,
    score_name,
    score_nearest_cue,
    score_similarity,
)
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


@pytest.mark.parametrize(
    ("view", "field", "written", "said"),
    [
        (score_name, "name", "Meals and food", "Meals and food"),
        (score_definition, "definition", "What meals taste like.", "Food. What meals taste like."),
        (score_include, "include", ("The soup was cold.", "It rained."), "The soup was cold."),
        (score_exclude, "exclude", ("The soup was cold.", "It rained."), "The soup was cold."),
        (score_examples, "examples", ("The soup was cold.", "It rained."), "The soup was cold."),
        (score_nearest_cue, "cues", ("cold soup", "stale bread", "soup"), "cold soup"),
    ],
)
def test_each_view_tells_how_near_one_part_of_a_code_is_and_nothing_where_it_is_missing(view, field, written, said):
    bare = {"name": "", "label": "", "definition": ""}
    food = a_code("food", **(bare | {"name": "Food"} | {field: written}))
    codebook = a_codebook(food, a_code("empty", **bare))
    same, other = view([a_segment(text=said), a_segment(text="The lorry reversed into a hedge.")], codebook)
    assert same[0] == pytest.approx(1, abs=1e-3)
    assert 0 < abs(other[0]) < 0.5
    assert (same[1], other[1]) == (0, 0)
