"""Whether cases of late are unlike the earlier ones."""

import numpy as np
import pytest

from themes.estimate.drift import residual_drift, score_drift, text_drift
from themes.estimate.reviewed import Reviewed


def test_scores_that_moved_are_told_from_those_that_did_not():
    random = np.random.default_rng(1)
    before, after = random.normal(size=(300, 2)), random.normal(size=(200, 2))
    after[:, 1] += 0.8
    found = score_drift(("food", "cars"), before, after)
    assert found.drifted == ("cars",)
    # Normal distributions .8 apart: 2 Φ(.4) - 1 = .31 at the most.
    assert found.size[1] == pytest.approx(0.31, abs=0.1)
    assert np.isnan(score_drift(("food",), before[:, :1], after[:0, :1]).p).all()


def test_a_distance_by_hand():
    # Below .5 lie 2 of 2 and 1 of 4.
    found = score_drift(("food",), np.array([[0.1], [0.2]]), np.array([[0.3], [0.6], [0.7], [0.9]]))
    assert found.size.tolist() == [1.0]
    found = score_drift(("food",), np.array([[0.1], [0.8]]), np.array([[0.3], [0.6], [0.7], [0.9]]))
    assert found.size.tolist() == [0.5]


def a_study(shift, *, seed=1, cases=600, level=-1.0, clusters=()):
    """Two themes; of late cases the second is more frequent by `shift` log odds than its scores say."""
    random = np.random.default_rng(seed)
    scores = random.normal(0, 2, (cases, 2))
    late = np.arange(cases) >= cases * 2 // 3
    odds = level + 0.6 * scores + np.outer(late, [0, shift])
    truth = (random.random((cases, 2)) < 1 / (1 + np.exp(-odds))).astype(float)
    probabilities = random.uniform(0.3, 0.9, cases)
    outcomes = np.where((random.random(cases) < probabilities)[:, None], truth, np.nan)
    ids = tuple(f"c{n}" for n in range(cases))
    return Reviewed(ids, ("food", "cars"), scores, outcomes, probabilities, clusters), late


def test_reviews_that_contradict_the_calibration_ask_for_a_new_sample():
    found = residual_drift(*a_study(1.5))
    assert found.drifted == ("cars",)
    assert found.size[1] > 0.2
    assert abs(found.size[0]) < 0.15


def test_luck_alone_is_seldom_called_drift():
    called = sum(bool(residual_drift(*a_study(0.0, seed=seed)).drifted) for seed in range(100))
    # 5 of 100 are expected at most; 12 or more would come once in 250 times.
    assert called < 12


def test_who_sent_the_same_text_proves_no_drift():
    """Forty of late sent in one text, which has the theme: one voice."""
    given, late = a_study(0.0)
    outcomes, probabilities = given.outcomes.copy(), given.probabilities.copy()
    outcomes[-40:, 1], probabilities[-40:] = 1, 0.5
    ids = given.case_ids
    apart = Reviewed(ids, given.theme_ids, given.scores, outcomes, probabilities)
    copied = Reviewed(ids, given.theme_ids, given.scores, outcomes, probabilities, (*ids[:-40], *["campaign"] * 40))
    assert residual_drift(apart, late).drifted == ("cars",)
    assert residual_drift(copied, late).drifted == ()


def test_of_few_reviews_or_a_theme_too_rare_nothing_is_told():
    given, late = a_study(0.0, level=-7.0)
    assert np.isnan(residual_drift(given, late).p).all()
    given, late = a_study(0.0)
    few = np.where(late[:, None] & (np.arange(600) % 50 > 0)[:, None], np.nan, given.outcomes)
    sparse = Reviewed(given.case_ids, given.theme_ids, given.scores, few, given.probabilities)
    assert np.isnan(residual_drift(sparse, late).p).all()
    assert residual_drift(sparse, late).drifted == ()


def test_texts_that_moved_are_told_from_those_that_did_not():
    random = np.random.default_rng(2)
    before, after = random.normal(size=(120, 16)), random.normal(size=(80, 16))
    assert text_drift(before, after, seed=1).p[0] > 0.05
    moved = text_drift(before, after + 0.4, seed=1)
    assert moved.drifted == ("",)
    assert moved.p[0] == pytest.approx(1 / 500)
    # The same middle and another spread is another way to write as well.
    assert text_drift(before, after * 1.6, seed=1).drifted == ("",)


def test_an_energy_distance_by_hand():
    # 0 and 1 against 3 and 3: between, 2.5; within, .5 and 0. 2 * 2.5 - .5 of 5.
    found = text_drift(np.array([[0.0], [1.0]]), np.array([[3.0], [3.0]]), seed=1)
    assert found.size == pytest.approx([0.9])


def test_texts_of_one_case_or_all_alike_do_not_drift():
    assert np.isnan(text_drift(np.ones((1, 3)), np.ones((5, 3)), seed=1).p).all()
    same = text_drift(np.ones((4, 3)), np.ones((5, 3)), seed=1)
    assert (same.size.tolist(), same.p.tolist()) == ([0.0], [1.0])


def test_of_many_cases_some_are_drawn_and_the_seed_alone_decides():
    random = np.random.default_rng(3)
    before, after = random.normal(size=(1_400, 4)), random.normal(0.3, 1, size=(1_200, 4))
    one, other = (text_drift(before, after, seed=7) for _ in range(2))
    assert one.drifted == ("",)
    assert (one.size.tolist(), one.p.tolist()) == (other.size.tolist(), other.p.tolist())
