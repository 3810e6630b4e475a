"""A copy that takes the place of a text that goes is coded as its run would have coded it."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from builders import a_document, a_segment
from flows_small_corpus import CODEBOOK
from themes.erase import coding
from themes.errors import ModelError
from themes.read.codebook import read_codebook
from themes.read.labelled import read_labelled, with_codes
from themes.records.coding import Coding, LabelledSegment
from themes.records.segment import Segment
from themes.records.spec import CorpusSpec
from themes.store.run_folder import RunFolder, write_codebook
from themes.store.vectors import write_vectors
from themes.theme.leaning import POLES

LABELLED = '{"id": "e1", "text": "They stopped my money.", "codes": ["sanctions"]}\n'


@pytest.fixture
def corpus(tmp_path: Path) -> CorpusSpec:
    """A corpus whose codebook learns from one example, and a run that coded by it."""
    named = f'labelled = "labelled.jsonl"\n{CODEBOOK}'
    (tmp_path / "codebook.toml").write_text(named, encoding="utf-8")
    (tmp_path / "labelled.jsonl").write_text(LABELLED, encoding="utf-8")
    codebook = read_codebook(tmp_path / "codebook.toml")
    assert codebook.labelled is not None
    write_codebook(RunFolder(tmp_path / "run"), with_codes(codebook, read_labelled(codebook.labelled).codes))
    return CorpusSpec(tmp_path, "small", (), seed=7)


@pytest.fixture
def learned_from(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many examples the coder was given, at each call."""
    given: list[int] = []

    def code(segments: object, codebook: object, *, labelled: tuple[LabelledSegment, ...], seed: int) -> list[Coding]:
        given.append(len(labelled))
        return []

    monkeypatch.setattr(coding, "code", code)
    monkeypatch.setattr(coding, "embed", lambda texts: np.zeros((len(texts), 3), np.float32))
    return given


def test_the_examples_of_the_corpus_count_while_its_codebook_is_that_of_the_run(
    corpus: CorpusSpec, learned_from: list[int]
) -> None:
    made = coding.coded([a_document("d1", "They were kind.")], corpus.folder / "run", corpus)
    assert [s.segment_id for s in made.segments] == ["d1:0-15"]
    assert list(made.vectors) == ["d1:0-15"]
    assert learned_from == [1]


def test_a_codebook_that_has_changed_since_teaches_nothing(corpus: CorpusSpec, learned_from: list[int]) -> None:
    path = corpus.folder / "codebook.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("Kind staff", "Kindness"), encoding="utf-8")
    coding.coded([a_document()], corpus.folder / "run", corpus)
    assert learned_from == [0]


def test_a_codebook_that_is_gone_teaches_nothing(corpus: CorpusSpec, learned_from: list[int]) -> None:
    (corpus.folder / "codebook.toml").unlink()
    coding.coded([a_document()], corpus.folder / "run", corpus)
    assert learned_from == [0]


def test_without_texts_nothing_is_coded(corpus: CorpusSpec, learned_from: list[int]) -> None:
    assert coding.coded([], corpus.folder / "run", corpus) == coding.Coded()
    assert learned_from == []


@pytest.fixture
def ids(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Encoders that are there, and what they are."""
    there = {"sentence": "identity of sentence", "static": "identity of static", "/own": "identity of own"}

    def identity(encoder: str) -> str:
        if encoder not in there:
            raise ModelError(f"{encoder} is not there.")
        return there[encoder]

    monkeypatch.setattr(coding, "encoder_identity", identity)
    return there


def told_by(run: Path, models: dict[str, str]) -> Path:
    (run / "coder.json").write_text(json.dumps({"models": models}), encoding="utf-8")
    return run


def test_the_encoder_of_a_run_is_known_by_what_it_is(corpus: CorpusSpec, ids: dict[str, str]) -> None:
    run, own = corpus.folder / "run", replace(corpus, encoder="/own")
    assert coding.encoder_of_run(run, corpus) == "sentence"
    assert coding.encoder_of_run(told_by(run, {}), own) == "sentence"
    assert coding.encoder_of_run(told_by(run, {"chosen_encoder": "identity of static"}), own) == "static"
    assert coding.encoder_of_run(told_by(run, {"chosen_encoder": "identity of own"}), own) == "/own"
    assert coding.encoder_of_run(run, corpus) is None
    del ids["sentence"]
    assert coding.encoder_of_run(run, own) == "/own"


def test_texts_of_a_run_whose_encoder_is_gone_lie_near_nothing(
    corpus: CorpusSpec, ids: dict[str, str], learned_from: list[int]
) -> None:
    run = told_by(corpus.folder / "run", {"chosen_encoder": "identity of one that is gone"})
    old = a_segment("d0:0-4", "Went")
    RunFolder(run).write(Segment, 0, [old])
    write_vectors(run, 0, [old.segment_id], np.ones((1, 5), np.float32))
    made = coding.coded([a_document("d1", "They were kind.")], run, corpus)
    assert {name: vector.tolist() for name, vector in made.vectors.items()} == {"d1:0-15": [0.0] * 5}
    assert coding.poles_for_run(run, corpus) is None


def test_poles_are_by_the_encoder_of_the_run(corpus: CorpusSpec, ids: dict[str, str], learned_from: list[int]) -> None:
    poles = coding.poles_for_run(corpus.folder / "run", corpus)
    assert poles is not None
    assert poles.shape == (len(POLES), 3)
