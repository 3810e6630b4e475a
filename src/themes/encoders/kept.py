"""Vectors kept on disk, so that a text whose codebook or program changed need not be encoded again.

A vector can be turned into something like the text it stands for. So each is sealed, and found by a keyed hash of its
text and encoder: without the secret the file tells neither texts nor vectors, and no guess can be checked against it.
Whoever holds the secret should keep the file where they keep the vault. It is bounded, and may be deleted at any time.
"""

import base64
import hashlib
import hmac
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from cryptography.fernet import Fernet, InvalidToken
from numpy.typing import NDArray

MOST_VECTORS = 150_000
"""About 600 MB at twice 384 dimensions; then the oldest go."""
_ASKED_AT_ONCE = 500
_TABLE = "CREATE TABLE IF NOT EXISTS vectors (number INTEGER PRIMARY KEY, lookup BLOB UNIQUE, sealed BLOB NOT NULL)"


@dataclass(frozen=True)
class KeptVectors:
    """A file of sealed vectors. What cannot be read is encoded again, what cannot be written is not kept: no errors."""

    file: Path
    secret: bytes = field(repr=False)
    """32 bytes."""
    most: int = MOST_VECTORS

    def find(self, identity: str, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of those texts that an encoder of this identity has encoded before."""
        cipher = self._cipher()
        text_of = {self._lookup(identity, text): text for text in texts}
        found: dict[str, NDArray[np.float32]] = {}
        with self._opened() as database:
            if database is None:
                return {}
            lookups = list(text_of)
            for start in range(0, len(lookups), _ASKED_AT_ONCE):
                asked = lookups[start : start + _ASKED_AT_ONCE]
                marks = ",".join("?" * len(asked))
                query = f"SELECT lookup, sealed FROM vectors WHERE lookup IN ({marks})"  # noqa: S608  # marks alone
                for lookup, sealed in _rows(database, query, asked):
                    with suppress(InvalidToken, ValueError):
                        content = cipher.decrypt(sealed, None)
                        if content.startswith(lookup):
                            found[text_of[lookup]] = np.frombuffer(content[len(lookup) :], np.float32)
        return found

    def keep(self, identity: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Add the vectors of texts, each of shape (n_dims,); beyond `most`, the oldest go."""
        cipher = self._cipher()
        rows = []
        for text, vector in vectors.items():
            lookup = self._lookup(identity, text)
            # The key within: no vector can be put in another's place.
            rows.append((lookup, cipher.encrypt(lookup + np.ascontiguousarray(vector, np.float32).tobytes())))
        with self._opened(writing=True) as database:
            if database is None:
                return
            with suppress(sqlite3.Error), database:
                database.execute("BEGIN IMMEDIATE")
                database.executemany("INSERT OR IGNORE INTO vectors (lookup, sealed) VALUES (?, ?)", rows)
                (newest,) = database.execute("SELECT max(number) FROM vectors").fetchone()
                database.execute("DELETE FROM vectors WHERE number <= ?", ((newest or 0) - self.most,))

    def clear(self) -> None:
        """Take the file away, and what SQLite may have left beside it."""
        for beside in ("", "-journal", "-wal", "-shm"):
            self.file.with_name(self.file.name + beside).unlink(missing_ok=True)

    def _lookup(self, identity: str, text: str) -> bytes:
        return hmac.digest(self.secret, f"{identity}\0{text}".encode("utf-8", "surrogatepass"), hashlib.sha256)

    def _cipher(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(hmac.digest(self.secret, b"seal", hashlib.sha256)))

    @contextmanager
    def _opened(self, *, writing: bool = False) -> Iterator[sqlite3.Connection | None]:
        """The file; None if it is not there, damaged, or may not be written to when that is wanted."""
        database = None
        try:
            database = self._connected(writing=writing)
        except sqlite3.OperationalError:  # not there, not ours to write, busy
            pass
        except sqlite3.DatabaseError:  # damaged: begun anew, where that may be
            if writing:
                with suppress(OSError):
                    self.clear()
        except OSError:
            pass
        if database is None:
            yield None
            return
        with closing(database):
            yield database

    def _connected(self, *, writing: bool) -> sqlite3.Connection:
        if writing:
            os.close(os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600))
        mode = "rw" if writing else "ro"
        database = sqlite3.connect(
            f"{self.file.absolute().as_uri()}?mode={mode}", uri=True, timeout=30, isolation_level=None
        )
        try:
            if writing:
                database.execute("PRAGMA secure_delete = ON")
                database.execute(_TABLE)
            database.execute("SELECT 1 FROM vectors LIMIT 1").fetchone()
        except BaseException:
            database.close()
            raise
        return database


def _rows(database: sqlite3.Connection, query: str, values: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    try:
        return database.execute(query, values).fetchall()
    except sqlite3.Error:
        return []
