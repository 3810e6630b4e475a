"""Where texts lie close together among vectors of meaning: the arithmetic behind emergent themes.

Made so that what is found lasts: vectors are first drawn towards their neighbours, which makes two samples of one
corpus agree; what is found is kept as directions, and every text is assigned to the nearest direction afresh. As a
corpus grows, known directions move only as far as new texts weigh, and new ones are added only where texts lie far
from all known ones. No text is ever looked up by its id or its words.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Labels = NDArray[np.intp]

MOST_GROUPS = 40
FEWEST_TEXTS = 10
"""A group of fewer texts than this says too little to be told from chance."""
FEWEST_CASES = 3
"""What only one or two people say is no pattern across cases."""
NEARLY_THE_SAME = 0.8
"""Cosine between two groups' directions. Among 26 groups of the NHS comments no two lie nearer than .75."""
_UNCLEAR_SHARE = 0.03
"""So many of the texts are unclear at the time of finding: those least like their group. Over ten pairs of samples of
the NHS comments, ARI was .745 (lowest .679) with 2 %, .755 (.688) with 3 %, at the same AMI with people's codes; with
10 %, AMI falls by .01."""
_MOST_UNCLEAR = 0.14
_NEIGHBOURS = 30
"""With 20 to 50 neighbours, and two rounds, samples of the NHS comments agreed best (ARI .72; .60 without)."""
_DIMENSIONS = 100
_LEARN_ANEW = 4
"""Weights stay as they are until there are so many times the texts they were learned from: learned anew they move
5 % of the texts, but those learned from 60 texts do not serve 3,000."""
_MOST_FITTED = 6000
"""Neighbours are looked for among so many texts, drawn by seed; the time for them grows with the square."""
_WORTH_A_BIRTH = 0.005
"""A new group must bring all texts so much closer, on average, to the group they are in (in cosine). Growing the NHS
comments from 60 to 100 % at random gave at most .0037 in 8 draws; leaving out a code of 20 % of the comments and then
letting it in, .012 to .016."""
_FAR_SHARE = 0.25
_RIDGE = 0.003
"""Per text. From .001 to .005 nothing changes; at .02 groups blur."""


@dataclass(frozen=True, eq=False)
class Groups:
    """What is known of groups among vectors: enough to tell of any text which it belongs to."""

    middle: Floats
    """Mean of the vectors first seen, shape (n_dims,): taken off before anything is compared."""
    directions: Floats
    """The mean text of each group, shape (n_groups, n_dims), each of length one."""
    weights: Floats
    """Ridge regression from texts to groups, shape (n_dims, n_groups): told apart better than by the nearest mean
    (AMI with people's codes .295 against .288 on the NHS comments)."""
    offsets: Floats
    """Shape (n_groups,)."""
    reach: Floats
    """Cosine to its group's direction below which lies a group's least similar quarter, shape (n_groups,)."""
    floor: float
    """Cosine below which a text is unclear."""
    texts: int
    """How many texts stand behind all this: the most there were in one call."""
    learned_from: int
    """How many there were when the weights were last learned."""


def find_groups(vectors: Floats, cases: NDArray[np.intp], *, seed: int, known: Groups | None = None) -> Groups:
    """The groups among the vectors; with `known`, those first and in their order, new ones behind.

    The same vectors and their own result as `known` give that result again.

    Args:
        vectors: Shape (n_texts, n_dims), at least `FEWEST_TEXTS`; the caller settles their order.
        cases: A number for each text's case, shape (n_texts,).
        seed: Decides the starts of k-means.
        known: The result of an earlier call, over vectors of the same encoder.
    """
    if known is None:
        middle = np.asarray(vectors.mean(axis=0), np.float32)
        groups = _first_groups(directions_from(vectors, middle), cases, middle, seed)
    else:
        groups = _grown(known, directions_from(vectors, known.middle))
    units = directions_from(vectors, groups.middle)
    while len(groups.directions) < MOST_GROUPS:
        newborn = _newborn(groups, units, cases, seed)
        if newborn is None:
            break
        groups = newborn
    return groups


def nearest(groups: Groups, vectors: Floats) -> tuple[Labels, Floats]:
    """The group each text belongs to, -1 where unclear, and its cosine to it; both of shape (n_texts,).

    At most 14 % are unclear: where more lie below the floor, it gives way.
    """
    units = directions_from(vectors, groups.middle)
    labels, closeness = assigned(groups, units)
    floor = min(groups.floor, float(np.quantile(closeness, _MOST_UNCLEAR)))
    return np.where(closeness < floor, -1, labels), closeness


def assigned(groups: Groups, units: Floats) -> tuple[Labels, Floats]:
    labels = (units @ groups.weights + groups.offsets).argmax(axis=1)
    return labels, np.einsum("ij,ij->i", units, groups.directions[labels])


def _first_groups(units: Floats, cases: NDArray[np.intp], middle: Floats, seed: int) -> Groups:
    groups = described(units, _without_doubles(units, _clusters(units, seed=seed)), middle)
    # What too few people say goes to the nearest other group.
    while len(groups.directions) > 1:
        labels, _ = assigned(groups, units)
        people = [len(np.unique(cases[labels == group])) for group in range(len(groups.directions))]
        if min(people) >= FEWEST_CASES:
            break
        others = np.delete(groups.directions, int(np.argmin(people)), axis=0)
        groups = described(units, without_gaps((units @ others.T).argmax(axis=1)), middle)
    return groups


def _without_doubles(units: Floats, labels: Labels) -> Labels:
    """Clusters joined until no two lie as near as a theme and its double: small corpora are cut too finely."""
    while labels.max() > 0:
        directions = _means(units, labels)
        likeness = np.triu(directions @ directions.T, k=1)
        one, other = np.unravel_index(int(likeness.argmax()), likeness.shape)
        if likeness[one, other] < NEARLY_THE_SAME:
            break
        labels = without_gaps(np.where(labels == other, one, labels))
    return labels


def described(units: Floats, labels: Labels, middle: Floats) -> Groups:
    """What the texts of each group have in common; groups are numbered from 0 without gaps."""
    directions = _means(units, labels)
    weights, offsets = _ridge(units, labels, len(directions))
    closeness = np.einsum("ij,ij->i", units, directions[labels])
    reach = [np.quantile(closeness[labels == group], _FAR_SHARE) for group in range(len(directions))]
    reaches = np.array(reach, np.float32)
    groups = Groups(middle, directions, weights, offsets, reaches, 0.0, len(units), len(units))
    return replace(groups, floor=float(np.quantile(assigned(groups, units)[1], _UNCLEAR_SHARE)))


def _ridge(units: Floats, labels: Labels, count: int) -> tuple[Floats, Floats]:
    member = np.eye(count, dtype=np.float32)[labels]
    shares = member.mean(axis=0)
    squares = units.T @ units + _RIDGE * len(units) * np.eye(units.shape[1], dtype=np.float32)
    return np.asarray(np.linalg.solve(squares, units.T @ (member - shares)), np.float32), shares


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

    moved_groups = replace(
        groups,
        directions=_unit(moved(groups.directions, now.directions)),
        reach=moved(groups.reach, now.reach),
        floor=(1 - fresh) * groups.floor + fresh * now.floor,
        texts=len(units),
    )
    return moved_groups if len(units) < _LEARN_ANEW * groups.learned_from else _learned_anew(moved_groups, units)


def _learned_anew(groups: Groups, units: Floats) -> Groups:
    """The groups with weights from the texts that lie nearest to each direction; a group without any keeps its own."""
    labels = (units @ groups.directions.T).argmax(axis=1)
    weights, offsets = _ridge(units, labels, len(groups.directions))
    absent = np.setdiff1d(np.arange(len(groups.directions)), labels)
    weights[:, absent], offsets[absent] = groups.weights[:, absent], groups.offsets[absent]
    return replace(groups, weights=weights, offsets=offsets, learned_from=len(units))


def _newborn(groups: Groups, units: Floats, cases: NDArray[np.intp], seed: int) -> Groups | None:
    """The groups with one more: the one that brings the texts far from theirs closest to one of their own."""
    cosines = units @ groups.directions.T
    closeness = cosines.max(axis=1)
    far = np.flatnonzero(closeness < groups.reach[cosines.argmax(axis=1)])
    if len(far) < 2 * FEWEST_TEXTS:
        return None
    best, best_gain = None, _WORTH_A_BIRTH
    for mean in _means(units[far], _clusters(units[far], seed=seed, restarts=3)):
        # First the texts that lie clearly nearer to it, then the mean of those: the cluster's own is blurred.
        taken = units @ mean > closeness + 0.05
        if taken.sum() < FEWEST_TEXTS:
            continue
        direction = _unit(units[taken].mean(axis=0, keepdims=True))[0]
        taken = units @ direction > closeness
        gain = float((units @ direction - closeness)[taken].sum() / len(units))
        enough = taken.sum() >= FEWEST_TEXTS and len(np.unique(cases[taken])) >= FEWEST_CASES
        if enough and gain > best_gain:
            best, best_gain = direction, gain
    if best is None:
        return None
    taken = units @ best > closeness
    # Its own column alone is learned: what is known of the others stays, so that no text of theirs wanders.
    weights, offsets = _ridge(units, taken.astype(np.intp), 2)
    return replace(
        groups,
        directions=np.vstack([groups.directions, best]),
        weights=np.hstack([groups.weights, weights[:, 1:]]),
        offsets=np.append(groups.offsets, offsets[1]),
        reach=np.append(groups.reach, np.quantile((units @ best)[taken], _FAR_SHARE)).astype(np.float32),
    )


def _clusters(units: Floats, *, seed: int, restarts: int = 10) -> Labels:
    """A cluster for each text, numbered from 0 without gaps."""
    from sklearn.cluster import KMeans

    if len(units) > _MOST_FITTED:
        drawn = np.sort(np.random.default_rng(seed).permutation(len(units))[:_MOST_FITTED])
        labels = _clusters(units[drawn], seed=seed, restarts=restarts)
        weights, offsets = _ridge(units[drawn], labels, int(labels.max()) + 1)
        return without_gaps((units @ weights + offsets).argmax(axis=1))
    once, twice = _drawn_together(units)
    different = len(np.unique(twice.round(4), axis=0))
    count = min(_effective_rank(once) + 1, MOST_GROUPS, len(units) // FEWEST_TEXTS, different)
    if count < 2:
        return np.zeros(len(units), np.intp)
    # k-means with k groups lives in the first k - 1 components (Ding and He, 2004, ICML); the others are noise to it.
    points = _principal_components(twice, min(count, twice.shape[1]))
    return without_gaps(KMeans(count, n_init=restarts, random_state=seed).fit_predict(points))


def _drawn_together(units: Floats) -> tuple[Floats, Floats]:
    """Each text's mean with its neighbours, and with its neighbours' means: shape (n_texts, n_components)."""
    reduced = _unit(_principal_components(units, min(_DIMENSIONS, len(units) - 1)))
    neighbours = _neighbours(reduced, min(_NEIGHBOURS, max(3, len(units) // 20)))
    once = _unit(reduced[neighbours].mean(axis=1))
    return once, _unit(once[neighbours].mean(axis=1))


def _neighbours(units: Floats, count: int, rows: int = 500) -> Labels:
    """The nearest texts of each, itself among them, shape (n_texts, count); `rows` at a time, for memory."""
    found = [
        np.argpartition(units[start : start + rows] @ units.T, -count, axis=1)[:, -count:]
        for start in range(0, len(units), rows)
    ]
    return np.vstack(found)


def _effective_rank(points: Floats) -> int:
    """How many directions the points spread in, from their data alone: our number of groups, less one.

    Exponential of the entropy of the covariance's spectrum. Unlike the best of several silhouettes it hardly differs
    between two samples of one corpus, which must not get 16 groups once and 32 the next time.

    Source: Roy and Vetterli (2007), The effective rank, EUSIPCO.
    """
    shifted = points - points.mean(axis=0)
    spectrum = np.maximum(np.linalg.eigvalsh(shifted.T @ shifted).astype(np.float64), 0)
    if spectrum.sum() < 1e-9:
        return 0
    shares = spectrum[spectrum > 0] / spectrum.sum()
    return round(float(np.exp(-(shares * np.log(shares)).sum())))


def _principal_components(points: Floats, count: int) -> Floats:
    shifted = points - points.mean(axis=0)
    _, components = np.linalg.eigh(shifted.T @ shifted)
    return np.asarray(shifted @ components[:, ::-1][:, :count], np.float32)


def directions_from(vectors: Floats, middle: Floats) -> Floats:
    return _unit(vectors.astype(np.float32) - middle)


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)


def _means(units: Floats, labels: Labels) -> Floats:
    return _unit(np.vstack([units[labels == group].mean(axis=0) for group in range(labels.max() + 1)]))


def without_gaps(labels: Labels) -> Labels:
    return np.asarray(np.unique(labels, return_inverse=True)[1], np.intp)
