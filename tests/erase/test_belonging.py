"""Runs and the vault that gave their ids: another one neither continues them nor forgets from them."""

from contextlib import closing
from pathlib import Path

import pytest

from builders import a_document
from themes.deidentify.vault.vault import Vault
from themes.erase.belonging import refuse_runs_of_another_vault, vault_for_runs
from themes.erase.forget import plan
from themes.erase.matching import Wanted
from themes.errors import VaultError
from themes.records.corpus import Document
from themes.records.spec import CorpusSpec
from themes.store.run_folder import RunFolder


def a_run_of(folder: Path, *ids: str) -> None:
    run = RunFolder(folder / "20260105-060000")
    run.write(Document, 0, [a_document(given) for given in ids])
    (run.path / "manifest.json").write_text('{"started_at": "2026"}')


def test_a_vault_that_gave_none_of_a_runs_ids_stops(tmp_path: Path, vault: Vault) -> None:
    a_run_of(tmp_path / "study", "dabcdefg", "dbcdefgh")
    with pytest.raises(VaultError, match=r"gave none of their ids.*backup.*move .*study away"):
        refuse_runs_of_another_vault(tmp_path / "study", vault)
    spec = CorpusSpec(tmp_path, "study", ())
    with pytest.raises(VaultError, match="gave none"):
        plan(Wanted(case_id="cabcdefg"), spec=spec, vault=vault, folders=[tmp_path / "study"])


def test_a_vault_that_knows_one_of_them_goes_on(tmp_path: Path, vault: Vault) -> None:
    a_run_of(tmp_path / "study", "dabcdefg", vault.keyed_id("document", "a"))
    refuse_runs_of_another_vault(tmp_path / "study", vault)


def test_a_first_run_and_one_without_texts_go_on(tmp_path: Path, vault: Vault) -> None:
    refuse_runs_of_another_vault(tmp_path / "study", vault)
    a_run_of(tmp_path / "study")
    refuse_runs_of_another_vault(tmp_path / "study", vault)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "vault"))
    monkeypatch.setenv("THEMES_KEY_FILE", str(tmp_path / "keys" / "key"))
    (tmp_path / "study").mkdir()
    return tmp_path / "study"


def test_where_runs_are_and_no_vault_none_is_made(corpus: Path, tmp_path: Path) -> None:
    a_run_of(tmp_path / "runs", "dabcdefg")
    with pytest.raises(VaultError, match="made with another vault"):
        vault_for_runs(corpus, tmp_path / "none", tmp_path / "runs")
    assert not (tmp_path / "vault").exists()
    assert not (tmp_path / "keys").exists()


def test_a_wrong_vault_that_is_refused_does_not_lock_out_the_right_one(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(vault_for_runs(corpus, tmp_path / "runs")) as vault:
        a_run_of(tmp_path / "runs", vault.keyed_id("document", "a"))
    (tmp_path / "keys" / "key.vaults").unlink()
    (tmp_path / "other").mkdir()
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "wrong"))
    with closing(Vault.open(tmp_path / "other")) as wrong:
        wrong.keyed_id("document", "b")
    with pytest.raises(VaultError, match="made with another vault"):
        vault_for_runs(corpus, tmp_path / "runs")
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "vault"))
    with closing(vault_for_runs(corpus, tmp_path / "runs")) as vault:
        assert vault.rows("SELECT count(*) FROM ids") == [(1,)]
    assert len((tmp_path / "keys" / "key.vaults").read_text().splitlines()) == 2
