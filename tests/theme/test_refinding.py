"""A corpus that has outgrown its groups is looked at afresh, and its groups stay themselves."""

import numpy as np

from planted_vectors import planted
from themes.theme.clusters import clusters_from
from themes.theme.finding import find_groups
from themes.theme.groups import directions_from, nearest
from themes.theme.refinding import found_again, matched, outgrown


def alone(vectors):
    return np.arange(len(vectors))


def most_often(labels):
    return int(np.bincount(labels[labels >= 0]).argmax())


def test_pairs_are_one_to_one_and_the_best_together_not_each_for_itself():
    likeness = np.array([[0.9, 0.8], [0.85, 0.1], [0.2, 0.3]], np.float32)
    assert matched(likeness, at_least=0.5).tolist() == [1, 0, -1]
    assert matched(likeness[:0], at_least=0.5).tolist() == []


def test_more_of_the_same_is_not_outgrown_and_four_times_as_much_is():
    vectors, _ = planted([80, 80, 80])
    known = find_groups(vectors[::4], alone(vectors[::4]), seed=1)
    assert not outgrown(known, vectors[::2])
    assert outgrown(known, vectors)


def test_a_corpus_of_another_field_is_outgrown_and_gets_groups_of_its_own():
    vectors, group = planted([0, 0, 0, 0, 40, 40, 40, 40])
    before, _ = planted([40, 40, 40, 40])
    known = find_groups(before, alone(before), seed=1)
    assert outgrown(known, vectors)
    now = find_groups(vectors, alone(vectors), seed=1, known=known)
    labels, _ = nearest(now, vectors)
    of_each = [most_often(labels[group == g]) for g in range(4, 8)]
    assert len(set(of_each)) == 4
    assert min(of_each) >= len(known.directions)
    # and nothing of what was known is lost: the earlier texts go where they went
    old, then = nearest(now, before)[0], nearest(known, before)[0]
    assert (old == then)[then >= 0].mean() >= 0.9


def test_known_groups_keep_their_places_when_found_again_beside_new_ones():
    before, _ = planted([30, 30, 30])
    known = find_groups(before, alone(before), seed=1)
    assert len(known.directions) == 3
    after, group = planted([120, 120, 120, 120], seed=4)
    now = found_again(known, after, alone(after), seed=1)
    assert len(now.directions) == 4
    old = nearest(known, after[group < 3])[0]
    new = nearest(now, after)[0]
    assert (new[group < 3] == old)[old >= 0].mean() >= 0.97
    assert most_often(new[group == 3]) == 3
    assert now.learned_from == now.texts == 480


def test_what_drifts_to_mean_something_else_is_not_the_same_group():
    before, _ = planted([40, 40])
    known = find_groups(before, alone(before), seed=1)
    after, _ = planted([0, 0, 40, 40])
    now = found_again(known, after, alone(after), seed=1)
    assert set(nearest(now, after)[0].tolist()).isdisjoint({0, 1})
    assert len(now.directions) == 4


def test_what_few_people_say_is_no_new_group():
    before, _ = planted([40, 40])
    known = find_groups(before, alone(before), seed=1)
    after, group = planted([40, 40, 30], seed=2)
    cases = np.where(group == 2, 9999, np.arange(len(group)))
    assert len(found_again(known, after, cases, seed=1).directions) == len(known.directions)


def test_clusters_that_still_have_texts_keep_their_numbers():
    vectors, group = planted([40, 40, 40, 40])
    units = directions_from(vectors, vectors.mean(axis=0))
    started = np.where(group == 3, -1, group * 2)
    found = clusters_from(units, started, seed=1)
    assert [most_often(found[group == g]) for g in range(3)] == [0, 2, 4]
    assert most_often(found[group == 3]) >= 5


def test_finding_again_is_the_same_each_time():
    before, _ = planted([30, 30, 30])
    known = find_groups(before, alone(before), seed=1)
    after, _ = planted([50, 50, 50, 50], seed=4)
    one, two = (found_again(known, after, alone(after), seed=1) for _ in range(2))
    assert (one.directions == two.directions).all()
    assert (one.weights == two.weights).all()
