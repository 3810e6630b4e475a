"""Accounts of failures, which may quote somebody: kept encrypted beside the vault."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

from cryptography.fernet import InvalidToken

from themes.deidentify.vault.key import make_private_folder, write_once
from themes.deidentify.vault.vault import Vault
from themes.errors import VaultError


def write_failure(vault: Vault, traceback: str) -> Path:
    """Keep a traceback; the path is safe to show."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    path = make_private_folder(vault.folder / "failures") / f"{stamp}-{secrets.token_hex(3)}.sealed"
    write_once(path, vault.seal(traceback.encode("utf-8", "surrogatepass")))
    return path


def read_failure(vault: Vault, path: Path) -> str:
    """The traceback that `write_failure` kept.

    Raises:
        VaultError: If there is no such file, or this vault did not write it.
    """
    try:
        return vault.unseal(path.read_bytes()).decode("utf-8", "surrogatepass")
    except OSError as trouble:
        raise VaultError(f"{path} cannot be read: {trouble.strerror}.") from None
    except InvalidToken:
        raise VaultError(f"{path} was not written by the vault of this corpus.") from None
