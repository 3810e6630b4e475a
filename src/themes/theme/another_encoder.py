"""What is known of themes when a corpus changes its encoder: each where its texts lie now, under its id and name."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from themes.theme.clusters import FEWEST_TEXTS, Floats, without_gaps
from themes.theme.groups import described, directions_from
from themes.theme.identity import Registry

_NOWHERE = -1e6
"""The offset of a theme that lies nowhere: no text is given to it."""


def carried_over(registry: Registry, vectors: Floats, theme_of: Sequence[str | None]) -> Registry | None:
    """The registry for vectors of another encoder; ids, names and their order stay.

    A theme that none of the texts belonged to keeps its id and name, but lies nowhere among the new vectors.

    Args:
        registry: What was known of the themes by the encoder before.
        vectors: Shape (n_texts, n_dims), by the new encoder.
        theme_of: The theme each text belonged to in the last run; None where there was none, or the text is new.

    Returns:
        None if fewer than ten texts belonged to any: then nothing can be carried over.
    """
    known = {theme.theme_id: place for place, theme in enumerate(registry.themes)}
    labels = np.array([known.get(theme_id, -1) if theme_id else -1 for theme_id in theme_of], np.intp)
    there = labels >= 0
    if there.sum() < FEWEST_TEXTS:
        return None
    middle = np.asarray(vectors.mean(axis=0), np.float32)
    units = directions_from(vectors[there], middle)
    now = described(units, without_gaps(labels[there]), middle)
    present, count = np.unique(labels[there]), len(registry.themes)
    directions, weights = (
        np.zeros((count, vectors.shape[1]), np.float32),
        np.zeros((vectors.shape[1], count), np.float32),
    )
    offsets, reach = np.full(count, _NOWHERE, np.float32), np.ones(count, np.float32)
    directions[present], weights[:, present] = now.directions, now.weights
    offsets[present], reach[present] = now.offsets, now.reach
    return replace(registry, groups=replace(now, directions=directions, weights=weights, offsets=offsets, reach=reach))
