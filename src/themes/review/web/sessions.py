"""Sessions and tokens: what a browser must bring along so that what it sends counts as its user's own doing.

A session is a random id with an end, signed by a secret of this machine. Nothing about a person is in it.
"""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from themes.deidentify.vault.key import refuse_open_permissions, refuse_shared_place, write_once
from themes.errors import VaultError

SECONDS = 12 * 60 * 60
"""How long a session lasts where there are no accounts: a long day's work."""
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """One browser's session."""

    session_id: str
    ends_at: int
    """Seconds since 1970."""


def secret_beside(key_file: Path) -> bytes:
    """The secret that signs sessions, made at the first start, closed to others, beside the key of the vault.

    Raises:
        VaultError: If it cannot be made or read, lies open to others, or is damaged.
    """
    path = key_file.with_name("review.secret")
    refuse_shared_place(path, "key")
    if not path.exists():
        write_once(path, secrets.token_bytes(SECRET_BYTES))
    refuse_open_permissions(path, "secret of the review page")
    try:
        secret = path.read_bytes()
    except OSError as trouble:
        raise VaultError(f"{path} cannot be read: {trouble.strerror}.") from None
    if len(secret) != SECRET_BYTES:
        raise VaultError(f"{path} is damaged. Delete it and start again: everybody's session then ends.")
    return secret


class Sessions:
    """Makes and recognises sessions and the tokens of their forms."""

    def __init__(self, secret: bytes, *, seconds: int = SECONDS) -> None:
        self._secret = secret
        self._seconds = seconds

    def begin(self, now: float) -> Session:
        """A new session."""
        return Session(secrets.token_urlsafe(24), int(now) + self._seconds)

    def cookie(self, session: Session) -> str:
        """A session as a cookie's value."""
        return f"{session.session_id}.{session.ends_at}.{self._signed('session', session)}"

    def read(self, cookie: str, now: float) -> Session | None:
        """The session that a cookie holds; None if it is not ours or has ended."""
        session_id, _, rest = cookie.partition(".")
        ends_at, _, signature = rest.partition(".")
        if not (ends_at.isascii() and ends_at.isdigit() and len(ends_at) < 15 and signature.isascii()):
            return None
        session = Session(session_id, int(ends_at))
        if not hmac.compare_digest(self._signed("session", session), signature):
            return None
        return session if now < session.ends_at else None

    def token(self, session: Session) -> str:
        """What each form of this session carries."""
        return self._signed("form", session)

    def is_token(self, session: Session, token: str) -> bool:
        return token.isascii() and hmac.compare_digest(self.token(session), token)

    def _signed(self, use: str, session: Session) -> str:
        told = f"{use}\0{session.session_id}\0{session.ends_at}"
        return hmac.new(self._secret, told.encode(), sha256).hexdigest()
