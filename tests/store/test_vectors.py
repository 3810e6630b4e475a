"""Vectors are kept for the next run, close enough."""

import numpy as np

from themes.store.vectors import read_vectors, write_vectors


def test_vectors_come_back_to_three_decimals(tmp_path):
    vectors = np.array([[0.6, 0.8], [1.0, 0.0], [0.0, 1.0]], np.float32)
    write_vectors(tmp_path, 0, ["a", "b"], vectors[:2])
    write_vectors(tmp_path, 1, ["c"], vectors[2:])
    back = dict(read_vectors(tmp_path, wanted={"a", "c"}))
    assert sorted(back) == ["a", "c"]
    assert np.abs(back["a"] - vectors[0]).max() < 0.001
    assert (back["c"] == vectors[2]).all()


def test_no_vectors_make_an_empty_part(tmp_path):
    write_vectors(tmp_path, 0, [], np.empty((0, 2), np.float32))
    assert dict(read_vectors(tmp_path, wanted={"a"})) == {}


def test_a_vector_that_is_taken_over_does_not_change_again(tmp_path):
    first = np.random.default_rng(1).normal(size=(1, 8)).astype(np.float32)
    write_vectors(tmp_path / "1", 0, ["a"], first)
    once = dict(read_vectors(tmp_path / "1", wanted={"a"}))["a"]
    write_vectors(tmp_path / "2", 0, ["a"], once[None])
    assert (dict(read_vectors(tmp_path / "2", wanted={"a"}))["a"] == once).all()
