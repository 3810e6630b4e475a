"""Whether a theme would be found again, had other people written: themes found in samples of the texts."""

import numpy as np

from themes.theme.clusters import FEWEST_TEXTS, Floats, Labels, clusters, unit, without_doubles

SAMPLES = 10
_SHARE = 0.8
_MOST_DRAWN = 2000
"""Texts in a sample: more cost time and hardly change the answer."""
_FOUND = 0.5
"""Jaccard overlap with a cluster of the sample from which a theme counts as found in it."""


def found_again(vectors: Floats, labels: Labels, *, seed: int, samples: int = SAMPLES) -> dict[int, float]:
    """For each theme the share of samples in which it was found again, 0 to 1.

    Each sample is four fifths of the texts, at most 2,000, grouped from nothing. A theme is found in it if some cluster
    shares at least half of their joint texts with it. Themes with fewer than three texts in a sample are not judged
    by it; of fewer than 25 texts none is judged.

    Args:
        vectors: Shape (n_texts, n_dims), in an order that the caller settles.
        labels: The theme of each text, -1 where unclear, shape (n_texts,).
        seed: Decides the samples.
        samples: How many.

    Source: Hennig (2007), Cluster-wise assessment of cluster stability, CSDA 52(1), with subsets instead of bootstrap.
    """
    from threadpoolctl import threadpool_limits

    draw = np.random.default_rng(seed)
    found: dict[int, list[bool]] = {int(label): [] for label in np.unique(labels[labels >= 0])}
    size = min(_MOST_DRAWN, int(_SHARE * len(vectors)))
    if size < 2 * FEWEST_TEXTS:  # as few may be left once people were forgotten
        return {}
    for number in range(samples):
        rows = np.sort(draw.permutation(len(vectors))[:size])
        with threadpool_limits(limits=1):  # sums in another order could tip a text over
            sample = unit(vectors[rows] - vectors[rows].mean(axis=0))
            new, old = without_doubles(sample, clusters(sample, seed=seed + number, restarts=2)), labels[rows]
        for label, times in found.items():
            theirs = old == label
            if theirs.sum() < 3:
                continue
            shared = np.bincount(new[theirs], minlength=int(new.max()) + 1)
            joint = theirs.sum() + np.bincount(new) - shared
            times.append(bool((shared / joint).max() >= _FOUND))
    return {label: float(np.mean(times)) for label, times in found.items() if times}
