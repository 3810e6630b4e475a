"""The vault: the only place that can turn surrogates back, and the source of every keyed id.

A folder outside the tree with one SQLite file, whose values are encrypted with a key kept elsewhere. SQLite in WAL mode
with `BEGIN IMMEDIATE`, because several worker processes write at once: whoever comes second reads what the first gave.
A process that is killed leaves the last whole transaction. Rows are found by a keyed hash of what they are about;
without the key the file holds no words, and with one corpus's vault nothing of another corpus's can be guessed.
"""

import hmac
import secrets
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from themes.deidentify.vault.key import key_file, make_private_folder, read_key, read_or_make_key
from themes.deidentify.vault.loss import HOLDS_SOMETHING, lost, note, refuse_another, refuse_lost, wrong_key
from themes.deidentify.vault.place import SECRET, make_database, make_vault_folder, open_database, vault_folder
from themes.deidentify.vault.spelling import ID_LENGTH, TAG_LENGTH, spelled_id, spelled_tag
from themes.errors import VaultError


class Vault:
    """An open vault. Use one per process; its methods may be called from several threads.

    THEMES_VAULT names one vault: corpora that are opened with it share its secret, and so their surrogates. Leave it
    unset where several corpora run on one machine: each then has its own.
    """

    def __init__(self, folder: Path, key: bytes, *, key_place: Path | None = None) -> None:
        """A vault whose folder is there; its file is made if it is not. `open` knows whether it may be.

        Args:
            folder: Where it is.
            key: What the key file holds: one key, or two while a rotation is under way, the newer first.
            key_place: The key file, looked at again when another process has rotated the key; None if there is none.
        """
        self.folder = folder
        self.key_place = key_place
        self._corpus: Path | None = None
        self._cipher = _cipher(key)
        self._lock = threading.RLock()
        self._depth = 0
        self._given: dict[bytes, str] = {}
        if not (folder / "vault.db").exists():
            make_database(folder / "vault.db", self.seal(secrets.token_bytes(32)))
        self._database = open_database(folder / "vault.db")
        self._sealed_secret = b""
        self._secret = self._read_secret()
        self.mark = self.keyed("vault", "").hex()  # tells this vault from others, and nothing else

    @classmethod
    def open(cls, corpus_folder: Path) -> "Vault":
        """The vault of a corpus, made at its first run, and registered as its own once it holds something.

        Raises:
            VaultError: If vault or key lie where they may be shared, can be read by others, or do not belong together;
                if the corpus had a vault before, and this is none or another.
        """
        vault = cls.find(corpus_folder) or cls._opened(corpus_folder)
        vault.register(corpus_folder)
        return vault

    @classmethod
    def find(cls, corpus_folder: Path) -> "Vault | None":
        """The vault of a corpus to look at, made and registered by nobody; None if it has none. Raises as `open`."""
        folder = vault_folder(corpus_folder)
        refuse_lost(corpus_folder, folder, key_file())
        return cls._opened(corpus_folder) if (folder / "vault.db").exists() else None

    @classmethod
    def _opened(cls, corpus_folder: Path) -> "Vault":
        folder, place = vault_folder(corpus_folder), key_file()
        key = read_or_make_key(place, folder / "vault.db")
        make_vault_folder(folder)
        vault = cls(folder, key, key_place=place)
        try:
            refuse_another(corpus_folder, place, vault.mark)
        except VaultError:
            vault.close()
            raise
        return vault

    def register(self, corpus_folder: Path) -> None:
        """Note whose vault it is, now or when it is closed, if it holds something: an empty one locks out no other."""
        self._corpus = corpus_folder
        self._note()

    def _note(self) -> None:
        if self._corpus and self.key_place and self.rows(HOLDS_SOMETHING):
            note(self._corpus, self.folder, self.key_place, self.mark)

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
        with closing(self._database):
            self._note()
            self._corpus = None

    def digest(self, text: str) -> str:
        """Keyed hash of a text, 64 hexadecimal figures: the same text gives the same, and nobody without the vault
        can check a guess."""
        return self.keyed("digest", text).hex()

    def keyed_id(self, kind: str, text: str) -> str:
        """A short id for a thing of a kind ("document", "case"), such as "d7k2qx4m": the same for the same text.

        Args:
            kind: Its first letter opens the id.
            text: What makes the thing itself and no other. Only its keyed hash is kept.
        """
        lookup = self.keyed(f"id {kind}", text)
        if lookup not in self._given:
            spelled = kind[0] + spelled_id(lookup)
            with self.writing() as database:
                row = database.execute("SELECT given FROM ids WHERE lookup = ?", (lookup,)).fetchone()
                given = row[0] if row else self._first_free("SELECT 1 FROM ids WHERE given = ?", spelled, ID_LENGTH)
                if row is None:
                    database.execute("INSERT INTO ids VALUES (?, ?)", (lookup, given))
            self._given[lookup] = given
        return self._given[lookup]

    def known_id(self, kind: str, text: str) -> str:
        """The id that `keyed_id` gives for the text; nothing is written, and a withdrawn text's can be told as well."""
        lookup = self.keyed(f"id {kind}", text)
        found = self.rows("SELECT given FROM ids WHERE lookup = ?", lookup)
        return found[0][0] if found else (kind[0] + spelled_id(lookup))[:ID_LENGTH]

    def surrogate(self, says: str, family: str, words: str, *, shown: str = "", provisional: bool = False) -> str:
        """What stands for somebody or something throughout the corpus, such as "[adviser K7QX2]".

        Args:
            says: What a reader may know: "adviser", "person", "town".
            family: Within which a tag is one thing: "person", "place". The tag depends on family and words alone.
            words: The name in the form in which all its spellings meet.
            shown: The name as it was written first, kept encrypted; `words` if empty.
            provisional: Whether nothing is written: the tag may turn out another if a new one is given meanwhile.
        """
        lookup = self.keyed(f"tag {family}", words)
        if provisional and lookup not in self._given:
            return f"[{says} {self._tag(lookup, family)[0]}]"
        if lookup not in self._given:
            with self.writing() as database:
                given, is_new = self._tag(lookup, family)
                if is_new:
                    sealed = self.seal((shown or words).encode())
                    database.execute("INSERT INTO surrogates VALUES (?, ?, ?, ?)", (lookup, family, given, sealed))
            self._given[lookup] = given
        return f"[{says} {self._given[lookup]}]"

    def _tag(self, lookup: bytes, family: str) -> tuple[str, bool]:
        """The tag that was given, or the one that would be, and whether it is new."""
        row = self.rows("SELECT tag FROM surrogates WHERE lookup = ?", lookup)
        if row:
            return row[0][0], False
        taken = "SELECT 1 FROM surrogates WHERE tag = ? AND family = ?"
        return self._first_free(taken, spelled_tag(lookup), TAG_LENGTH, family), True

    def words_of(self, family: str, tag: str) -> str | None:
        """The words a tag stands for; None if the vault never gave it, or its words were forgotten."""
        found = self.rows("SELECT sealed FROM surrogates WHERE family = ? AND tag = ?", family, tag)
        return (self.unseal(found[0][0]).decode() or None) if found else None

    def remember_outputs(self, path: Path) -> None:
        """Keep in mind that results of this corpus are written below a folder, so that erasure finds them."""
        place = str(path.resolve())
        with self.writing() as database:
            row = (self.keyed("outputs", place), self.seal(place.encode()))
            database.execute("INSERT OR IGNORE INTO outputs VALUES (?, ?)", row)

    def outputs(self) -> list[Path]:
        """Every outputs folder remembered, sorted."""
        return sorted(Path(self.unseal(sealed).decode()) for (sealed,) in self.rows("SELECT sealed FROM outputs"))

    @property
    def temporary_folder(self) -> Path:
        """A folder of its own for temporary files that may hold raw text, closed to others."""
        return make_private_folder(self.folder / "tmp")

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
        # A rotated key shows in the secret, which is sealed anew: nothing may be written under a key that was given up.
        if (now := self._secret_as_sealed()) != self._sealed_secret:
            self.read_key_again()
            self._sealed_secret = now

    def rows(self, query: str, *values: str | bytes | int) -> list[tuple[Any, ...]]:
        """What a SELECT gives, all of it."""
        with self._lock:
            return self._database.execute(query, values).fetchall()

    def compact(self) -> None:
        """Rewrite the file without what was deleted, and empty its log: no page keeps a row that is gone.

        Raises:
            VaultError: If another process has the vault in use.
        """
        with self._lock:
            self._given.clear()
            try:
                self._database.execute("VACUUM")
                (busy, _, _) = self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.OperationalError as trouble:
                raise VaultError(f"The vault {self.folder} could not be tidied up: {trouble}. Try again.") from None
        if busy:
            raise VaultError(f"The vault {self.folder} is in use by another process. Wait until it is done, try again.")

    def _first_free(self, taken: str, spelled: str, length: int, *more: str) -> str:
        while self._database.execute(taken, (spelled[:length], *more)).fetchone():
            length += 1
        return spelled[:length]

    def keyed(self, purpose: str, text: str) -> bytes:
        """Keyed hash of a text for one purpose, 32 bytes: hashes for two purposes cannot be compared."""
        return hmac.digest(self._secret, f"{purpose}\0{text}".encode("utf-8", "surrogatepass"), "sha256")

    def seal(self, content: bytes) -> bytes:
        """The content encrypted with the newest key."""
        return self._cipher.encrypt(content)

    def unseal(self, sealed: bytes) -> bytes:
        """What was sealed; if another process has rotated the key since, the key file is read again.

        Raises:
            InvalidToken: If no key of this vault opens it.
        """
        try:
            return self._cipher.decrypt(sealed)
        except InvalidToken:
            self.read_key_again()
            return self._cipher.decrypt(sealed)

    def read_key_again(self) -> None:
        """Take the key from its file as it is now."""
        if self.key_place is not None:
            self._cipher = _cipher(read_key(self.key_place))

    def _read_secret(self) -> bytes:
        self._sealed_secret = self._secret_as_sealed()
        if not self._sealed_secret:
            self.close()
            raise lost(self.folder, "is empty")
        try:
            return self.unseal(self._sealed_secret)
        except InvalidToken:
            self.close()
            raise wrong_key(self.folder) from None

    def _secret_as_sealed(self) -> bytes:
        row = self._database.execute("SELECT sealed FROM meta WHERE name = ?", (SECRET,)).fetchone()
        return bytes(row[0]) if row else b""


def _cipher(keys: bytes) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys.split()])
