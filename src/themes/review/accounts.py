"""Accounts for the review page: by invitation, kept in a file closed to others, passwords as Argon2id alone."""

import fcntl
import hmac
import json
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock

from themes.deidentify.vault.key import make_private_folder, refuse_open_permissions, replace_private, write_once
from themes.errors import StoreError, WrongUse
from themes.review.people import Person, Role

LONGEST_NAME = 64
NAME = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._@-]{{0,{LONGEST_NAME - 1}}}")
CODER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,31}")
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1000
DAYS_TO_JOIN = 7
# Three passes over 64 MiB with four lanes: the second choice of RFC 9106, for machines without gigabytes to spare.
PASSES, KIBIBYTES, LANES = 3, 64 * 1024, 4
# One password after the other: fifty at once would take gigabytes, and OpenSSL, whose threads for the lanes are few,
# refuses a second one meanwhile as if memory were short.
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may use the page."""

    name: str
    """By which they sign in; in no log and no export."""
    coder_id: str
    """The pseudonym under which they code."""
    role: Role
    password: str = ""
    """Argon2id, as PHC writes it; empty until they have joined."""
    invitation: str = ""
    """SHA-256 of the code by which they can choose a password, once."""
    invited_until: str = ""
    """ISO 8601, UTC."""


class Accounts:
    """All accounts of a machine. Several processes may change them."""

    def __init__(self, path: Path) -> None:
        """Nothing is read yet.

        Args:
            path: The file; made with mode 0600 when the first account is added.
        """
        self.path = path

    def all(self) -> Mapping[str, Account]:
        """By name.

        Raises:
            StoreError: If the file is damaged.
            VaultError: If others can read it.
        """
        if not self.path.exists():
            return {}
        refuse_open_permissions(self.path, "accounts file")
        try:
            held = json.loads(self.path.read_text(encoding="utf-8"))
            return {each["name"]: Account(**{**each, "role": Role(each["role"])}) for each in held}
        except (OSError, ValueError, TypeError, KeyError):
            raise StoreError(
                f"The accounts in {self.path} cannot be read. Bring the file back from a backup."
            ) from None

    def invite(self, name: str, role: Role, *, coder_id: str = "", now: datetime) -> str:
        """Add an account, or let somebody choose a new password. Returns the code for it, which is kept nowhere.

        Args:
            name: By which they will sign in.
            role: What they may do.
            coder_id: Their pseudonym; default: "coder 3" and the like, and of an account that is there its own.
            now: When.

        Raises:
            WrongUse: If the name or the pseudonym cannot be used, or the pseudonym is taken.
        """
        if not NAME.fullmatch(name):
            raise WrongUse(
                "A name has up to 64 letters, figures, dots, dashes and @, and begins with a letter or figure."
            )
        if role is Role.NOBODY:
            raise WrongUse("Nobody is no role.")
        code = secrets.token_urlsafe(18)
        with self._changing() as held:
            known = held.get(name)
            taken = {each.coder_id for each in held.values() if each.name != name}
            chosen = coder_id or (known.coder_id if known else next(c for c in _pseudonyms() if c not in taken))
            # "machine" and the like would pass for what a machine says.
            if (
                not CODER.fullmatch(chosen)
                or chosen in taken
                or chosen.lower().startswith(("machine", "language model"))
            ):
                raise WrongUse("That pseudonym is taken, or cannot be used. Choose another with --coder.")
            until = (now + timedelta(days=DAYS_TO_JOIN)).astimezone(UTC).isoformat(timespec="seconds")
            password = known.password if known else ""
            held[name] = Account(name, chosen, role, password, _digest(code), until)
        return code

    def join(self, name: str, code: str, password: str, *, now: datetime) -> Account | None:
        """Let somebody who was invited choose their password; None if the code is not theirs, or no longer holds.

        Raises:
            WrongUse: If the password is too short or too long.
        """
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise WrongUse(f"A password has {SHORTEST_PASSWORD} characters or more. A few words in a row are good.")
        with self._changing() as held:
            account = held.get(name)
            if account is None or not account.invitation or now.isoformat() > account.invited_until:
                return None
            if not hmac.compare_digest(account.invitation, _digest(code)):
                return None
            held[name] = replace(account, password=hashed(password), invitation="", invited_until="")
            return held[name]

    def signed_in(self, name: str, password: str) -> Account | None:
        """Whose name and password these are. It takes as long for a name that there is not."""
        account = self.all().get(name)
        right = matches(password, account.password if account and account.password else _nobodys())
        return account if account and account.password and right else None

    def remove(self, name: str) -> None:
        """Take an account away; what its coder decided stays.

        Raises:
            WrongUse: If there is none of that name.
        """
        with self._changing() as held:
            if held.pop(name, None) is None:
                raise WrongUse("There is no account of that name.")

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Account]]:
        make_private_folder(self.path.parent)
        with self.path.with_name(f".{self.path.name}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            held = dict(self.all())
            yield held
            content = json.dumps([asdict(each) for each in held.values()], indent=1).encode()
            put: Callable[[Path, bytes], None] = replace_private if self.path.exists() else write_once
            put(self.path, content)


def person_of(account: Account) -> Person:
    return Person(account.coder_id, account.role)


def hashed(password: str) -> str:
    """A password as it may be kept: Argon2id with a salt of its own (RFC 9106)."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=secrets.token_bytes(16), length=32, iterations=PASSES, lanes=LANES, memory_cost=KIBIBYTES)
    with _ONE_AT_A_TIME:
        return kdf.derive_phc_encoded(password.encode("utf-8", "surrogatepass"))


def matches(password: str, kept: str) -> bool:
    """Whether a password is the one that is kept."""
    from cryptography.exceptions import InvalidKey
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    try:
        with _ONE_AT_A_TIME:
            Argon2id.verify_phc_encoded(password[:LONGEST_PASSWORD].encode("utf-8", "surrogatepass"), kept)
    except InvalidKey:
        return False
    return True


@cache
def _nobodys() -> str:
    """A password that nobody knows, to be compared with where there is no account."""
    return hashed(secrets.token_urlsafe(32))


def _digest(code: str) -> str:
    return sha256(code.encode("utf-8", "surrogatepass")).hexdigest()


def _pseudonyms() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"coder {number}"
