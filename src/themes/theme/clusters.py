"""Clusters among vectors of meaning: texts drawn towards their neighbours, then k-means in few dimensions.

Density (HDBSCAN) is not used: k-means was better at every size (docs/adr, "Themes are found again").
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Labels = NDArray[np.intp]

MOST_GROUPS = 40
FEWEST_TEXTS = 10
"""A group of fewer texts than this says too little to be told from chance."""
NEARLY_THE_SAME = 0.8
"""Cosine between two groups' directions. Among 26 groups of the NHS comments no two lie nearer than .75."""
_NEIGHBOURS = 30
"""With 20 to 50 neighbours, and two rounds, samples of the NHS comments agreed best (ARI .72; .60 without)."""
_DIMENSIONS = 100
_MOST_FITTED = 6000
"""Neighbours are looked for among so many texts, drawn by seed; the time for them grows with the square."""
_RIDGE = 0.003
"""Per text. From .001 to .005 nothing changes; at .02 groups blur."""


def clusters(units: Floats, *, seed: int, restarts: int = 10) -> Labels:
    """A cluster for each text, numbered from 0 without gaps."""
    from sklearn.cluster import KMeans

    if len(units) > _MOST_FITTED:
        drawn = _drawn(len(units), seed)
        labels = clusters(units[drawn], seed=seed, restarts=restarts)
        return without_gaps(_extended(units, drawn, labels))
    once, twice = _drawn_together(units)
    count = _how_many(once, twice)
    if count < 2:
        return np.zeros(len(units), np.intp)
    return without_gaps(KMeans(count, n_init=restarts, random_state=seed).fit_predict(_points(twice, count)))


def without_doubles(units: Floats, labels: Labels) -> Labels:
    """Clusters joined until no two lie as near as a theme and its double: small corpora are cut too finely."""
    while labels.max() > 0:
        directions = means(units, labels)
        likeness = np.triu(directions @ directions.T, k=1)
        one, other = np.unravel_index(int(likeness.argmax()), likeness.shape)
        if likeness[one, other] < NEARLY_THE_SAME:
            break
        labels = without_gaps(np.where(labels == other, one, labels))
    return labels


def clusters_from(units: Floats, started: Labels, *, seed: int) -> Labels:
    """A cluster for each text, found from where clusters lay before; shape (n_texts,).

    k-means starts from the means of the earlier clusters that still have texts, and from new ones among the texts that
    lie far from all of those, as many as the texts spread in more directions.

    Args:
        units: Shape (n_texts, n_dims), each of length one.
        started: The earlier cluster of each text, -1 where it has none; shape (n_texts,).
        seed: Decides the starts of the new ones.

    Returns:
        Earlier clusters by their number, new ones behind the highest of `started`.
    """
    from sklearn.cluster import KMeans

    if len(units) > _MOST_FITTED:
        drawn = _drawn(len(units), seed)
        return _extended(units, drawn, clusters_from(units[drawn], started[drawn], seed=seed))
    once, twice = _drawn_together(units)
    numbers, sizes = np.unique(started[started >= 0], return_counts=True)
    numbers = numbers[sizes >= FEWEST_TEXTS]
    count = max(_how_many(once, twice), len(numbers))
    points = _points(twice, count)
    centres = [points[started == number].mean(axis=0) for number in numbers]
    fresh = count - len(centres)
    if fresh > 0:
        off = np.full(len(points), np.inf)
        for centre in centres:
            off = np.minimum(off, ((points - centre) ** 2).sum(axis=1))
        furthest = np.argsort(-off, kind="stable")[: max(fresh, len(points) * fresh // count)]
        centres += list(KMeans(fresh, n_init=5, random_state=seed).fit(points[furthest]).cluster_centers_)
    found = KMeans(count, init=np.array(centres), n_init=1, random_state=seed).fit_predict(points)
    behind = int(started.max(initial=-1)) + 1
    names = np.array([*numbers, *range(behind, behind + fresh)], np.intp)
    return np.asarray(names[found], np.intp)


def _drawn(count: int, seed: int) -> Labels:
    return np.sort(np.random.default_rng(seed).permutation(count)[:_MOST_FITTED])


def _extended(units: Floats, drawn: Labels, labels: Labels) -> Labels:
    """The clusters of the drawn texts, and for all others the one that a regression on those gives."""
    numbers, places = np.unique(labels, return_inverse=True)
    weights, offsets = ridge(units[drawn], places, len(numbers))
    return np.asarray(numbers[(units @ weights + offsets).argmax(axis=1)], np.intp)


def _how_many(once: Floats, twice: Floats) -> int:
    different = len(np.unique(twice.round(4), axis=0))
    return min(_effective_rank(once) + 1, MOST_GROUPS, len(once) // FEWEST_TEXTS, different)


def _points(twice: Floats, count: int) -> Floats:
    # k-means with k groups lives in the first k - 1 components (Ding and He, 2004, ICML); the others are noise to it.
    return _principal_components(twice, min(count, twice.shape[1]))


def _drawn_together(units: Floats) -> tuple[Floats, Floats]:
    """Each text's mean with its neighbours, and with its neighbours' means: shape (n_texts, n_components)."""
    reduced = unit(_principal_components(units, min(_DIMENSIONS, len(units) - 1)))
    neighbours = _neighbours(reduced, min(_NEIGHBOURS, max(3, len(units) // 20)))
    once = unit(reduced[neighbours].mean(axis=1))
    return once, unit(once[neighbours].mean(axis=1))


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


def ridge(units: Floats, labels: Labels, count: int) -> tuple[Floats, Floats]:
    member = np.eye(count, dtype=np.float32)[labels]
    shares = member.mean(axis=0)
    squares = units.T @ units + _RIDGE * len(units) * np.eye(units.shape[1], dtype=np.float32)
    return np.asarray(np.linalg.solve(squares, units.T @ (member - shares)), np.float32), shares


def unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)


def means(units: Floats, labels: Labels) -> Floats:
    return unit(np.vstack([units[labels == group].mean(axis=0) for group in range(labels.max() + 1)]))


def without_gaps(labels: Labels) -> Labels:
    return np.asarray(np.unique(labels, return_inverse=True)[1], np.intp)
