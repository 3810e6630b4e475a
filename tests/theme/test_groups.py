"""Which group a text belongs to, and when it is unclear."""

import numpy as np

from planted_vectors import planted
from themes.theme.clusters import MOST_GROUPS
from themes.theme.groups import described, directions_from, nearest


def many_groups(count: int):
    generator = np.random.default_rng(3)
    axes = generator.normal(size=(count, 60))
    axes /= np.linalg.norm(axes, axis=1, keepdims=True)
    labels = np.repeat(np.arange(count), [8] * (count - 5) + [3] * 5)
    vectors = (axes[labels] + 0.05 * generator.normal(size=(len(labels), 60))).astype(np.float32)
    middle = vectors.mean(axis=0)
    return described(directions_from(vectors, middle), labels, middle), vectors, labels


def test_no_call_shows_more_than_forty_and_the_smallest_give_theirs_away():
    groups, vectors, labels = many_groups(45)
    found, _ = nearest(groups, vectors)
    assert len(set(found.tolist()) - {-1}) == MOST_GROUPS
    assert not set(found.tolist()) & set(range(40, 45))
    assert (found == labels)[labels < 40].mean() > 0.95


def test_forty_may_all_be_shown():
    groups, vectors, _ = many_groups(40)
    found, _ = nearest(groups, vectors)
    assert len(set(found.tolist()) - {-1}) == MOST_GROUPS


def test_at_most_a_seventh_is_unclear_however_unlike_the_texts_are():
    vectors, _ = planted([40, 40])
    middle = vectors.mean(axis=0)
    groups = described(directions_from(vectors, middle), np.repeat([0, 1], 40), middle)
    others = np.random.default_rng(1).normal(size=(200, 48)).astype(np.float32)
    found, _ = nearest(groups, others)
    assert 0 < np.mean(found < 0) <= 0.14
