import numpy as np
import pytest

from planted_vectors import planted
from themes.theme.finding import divided, find_groups
from themes.theme.groups import assigned, directions_from, nearest
from themes.theme.refinding import outgrown


def purity(labels, truth):
    """Share of texts that are in a group with mostly their own kind."""
    right = sum(np.bincount(truth[labels == group]).max() for group in np.unique(labels[labels >= 0]))
    return right / (labels >= 0).sum()


def each_alone(vectors):
    return np.arange(len(vectors))


def test_planted_groups_are_found_in_their_number():
    vectors, truth = planted([60, 50, 40, 30, 30, 30])
    groups = find_groups(vectors, each_alone(vectors), seed=1)
    labels, _ = nearest(groups, vectors)
    assert len(groups.directions) in (5, 6, 7)
    assert purity(labels, truth) > 0.95


def test_what_is_unlike_everything_is_unclear_and_little_else():
    vectors, _ = planted([60, 50, 40, 30, 30, 30])
    groups = find_groups(vectors, each_alone(vectors), seed=1)
    labels, _ = nearest(groups, vectors)
    assert (labels == -1).mean() <= 0.04
    (odd,), _ = planted([0] * 9 + [1])
    far, _ = nearest(groups, np.vstack([vectors, odd]))
    assert far[-1] == -1


def test_never_more_than_a_seventh_is_unclear():
    vectors, _ = planted([60, 50, 40])
    groups = find_groups(vectors, each_alone(vectors), seed=1)
    noise = np.random.default_rng(3).normal(size=(200, vectors.shape[1])).astype(np.float32)
    labels, _ = nearest(groups, noise)
    assert 0 < (labels == -1).mean() < 0.15


def test_a_text_keeps_its_group_when_the_corpus_grows():
    vectors, _ = planted([60, 50, 40, 30, 30, 30])
    early = np.sort(np.random.default_rng(5).permutation(len(vectors))[: int(0.6 * len(vectors))])
    first = find_groups(vectors[early], each_alone(early), seed=1)
    before, _ = nearest(first, vectors[early])
    after, _ = nearest(find_groups(vectors, each_alone(vectors), seed=1, known=first), vectors)
    had_one = before >= 0
    assert (after[early][had_one] == before[had_one]).mean() >= 0.97


def test_the_same_texts_again_change_nothing():
    vectors, _ = planted([60, 50, 40, 30])
    early = find_groups(vectors[::2], each_alone(vectors[::2]), seed=1)
    once = find_groups(vectors, each_alone(vectors), seed=1, known=early)
    twice = find_groups(vectors, each_alone(vectors), seed=1, known=once)
    assert (once.directions == twice.directions).all()
    assert (nearest(once, vectors)[0] == nearest(twice, vectors)[0]).all()


def test_what_is_new_becomes_a_group_behind_the_known_ones():
    vectors, truth = planted([60, 60, 60, 60, 60])
    old = truth < 4
    first = find_groups(vectors[old], each_alone(vectors[old]), seed=1)
    known = len(first.directions)
    then = find_groups(vectors, each_alone(vectors), seed=1, known=first)
    labels, _ = nearest(then, vectors)
    assert np.bincount(labels[~old][labels[~old] >= 0]).argmax() >= known
    before, _ = nearest(first, vectors[old])
    assert (labels[old][before >= 0] == before[before >= 0]).mean() >= 0.97


def test_a_few_texts_on_something_new_become_a_group_of_a_corpus_that_is_not_outgrown():
    vectors, truth = planted([120, 90, 70, 60, 45, 15])
    early = vectors[:385:2]
    first = find_groups(early, each_alone(early), seed=1)
    assert len(first.directions) == 5
    assert not outgrown(first, vectors)
    then = find_groups(vectors, each_alone(vectors), seed=1, known=first)
    assert len(then.directions) == 6
    assert np.flatnonzero(nearest(then, vectors)[0] == 5).tolist() == np.flatnonzero(truth == 5).tolist()


def sizes_of(groups, vectors):
    labels, _ = assigned(groups, directions_from(vectors, groups.middle))
    return np.bincount(labels, minlength=len(groups.directions)).tolist()


@pytest.mark.parametrize(("newcomers", "seed"), [(12, 1), (15, 0), (15, 3), (30, 1)])
def test_what_is_born_has_ten_texts_of_its_own_not_only_near_it(newcomers, seed):
    vectors, _ = planted([120, 90, 70, 60, 45, newcomers], seed=seed, spread=1.6)
    first = find_groups(vectors[::2], each_alone(vectors[::2]), seed=1)
    then = find_groups(vectors, each_alone(vectors), seed=1, known=first)
    assert all(size >= 10 for size in sizes_of(then, vectors)[len(first.directions) :])


def test_a_group_is_divided_if_either_part_keeps_ten_texts_and_they_are_counted_as_they_belong():
    vectors, _ = planted([120, 90, 24, 60, 24])
    groups = find_groups(vectors, each_alone(vectors), seed=1)
    before = sizes_of(groups, vectors)
    whole, count = divided(groups, 1, vectors, seed=1)
    after = sizes_of(whole, vectors)
    assert (before[1], after[1], after[-1], count) == (120, 72, 48, 48)
    # Of the 24 of this one k-means puts ten apart, but only five would belong to them.
    assert before[2] == 24
    assert divided(groups, 2, vectors, seed=1) == (groups, 0)


def test_nothing_is_born_of_more_of_the_same():
    vectors, _ = planted([200, 150, 120, 100, 80, 60, 20, 16, 14, 12], spread=1.5)
    first = find_groups(vectors[::2], each_alone(vectors[::2]), seed=1)
    then = find_groups(vectors, each_alone(vectors), seed=1, known=first)
    assert len(then.directions) == len(first.directions)


def test_a_group_of_which_nobody_speaks_is_found_again_though_the_rest_is_learned_anew():
    vectors, truth = planted([60, 60, 60, 60])
    first = find_groups(vectors, each_alone(vectors), seed=1)
    many = np.vstack([vectors[truth < 2]] * 10)
    then = find_groups(many, each_alone(many), seed=1, known=first)
    assert then.learned_from == 1200
    assert (nearest(then, vectors[truth == 3])[0] == nearest(first, vectors[truth == 3])[0]).mean() > 0.9


def test_a_call_with_fewer_texts_moves_nothing():
    vectors, _ = planted([60, 60, 60, 60])
    first = find_groups(vectors, each_alone(vectors), seed=1)
    then = find_groups(vectors[::4], each_alone(vectors[::4]), seed=1, known=first)
    assert (then.directions == first.directions).all()
    assert (then.floor, then.texts) == (first.floor, 240)


def test_what_one_case_says_is_no_group_of_its_own():
    vectors, truth = planted([60, 60, 40])
    cases = np.where(truth == 2, 9999, np.arange(len(truth)))
    groups = find_groups(vectors, cases, seed=1)
    labels, _ = nearest(groups, vectors)
    assert all(len(np.unique(cases[labels == group])) >= 3 for group in np.unique(labels[labels >= 0]))


def test_equal_vectors_are_one_group():
    same = np.tile(planted([1])[0], (60, 1))
    groups = find_groups(same, each_alone(same), seed=1)
    assert len(groups.directions) == 1
    assert np.isfinite(groups.directions).all()


def test_a_corpus_past_what_is_fitted_is_grouped_all_the_same():
    vectors, truth = planted([2500, 2500, 2000])
    labels, _ = nearest(find_groups(vectors, each_alone(vectors), seed=1), vectors)
    assert len(labels) == 7000
    assert purity(labels, truth) > 0.95
