"""Invented vectors in which groups are planted, and dull texts to go with them."""

import numpy as np

from builders import a_segment
from themes.theme.finding import find_groups
from themes.theme.identity import Registry, with_newborns

SUBJECTS = ("letters", "money", "placement", "phone", "travel", "sleep", "courses", "medicine", "forms", "childcare")


def planted(sizes, *, seed=0, spread=0.7, dims=48):
    """Unit vectors in groups of the given sizes, and the group of each; group k is the same for every seed."""
    middles = np.random.default_rng(99).normal(size=(len(SUBJECTS), dims))
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    group = np.repeat(np.arange(len(sizes)), sizes)
    noise = np.random.default_rng(seed).normal(size=(len(group), dims)) / np.sqrt(dims)
    vectors = middles[group] + spread * noise
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), group


def texts_about(group, *, first=0):
    """A segment by a case of its own for each, naming its subject."""
    return [
        a_segment(f"d{number:04d}:0-30", f"They went on about the {SUBJECTS[subject]} again.")
        for number, subject in enumerate(group, first)
    ]


def a_registry(seed=1):
    """Three themes without names."""
    vectors, _ = planted([30, 30, 30])
    groups = find_groups(vectors, np.arange(90), seed=seed)
    return Registry(with_newborns((), len(groups.directions), seed=seed, run_id="run-1"), groups)
