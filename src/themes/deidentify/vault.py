"""The vault: the only place that can turn surrogates back, and the source of every keyed id.

A folder outside the tree with one SQLite file, whose values are encrypted with a key kept elsewhere. SQLite in WAL
mode with
`BEGIN IMMEDIATE`, because several worker processes write at once: whoever comes second reads what the first gave. A
process
that is killed leaves the last whole transaction. Rows are found by a keyed hash of what they are about; without the
key the
file holds no words, and with one corpus's vault nothing of another corpus's can be guessed.
"""

import hmac
import os
import secrets
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from platformdirs import user_data_path

from themes.deidentify.spelling import ID_LENGTH, TAG_LENGTH, spelled_id, spelled_tag
from themes.deidentify.vault_key import (
    key_file,
    make_private_folder,
    read_or_make_key,
    refuse_open_permissions,
    refuse_shared_place,
    write_once,
)
from themes.errors import VaultError
from themes.settings import settings

TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ids (lookup BLOB PRIMARY KEY, given TEXT NOT NULL UNIQUE) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS surrogates
    (lookup BLOB PRIMARY KEY, family TEXT NOT NULL, tag TEXT NOT NULL, sealed BLOB NOT NULL, UNIQUE (family, tag))
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outputs (lookup BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
"""


class Vault:
    """An open vault. Use one per process; its methods may be called from several threads.

    THEMES_VAULT names one vault: corpora that are opened with it share its secret, and so their surrogates. Leave it
    unset
    where several corpora run on one machine: each then has its own.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._cipher = Fernet(key)
        self._lock = threading.RLock()
        self._depth = 0
        self._given: dict[bytes, str] = {}
        self._database = _open_database(folder / "vault.db")
        self._secret = self._read_or_make_secret()

    @classmethod
    def open(cls, corpus_folder: Path) -> "Vault":
        """The vault of a corpus, made at its first run.

        Raises:
            VaultError: If vault or key lie where they may be shared, can be read by others, or do not belong together.
        """
        folder = settings().vault or user_data_path("themes") / _corpus_id(corpus_folder)
        refuse_shared_place(folder / "vault.db", "vault")
        if folder.resolve().is_relative_to(corpus_folder.resolve()):
            raise VaultError(
                f"The vault {folder} lies in the corpus folder, which is copied and shared. Set THEMES_VAULT "
                f"to a place outside."
            )
        key = read_or_make_key(key_file(), folder / "vault.db")
        try:
            _make_vault_folder(folder)
        except OSError as trouble:
            raise VaultError(f"The vault {folder} could not be made: {trouble.strerror}. Set THEMES_VAULT.") from None
        return cls(folder, key)

    @classmethod
    @contextmanager
    def throw_away(cls) -> Iterator["Vault"]:
        """A vault that is gone when the block ends: its key is only ever in memory."""
        folder = Path(tempfile.mkdtemp(prefix="themes-"))
        vault = None
        try:
            vault = cls(folder, Fernet.generate_key())
            yield vault
        finally:
            if vault is not None:
                vault.close()
            shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        self._database.close()

    def digest(self, text: str) -> str:
        """Keyed hash of a text, 64 hexadecimal figures: the same text gives the same, and nobody without the vault
        can check a guess."""
        return self._hash("digest", text).hex()

    def keyed_id(self, kind: str, text: str) -> str:
        """A short id for a thing of a kind ("document", "case"), such as "d7k2qx4m": the same for the same text.

        Args:
            kind: Its first letter opens the id.
            text: What makes the thing itself and no other. Only its keyed hash is kept.
        """
        lookup = self._hash(f"id {kind}", text)
        if lookup not in self._given:
            spelled = kind[0] + spelled_id(lookup)
            with self.writing() as database:
                row = database.execute("SELECT given FROM ids WHERE lookup = ?", (lookup,)).fetchone()
                given = row[0] if row else self._first_free("SELECT 1 FROM ids WHERE given = ?", spelled, ID_LENGTH)
                if row is None:
                    database.execute("INSERT INTO ids VALUES (?, ?)", (lookup, given))
            self._given[lookup] = given
        return self._given[lookup]

    def surrogate(self, says: str, family: str, words: str, *, shown: str = "") -> str:
        """What stands for somebody or something throughout the corpus, such as "[adviser K7QX2]".

        Args:
            says: What a reader may know: "adviser", "person", "town".
            family: Within which a tag is one thing: "person", "place". The tag depends on family and words alone.
            words: The name in the form in which all its spellings meet.
            shown: The name as it was written first, kept encrypted; `words` if empty.
        """
        lookup = self._hash(f"tag {family}", words)
        if lookup not in self._given:
            spelled = spelled_tag(lookup)
            with self.writing() as database:
                row = database.execute("SELECT tag FROM surrogates WHERE lookup = ?", (lookup,)).fetchone()
                taken = "SELECT 1 FROM surrogates WHERE tag = ? AND family = ?"
                given = row[0] if row else self._first_free(taken, spelled, TAG_LENGTH, family)
                if row is None:
                    sealed = self._cipher.encrypt((shown or words).encode())
                    database.execute("INSERT INTO surrogates VALUES (?, ?, ?, ?)", (lookup, family, given, sealed))
            self._given[lookup] = given
        return f"[{says} {self._given[lookup]}]"

    def words_of(self, family: str, tag: str) -> str | None:
        """The words a tag stands for; None if the vault never gave it."""
        with self._lock:
            found = "SELECT sealed FROM surrogates WHERE family = ? AND tag = ?"
            row = self._database.execute(found, (family, tag)).fetchone()
        return self._cipher.decrypt(row[0]).decode() if row else None

    def remember_outputs(self, path: Path) -> None:
        """Keep in mind that results of this corpus are written below a folder, so that erasure finds them."""
        place = str(path.resolve())
        with self.writing() as database:
            row = (self._hash("outputs", place), self._cipher.encrypt(place.encode()))
            database.execute("INSERT OR IGNORE INTO outputs VALUES (?, ?)", row)

    def outputs(self) -> list[Path]:
        """Every outputs folder remembered, sorted."""
        with self._lock:
            rows = self._database.execute("SELECT sealed FROM outputs").fetchall()
        return sorted(Path(self._cipher.decrypt(sealed).decode()) for (sealed,) in rows)

    @property
    def temporary_folder(self) -> Path:
        """A folder of its own for temporary files that may hold raw text, closed to others."""
        return make_private_folder(self.folder / "tmp")

    def write_failure(self, traceback: str) -> Path:
        """Keep a traceback, which may quote somebody, encrypted beside the vault; the path is safe to show."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        path = make_private_folder(self.folder / "failures") / f"{stamp}-{secrets.token_hex(3)}.sealed"
        write_once(path, self._cipher.encrypt(traceback.encode("utf-8", "surrogatepass")))
        return path

    def read_failure(self, path: Path) -> str:
        """The traceback that `write_failure` kept.

        Raises:
            VaultError: If there is no such file, or this vault did not write it.
        """
        try:
            return self._cipher.decrypt(path.read_bytes()).decode("utf-8", "surrogatepass")
        except OSError as trouble:
            raise VaultError(f"{path} cannot be read: {trouble.strerror}.") from None
        except InvalidToken:
            raise VaultError(f"{path} was not written by the vault of this corpus.") from None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction for all that is written in the block; blocks may be nested. All of it is kept, or nothing."""
        with self._lock:
            outermost = self._depth == 0
            if outermost:
                self._begin()
            self._depth += 1
            try:
                yield self._database
            except BaseException:
                if outermost:
                    self._database.execute("ROLLBACK")
                    self._given.clear()
                raise
            else:
                if outermost:
                    self._database.execute("COMMIT")
            finally:
                self._depth -= 1

    def _begin(self) -> None:
        try:
            self._database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as trouble:
            raise VaultError(
                f"The vault {self.folder} could not be written to: {trouble}. Is another run stuck, or the disk full?"
            ) from None

    def _first_free(self, taken: str, spelled: str, length: int, *more: str) -> str:
        while self._database.execute(taken, (spelled[:length], *more)).fetchone():
            length += 1
        return spelled[:length]

    def _hash(self, purpose: str, text: str) -> bytes:
        return hmac.digest(self._secret, f"{purpose}\0{text}".encode("utf-8", "surrogatepass"), "sha256")

    def _read_or_make_secret(self) -> bytes:
        with self.writing() as database:
            fresh = self._cipher.encrypt(secrets.token_bytes(32))
            database.execute("INSERT OR IGNORE INTO meta VALUES ('pseudonym secret', ?)", (fresh,))
            (sealed,) = database.execute("SELECT sealed FROM meta WHERE name = 'pseudonym secret'").fetchone()
        try:
            return self._cipher.decrypt(sealed)
        except InvalidToken:
            self.close()
            raise VaultError(
                f"The vault {self.folder} was encrypted with another key than the one in use. Bring that key "
                f"back, or set THEMES_KEY_FILE to "
                f"where it is; a vault cannot be opened without it."
            ) from None


def _open_database(path: Path) -> sqlite3.Connection:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite gives -wal and -shm the mode of this file
        refuse_open_permissions(path, "vault")
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


def _make_vault_folder(folder: Path) -> None:
    if folder.is_dir() and not (folder / "vault.db").exists() and not any(folder.iterdir()):
        folder.chmod(0o700)
    make_private_folder(folder)
    refuse_open_permissions(folder, "vault folder")


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
