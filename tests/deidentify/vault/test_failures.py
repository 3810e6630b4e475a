"""Accounts of failures: read back by the vault that kept them, by nothing else."""

from pathlib import Path

import pytest

from themes.deidentify.vault.failures import read_failure, write_failure
from themes.deidentify.vault.vault import Vault
from themes.errors import VaultError


def test_an_account_is_read_back_by_its_own_vault_alone(vault: Vault, tmp_path: Path) -> None:
    kept = write_failure(vault, "Traceback: zebedee wren")
    assert b"zebedee" not in kept.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert read_failure(vault, kept) == "Traceback: zebedee wren"
    with Vault.throw_away() as other, pytest.raises(VaultError, match="was not written by the vault of this corpus"):
        read_failure(other, kept)
    with pytest.raises(VaultError, match="cannot be read: No such file"):
        read_failure(vault, tmp_path / "none.sealed")
