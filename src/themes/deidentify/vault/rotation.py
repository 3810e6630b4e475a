"""A new key for the vault. The secret behind ids and tags stays, so that no id and no tag changes.

The key file first holds the new key and the old one, and either opens the vault; then every sealed value is sealed
anew in one transaction; then the old key goes. Whenever it is interrupted, what the key file holds opens what the vault
holds, and the same command goes on from there.
"""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from themes.deidentify.vault.key import other_vaults, read_key, replace_private
from themes.deidentify.vault.place import SEALED_TABLES
from themes.deidentify.vault.vault import Vault
from themes.errors import VaultError


def rotate_key(vault: Vault) -> list[Path]:
    """Make a new key, encrypt with it all that the old one encrypted, and destroy the old one.

    The key at its usual place serves every vault at the usual place: all of them are encrypted anew. A key file that
    THEMES_KEY_FILE names is taken to serve this vault alone. Runs under way go on; they read the key file again.

    Returns:
        The folders of the vaults that were encrypted anew.

    Raises:
        VaultError: If one of the vaults cannot be opened or written to. The old key then stays valid beside the new.
    """
    place = vault.key_place
    if place is None:
        raise VaultError("A vault that is thrown away has no key file: there is nothing to rotate.")
    with _alone(place), ExitStack() as open_vaults:
        old = read_key(place)
        others = {file.parent for file in other_vaults(place)} - {vault.folder}
        vaults = [
            vault,
            *(open_vaults.enter_context(closing(Vault(folder, old, key_place=place))) for folder in sorted(others)),
        ]
        new = Fernet.generate_key()
        replace_private(place, b"\n".join([new, old]) + b"\n")
        for each in vaults:
            encrypt_anew(each)
        replace_private(place, new + b"\n")
        for each in vaults:
            each.read_key_again()
    return sorted(each.folder for each in vaults)


def encrypt_anew(vault: Vault) -> None:
    """Seal everything in a vault with the newest key of its key file."""
    vault.read_key_again()
    with vault.writing() as database:
        for table, key in SEALED_TABLES.items():
            rows = vault.rows(f"SELECT {key}, sealed FROM {table}")  # noqa: S608  # names from our own table
            try:
                anew = [(vault.seal(vault.unseal(sealed)), at) for at, sealed in rows]
            except InvalidToken:
                raise VaultError(
                    f"The vault {vault.folder} holds something ({table}) that no key in {vault.key_place} opens. "
                    f"Nothing was changed. Bring the key back that sealed it, as a second line of the key file."
                ) from None
            database.executemany(f"UPDATE {table} SET sealed = ? WHERE {key} = ?", anew)  # noqa: S608  # as above
    vault.compact()
    for account in sorted(vault.folder.glob("failures/*.sealed")):
        with suppress(InvalidToken):  # sealed with a key that was lost: it stays as closed as it was
            replace_private(account, vault.seal(vault.unseal(account.read_bytes())))


def is_unfinished(vault: Vault) -> bool:
    """Whether a rotation was interrupted, so that the key file still holds the old key beside the new."""
    return vault.key_place is not None and len(read_key(vault.key_place).split()) > 1


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """One rotation at a time: the second waits for the first."""
    with place.with_name(f".{place.name}.lock").open("a") as file:
        place.with_name(f".{place.name}.lock").chmod(0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
