import numpy as np
import pytest

from builders import a_code, a_codebook, a_segment
from themes.code import spread as spreading
from themes.code.spread import spread
from themes.code.stack import Judgement
from themes.embedding import encoding_by
from themes.records.coding import LabelledSegment

CODEBOOK = a_codebook(a_code("food", name="Food", definition=""), a_code("cars", name="Cars", definition=""))
DISHES = ["soup", "stew", "bread", "pudding", "toast", "salad", "curry", "porridge", "pasta", "rice"]
PARTS = ["barrier", "ticket", "space", "meter", "driver", "engine", "tyre", "garage", "licence", "permit"]
SEGMENTS = [
    a_segment(f"d{at}:0-1", text)
    for at, text in enumerate(
        [f"The {dish} they served was cold" for dish in DISHES] + [f"The car park had no {part}" for part in PARTS]
    )
]
FEWEST = spreading.FEWEST
LIKELY = np.array([[0.8, 0.1]] * 10 + [[0.1, 0.8]] * 10)


def judged(probabilities):
    return Judgement(np.array(probabilities), np.zeros(2, bool), np.full(2, 0.5))


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(spreading, "FEWEST", 10)


def test_a_text_borrows_from_those_it_stands_beside():
    likely = LIKELY.copy()
    likely[3] = [0.2, 0.3]
    after = spread(judged(likely), SEGMENTS, CODEBOOK, ()).probabilities
    assert after[3, 0] == pytest.approx(0.3, abs=1e-9)
    assert after[3, 1] < 0.25


def test_what_people_labelled_counts_for_more_than_what_was_judged():
    one = LabelledSegment(a_segment("x:0-1", "The soup they served was burnt"), frozenset({"cars"}))
    likely = LIKELY + np.random.default_rng(0).uniform(0, 0.1, LIKELY.shape)
    without, having = (spread(judged(likely), SEGMENTS, CODEBOOK, given).probabilities for given in ((), (one,)))
    assert having[0, 1] > without[0, 1] + 0.02


def test_it_stays_as_sure_as_it_was():
    after = spread(judged(LIKELY), SEGMENTS, CODEBOOK, ())
    np.testing.assert_allclose(np.sort(after.probabilities, axis=None), np.sort(LIKELY, axis=None))
    assert after.cut_offs.tolist() == [0.5, 0.5]


def test_the_order_of_texts_and_their_repetition_make_no_difference():
    after = spread(judged(LIKELY), SEGMENTS, CODEBOOK, ()).probabilities
    rows = [*range(19, -1, -1), 0, 0]
    again = spread(judged(LIKELY[rows]), [SEGMENTS[row] for row in rows], CODEBOOK, ()).probabilities
    np.testing.assert_allclose(again, after[rows], atol=1e-9)


def test_with_few_texts_or_many_labels_nothing_is_spread(monkeypatch):
    few_texts = judged(LIKELY[:9])
    assert spread(few_texts, SEGMENTS[:9], CODEBOOK, ()) is few_texts
    monkeypatch.setattr(spreading, "MOST", 12)
    labelled = [LabelledSegment(a_segment(f"x{at}:0-1", "A word"), frozenset()) for at in range(3)]
    all_texts = judged(LIKELY)
    assert spread(all_texts, SEGMENTS, CODEBOOK, labelled) is all_texts
    assert spread(all_texts, SEGMENTS, CODEBOOK, labelled[:2]) is not all_texts


def test_from_five_hundred_other_texts_on_it_is_spread(monkeypatch):
    monkeypatch.setattr(spreading, "FEWEST", FEWEST)
    texts = [f"The {dish} on day {day} was cold" for dish in DISHES for day in range(25)]
    texts += [f"The car park had no {part} on day {day}" for part in PARTS for day in range(25)]
    segments = [a_segment(f"d{at}:0-1", text) for at, text in enumerate(texts)]
    likely = np.repeat(LIKELY, 25, axis=0)
    likely[3] = [0.2, 0.3]
    with encoding_by("static"):
        after = spread(judged(likely), segments, CODEBOOK, ()).probabilities
        all_but_one = judged(likely[:499])
        assert spread(all_but_one, segments[:499], CODEBOOK, ()) is all_but_one
    assert after[3].tolist() == [0.3, 0.1]
