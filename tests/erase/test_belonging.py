"""Runs and the vault that gave their ids: another one neither continues them nor forgets from them."""

from pathlib import Path

import pytest

from builders import a_document
from themes.deidentify.vault import Vault
from themes.erase.belonging import refuse_runs_of_another_vault
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
