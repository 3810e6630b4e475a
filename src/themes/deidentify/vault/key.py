"""The vault's key: where it is, how it is made, when it is refused."""

import os
import secrets
import stat
import sys
from pathlib import Path

from cryptography.fernet import Fernet
from platformdirs import user_config_path, user_data_path

from themes.errors import VaultError
from themes.settings import settings

WHAT_LOSS_MEANS = (
    "Back it up now, apart from the vault and apart from the results. If it is lost, nobody can ever open the vault "
    "again, neither you nor the makers of themes: no surrogate can be traced back, every id and tag changes at the "
    "next run, and those who asked to be forgotten are no longer recognised when their texts come back."
)


def key_file() -> Path:
    """THEMES_KEY_FILE, or `vault.key` in the user's configuration folder."""
    return settings().key_file or user_config_path("themes") / "vault.key"


def read_or_make_key(path: Path, vault_file: Path) -> bytes:
    """The key at `path`, made at the first run.

    Raises:
        VaultError: If a vault exists for which there is no key, or the key lies open to others or where it may be
        shared.
    """
    refuse_shared_place(path, "key")
    if not path.exists():
        sealed = [vault_file] if vault_file.exists() else other_vaults(path)
        if sealed:
            raise VaultError(
                f"There is no key at {path}, but the vault {sealed[0]} was encrypted with one. A new key could not "
                f"open it, and its surrogates could never be traced back or continued. Bring the key back from your "
                f"backup, or set THEMES_KEY_FILE to where it is; only if it is lost for good, move the old vault "
                f"away and use `themes vault start-anew`, which says what is lost."
            )
        write_once(path, Fernet.generate_key())
        sys.stderr.write(f"themes: a key was made for the vault: {path}. {WHAT_LOSS_MEANS}\n")
    return read_key(path)


def read_key(path: Path) -> bytes:
    """What a key file holds: one key, or two while a rotation is under way, the newer first, one a line.

    Raises:
        VaultError: If it is missing, open to others, another user's, or no key.
    """
    try:
        refuse_open_permissions(path, "key file")
        content = path.read_bytes().strip()
    except OSError as trouble:
        raise VaultError(f"The key file {path} cannot be read: {trouble.strerror}. Set THEMES_KEY_FILE.") from None
    try:
        for key in content.split() or [b""]:
            Fernet(key)
    except ValueError:
        raise VaultError(f"{path} is not a key of themes. Bring the right one back, or set THEMES_KEY_FILE.") from None
    return content


def refuse_shared_place(path: Path, what: str) -> None:
    """Stop if a vault or key would lie in a folder that is copied, shared or published."""
    shared = {"corpora", "outputs"} & set(path.resolve().parts[:-1])
    if shared:
        raise VaultError(
            f"The {what} must not lie under {shared.pop()}/, as {path} does: that folder is copied and shared. "
            f"Set {'THEMES_KEY_FILE' if what == 'key' else 'THEMES_VAULT'} to a place outside."
        )


def refuse_together(key: Path, *folders: Path) -> None:
    """Stop if the key would lie in the vault's or the corpus's folder: whoever copies that has both."""
    for folder in folders:
        if key.resolve().is_relative_to(folder.resolve()):
            raise VaultError(
                f"The key {key} must not lie in {folder}: whoever copies that folder would have the key too. Move it "
                f"elsewhere, and set THEMES_KEY_FILE to where it is."
            )


def refuse_open_permissions(path: Path, what: str) -> None:
    """Stop if anybody else on this machine owns a path or may read it."""
    if os.name == "posix" and path.stat().st_uid != os.getuid():
        raise VaultError(
            f"The {what} {path} belongs to another user, who could read or replace it. Run themes as that user, or "
            f"make it your own: `chown $USER '{path}'`."
        )
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise VaultError(f"The {what} {path} can be read by others. Run `chmod go-rwx '{path}'` and start again.")


def replace_private(path: Path, content: bytes) -> None:
    """Put a private file in the place of one that is there, whole: a crash leaves the old content or the new.

    Raises:
        VaultError: If it cannot be written; the old one then stays.
    """
    partial = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        _write_private(partial, content)
        partial.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as trouble:
        partial.unlink(missing_ok=True)
        raise VaultError(f"{path} could not be written: {trouble.strerror}. The old one stays.") from None


def make_private_folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def write_once(path: Path, content: bytes) -> None:
    """Write a private file unless it is there; of several that try at once, one wins and the others see its content."""
    partial = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        make_private_folder(path.parent)
        _write_private(partial, content)
        try:
            os.link(partial, path)
        except FileExistsError:
            return
        finally:
            partial.unlink()
    except OSError as trouble:
        raise VaultError(
            f"{path} could not be written: {trouble.strerror}. Set THEMES_VAULT and THEMES_KEY_FILE."
        ) from None


def _write_private(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def other_vaults(path: Path) -> list[Path]:
    """Vaults at the usual place, which the key at the usual place encrypted."""
    if path != user_config_path("themes") / "vault.key":
        return []
    return sorted(user_data_path("themes").glob("*/vault.db"))
