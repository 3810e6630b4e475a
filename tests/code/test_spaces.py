import numpy as np
import pytest

from builders import a_segment
from themes.code.spaces import COUNTS, form_of, likeness, points, rarity_of, sentences_of, text_of, words
from themes.records.span import Span


def segments(*texts):
    return [a_segment(f"d{at}:0-1", text) for at, text in enumerate(texts)]


def test_a_segment_is_read_with_its_question_and_without_what_it_reproduces():
    text = "They wrote: sanctions work. I disagree."
    quoting = a_segment(text=text, prompt="Why?", quoted=(Span(12, 27),))
    assert text_of(quoting).split() == ["Why?", "They", "wrote:", "I", "disagree."]


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        ({"text": "No, nobody ever asked me anything"}, "Were you heard? No, nobody ever asked me anything"),
        ({"text": "Do you feed them?", "before": "I keep two hens."}, "Do you feed them?"),
        ({"text": "Honestly?", "after": "It was a waste of a year."}, "Honestly?"),
    ],
)
def test_a_question_is_read_with_whole_answers_alone(answer, read):
    """What everybody was asked is else found in every sentence that they write."""
    assert text_of(a_segment(prompt="Were you heard?", **answer)) == read


def test_wording_is_blind_to_what_is_spoken_of():
    assert form_of("I was never sanctioned in 2014") == form_of("I was never promoted in 2015")
    assert form_of("I was sanctioned") != form_of("I was never sanctioned")
    assert form_of('He said "wait"!') == ["he", "said", '"', "~", '"', "!"]


def test_sentences_too_short_to_mean_anything_are_left_out():
    assert sentences_of("The soup was cold. No. Nobody came!") == ["The soup was cold.", "Nobody came!"]
    assert sentences_of("Cold soup") == ["Cold soup"]


def test_a_place_in_every_segment_is_less_rare_than_one_in_a_single_one():
    counts = words(segments("soup cold", "soup warm", "soup"))
    assert sorted(set(rarity_of(counts)[np.unique(counts.indices)])) == [
        1.0,
        pytest.approx(np.log(4 / 2) + 1),
    ]


@pytest.mark.parametrize("space", [*COUNTS, "meaning", "sentences", "inner"])
def test_a_segment_is_wholly_like_itself_and_less_like_others(space):
    own = points(space, segments("Nobody came. The soup was cold!", "They parked my car?", "Was it 1999?"))
    alike = likeness(space, own, own)
    np.testing.assert_allclose(np.diag(alike), 1, atol=1e-6)
    np.testing.assert_allclose(alike, alike.T, atol=1e-9)
    assert alike[~np.eye(3, dtype=bool)].max() < 0.9


@pytest.mark.parametrize("space", [*COUNTS, "meaning", "sentences", "inner"])
def test_no_segments_are_no_points(space):
    assert points(space, []).count == 0
