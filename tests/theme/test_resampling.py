import numpy as np

from planted_vectors import planted
from themes.theme.resampling import found_again


def test_what_is_really_there_is_found_in_every_sample_and_what_is_not_in_few():
    vectors, group = planted([40, 40, 40])
    assert found_again(vectors, group, seed=1, samples=5) == {0: 1.0, 1: 1.0, 2: 1.0}
    mixed = np.random.default_rng(1).permutation(group)
    assert max(found_again(vectors, mixed, seed=1, samples=5).values()) <= 0.2


def test_unclear_texts_and_tiny_corpora_are_not_judged():
    vectors, group = planted([40, 40])
    assert set(found_again(vectors, np.where(group == 1, -1, 0), seed=1, samples=2)) == {0}
    assert found_again(vectors[:24], group[:24], seed=1) == {}
