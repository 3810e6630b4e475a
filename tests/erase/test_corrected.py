"""A run made before somebody marked a detail: what of it may not be shown any more."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders import a_document, a_raw_document
from flows_small_corpus import make_corpus
from themes.deidentify.correct.corrections import ask, take_back
from themes.deidentify.correct.corrections_in_force import settle, take_up
from themes.deidentify.vault.vault import Vault
from themes.erase.corrected import corrected_since, runs_that_show
from themes.errors import VaultError
from themes.read.spec import read_spec
from themes.records.corpus import Case, Document
from themes.records.correction import Correction, CorrectionAction
from themes.records.privacy import Replacement
from themes.records.span import Span
from themes.store.run_folder import RunFolder

NOW = datetime(2026, 1, 5, 6, tzinfo=UTC)
TEXT = "At Quillon House they were kind."


class Study:
    """A run of two texts and the vault it was made with."""

    def __init__(self, folder: Path) -> None:
        self.spec = read_spec(make_corpus(folder / "corpora" / "small"))
        self.vault = Vault.open(self.spec.folder)
        self.run = RunFolder(folder / "outputs" / "small" / "run")
        self.ids = [self.vault.keyed_id("document", key) for key in "ab"]
        self.document = a_document(self.ids[0], TEXT, case_id="c1")
        self.write({"c1": {}, "c2": {}})

    def write(self, answers: dict[str, dict[str, str]], text: str = TEXT, other: str = "Fine.") -> None:
        texts = [a_document(self.ids[0], text, case_id="c1"), a_document(self.ids[1], other, case_id="c2")]
        self.run.write(Document, 0, texts)
        self.run.write(Case, 0, [Case(case_id, told) for case_id, told in answers.items()])
        (self.run.path / "manifest.json").write_text('{"started_at": "2026"}')

    def marked(self, action: CorrectionAction = CorrectionAction.MASK) -> Correction:
        span = Span(3, 16)
        label = "HOSPITAL" if action is CorrectionAction.MASK else ""
        return ask(self.vault, self.document, span, action, label=label, by="A. Nalyst", now=NOW)

    def since(self) -> set[str]:
        return corrected_since(self.spec, self.run)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    made = Study(tmp_path)
    with closing(made.vault):
        yield made


def test_a_text_whose_mark_still_waits_shows_it(study: Study) -> None:
    assert study.since() == set()
    correction = study.marked()
    assert study.since() == {study.ids[0]}
    take_back(study.vault, correction.number, by="A. Nalyst", now=NOW)
    assert study.since() == set()


def test_a_mark_in_force_is_looked_for_in_texts_and_closed_answers_of_everybody(study: Study) -> None:
    study.marked()
    settle(study.vault, [a_raw_document(TEXT, document_key="a")], now=NOW)
    take_up(study.vault, now=NOW)
    assert study.since() == {study.ids[0]}
    study.write({"c1": {}, "c2": {"place": "Quillon House"}}, text="At [hospital K7QX2M] they were kind.")
    assert study.since() == {study.ids[1]}
    study.write({"c1": {}, "c2": {}}, text="All fine.", other="I know Quillon House.")
    assert study.since() == {study.ids[1]}


def test_a_mask_that_is_to_go_hinders_nothing(study: Study) -> None:
    study.document = a_document(
        study.ids[0], "At [hospital K7QX2M].", replacements=(Replacement(Span(3, 9), "HOSPITAL", "[hospital K7QX2M]"),)
    )
    study.marked(CorrectionAction.UNMASK)
    assert study.since() == set()


def test_where_no_vault_was_made_nothing_was_marked(tmp_path: Path) -> None:
    spec = read_spec(make_corpus(tmp_path / "corpora" / "small"))
    assert runs_that_show(spec, tmp_path / "outputs" / "small") == {}


def test_with_another_vault_nobody_can_tell(study: Study) -> None:
    study.ids = ["dzzzzzzz", "dyyyyyyy"]
    study.write({})
    with pytest.raises(VaultError, match="another vault"):
        study.since()
