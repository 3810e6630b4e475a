"""`themes check`: it says of the vault what a run would say, and makes none."""

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from builders import a_document
from flows_small_corpus import CODEBOOK, make_corpus
from themes.cli.check import check, refuse_wrong_vault
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import Tombstones, set_marks
from themes.errors import CodebookError, VaultError, VaultLost, WrongUse
from themes.records.corpus import Document
from themes.records.spec import CorpusSpec
from themes.store.run_folder import RunFolder


@pytest.fixture
def spec(tmp_path: Path) -> CorpusSpec:
    folder = tmp_path / "corpora" / "invented"
    folder.mkdir(parents=True)
    return CorpusSpec(folder, "invented", ())


def test_an_older_copy_of_the_vault_is_told_as_a_run_tells_it(spec: CorpusSpec, tmp_path: Path) -> None:
    file = Path(os.environ["THEMES_VAULT"]) / "vault.db"
    with closing(Vault.open(spec.folder)) as vault:
        vault.keyed_id("document", "a")
    shutil.copy(file, tmp_path / "copy.db")
    with closing(Vault.open(spec.folder)) as vault:
        set_marks(vault, [b"withdrawn"])
        assert Tombstones(vault)
    refuse_wrong_vault(spec)
    shutil.copy(tmp_path / "copy.db", file)
    with pytest.raises(VaultLost, match="it is an older copy"):
        refuse_wrong_vault(spec)


def test_runs_of_another_vault_are_told_and_no_vault_is_made(spec: CorpusSpec, tmp_path: Path) -> None:
    refuse_wrong_vault(spec)
    run = RunFolder(tmp_path / "outputs" / "invented" / "20260105-060000")
    run.write(Document, 0, [a_document("dabcdefg")])
    (run.path / "manifest.json").write_text('{"started_at": "2026"}')
    with pytest.raises(VaultError, match="were made with another vault"):
        refuse_wrong_vault(spec)
    assert not Path(os.environ["THEMES_VAULT"]).exists()
    Vault.open(spec.folder).close()
    with pytest.raises(VaultError, match="were made with another vault"):
        refuse_wrong_vault(spec)


def test_a_circle_among_the_parents_of_codes_is_refused(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "corpora" / "round")
    circle = CODEBOOK.replace('name = "Sanctions"', 'name = "Sanctions"\nparent = "kindness"')
    circle = circle.replace('name = "Kind staff"', 'name = "Kind staff"\nparent = "sanctions"')
    (corpus / "codebook.toml").write_text(circle, encoding="utf-8")
    with pytest.raises(CodebookError) as refused:
        check(corpus)
    assert str(refused.value) == (
        "codebook.toml: code 'sanctions' belongs in the end to itself: 'sanctions' → 'kindness' → 'sanctions'. "
        "Give one of them another 'parent'."
    )


def test_codes_that_only_labelled_excerpts_have_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = make_corpus(tmp_path / "corpora" / "labelled")
    (corpus / "codebook.toml").write_text(f"labelled = 'labelled.jsonl'\n{CODEBOOK}", encoding="utf-8")
    (corpus / "labelled.jsonl").write_text('{"id": 1, "text": "I lost it all.", "codes": ["SANCTIONS", "kindness"]}\n')
    check(corpus)
    assert (
        "Codes that the codebook lacks, learned as labelled excerpts have them: 'SANCTIONS' (did you mean "
        "'sanctions'?)." in capsys.readouterr().out
    )


def test_labelled_excerpts_that_cannot_be_learned_from_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = make_corpus(tmp_path / "corpora" / "spoiled")
    (corpus / "codebook.toml").write_text(f"labelled = 'labelled.jsonl'\n{CODEBOOK}", encoding="utf-8")
    labelled = corpus / "labelled.jsonl"
    labelled.write_text('{"id": 1, "text": "I lost it all.", "codes": ["kindness"]}\n' + "not JSON\n" * 12)
    check(corpus)
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Not learned from")]
    assert told[0] == f"Not learned from, in {labelled}: line 2 is not a JSON object."
    assert (len(told), told[-1]) == (11, f"Not learned from, in {labelled}: 2 more.")
    labelled.write_text("not JSON\n")
    with pytest.raises(WrongUse, match="has a code to learn: line 1 is not a JSON object"):
        check(corpus)
