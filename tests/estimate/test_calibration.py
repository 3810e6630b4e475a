"""What reviews teach about scores: the model, and that no case is judged by a model that saw it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from themes.estimate.calibration import Line, NotConverged, cross_fitted, fitted


def some_reviews(cases=120, themes=3, seed=5):
    random = np.random.default_rng(seed)
    scores = random.normal(-2, 3, (cases, themes))
    outcomes = (random.random((cases, themes)) < 1 / (1 + np.exp(-0.3 - 0.6 * scores))).astype(float)
    return scores, outcomes


def cheapest(scores, outcomes):
    """The same model by another's solver: the loss written out, parameter by parameter."""
    themes = scores.shape[1]

    def loss(at):
        a, b, d, e = at[0], at[1], at[2 : 2 + themes], at[2 + themes :]
        total = 0.01 / 2 * a**2 + 4 / 2 * (b - 0.45) ** 2 + 2 / 2 * sum(d**2) + 8 / 2 * sum(e**2)
        for k in range(themes):
            odds = a + d[k] + (b + e[k]) * scores[:, k]
            known = ~np.isnan(outcomes[:, k])
            total += np.sum((np.logaddexp(0, odds) - np.nan_to_num(outcomes[:, k]) * odds)[known])
        return total

    at = minimize(loss, np.zeros(2 + 2 * themes), method="BFGS", options={"gtol": 1e-8}).x
    return at[0] + at[2 : 2 + themes], at[1] + at[2 + themes :]


def test_the_model_is_the_cheapest_one():
    scores, outcomes = some_reviews()
    outcomes[::4, 1] = np.nan
    line = fitted(scores, outcomes)
    level, slope = cheapest(scores, outcomes)
    assert line.level == pytest.approx(level, abs=1e-5)
    assert line.slope == pytest.approx(slope, abs=1e-5)


def test_where_it_begins_changes_nothing():
    scores, outcomes = some_reviews()
    line = fitted(scores, outcomes)
    for start in (Line(np.full(3, 9.0), np.full(3, -7.0)), fitted(scores[:20], outcomes[:20])):
        other = fitted(scores, outcomes, start=start)
        assert other.level == pytest.approx(line.level, abs=1e-6)
        assert other.slope == pytest.approx(line.slope, abs=1e-6)


def test_whole_steps_run_away_and_halved_ones_come_home():
    scores, outcomes = some_reviews()
    far = Line(np.full(3, 9.0), np.full(3, -7.0))

    def loss(line):
        odds = line.level + line.slope * scores
        return np.sum(np.logaddexp(0, odds) - outcomes * odds)

    level, slope = np.full(3, 9.0), np.full(3, -7.0)
    with np.errstate(over="ignore"):
        for _ in range(3):  # Newton's whole steps, theme by theme and with the penalties left out
            chances = 1 / (1 + np.exp(-(level + slope * scores)))
            for k in range(3):
                both = np.stack([np.ones(len(scores)), scores[:, k]])
                spread = chances[:, k] * (1 - chances[:, k])
                curve = (both * spread) @ both.T + 1e-3 * np.eye(2)
                off = np.linalg.solve(curve, both @ (chances[:, k] - outcomes[:, k]))
                level[k], slope[k] = level[k] - off[0], slope[k] - off[1]
    assert loss(Line(level, slope)) > loss(far)
    home = fitted(scores, outcomes, start=far)
    assert loss(home) < loss(far) / 5
    assert np.all(np.abs(home.slope - 0.6) < 0.35)


@given(
    st.integers(1, 4),
    st.lists(st.tuples(st.floats(-13.8, 13.8), st.sampled_from([0.0, 1.0, np.nan])), min_size=4, max_size=60),
)
@settings(max_examples=60, deadline=None)
def test_it_comes_to_rest_whatever_was_found(themes, found):
    found = found[: len(found) // themes * themes] or found[:1] * themes
    scores, outcomes = np.array(found).reshape(-1, themes, 2).transpose(2, 0, 1)
    line = fitted(scores, outcomes)
    assert np.all(np.isfinite(line.level)) and np.all(np.isfinite(line.slope))
    mirrored = fitted(-scores, 1 - outcomes)
    assert mirrored.level == pytest.approx(-line.level, abs=1e-4)
    assert mirrored.slope == pytest.approx(line.slope, abs=1e-4)


def test_where_nobody_has_any_theme_chances_are_small_and_finite():
    scores, _ = some_reviews()
    chances = fitted(scores, np.zeros_like(scores)).chances(scores)
    assert 0 < chances.max() < 0.05


def test_without_a_review_it_is_what_it_is_shrunk_to():
    line = fitted(np.empty((0, 2)), np.empty((0, 2)))
    assert (line.level.tolist(), line.slope.tolist()) == ([0, 0], [0.45, 0.45])


def test_a_theme_with_few_reviews_leans_on_the_others():
    scores, outcomes = some_reviews()
    outcomes[6:, 0] = np.nan
    alone = fitted(scores[:6, :1], outcomes[:6, :1])
    among = fitted(scores, outcomes)
    common = float(among.slope[1:].mean())
    assert abs(among.slope[0] - common) < abs(alone.slope[0] - common)


def test_a_case_is_not_judged_by_a_model_that_saw_it():
    scores, outcomes = some_reviews()
    folds = np.arange(120) % 5
    folds[100:], outcomes[100:] = -1, np.nan
    before = cross_fitted(scores, outcomes, folds)
    changed = outcomes.copy()
    changed[7] = 1 - changed[7]
    after = cross_fitted(scores, changed, folds)
    own = folds == folds[7]
    assert before[own] == pytest.approx(after[own], abs=1e-7)
    assert np.abs(before[~own] - after[~own]).max() > 1e-4


def test_one_that_nobody_reviewed_gets_the_mean_of_all_models():
    scores, outcomes = some_reviews()
    folds = np.arange(120) % 5
    folds[100:], outcomes[100:] = -1, np.nan
    seen = cross_fitted(scores, outcomes, folds)
    models = [fitted(scores[(folds >= 0) & (folds != f)], outcomes[(folds >= 0) & (folds != f)]) for f in range(5)]
    assert seen[100:] == pytest.approx(np.mean([m.chances(scores[100:]) for m in models], axis=0), abs=1e-7)
    assert seen[folds == 2] == pytest.approx(models[2].chances(scores[folds == 2]), abs=1e-7)


def test_what_cannot_be_solved_gives_no_figure():
    with np.errstate(invalid="ignore"), pytest.raises(NotConverged, match="no figure is given"):
        fitted(np.array([[np.inf], [1.0]]), np.array([[1.0], [0.0]]))
