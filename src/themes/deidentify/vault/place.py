"""Where a vault is and how its file is laid out: the folder, the corpus's random id, the tables."""

import os
import secrets
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from platformdirs import user_data_path

from themes.deidentify.vault.key import make_private_folder, refuse_open_permissions, refuse_shared_place, write_once
from themes.errors import VaultError
from themes.settings import settings

TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ids (lookup BLOB PRIMARY KEY, given TEXT NOT NULL UNIQUE) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS surrogates
    (lookup BLOB PRIMARY KEY, family TEXT NOT NULL, tag TEXT NOT NULL, sealed BLOB NOT NULL, UNIQUE (family, tag))
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outputs (lookup BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tombstones (lookup BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erasures (number INTEGER PRIMARY KEY, sealed BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS reveals (number INTEGER PRIMARY KEY, sealed BLOB NOT NULL, chained BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS corrections
    (number INTEGER PRIMARY KEY, sealed BLOB NOT NULL, digest BLOB NOT NULL, chained BLOB NOT NULL);
CREATE TRIGGER IF NOT EXISTS corrections_stay BEFORE DELETE ON corrections
    BEGIN SELECT RAISE(ABORT, 'the queue of corrections is only ever added to'); END;
CREATE TRIGGER IF NOT EXISTS corrections_are_not_rewritten BEFORE UPDATE OF number, digest, chained ON corrections
    BEGIN SELECT RAISE(ABORT, 'the queue of corrections is only ever added to'); END;
CREATE TRIGGER IF NOT EXISTS reveals_stay BEFORE DELETE ON reveals
    BEGIN SELECT RAISE(ABORT, 'the log of reveals is only ever added to'); END;
CREATE TRIGGER IF NOT EXISTS reveals_are_not_rewritten BEFORE UPDATE OF number, chained ON reveals
    BEGIN SELECT RAISE(ABORT, 'the log of reveals is only ever added to'); END;
"""

SECRET = "pseudonym secret"  # noqa: S105  # the name of a row
"""The row of `meta` from which all ids, tags and marks are made. Without it, there is no vault."""

SEALED_TABLES = {
    "meta": "name", "surrogates": "lookup", "outputs": "lookup", "erasures": "number", "reveals": "number",
    "corrections": "number",
}  # fmt: skip
"""Tables with a column of encrypted values, `sealed`, and the column by which their rows are told apart."""


def vault_folder(corpus_folder: Path) -> Path:
    """THEMES_VAULT, or a folder of the user's data with the corpus's random id.

    Raises:
        VaultError: If it would lie where it may be shared.
    """
    folder = settings().vault or user_data_path("themes") / _corpus_id(corpus_folder)
    refuse_shared_place(folder / "vault.db", "vault")
    if folder.resolve().is_relative_to(corpus_folder.resolve()):
        raise VaultError(
            f"The vault {folder} lies in the corpus folder, which is copied and shared. Set THEMES_VAULT "
            f"to a place outside."
        )
    return folder


def make_vault_folder(folder: Path) -> None:
    """The folder, closed to others.

    Raises:
        VaultError: If it cannot be made, or others may read it.
    """
    try:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.chmod(0o700)
        make_private_folder(folder)
    except OSError as trouble:
        raise VaultError(f"The vault {folder} could not be made: {trouble.strerror}. Set THEMES_VAULT.") from None
    refuse_open_permissions(folder, "vault folder")


def make_database(path: Path, sealed_secret: bytes) -> None:
    """The file of a new vault, whole or not at all: it is never there without its secret.

    Of several that make one at once, one wins, and the others open that.

    Raises:
        VaultError: If it cannot be written.
    """
    partial = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        os.close(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            with closing(sqlite3.connect(partial, isolation_level=None)) as database:
                database.executescript(f"BEGIN; {TABLES} COMMIT;")
                database.execute("INSERT INTO meta VALUES (?, ?)", (SECRET, sealed_secret))
            with suppress(FileExistsError):
                os.link(partial, path)
        finally:
            partial.unlink()
    except (OSError, sqlite3.Error) as trouble:
        raise VaultError(f"The vault {path} could not be made: {trouble}.") from None


def holds_secret(path: Path) -> bool:
    """Whether there is a vault's file that is no empty one. One that cannot be read may hold everything."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            return database.execute("SELECT 1 FROM meta WHERE name = ?", (SECRET,)).fetchone() is not None
    except sqlite3.Error:
        return path.stat().st_size > 0


def open_database(path: Path) -> sqlite3.Connection:
    """The vault's file.

    Raises:
        VaultError: If it is damaged, or others may read it.
    """
    try:
        refuse_open_permissions(path, "vault")  # SQLite gives -wal and -shm the mode of this file
        database = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
        database.execute("PRAGMA journal_mode = WAL")
        # NORMAL keeps all after a kill; after a power cut the last ids are made again, and come out the same.
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA temp_store = MEMORY")
        database.executescript(f"BEGIN IMMEDIATE; {TABLES} COMMIT;")
    except (OSError, sqlite3.Error) as trouble:
        raise VaultError(f"The vault {path} could not be opened: {trouble}.") from None
    return database


def _corpus_id(corpus_folder: Path) -> str:
    """A random name for the corpus, kept in it: the vault's folder must not tell which study it belongs to."""
    path = corpus_folder / ".corpus-id"
    if not path.exists():
        if not corpus_folder.is_dir():
            raise VaultError(f"There is no corpus folder {corpus_folder}.")
        write_once(path, secrets.token_hex(8).encode())
    found = path.read_text("ascii", "replace").strip()
    if len(found) != 16 or not set(found) <= set("0123456789abcdef"):
        raise VaultError(
            f"{path} does not hold a corpus id. Bring it back from your backup; its vault is named after it."
        )
    return found
