import numpy as np
import pytest

from benchmarks.coding_figures import accepted, calibration_error, figures, interval


def test_a_perfect_coder_has_perfect_figures():
    gold = np.tile([[True, False], [False, True]], (40, 1))
    assert figures(gold, gold.astype(float), gold) == {
        "micro F1": 1.0, "macro F1": 1.0, "mAP": 1.0, "LRAP": 1.0, "calibration": 0.0, "at .95": 1.0,
    }  # fmt: skip


def test_calibration_error_is_the_distance_from_the_share_that_is_right():
    # Four times .9 with three right; what is below .3 does not count.
    assert calibration_error(np.array([1, 1, 1, 0, 0]), np.array([0.9, 0.9, 0.9, 0.9, 0.1])) == pytest.approx(0.15)


def test_codes_are_accepted_from_the_cut_of_the_other_half():
    p, y = np.linspace(1, 0, 40), np.arange(40) < 20
    # 21 scores, 20 of them right, are precise enough (.952), 22 are not; the cut is the 21st score.
    assert accepted(p, y, p, np.arange(40) < 30) == 21 / 30


def test_an_interval_is_the_mean_and_two_deviations():
    mean, low, high = interval([0.7, 0.8])
    assert (round(mean, 3), round(low, 3), round(high, 3)) == (0.75, 0.611, 0.889)
