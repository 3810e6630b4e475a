import numpy as np
import pytest

from builders import a_segment
from themes.code import ridge
from themes.code.ridge import Recipe, learn, solve
from themes.code.spaces import likeness, points

TEXTS = [
    *("The soup was cold", "Cold dinner again", "Tasty soup", "Soup and bread", "Dinner was late"),
    *("The car park was full", "Nowhere to park the car", "Parking was dear", "Park and pay", "My car got a ticket"),
]
TARGETS = np.array([[1.0, 0.0, 1.0]] * 5 + [[0.0, 1.0, 1.0]] * 5)
RECIPES = {"words": Recipe({"words": 1.0}, 1.0), "both": Recipe({"words": 1.0, "sentences": 1.0}, 1.0)}
GROUPS = np.arange(10)


def known_of(texts):
    segments = [a_segment(f"d{at}:0-1", text) for at, text in enumerate(texts)]
    return {space: points(space, segments) for space in ("words", "sentences")}


def learned(**fields):
    return learn(RECIPES, known_of(TEXTS), TARGETS, **{
        "distrusted": np.ones(10), "groups": GROUPS, "folds": GROUPS % 5, **fields
    })  # fmt: skip


@pytest.mark.parametrize("name", RECIPES)
def test_segments_take_what_segments_like_them_take(name):
    weights, _ = learned()
    new = known_of(["soup for dinner", "where to park a car"])
    vectors = {"sentences": known_of(TEXTS)["sentences"].rows}
    judged = weights[name].judge({space: new[space] for space in RECIPES[name].spaces}, vectors)
    assert judged[:, :2].argmax(axis=1).tolist() == [0, 1]


def test_what_is_said_out_of_fold_does_not_know_the_label():
    _, before = learned()
    changed = TARGETS.copy()
    changed[0] = [0, 1, 1]
    _, after = learn(RECIPES, known_of(TEXTS), changed, np.ones(10), GROUPS, GROUPS % 5)
    same_usual = (TARGETS.mean(axis=0) - changed.mean(axis=0))[:2]
    moved = after["words"][0, :2] - before["words"][0, :2]
    # Only the share of each code over all segments, where every score begins, has moved.
    assert np.abs(moved).max() <= np.abs(same_usual).max() + 1e-9


def test_two_segments_solved_by_hand():
    points_of_two = {"words": points("words", [a_segment("d1:0-1", "soup"), a_segment("d2:0-1", "car")])}
    targets = np.array([[1.0, 1.0], [0.0, 0.0]])
    lessons_no_fold = np.array([0, 1])
    weights, unseen = learn(
        {"words": Recipe({"words": 1.0}, 1.0)}, points_of_two, targets, np.ones(2), lessons_no_fold, lessons_no_fold
    )
    # Out of fold, the other word says nothing: what remains is the usual share, one half.
    np.testing.assert_allclose(unseen["words"], 0.5)
    # Each fold's solution is (target - 1/2) / (1 + 1); half of it remains in the mean of the two folds.
    judged = weights["words"].judge(points_of_two, {})
    np.testing.assert_allclose(judged, [[0.625, 0.625], [0.375, 0.375]])


def test_blocks_agree_with_one_equation(monkeypatch):
    _, together = learned()
    monkeypatch.setattr(ridge, "MOST_TOGETHER", 5)
    weights, apart = learned()
    assert apart["both"][:, :2].argmax(axis=1).tolist() == together["both"][:, :2].argmax(axis=1).tolist()
    np.testing.assert_allclose(weights["both"].usual, TARGETS.mean(axis=0))


def test_lessons_are_never_held_out():
    groups = np.array([-1, -1, *range(8)])
    weights, _ = learned(groups=groups, folds=np.where(groups < 0, -1, groups % 4))
    np.testing.assert_allclose(weights["words"].usual, TARGETS[2:].mean(axis=0))


def test_a_target_nobody_decided_is_left_out_as_if_its_segment_had_not_been_there():
    targets = TARGETS.copy()
    targets[3, 0] = targets[3, 2] = targets[7, 1] = np.nan
    weights, unseen = learn(RECIPES, known_of(TEXTS), targets, np.ones(10), GROUPS, GROUPS % 5)
    usual = np.delete(TARGETS, [3, 7], axis=0).mean(axis=0)
    np.testing.assert_allclose(weights["words"].usual, usual)
    likenesses = likeness("words", known_of(TEXTS)["words"], known_of(TEXTS)["words"])
    # Segment 0, held out with segment 5; the first code is learned from the other seven that are decided, by hand.
    rest = [1, 2, 4, 6, 7, 8, 9]
    alpha = np.linalg.solve(likenesses[np.ix_(rest, rest)] + np.eye(7), TARGETS[rest, 0] - usual[0])
    np.testing.assert_allclose(unseen["words"][0, 0], likenesses[0, rest] @ alpha + usual[0])


def test_solved_at_once_each_segment_is_distrusted_as_it_is_told():
    points = known_of(TEXTS)
    usual, distrust = np.full(TARGETS.shape[1], 0.25), np.arange(1.0, len(TEXTS) + 1)
    weights = solve(Recipe({"words": 2.0}, 1.0), points, TARGETS, distrust, usual=usual)
    likenesses = 2.0 * likeness("words", points["words"], points["words"])
    alpha = np.linalg.solve(likenesses + np.diag(distrust), TARGETS - usual)
    np.testing.assert_allclose(weights.judge({"words": points["words"]}, {}), likenesses @ alpha + usual)
