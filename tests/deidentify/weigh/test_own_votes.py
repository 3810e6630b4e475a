from math import log

import numpy as np
import pytest

from themes.deidentify.weigh.own_tagger import WEIGHTS_FILE
from themes.deidentify.weigh.own_votes import (
    LEAST,
    UNLIKELY,
    family_features,
    odds_of_the_first_look,
    odds_told,
    person_features,
    steps_told,
)
from themes.deidentify.weigh.weights import FAMILIES


def test_the_tagger_tells_apart_what_the_weights_weigh() -> None:
    with np.load(WEIGHTS_FILE) as weights:
        assert weights["odds"].shape == (384, len(FAMILIES))


def test_probabilities_become_log_odds_and_silence_an_unlikely_one() -> None:
    told = odds_told([{}, {"own-tagger person": 0.5, "own-tagger unit": 0.9, "spacy": 1.0}, {"own-tagger age": 1.0}])
    assert told[0].tolist() == [UNLIKELY] * len(FAMILIES)
    assert told[1].tolist() == pytest.approx([0, UNLIKELY, log(9), *[UNLIKELY] * (len(FAMILIES) - 3)])
    assert told[2, FAMILIES.index("age")] == pytest.approx(log(999))
    assert odds_told([]).shape == (0, len(FAMILIES))


def test_the_first_look_stands_in_where_the_tagger_was_not_asked() -> None:
    first = np.array([[9.0, -9.0, 0.5, -4.5, 6.0, 1.0]], np.float32)
    told = odds_of_the_first_look(first)
    assert told.tolist() == [pytest.approx([log(999), UNLIKELY, 0.5, UNLIKELY, 6.0, 1.0])]


def test_the_weights_hear_whole_steps() -> None:
    assert steps_told({}) == (-4,) * len(FAMILIES)
    assert steps_told({"own-tagger person": LEAST, "own-tagger place": 0.5}) == (-4, 0, *[-4] * (len(FAMILIES) - 2))
    assert steps_told({"own-tagger singled": 1.0}) == (-4, -4, -4, -4, 7, *[-4] * (len(FAMILIES) - 5))


def test_each_step_is_a_feature_by_itself_and_with_what_the_word_is() -> None:
    features = list(person_features(-4, 3, 1, "lower", "given", True, "plain"))
    assert len(set(features)) == len(features)
    assert {"own 3", "own 3 lower", "own -4 3", "own 3 1 after"} <= set(features)
    features = list(family_features("lower", 3, -4, -4, 0, 1, *[-4] * (len(FAMILIES) - 5)))
    assert len(set(features)) == len(features) == 2 * len(FAMILIES) + 1
    assert {"own person 3", "own singled 1 lower", "own 3 -4 -4"} <= set(features)
