"""Who is let in: whoever sits here, where there are no accounts; else who has signed in, for a while."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Protocol

from starlette.responses import RedirectResponse

from themes.review.accounts import LONGEST_NAME, Account, Accounts, person_of
from themes.review.people import NOBODY, SINGLE_USER, Person

IDLE_SECONDS = 45 * 60
"""Who does nothing for so long is signed out."""
TRIES = 5
PAUSE_SECONDS = 15 * 60
"""After so many wrong passwords for a name, in so long, no more are looked at for as long."""
MOST_NAMES = 1000
"""Wrong passwords are counted for so many names at once: whoever makes up names fills no memory."""


class Gate(Protocol):
    """Knows whose session it is."""

    accounts: Accounts | None

    def person(self, session_id: str) -> Person:
        """Whoever's session it is; NOBODY if nobody has signed in."""
        ...


class OpenGate:
    """Lets in whoever asks. For loopback alone."""

    accounts: Accounts | None = None

    def person(self, session_id: str) -> Person:
        return SINGLE_USER


class AccountGate:
    """Lets in who has signed in. Sessions are in memory: they end with the page, and when an account goes."""

    def __init__(self, accounts: Accounts, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.accounts: Accounts | None = accounts
        self._accounts = accounts
        self._clock = clock
        self._lock = Lock()
        self._sessions: dict[str, tuple[str, str, float]] = {}
        self._wrong: dict[str, list[float]] = {}

    def person(self, session_id: str) -> Person:
        now = self._clock()
        with self._lock:
            name, password, seen = self._sessions.get(session_id, ("", "", 0.0))
            if not name or now - seen > IDLE_SECONDS:
                self._sessions.pop(session_id, None)
                return NOBODY
            self._sessions[session_id] = name, password, now
        account = self._accounts.all().get(name)
        # Another password ends the sessions that began with the old one.
        if account is None or account.password != password:
            self.sign_out(session_id)
            return NOBODY
        return person_of(account)

    def sign_in(self, session_id: str, account: Account) -> None:
        """Take a session, which must be new, for somebody's."""
        with self._lock:
            now = self._clock()
            self._sessions = {each: held for each, held in self._sessions.items() if now - held[2] <= IDLE_SECONDS}
            self._sessions[session_id] = account.name, account.password, now

    def sign_out(self, session_id: str) -> None:
        with self._lock:
            self._sessions.pop(session_id, None)

    def try_password(self, name: str, password: str) -> Account | None:
        """Whose name and password these are; None too where it was tried too often."""
        # No account's name is longer, so that all that are count as one, and none takes much memory.
        told = name[: LONGEST_NAME + 1]
        with self._lock:
            now = self._clock()
            self._forget_old_tries(now)
            recent = [each for each in self._wrong.pop(told, ()) if now - each < PAUSE_SECONDS]
            if len(recent) >= TRIES:
                self._wrong[told] = recent
                return None
            # Counted before it is looked at: many tries at once are as many.
            self._wrong[told] = [*recent, now]
        account = self._accounts.signed_in(name, password)
        if account is not None:
            with self._lock:
                self._wrong.pop(told, None)
        return account

    def _forget_old_tries(self, now: float) -> None:
        """Those that are long ago; of too many, those for the name that was tried longest ago, if it is nobody's.

        Never those for somebody's name: by making up others, nobody gets more tries at it.
        """
        self._wrong = {name: tries for name, tries in self._wrong.items() if now - tries[-1] < PAUSE_SECONDS}
        if len(self._wrong) >= MOST_NAMES:
            known = self._accounts.all()
            oldest = next((name for name in self._wrong if name not in known), None)
            if oldest is not None:
                del self._wrong[oldest]


class SignedIn(RedirectResponse):
    """An answer with which somebody's session begins."""

    def __init__(self, account: Account) -> None:
        super().__init__("/", status_code=303)
        self.account = account


class SignedOut(RedirectResponse):
    """An answer with which a session ends."""

    def __init__(self) -> None:
        super().__init__("/sign-in", status_code=303)
