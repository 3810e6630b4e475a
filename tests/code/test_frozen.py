import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from builders import a_code, a_codebook, a_segment
from themes.code import frozen
from themes.code.frozen import STARTERS, digest_of, fingerprint, fitted, freeze, thaw
from themes.code.stack import fit
from themes.embedding import encoding_by
from themes.read.codebook import packaged_codebook, read_codebook
from themes.read.labelled import read_labelled
from themes.records.coding import LabelledSegment

CODEBOOK = a_codebook(a_code("food", name="Food", definition=""), a_code("cars", name="Cars", definition=""))
ROWS = [("The soup was cold", {"food"}), ("The car park was full", {"cars"}), ("It rained in May", set())]
LABELLED = [
    LabelledSegment(a_segment(f"d{at}:0-1", f"{text} {at}, so there"), frozenset(codes))
    for at, (text, codes) in enumerate(ROWS * 12)
]
NEW = [a_segment(text="The soup was stale"), a_segment(text="We drove home")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("coders")
    assert fitted(LABELLED, CODEBOOK, seed=1, folder=folder) is not None
    return folder


def test_a_frozen_coder_is_not_fitted_again(folder, monkeypatch):
    monkeypatch.setattr(frozen, "fit", None)
    assert fitted(LABELLED, CODEBOOK, seed=1, folder=folder) is not None


def test_the_last_runs_coder_is_taken_over_by_the_next_run(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(frozen, "fit", None)
    fitted(LABELLED, CODEBOOK, seed=1, folder=tmp_path / "coder", earlier=folder)
    now = {path.name: path.read_bytes() for path in (tmp_path / "coder").iterdir()}
    assert now == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_order_of_labels_makes_no_difference_to_a_byte(folder, tmp_path):
    shuffled = [
        LabelledSegment(replace(one.segment, segment_id=f"e{at}:0-1", document_id=f"e{at}"), one.code_ids)
        for at, one in enumerate(random.Random(5).sample(LABELLED, len(LABELLED)))
    ]
    fitted(shuffled, CODEBOOK, seed=1, folder=tmp_path)
    now = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert now == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_coder_fitted_by_another_encoder_is_not_used(folder):
    with encoding_by("static"):
        assert thaw(next(folder.glob("*.npz")), fitted_on=fingerprint(LABELLED, CODEBOOK)) is None


def test_the_frozen_coder_codes_as_the_one_just_fitted(folder):
    now, then = fitted(LABELLED, CODEBOOK, seed=1), fitted(LABELLED, CODEBOOK, seed=1, folder=folder)
    np.testing.assert_array_equal(now.judge(NEW, CODEBOOK).probabilities, then.judge(NEW, CODEBOOK).probabilities)


def test_freezing_costs_no_more_than_a_hundredth(folder):
    exact, kept = fit(LABELLED, CODEBOOK, seed=1), fitted(LABELLED, CODEBOOK, seed=1, folder=folder)
    difference = exact.judge(NEW, CODEBOOK).probabilities - kept.judge(NEW, CODEBOOK).probabilities
    assert np.abs(difference).max() < 0.01


def test_a_file_that_was_changed_is_fitted_anew(folder, tmp_path):
    (source,) = folder.glob("*.npz")
    copy = tmp_path / source.name
    copy.write_bytes(source.read_bytes() + b"\0")
    copy.with_suffix(".json").write_text(source.with_suffix(".json").read_text())
    assert thaw(source, fitted_on=fingerprint(LABELLED, CODEBOOK)) is not None
    assert thaw(copy, fitted_on=fingerprint(LABELLED, CODEBOOK)) is None


@pytest.mark.parametrize("left", ["", '{"sha256": "', "{}", "[]", '{"sha256": 1, "fitted_on": 2}', None])
def test_a_coder_whose_account_is_damaged_or_missing_is_fitted_anew(folder, tmp_path, left):
    for place in ("coder", "earlier"):
        shutil.copytree(folder, tmp_path / place)
        (account,) = (tmp_path / place).glob("*.json")
        account.unlink() if left is None else account.write_text(left)
    assert digest_of(LABELLED, CODEBOOK, seed=1, folder=tmp_path / "coder") == ""
    for now, earlier in (("coder", None), ("new", tmp_path / "earlier")):
        fitted(LABELLED, CODEBOOK, seed=1, folder=tmp_path / now, earlier=earlier)
        assert {path.name: path.read_bytes() for path in (tmp_path / now).iterdir()} == {
            path.name: path.read_bytes() for path in folder.iterdir()
        }


def test_a_coder_that_could_not_be_written_leaves_the_one_before_whole(folder, tmp_path, monkeypatch):
    shutil.copytree(folder, tmp_path / "coder")
    (file,) = (tmp_path / "coder").glob("*.npz")
    stack = thaw(file, fitted_on=fingerprint(LABELLED, CODEBOOK))

    def full(path, content):
        path.open("wb").write(content[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        freeze(stack, file, fitted_on="another")
    assert thaw(file, fitted_on=fingerprint(LABELLED, CODEBOOK)) is not None


def test_a_coder_fitted_on_something_else_is_not_used(folder):
    (source,) = folder.glob("*.npz")
    assert thaw(source, fitted_on=fingerprint(LABELLED[1:], CODEBOOK)) is None


@pytest.mark.parametrize(
    ("labelled", "codebook"),
    [
        (LABELLED[:-1], CODEBOOK),
        ([*LABELLED[:-1], LabelledSegment(LABELLED[-1].segment, frozenset({"food"}))], CODEBOOK),
        ([*LABELLED[:-1], LabelledSegment(LABELLED[-1].segment, frozenset(), frozenset({"food"}))], CODEBOOK),
        (LABELLED, a_codebook(CODEBOOK.codes[0], a_code("cars", name="Parking", definition=""))),
        (LABELLED, a_codebook(*CODEBOOK.codes, uncoded=("It rained.",))),
    ],
)
def test_the_fingerprint_tells_what_was_learned_from(labelled, codebook):
    assert fingerprint(labelled, codebook) != fingerprint(LABELLED, CODEBOOK)


def test_a_frozen_coder_holds_numbers_alone(folder):
    (source,) = folder.glob("*.npz")
    with np.load(source, allow_pickle=False) as kept:
        assert {kept[name].dtype.kind for name in kept.files} <= {"b", "i", "f"}
    assert set(json.loads(source.with_suffix(".json").read_text())) == {"sha256", "fitted_on"}


def test_too_few_labels_freeze_nothing(tmp_path):
    assert fitted(LABELLED[:5], CODEBOOK, seed=1, folder=tmp_path) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoder", STARTERS)
def test_the_starters_that_come_with_the_program_are_those_of_its_codebook(encoder):
    codebook = read_codebook(packaged_codebook())
    labelled = read_labelled(codebook.labelled).examples
    with encoding_by(encoder):
        stack = thaw(STARTERS[encoder], fitted_on=fingerprint(labelled, codebook))
    assert stack is not None
    assert stack.taken.shape == (len(labelled), len(codebook.codes))


@pytest.mark.parametrize("encoder", STARTERS)
def test_whoever_starts_from_the_packaged_codebook_gets_its_starter_without_fitting(encoder, monkeypatch):
    monkeypatch.setattr(frozen, "fit", None)
    codebook = read_codebook(packaged_codebook())
    labelled = read_labelled(codebook.labelled).examples
    report = json.loads(STARTERS[encoder].with_suffix(".json").read_text(encoding="utf-8"))
    with encoding_by(encoder):
        assert fitted(labelled, codebook, seed=7) is not None
        assert digest_of(labelled, codebook, seed=7) == report["sha256"]


def test_a_frozen_coder_knows_the_very_vectors_that_it_was_fitted_on(folder):
    exact, kept = fit(LABELLED, CODEBOOK, seed=1), fitted(LABELLED, CODEBOOK, seed=1, folder=folder)
    assert exact.known.keys() == kept.known.keys()
    for space, vectors in exact.known.items():
        np.testing.assert_array_equal(kept.known[space], vectors)


def test_a_coder_that_learned_from_segments_decided_in_part_is_frozen_as_it_is(tmp_path):
    partly = [*LABELLED, LabelledSegment(a_segment("d99:0-1", "The gravy was cold"), frozenset(), frozenset({"cars"}))]
    now = fitted(partly, CODEBOOK, seed=1, folder=tmp_path)
    then = thaw(next(tmp_path.glob("*.npz")), fitted_on=fingerprint(partly, CODEBOOK))
    assert sorted(then.decided.tolist()) == [[False, True]] + [[True, True]] * 36
    np.testing.assert_array_equal(now.judge(NEW, CODEBOOK).probabilities, then.judge(NEW, CODEBOOK).probabilities)
