"""The learned weights: that they are the ones that were trained."""

from pathlib import Path

import pytest

from invented_weights import some_weights
from themes.deidentify.weigh import weights
from themes.deidentify.weigh.forms import hashed
from themes.deidentify.weigh.weights import FAMILIES, packed, shipped, unpacked
from themes.errors import ModelError


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("WEIGHTS_FILE", "REPORT_FILE"):
        kept = getattr(weights, name)
        (tmp_path / kept.name).write_bytes(kept.read_bytes())
        monkeypatch.setattr(weights, name, tmp_path / kept.name)
    monkeypatch.setattr(weights, "shipped", weights.shipped.__wrapped__)
    return tmp_path


def test_the_weights_that_ship_are_the_ones_of_their_report() -> None:
    assert shipped().models == tuple(f"{family} {half}" for family in FAMILIES for half in ("first", "full", "last"))


@pytest.mark.parametrize("harm", [lambda b: b[:-1], lambda b: b[:99] + bytes([b[99] ^ 1]) + b[100:], lambda b: b""])
def test_a_damaged_file_stops_the_run(elsewhere: Path, harm: object) -> None:
    file = elsewhere / "evidence.npz"
    file.write_bytes(harm(file.read_bytes()))
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
