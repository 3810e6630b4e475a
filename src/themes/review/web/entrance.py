"""Signing in and out, and joining by an invitation."""

from datetime import UTC, datetime

from starlette.responses import Response

from themes.errors import WrongUse
from themes.review.accounts import SHORTEST_PASSWORD
from themes.review.web.desk import Ask, go_to, not_here
from themes.review.web.gate import AccountGate, SignedIn, SignedOut

WRONG = (
    "Name and password do not belong together, or were tried too often. Wait a quarter of an hour, or ask for a new "
    "invitation."
)
NOT_INVITED = "Name and code do not belong together, or the code no longer holds. Ask for a new one."


def form(ask: Ask) -> Response:
    """Name and password; or name, code and a new password."""
    if not isinstance(ask.gate, AccountGate):
        return go_to("/")
    return _form(ask, "", 200)


def sign_in(ask: Ask) -> Response:
    """Begin somebody's session."""
    if not isinstance(ask.gate, AccountGate):
        return not_here(ask)
    account = ask.gate.try_password(ask.form.one("name"), ask.form.one("password"))
    return SignedIn(account) if account else _form(ask, WRONG, 401)


def join(ask: Ask) -> Response:
    """Let somebody who was invited choose a password, and begin their session."""
    if not isinstance(ask.gate, AccountGate) or ask.gate.accounts is None:
        return not_here(ask)
    name, code, password = (ask.form.one(each) for each in ("name", "code", "password"))
    try:
        account = ask.gate.accounts.join(name, code.strip(), password, now=datetime.now(UTC))
    except WrongUse as wrong:
        return _form(ask, str(wrong), 400)
    return SignedIn(account) if account else _form(ask, NOT_INVITED, 401)


def sign_out(ask: Ask) -> Response:
    """End somebody's session."""
    return SignedOut() if isinstance(ask.gate, AccountGate) else go_to("/")


def _form(ask: Ask, wrong: str, status: int) -> Response:
    return ask.page("sign-in.html", status=status, wrong=wrong, shortest=SHORTEST_PASSWORD)
