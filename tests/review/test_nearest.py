"""The nearest reviewed excerpts, by the vectors of a run."""

import numpy as np
import pytest

from themes.review.nearest import Nearest, Reviewed
from themes.store.vectors import write_vectors

IDS = ["d1:0-1", "d1:2-3", "d1:4-5", "d2:0-1", "d2:2-3", "d2:4-5"]
VECTORS = np.array([[1, 0], [0.8, 0.6], [2, 0], [0, 1], [0.6, 0.8], [0, 0]], np.float32)


@pytest.fixture
def nearest(tmp_path):
    write_vectors(tmp_path, 0, IDS[:3], VECTORS[:3])
    write_vectors(tmp_path, 1, IDS[3:], VECTORS[3:])
    return Nearest(tmp_path)


def test_the_nearest_come_first_whatever_their_length_and_none_that_is_far(nearest):
    decided = dict.fromkeys(IDS, True) | {"d1:2-3": False}
    assert nearest.to("d1:0-1", decided) == [
        Reviewed("d1:4-5", 1.0, True),
        Reviewed("d1:2-3", 0.8, False),
        Reviewed("d2:2-3", 0.6, True),
    ]
    assert nearest.to("d1:0-1", {"d2:0-1": True, "d2:4-5": True, "d9:0-1": True}) == []


def test_without_decisions_or_a_vector_nothing_is_near(nearest, tmp_path):
    assert nearest.to("d1:0-1", {}) == nearest.to("d1:0-1", {"d1:0-1": True}) == []
    assert nearest.to("d1:0-3", {"d1:0-1": True}) == []
    assert Nearest(tmp_path / "none").to("d1:0-1", {"d1:0-1": True}) == []


def test_vectors_are_read_once_and_only_where_somebody_has_decided(nearest, monkeypatch):
    read = []
    monkeypatch.setattr("themes.review.nearest.read_vectors", lambda run, wanted: read.append(run) or iter(()))
    assert nearest.to("d1:0-1", {}) == [] and read == []
    assert nearest.to("d1:0-1", {"d1:2-3": True}) == nearest.to("d1:2-3", {"d1:0-1": True}) == []
    assert len(read) == 1
