"""When something that protects people fails, no text passes: each way of failing, through the door that users take."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from builders import a_raw_document
from themes import language, models
from themes.deidentify import fingerprint, self_test
from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.decide import combine
from themes.deidentify.document import deidentify
from themes.deidentify.findings import details_of, details_or_trouble
from themes.deidentify.recognize.names import find_names
from themes.deidentify.self_test import LastTest, self_test_when_due
from themes.deidentify.vault.vault import Vault
from themes.deidentify.weigh import hearing, own_tagger, sums, weights
from themes.deidentify.weigh.hearing import unheard
from themes.deidentify.weigh.own_tagger import find_with_own_tagger
from themes.deidentify.weigh.tagger import find_entities
from themes.errors import ModelError, ProtectionError
from themes.language import _entity_pipeline
from themes.records.corpus import SourceRef
from themes.records.privacy import Finding
from themes.records.raw import RawDocument
from themes.records.spec import CorpusSpec

RULES = {name: r for name, r in RECOGNIZERS.items() if r not in (find_entities, find_with_own_tagger)}


@pytest.fixture(autouse=True)
def _untested(monkeypatch: pytest.MonkeyPatch) -> None:
    """No recogniser has passed its self-test yet, whichever tests ran before in this process."""
    monkeypatch.setattr(self_test, "_last", LastTest())


def themes_deidentify(folder: Path, *options: str, **environment: str) -> tuple[int, str, bool]:
    """Exit status, what was said, and whether anything came out, of `themes deidentify` on one line."""
    (folder / "in.jsonl").write_text(json.dumps({"id": 1, "text": "My adviser Karen rang."}), encoding="utf-8")
    command = [sys.executable, "-m", "themes.cli.main", "deidentify", "in.jsonl", "out.jsonl", *options]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr, (folder / "out.jsonl").exists()


def no_folder(folder: Path) -> None:
    """The model is not there at all."""


def empty_folder(folder: Path) -> None:
    folder.mkdir()


def empty_files(folder: Path) -> None:
    for name in ("onnx/model_q4.onnx", "tokenizer.json", "config.json", "meta.json", "config.cfg"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def rubbish(folder: Path) -> None:
    empty_files(folder)
    for file in folder.rglob("*.*"):
        file.write_text("{}")


@pytest.mark.parametrize("broken", [no_folder, empty_folder, empty_files, rubbish])
def test_a_model_that_is_missing_empty_or_rubbish_lets_nothing_out(tmp_path: Path, broken) -> None:
    broken(tmp_path / "model")
    status, said, came_out = themes_deidentify(tmp_path, THEMES_SPACY_MODEL=str(tmp_path / "model"))
    assert (status, came_out) == (1, False)
    assert "Karen" not in said and "Traceback" not in said
    assert "make setup" in said


@pytest.mark.parametrize(
    ("model", "name", "cached"),
    [("pieces", "own-tagger", own_tagger._model), ("spacy", "spacy", _entity_pipeline)],
)
def test_a_model_of_another_hash_lets_nothing_out(
    spec: CorpusSpec, vault: Vault, monkeypatch: pytest.MonkeyPatch, model: str, name: str, cached
) -> None:
    monkeypatch.setitem(models.PINNED, model, "0" * 64)
    cached.cache_clear()
    with pytest.raises(ModelError, match=f"'{model}' at .* is not the one this version was built for"):
        deidentify([a_raw_document("Ask Karen.")], spec=spec, vault=vault, recognizers={name: RECOGNIZERS[name]})
    cached.cache_clear()


def gone(file: Path) -> None:
    file.unlink()


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:1000])


def another(file: Path) -> None:
    np.savez(file, **{"first norm": np.ones((2, 384), np.float32)})


@pytest.mark.parametrize(
    ("broken", "why"), [(gone, "FileNotFoundError"), (cut_short, "not the one"), (another, "not the one")]
)
def test_weights_of_our_own_tagger_that_are_damaged_let_nothing_out(
    spec: CorpusSpec, vault: Vault, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, broken, why: str
) -> None:
    copy = tmp_path / "own_tagger.npz"
    copy.write_bytes(own_tagger.WEIGHTS_FILE.read_bytes())
    broken(copy)
    monkeypatch.setattr(own_tagger, "WEIGHTS_FILE", copy)
    own_tagger._model.cache_clear()
    with pytest.raises(ModelError, match=rf"own_tagger\.npz cannot be used \(.*{why}"):
        deidentify([a_raw_document("Ask Karen.")], spec=spec, vault=vault)
    own_tagger._model.cache_clear()


def test_a_network_that_cannot_be_built_lets_nothing_out(
    spec: CorpusSpec, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_tagger, "graph_of", lambda arrays: b"nothing")
    own_tagger._model.cache_clear()
    with pytest.raises(ModelError, match="could not be loaded"):
        deidentify([a_raw_document("Ask Karen.")], spec=spec, vault=vault)
    own_tagger._model.cache_clear()


def test_a_corpus_in_a_language_without_recognisers_lets_nothing_out(tmp_path: Path) -> None:
    corpus = tmp_path / "cymraeg"
    corpus.mkdir()
    (corpus / "corpus.toml").write_text(
        'language = "cy"\n[[source]]\nname = "stories"\nreader = "story_file"\nfiles = "*.txt"\n'
    )
    status, said, came_out = themes_deidentify(tmp_path, "--corpus", str(corpus))
    assert (status, came_out) == (1, False)
    assert "is in 'cy', for which there are no recognisers" in " ".join(said.split())


class Slow:
    """Finds names, but never comes back from a text about snails."""

    def __call__(self, documents: Sequence[RawDocument]) -> list[list[Finding]]:
        while any("snail" in document.text for document in documents):
            pass
        return find_names(documents)


def test_a_text_that_takes_too_long_is_kept_out_and_the_others_pass(spec: CorpusSpec, vault: Vault) -> None:
    texts = ("It rained.", "A snail, said Karen.", "It was cold.")
    raw = [a_raw_document(text, document_key=text, source=SourceRef("page.html", text[:5])) for text in texts]
    result = deidentify(raw, spec=spec, vault=vault, recognizers={**RULES, "names": Slow()}, patience_seconds=4)
    assert [document.text for document in result.documents] == ["It rained.", "It was cold."]
    [kept_out] = result.quarantined
    assert kept_out.reason == (
        "The recognisers took more than 4 seconds for this text, so it is kept out. "
        "Shorten it, or look for what repeats."
    )


class Tiring:
    """A recogniser that finds nothing any more once it has looked at so many texts, as an emptied model would."""

    def __init__(self, name: str, texts: int) -> None:
        self.name, self.texts = name, texts

    def __call__(self, documents: Sequence[RawDocument]) -> list[list[Finding]]:
        self.texts -= len(documents)
        return RULES[self.name](documents) if self.texts > 0 else [[] for _ in documents]


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_recogniser_that_dies_among_a_thousand_documents_lets_none_pass(
    spec: CorpusSpec, vault: Vault, name: str
) -> None:
    raw = [a_raw_document("It rained.", document_key=str(n), thread=str(n)) for n in range(1001)]
    with pytest.raises(ProtectionError, match=f"'{name}' missed"):
        deidentify(raw, spec=spec, vault=vault, recognizers={name: Tiring(name, 900)})


class DyingPipeline:
    """spaCy's pipeline, which finds nothing any more once it has tagged so many texts."""

    def __init__(self, texts: int) -> None:
        self.alive, self.texts = _entity_pipeline(), texts

    def __getattr__(self, name: str) -> Any:
        return getattr(self.alive, name)

    def pipe(self, texts: Iterable[str], **options: Any) -> Iterator[Any]:
        for doc in self.alive.pipe(texts, **options):
            self.texts -= 1
            if self.texts < 0:
                doc.ents = []
            yield doc


class DyingSession:
    """The session of our own tagger, which holds every word to be nothing once it has been run so often."""

    def __init__(self, runs: int) -> None:
        self.model, self.runs = own_tagger._model(), runs

    def run(self, *asked: Any) -> Any:
        self.runs -= 1
        (answer,) = self.model.session.run(*asked)
        return [answer if self.runs >= 0 else np.full_like(answer, -9)]


NAMED = [
    a_raw_document(f"Then Zibbet {n} went to see Quilliam Margate.", document_key=str(n), thread=str(n))
    for n in range(80)
]


@pytest.mark.parametrize("tagged", [1, 30, 79])
def test_a_pipeline_that_dies_within_a_batch_lets_none_of_it_pass(
    spec: CorpusSpec, vault: Vault, monkeypatch: pytest.MonkeyPatch, tagged: int
) -> None:
    self_test_when_due(RECOGNIZERS)
    pipeline = DyingPipeline(tagged)
    monkeypatch.setattr(language, "_entity_pipeline", lambda: pipeline)
    with pytest.raises(ProtectionError, match=r"spaCy pipeline no longer finds .* None of them was passed"):
        deidentify(NAMED, spec=spec, vault=vault)
    assert pipeline.texts < 0


@pytest.mark.parametrize("runs", [0, 1, 2])
def test_a_tagger_that_dies_within_a_batch_lets_none_of_it_pass(
    spec: CorpusSpec, vault: Vault, monkeypatch: pytest.MonkeyPatch, runs: int
) -> None:
    self_test_when_due(RECOGNIZERS)
    dying = replace(own_tagger._model(), session=DyingSession(runs))
    monkeypatch.setattr(own_tagger, "_model", lambda: dying)
    with pytest.raises(ProtectionError, match=r"Our own tagger no longer finds .* None of them was passed"):
        deidentify(NAMED, spec=spec, vault=vault)


def test_documents_are_done_in_lots_of_a_thousand_with_a_test_after_each(spec: CorpusSpec, vault: Vault) -> None:
    raw = [a_raw_document("Ask Karen.", document_key=str(n), thread=str(n // 2)) for n in range(1001)]
    karen = vault.surrogate("person", "person", "karen")
    result = deidentify(raw, spec=spec, vault=vault, recognizers={"names": find_names})
    assert {document.text for document in result.documents} == {f"Ask {karen}."}
    assert len(result.documents) == 1001


def test_what_one_finds_must_outlast_the_others(
    spec: CorpusSpec, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(combine, "last_odds", lambda seen, *_: unheard(seen))  # weights that hold no word to be a name
    with pytest.raises(ProtectionError, match="is lost when all are combined"):
        deidentify([a_raw_document("Ask Karen.")], spec=spec, vault=vault)


def test_weights_that_are_not_those_that_were_trained_are_refused(
    tmp_path: Path, spec: CorpusSpec, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "evidence.npz"
    monkeypatch.setattr(weights, "WEIGHTS_FILE", other)
    for content, trouble in ((None, "FileNotFoundError"), (b"", "not the one that its report describes")):
        if content is not None:
            other.write_bytes(content)
        for kept in (weights.shipped, sums.sums, hearing._heard):
            kept.cache_clear()
        with pytest.raises(ModelError, match=trouble):
            deidentify([a_raw_document("Ask Karen.")], spec=spec, vault=vault)
    for kept in (weights.shipped, sums.sums, hearing._heard):
        kept.cache_clear()


def test_details_are_never_looked_for_by_nobody(spec: CorpusSpec) -> None:
    with pytest.raises(ProtectionError, match="There is no recogniser"):
        details_of([a_raw_document()], spec=spec, recognizers={})


def test_an_error_of_ours_is_not_the_documents_fault(spec: CorpusSpec) -> None:
    class Gone:
        """Stumbles over many, and is gone when asked about one."""

        def __call__(self, documents: Sequence[RawDocument]) -> list[list[Finding]]:
            if any(document.text == "It was cold." for document in documents[1:]):
                raise RecursionError
            raise ModelError("gone")

    raw = [a_raw_document(text, document_key=text) for text in ("It rained.", "It was cold.")]
    with pytest.raises(ModelError, match="gone"):
        list(details_or_trouble(raw, spec=spec, recognizers={"gone": Gone()}))
    with pytest.raises(ModelError, match="gone"):
        list(details_or_trouble(raw[:1], spec=spec, recognizers={"gone": Gone()}))


class Tongue_tied:
    """A recogniser that leaves out the answer for one document."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, documents: Sequence[RawDocument]) -> list[list[Finding]]:
        answers = RULES[self.name](documents)
        return answers[:-1] if len(answers) > 1 else answers


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_recogniser_that_answers_for_too_few_lets_none_pass(spec: CorpusSpec, vault: Vault, name: str) -> None:
    raw = [a_raw_document(text, document_key=text) for text in ("It rained.", "It was cold.")]
    with pytest.raises(ProtectionError, match=f"The recogniser '{name}' answered for"):
        deidentify(raw, spec=spec, vault=vault, recognizers={**RULES, name: Tongue_tied(name)})


def test_a_hidden_name_is_in_nothing_that_comes_out(spec: CorpusSpec, vault: Vault) -> None:
    thread = [
        a_raw_document(
            "I was sanctioned. Tamsel.", author="Tamsel Quirke", name_hidden=True, document_key="1", case_key="1",
            attributes={"Who are you? (Tamsel Quirke)": "Tamsel"}, prompt="Tamsel, what happened?",
            source=SourceRef("tamsel_quirke.html", "comment of Tamsel Quirke"),
        ),
        a_raw_document("as tamsell said, QUIRKE's right", author="Wren", document_key="2", case_key="2", reply_to="1"),
    ]  # fmt: skip
    result = deidentify(thread, spec=spec, vault=vault)
    assert [document.name_hidden for document in result.documents] == [True, False]
    told = repr(result).casefold()
    assert "tamsel" not in told and "quirke" not in told


def test_weights_that_are_gone_have_no_fingerprint(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fingerprint, "OWN_TAGGER_FILE", tmp_path / "own_tagger.npz")
    fingerprint.code_version.cache_clear()
    with pytest.raises(ModelError, match=r"own_tagger\.npz cannot be read"):
        fingerprint.code_version()
    fingerprint.code_version.cache_clear()
