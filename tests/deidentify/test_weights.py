"""The learned weights: that they are the ones that were trained, and that they are added up as the file says."""

from pathlib import Path

import numpy as np
import pytest

from themes.deidentify import weights
from themes.deidentify.forms import FEATURES, Form, hashed
from themes.deidentify.weights import VECTOR, Sums, Weights, packed, shipped, unpacked
from themes.errors import ModelError


def some_weights(**features: float) -> Weights:
    table = np.zeros((FEATURES, 1), np.float32)
    for feature, weight in features.items():
        table[hashed([feature.replace("_", " ")])] = weight
    return Weights(
        ("person first",), table, np.zeros((3, 2 * VECTOR, 1), np.float32), np.array([0.5], np.float32),
        np.zeros(300, np.float32), np.zeros((300, VECTOR), np.float32),
    )  # fmt: skip


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("WEIGHTS_FILE", "REPORT_FILE"):
        kept = getattr(weights, name)
        (tmp_path / kept.name).write_bytes(kept.read_bytes())
        monkeypatch.setattr(weights, name, tmp_path / kept.name)
    monkeypatch.setattr(weights, "shipped", weights.shipped.__wrapped__)
    return tmp_path


def test_the_weights_that_ship_are_the_ones_of_their_report() -> None:
    assert shipped().models == tuple(
        f"{family} {half}" for family in ("person", "place", "unit", "strict") for half in ("first", "full", "last")
    )


@pytest.mark.parametrize("harm", [lambda b: b[:-1], lambda b: b[:99] + bytes([b[99] ^ 1]) + b[100:], lambda b: b""])
def test_a_damaged_file_stops_the_run(elsewhere: Path, harm: object) -> None:
    file = elsewhere / "evidence.npz"
    file.write_bytes(harm(file.read_bytes()))  # type: ignore[operator]
    with pytest.raises(ModelError, match="not the one that its report describes"):
        weights.shipped()


@pytest.mark.parametrize("name", ["evidence.npz", "evidence.json"])
def test_a_missing_file_stops_the_run(elsewhere: Path, name: str) -> None:
    (elsewhere / name).unlink()
    with pytest.raises(ModelError, match=r"cannot be used \(FileNotFoundError\)"):
        weights.shipped()


def test_weights_come_out_of_a_file_as_they_went_in() -> None:
    content = packed(some_weights(shape_title=2.0, rule_name=-1.5))
    again = unpacked(content)
    assert packed(again) == content
    assert again.table[hashed(["shape title", "rule name", "shape lower"]), 0].tolist() == [2.0, -1.5, 0.0]


def test_the_weights_of_all_features_of_all_bundles_are_added_once() -> None:
    sums = Sums(some_weights(frame_before_a_b_=0.25, frame_after_c_d_=1.0))
    word = [("frame", ("before", "a", "b", "")), ("frame", ("after", "c", "d", ""))]
    for _ in range(2):
        assert sums.of([word, [word[0], word[0]]]).tolist() == [[1.25], [0.5]]
    assert sums.of([]).shape == (0, 1)


def test_sums_stay_right_when_what_is_remembered_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "MOST_REMEMBERED", 3)
    sums = Sums(some_weights(frame_before_a_b_=0.25))
    words = [[("frame", ("before", "a", "b", ""))], *([("frame", ("after", str(n), "", ""))] for n in range(5))]
    for _ in range(3):
        assert sums.of(words).ravel().tolist() == [0.25, 0, 0, 0, 0, 0]


def test_what_could_not_be_added_up_is_not_remembered_as_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    sums = Sums(some_weights())
    sums.weights.vectors[1] = 1.0
    word = [[("own", (Form("karen", "karen", "lower", opens=False),))]]

    def fails(_: str, *__: object) -> None:
        raise ModelError("The word vectors are not there.")

    monkeypatch.setattr(weights, "word_pair", fails)
    with pytest.raises(ModelError):
        sums.of(word)
    monkeypatch.setattr(weights, "word_pair", lambda *_: np.ones(2 * VECTOR, np.float32))
    assert sums.of(word).tolist() == [[2.0 * VECTOR]]
