"""Groups found among vectors: for the first time, or with those that are known, which come first.

As a corpus grows, known groups move only as far as new texts weigh, and new ones are added only among texts that lie
far from all known ones. A corpus that has outgrown its groups is looked at afresh (`theme.refinding`).
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from themes.theme.clusters import (
    FEWEST_TEXTS,
    MOST_GROUPS,
    Floats,
    clusters,
    means,
    ridge,
    unit,
    without_doubles,
    without_gaps,
)
from themes.theme.groups import (
    FAR_SHARE,
    FEWEST_CASES,
    Groups,
    assigned,
    described,
    directions_from,
)
from themes.theme.refinding import found_again, outgrown

_WORTH_A_BIRTH = 0.005
"""A new group must bring all texts so much closer, on average, to the group they are in (in cosine). Growing the NHS
comments from 60 to 100 % at random gave at most .0037 in 8 draws; leaving out a code of 20 % of the comments and then
letting it in, .012 to .016."""


def find_groups(vectors: Floats, cases: NDArray[np.intp], *, seed: int, known: Groups | None = None) -> Groups:
    """The groups among the vectors; with `known`, those first and in their order, new ones behind.

    The same vectors and their own result as `known` give that result again. A known group that no text belongs to any
    more stays where it was.

    Args:
        vectors: Shape (n_texts, n_dims), at least `FEWEST_TEXTS`; the caller settles their order.
        cases: A number for each text's case, shape (n_texts,).
        seed: Decides the starts of k-means.
        known: The result of an earlier call, over vectors of the same encoder.
    """
    if known is None:
        middle = np.asarray(vectors.mean(axis=0), np.float32)
        groups = _first_groups(directions_from(vectors, middle), cases, middle, seed)
    elif outgrown(known, vectors):
        groups = found_again(known, vectors, cases, seed=seed)
    else:
        groups = _grown(known, directions_from(vectors, known.middle))
    units = directions_from(vectors, groups.middle)
    while _present(groups, units) < MOST_GROUPS:
        newborn = _newborn(groups, units, cases, seed)
        if newborn is None:
            break
        groups = newborn
    return groups


def _present(groups: Groups, units: Floats) -> int:
    return len(np.unique(assigned(groups, units)[0]))


def _first_groups(units: Floats, cases: NDArray[np.intp], middle: Floats, seed: int) -> Groups:
    groups = described(units, without_doubles(units, clusters(units, seed=seed)), middle)
    # What too few people say goes to the nearest other group.
    while len(groups.directions) > 1:
        labels, _ = assigned(groups, units)
        people = [len(np.unique(cases[labels == group])) for group in range(len(groups.directions))]
        if min(people) >= FEWEST_CASES:
            break
        others = np.delete(groups.directions, int(np.argmin(people)), axis=0)
        groups = described(units, without_gaps((units @ others.T).argmax(axis=1)), middle)
    return groups


def _grown(groups: Groups, units: Floats) -> Groups:
    """The known groups, moved as far as the texts that have come since weigh among all texts."""
    if len(units) <= groups.texts:
        return groups
    fresh = 1 - groups.texts / len(units)
    labels, _ = assigned(groups, units)
    present = np.unique(labels)
    now = described(units, without_gaps(labels), groups.middle)

    def moved(before: Floats, after: Floats) -> Floats:
        blended = before.copy()
        blended[present] = (1 - fresh) * before[present] + fresh * after
        return blended

    return replace(
        groups,
        directions=unit(moved(groups.directions, now.directions)),
        reach=moved(groups.reach, now.reach),
        floor=(1 - fresh) * groups.floor + fresh * now.floor,
        texts=len(units),
    )


def _newborn(groups: Groups, units: Floats, cases: NDArray[np.intp], seed: int) -> Groups | None:
    """The groups with one more: the one that brings the texts far from theirs closest to one of their own."""
    cosines = units @ groups.directions.T
    closeness = cosines.max(axis=1)
    far = np.flatnonzero(closeness < groups.reach[cosines.argmax(axis=1)])
    if len(far) < 2 * FEWEST_TEXTS:
        return None
    best: Groups | None = None
    best_gain = _WORTH_A_BIRTH
    for mean in means(units[far], clusters(units[far], seed=seed, restarts=3)):
        # First the texts that lie clearly nearer to it, then the mean of those: the cluster's own is blurred.
        taken = units @ mean > closeness + 0.05
        if taken.sum() < FEWEST_TEXTS:
            continue
        direction = unit(units[taken].mean(axis=0, keepdims=True))[0]
        taken = units @ direction > closeness
        gain = float((units @ direction - closeness)[taken].sum() / len(units))
        if gain <= best_gain or not _enough(taken, cases):
            continue
        # By the regression, which tells to whom a text belongs, it may get fewer than lie nearest to it.
        born = _with_one_more(groups, units, direction, taken)
        if _enough(assigned(born, units)[0] == len(groups.directions), cases):
            best, best_gain = born, gain
    return best


def _enough(taken: NDArray[np.bool_], cases: NDArray[np.intp]) -> bool:
    return bool(taken.sum() >= FEWEST_TEXTS and len(np.unique(cases[taken])) >= FEWEST_CASES)


def _with_one_more(groups: Groups, units: Floats, direction: Floats, taken: NDArray[np.bool_]) -> Groups:
    # Its own column alone is learned: what is known of the others stays, so that no text of theirs wanders.
    weights, offsets = ridge(units, taken.astype(np.intp), 2)
    return replace(
        groups,
        directions=np.vstack([groups.directions, direction]),
        weights=np.hstack([groups.weights, weights[:, 1:]]),
        offsets=np.append(groups.offsets, offsets[1]),
        reach=np.append(groups.reach, np.quantile((units @ direction)[taken], FAR_SHARE)).astype(np.float32),
    )


def divided(groups: Groups, place: int, vectors: Floats, *, seed: int) -> tuple[Groups, int]:
    """The groups with one of them in two: the larger part keeps its place, the other stands behind all.

    Args:
        groups: The groups as they were.
        place: Which of them to divide.
        vectors: Shape (n_texts, n_dims), those of all texts.
        seed: Decides the starts of k-means.

    Returns:
        The groups, and how many texts the new one has: 0, and the groups as they were, if either part would have
        fewer than ten.
    """
    from sklearn.cluster import KMeans

    units = directions_from(vectors, groups.middle)
    rows = np.flatnonzero(assigned(groups, units)[0] == place)
    if len(rows) < 2 * FEWEST_TEXTS:
        return groups, 0
    half = KMeans(2, n_init=10, random_state=seed).fit_predict(units[rows])
    sizes = np.bincount(half, minlength=2)
    if sizes.min() < FEWEST_TEXTS:
        return groups, 0
    parts = [rows[half == side] for side in np.argsort(-sizes, kind="stable")]
    labels = np.zeros(len(units), np.intp)
    labels[parts[0]], labels[parts[1]] = 1, 2
    weights, offsets = ridge(units, labels, 3)
    directions = np.vstack([unit(units[part].mean(axis=0, keepdims=True)) for part in parts])
    reach = [np.quantile(units[part] @ at, FAR_SHARE) for part, at in zip(parts, directions, strict=True)]
    whole = replace(
        groups,
        directions=np.vstack([groups.directions, directions[1:]]),
        weights=np.hstack([groups.weights, weights[:, 2:]]),
        offsets=np.append(groups.offsets, offsets[2]),
        reach=np.append(groups.reach, reach[1]).astype(np.float32),
    )
    whole.directions[place], whole.weights[:, place] = directions[0], weights[:, 1]
    whole.offsets[place], whole.reach[place] = offsets[1], reach[0]
    # Texts belong where the regression puts them, which may be fewer than the half that it was learned from.
    belong = np.bincount(assigned(whole, units)[0], minlength=len(whole.directions))
    if min(belong[place], belong[-1]) < FEWEST_TEXTS:
        return groups, 0
    return whole, int(belong[-1])
