import numpy as np
import pytest

from builders import a_segment
from themes.code.catalog import LEARNERS

TEXTS = [
    "The soup was cold",
    "Cold dinner again",
    "Tasty soup",
    "The car park was full",
    "Nowhere to park the car",
    "Parking was dear",
]
LABELS = np.array([[True, False, False]] * 3 + [[False, True, False]] * 3)


def segments(texts):
    return [a_segment(f"d{at}:0-1", text) for at, text in enumerate(texts)]


@pytest.mark.parametrize("name", LEARNERS)
def test_a_view_learns_which_code_texts_take(name):
    scores = LEARNERS[name](segments(TEXTS), LABELS)(segments(["soup for dinner", "where to park a car"]))
    assert scores.shape == (2, 3)
    assert scores[:, :2].argmax(axis=1).tolist() == [0, 1]


@pytest.mark.parametrize("name", ["words", "characters", "meaning"])
def test_a_code_that_nothing_takes_scores_nothing(name):
    assert LEARNERS[name](segments(TEXTS), LABELS)(segments(["soup"]))[0, 2] == 0


@pytest.mark.parametrize("name", LEARNERS)
def test_texts_without_words_are_borne(name):
    scores = LEARNERS[name](segments(["", "?", ""]), LABELS[:3])(segments(["", "soup"]))
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("name", LEARNERS)
def test_no_segments_give_no_scores(name):
    assert LEARNERS[name](segments(TEXTS), LABELS)([]).shape == (0, 3)
