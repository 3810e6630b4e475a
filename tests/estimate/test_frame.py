"""What a sample is drawn from."""

import numpy as np
import pytest

from builders import a_coding, a_segment
from themes.estimate.frame import frame_of, starting_chances


def test_a_case_has_its_excerpts_and_the_highest_score_of_any():
    segments = [a_segment("d1:0-5", case_id="c2"), a_segment("d1:5-9", case_id="c2"), a_segment("d2:0-5", case_id="c1")]
    codings = [
        a_coding("d1:0-5", "food", probability=0.2),
        a_coding("d1:5-9", "food", probability=0.6),
        a_coding("d2:0-5", "food", probability=0.1),
        a_coding("d2:0-5", "cars", probability=0.3),
        a_coding("d2:0-5", "food", coder_id="A1", probability=None),
        a_coding("d9:0-5", "food", probability=0.9),
    ]
    frame = frame_of(segments, codings, ["cars", "food"])
    assert (frame.case_ids, frame.excerpts.tolist(), frame.code_ids) == (("c1", "c2"), [1, 2], ("cars", "food"))
    assert np.array_equal(frame.chances, starting_chances(np.array([[0.3, 0.1], [0.0, 0.6]])))


def test_as_many_cases_are_expected_as_the_scores_would_have_it_and_none_is_so_sure():
    most = np.array([[0.999, 0.5], [0.01, 0.5], [0.3, 0.5]])
    chances = starting_chances(most)
    assert chances.mean(axis=0) == pytest.approx(most.mean(axis=0))
    assert chances[:, 1] == pytest.approx([0.5] * 3)
    assert 0.999 > chances[0, 0] > chances[2, 0] > chances[1, 0] > 0.01
    # On the scale of log odds two scores lie .45 as far apart as they did.
    odds = np.log(chances / (1 - chances))[:, 0]
    assert odds[0] - odds[1] == pytest.approx(0.45 * (np.log(0.999 / 0.001) - np.log(0.01 / 0.99)))


def test_without_cases_there_is_nothing_to_expect():
    assert frame_of([], [], ["food"]).chances.shape == (0, 1)
