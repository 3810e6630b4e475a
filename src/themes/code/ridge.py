"""Views learned by kernel ridge regression: what a segment takes is what segments like it take.

One equation gives all codes at once, and one more column: whether a segment takes any code. Up to 4,000 segments are
solved together; more are split into blocks whose answers are averaged, which costs little in accuracy and grows with
their number alone (Zhang, Duchi and Wainwright, 2015, JMLR 16).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from themes.code.spaces import COUNTS, Floats, Points, bell, likeness, shares_of

MOST_TOGETHER = 4_000
"""Segments solved in one equation: 64 MB, half a second."""


@dataclass(frozen=True)
class Recipe:
    """How a view compares: spaces and how loud each is, and how much it distrusts a single label."""

    spaces: Mapping[str, float]
    distrust: float


@dataclass(frozen=True)
class Weights:
    """A learned view. Linear spaces keep a weight for each place, the others one for each vector.

    `place` maps a space to shape (n_places, n_codes + 1), `vector` to (n_vectors, n_codes + 1); `usual`, shape
    (n_codes + 1,), is what takes a code by and large. The last column is "any code".
    """

    place: Mapping[str, Floats]
    vector: Mapping[str, Floats]
    usual: Floats

    def judge(self, segments: Mapping[str, Points], known: Mapping[str, Floats]) -> Floats:
        """Shape (n_segments, n_codes + 1): about 0 to 1.

        Args:
            segments: Their points in each space of the view.
            known: Vectors of the labelled segments in each space that has vectors.
        """
        return judged_by({"": self}, segments, known)[""]


def judged_by(
    views: Mapping[str, Weights], segments: Mapping[str, Points], known: Mapping[str, Floats]
) -> dict[str, Floats]:
    """What each view says, as `Weights.judge`; a likeness that several of them look at is worked out once."""
    count = next(iter(segments.values())).count
    judged = {name: np.tile(view.usual, (count, 1)) for name, view in views.items()}
    for name, view in views.items():
        for space, weights in view.place.items():
            judged[name] += segments[space].rows @ weights
    for space in dict.fromkeys(space for view in views.values() for space in view.vector):
        of = [name for name, view in views.items() if space in view.vector]
        told = _added_up(segments[space], known[space], space, np.hstack([views[name].vector[space] for name in of]))
        for name, own in zip(of, np.split(told, len(of), axis=1), strict=True):
            judged[name] += own
    return judged


_CHUNK = 2_000


def _added_up(segments: Points, known: Floats, space: str, weights: Floats) -> Floats:
    rows = np.zeros((len(segments.rows), weights.shape[1]))
    for start in range(0, len(rows), _CHUNK):
        rows[start : start + _CHUNK] = bell(space, segments.rows[start : start + _CHUNK], known) @ weights
    if segments.owner is None:
        return rows
    added = np.zeros((segments.count, weights.shape[1]))
    np.add.at(added, segments.owner, rows * shares_of(segments)[:, None])
    return added


def learn(
    recipes: Mapping[str, Recipe],
    known: Mapping[str, Points],
    targets: Floats,
    distrusted: Floats,
    groups: NDArray[np.int64],
    folds: NDArray[np.int64],
) -> tuple[dict[str, Weights], dict[str, Floats]]:
    """Every view's weights, and what it says of each labelled segment unseen (out of fold).

    Args:
        recipes: The views.
        known: Points of the labelled segments in each space.
        targets: Shape (n_segments, n_codes + 1), 0 or 1; NaN where nobody has decided, which teaches nothing. Some
            segments must be decided throughout: what is usual is read off those.
        distrusted: Shape (n_segments,): how many times less than others a segment is believed; 1 for most.
        groups: Shape (n_segments,): segments that must stay together, from 0; -1: a lesson that is never held out.
        folds: Shape (n_segments,): of a whole group; segments of one fold are held out together.

    What is kept is the mean of the folds' own solutions: so it is as sure of new segments as the folds were of those
    that they had not seen, which is what the layer learns from.

    Returns:
        Weights by view, and scores of shape (n_segments, n_codes + 1) by view; the rows of lessons are without meaning.
    """
    blocks = _blocks(groups)
    usual = targets[(groups >= 0) & ~np.isnan(targets).any(axis=1)].mean(axis=0)
    alphas = {name: [np.zeros(targets.shape) for _ in blocks] for name in recipes}
    unseen = {name: np.zeros(targets.shape) for name in recipes}
    for number, block in enumerate(blocks):
        parts = {space: _of(points, block) for space, points in known.items()}
        likenesses = {space: likeness(space, part, part) for space, part in parts.items()}
        for name, recipe in recipes.items():
            together = np.sum([loud * likenesses[space] for space, loud in recipe.spaces.items()], axis=0)
            noise = recipe.distrust * distrusted[block]
            present = np.unique(folds[block][groups[block] >= 0])
            for fold in present:
                held = (folds[block] == fold) & (groups[block] >= 0)
                out, rest = np.flatnonzero(held), np.flatnonzero(~held)
                alpha = _solved(together[np.ix_(rest, rest)], noise[rest], targets[block[rest]] - usual)
                alphas[name][number][block[rest]] += alpha / len(present) / len(blocks)
                unseen[name][block[out]] = together[np.ix_(out, rest)] @ alpha / len(blocks) + usual
    weights = {name: _weights(recipe, known, np.sum(alphas[name], axis=0), usual) for name, recipe in recipes.items()}
    if len(blocks) > 1:
        _add_other_blocks(unseen, recipes, known, alphas, [block[groups[block] >= 0] for block in blocks])
    return weights, unseen


def solve(recipe: Recipe, known: Mapping[str, Points], targets: Floats, distrust: Floats, *, usual: Floats) -> Weights:
    """A view learned from all that is known at once, nothing held out.

    Args:
        recipe: Its spaces; its own distrust does not count.
        known: Points of what is learned from, in each space.
        targets: Shape (n_segments, n_codes + 1), 0 to 1; NaN teaches nothing.
        distrust: Shape (n_segments,), above 0.
        usual: Shape (n_codes + 1,): what takes a code by and large.
    """
    alike = [loud * likeness(space, known[space], known[space]) for space, loud in recipe.spaces.items()]
    return _weights(recipe, known, _solved(np.sum(alike, axis=0), distrust, targets - usual), usual)


def _add_other_blocks(
    unseen: dict[str, Floats],
    recipes: Mapping[str, Recipe],
    known: Mapping[str, Points],
    alphas: Mapping[str, list[Floats]],
    blocks: Sequence[NDArray[np.int64]],
) -> None:
    """The other blocks have not seen the segments of a block: their answers are honest as they are."""
    vectors = {space: points.rows for space, points in known.items() if space not in COUNTS}
    for name, recipe in recipes.items():
        for number, block in enumerate(blocks):
            others = np.sum([alpha for at, alpha in enumerate(alphas[name]) if at != number], axis=0)
            weights = _weights(recipe, known, others, np.zeros(others.shape[1]))
            own = {space: _of(known[space], block) for space in recipe.spaces}
            unseen[name][block] += weights.judge(own, vectors)


def _solved(likenesses: Floats, noise: Floats, targets: Floats) -> Floats:
    """One equation for all columns; in each, rows without a target come out as 0, as if they had not been there.

    For that they are given the targets that the others predict, which change nothing: one factor serves all columns.
    """
    from scipy.linalg import cho_factor, cho_solve, solve

    system = likenesses.copy()
    system[np.diag_indices(len(system))] += noise
    factor = cho_factor(system, overwrite_a=True, check_finite=False)
    missing = np.isnan(targets)
    solved = np.asarray(cho_solve(factor, np.where(missing, 0.0, targets)), float)
    rows = np.flatnonzero(missing.any(axis=1))
    if not len(rows):
        return solved
    inverse = cho_solve(factor, np.eye(len(system))[:, rows])
    for column in np.flatnonzero(missing.any(axis=0)):
        at = missing[rows, column]
        own = inverse[:, at]
        solved[:, column] -= own @ solve(own[rows[at]], solved[rows[at], column], assume_a="pos")
        solved[rows[at], column] = 0.0
    return solved


def _weights(recipe: Recipe, known: Mapping[str, Points], alpha: Floats, usual: Floats) -> Weights:
    place: dict[str, Floats] = {}
    vector: dict[str, Floats] = {}
    for space, loud in recipe.spaces.items():
        own = known[space]
        if space in COUNTS:
            place[space] = loud * np.asarray(own.rows.T @ alpha)
        elif own.owner is None:
            vector[space] = loud * alpha
        else:
            vector[space] = loud * alpha[own.owner] * shares_of(own)[:, None]
    return Weights(place, vector, usual)


def _blocks(groups: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Rows of each block: whole groups, and the lessons in every one."""
    number = max(1, -(-int((groups >= 0).sum()) // MOST_TOGETHER))
    return [np.flatnonzero((groups < 0) | (groups % number == at)) for at in range(number)]


def _of(known: Points, rows: NDArray[np.int64]) -> Points:
    if known.owner is None:
        return Points(known.rows[rows], count=len(rows))
    place = np.full(known.count, -1)
    place[rows] = np.arange(len(rows))
    kept = np.flatnonzero(place[known.owner] >= 0)
    return Points(known.rows[kept], place[known.owner[kept]], len(rows))
