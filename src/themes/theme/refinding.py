"""Known groups looked for again in a corpus that has outgrown them: they stay themselves where they are still found.

k-means starts from where the known groups lie (a warm start), so that they are improved by what has come since. Then
what was found is matched with what was known (Hungarian), by direction, and keeps its place only if it has not drifted
to mean something else.
"""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from themes.theme.clusters import (
    FEWEST_TEXTS,
    NEARLY_THE_SAME,
    Floats,
    Labels,
    clusters_from,
    means,
    ridge,
    unit,
    without_gaps,
)
from themes.theme.groups import (
    FEWEST_CASES,
    UNCLEAR_SHARE,
    Groups,
    assigned,
    described,
    directions_from,
)

OUTGROWN = 4
"""So many times the texts that the groups were learned from. Groups learned from 60 NHS comments, and kept, reach AMI
.232 on all 3,471; found again, .28; from 2,000 there is nothing to gain (.287 against .289)."""
MIDDLE_MOVED = 0.05
"""Length of the mean of all texts as seen from the middle of those learned from, beyond what chance gives (.8 over the
root of their number, for corpora grown from 60 to 100 %). With 1,000 texts of another field among 3,471 NHS comments,
.094: directions seen from the old middle tell the newcomers from the others and not from each other."""
SAME_DIRECTION = 0.5
"""Cosine between a group then and now."""


def outgrown(known: Groups, vectors: Floats) -> bool:
    """Whether there are four times the texts the groups were learned from, or the middle of all texts has moved."""
    if len(vectors) >= OUTGROWN * known.learned_from:
        return True
    moved = np.linalg.norm(directions_from(vectors, known.middle).mean(axis=0))
    return float(moved) > MIDDLE_MOVED + 1 / math.sqrt(len(vectors))


def found_again(known: Groups, vectors: Floats, cases: NDArray[np.intp], *, seed: int) -> Groups:
    """The known groups as they are found now, in their order, and new ones behind.

    A known group that is not found stays with its direction, and takes the texts that come to lie there.

    Args:
        known: The groups as they were.
        vectors: Shape (n_texts, n_dims).
        cases: A number for each text's case, shape (n_texts,).
        seed: Decides the starts of new groups.
    """
    before, closeness = assigned(known, directions_from(vectors, known.middle))
    middle = np.asarray(vectors.mean(axis=0), np.float32)
    units = directions_from(vectors, middle)
    labels = clusters_from(units, np.where(closeness >= known.floor, before, -1), seed=seed)
    labels = _of_enough_people(units, without_gaps(_without_new_doubles(units, labels, len(known.directions))), cases)
    directions = means(units, labels)
    earlier = _seen_from(known, vectors, middle)
    place = matched(directions @ earlier.T, at_least=SAME_DIRECTION)
    behind = len(earlier)
    for group in np.flatnonzero(place < 0):
        place[group], behind = behind, behind + 1
    return _with_absent(known, described(units, labels, middle), units, labels, place, earlier)


def matched(likeness: Floats, *, at_least: float) -> Labels:
    """For each row the column it is matched with, one to one, -1 for none: the pairs with the largest sum.

    Args:
        likeness: Shape (n_rows, n_columns).
        at_least: Pairs less alike than this do not count.

    Source: Kuhn (1955), The Hungarian method for the assignment problem.

    >>> matched(np.array([[0.9, 0.8], [0.85, 0.1], [0.2, 0.3]], np.float32), at_least=0.5).tolist()
    [1, 0, -1]
    """
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(-np.where(likeness >= at_least, likeness, 0))
    found = np.full(len(likeness), -1, np.intp)
    alike = likeness[rows, columns] >= at_least
    found[rows[alike]] = columns[alike]
    return found


def _seen_from(known: Groups, vectors: Floats, middle: Floats) -> Floats:
    """The known directions as they look from another middle: from a text at the usual distance in that direction."""
    away = float(np.median(np.linalg.norm(vectors - known.middle, axis=1)))
    return unit(known.middle + away * known.directions - middle)


def _without_new_doubles(units: Floats, labels: Labels, known: int) -> Labels:
    """New clusters, numbered from `known`, joined to what they are nearly the same as. Known ones an analyst joins."""
    while True:
        numbers = np.unique(labels)
        directions = means(units, without_gaps(labels))
        likeness = np.triu(directions @ directions.T, k=1)
        likeness[np.ix_(numbers < known, numbers < known)] = 0
        one, other = np.unravel_index(int(likeness.argmax()), likeness.shape)
        if likeness[one, other] < NEARLY_THE_SAME:
            return labels
        labels = np.where(labels == numbers[other], numbers[one], labels)


def _of_enough_people(units: Floats, labels: Labels, cases: NDArray[np.intp]) -> Labels:
    """Groups of too few texts or people give theirs to the nearest other group."""
    while labels.max() > 0:
        count = int(labels.max()) + 1
        sizes = np.bincount(labels, minlength=count)
        people = np.array([len(np.unique(cases[labels == group])) for group in range(count)])
        small = np.flatnonzero((sizes < FEWEST_TEXTS) | (people < FEWEST_CASES))
        if not len(small):
            break
        least = small[np.argmin(sizes[small])]
        others = np.delete(means(units, labels), least, axis=0)
        theirs = labels == least
        rest = np.delete(np.arange(count), least)
        labels[theirs] = rest[(units[theirs] @ others.T).argmax(axis=1)]
        labels = without_gaps(labels)
    return labels


def _with_absent(known: Groups, now: Groups, units: Floats, labels: Labels, place: Labels, earlier: Floats) -> Groups:
    """The groups found now at their places; at the others, the known ones that are not found."""
    count = max(len(earlier), int(place.max()) + 1)
    absent = np.setdiff1d(np.arange(len(earlier)), place)
    directions = np.empty((count, units.shape[1]), np.float32)
    reach = np.empty(count, np.float32)
    directions[place], reach[place] = now.directions, now.reach
    directions[absent], reach[absent] = earlier[absent], known.reach[absent]
    # An absent group takes part in the regression as if a few texts still lay right there.
    held = np.repeat(absent, FEWEST_TEXTS)
    weights, offsets = ridge(np.vstack([units, directions[held]]), np.append(place[labels], held), count)
    groups = replace(now, directions=directions, weights=weights, offsets=offsets, reach=reach)
    _, closeness = assigned(groups, units)
    return replace(groups, floor=float(np.quantile(closeness, UNCLEAR_SHARE)))
