"""Answers that refuse, as pages: one sentence of ours, a way back, and what was typed: nobody shall type it twice."""

from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from themes.review.web.forms import Form

TITLES = {
    200: "Nothing to do",
    401: "Signed out",
    404: "Not here",
    500: "Something went wrong",
    503: "Nothing to review",
}
"""What a page is called that says why something is not shown, or was not done, by its status."""
OTHERWISE = "Not done"
TYPED = {
    "memo": "Memo", "name": "Name", "definition": "Definition", "clarification": "Clarification",
    "include": "What takes it", "exclude": "What does not", "cues": "Words that speak for it", "words": "Words",
}  # fmt: skip
"""Fields into which people type, and what they are called."""
SESSION_ENDED = "Your session has ended. Nothing was done yet, and nothing is lost: send it again."
SIGNED_OUT = (
    "You are not signed in any more. Nothing was done yet, and nothing is lost: sign in again, in another window, and "
    "then send it again from here."
)


def title_of(status: int) -> str:
    """What a refusal is called."""
    return TITLES.get(status, OTHERWISE)


def typed(form: Form) -> list[tuple[str, str]]:
    """What somebody typed into a form, by what its fields are called."""
    return [(label, text) for name, label in TYPED.items() if (text := form.one(name)).strip()]


def refused(render: Callable[..., str], status: int, sentence: str) -> Response:
    """A page of one sentence, for whomever: it tells nothing of the corpus."""
    return HTMLResponse(_page(render, status, sentence), status_code=status)


def held(
    render: Callable[..., str], request: Request, form: Form, *, token: str, status: int, sentence: str
) -> Response:
    """A page that holds what was sent, to be sent again: a session ended in the middle of something.

    Only for what a page of ours sent, by what the browser says, and never for passwords.

    Args:
        render: Lays it out.
        request: What came.
        form: What it sent.
        token: Of the session that begins now; empty: somebody has to sign in first.
        status: 401 or 403.
        sentence: Why.
    """
    fields = [(name, value) for name, values in form.values.items() if name != "token" for value in values]
    fields.append(("token", token))
    address = quote(request.url.path, safe="/:")
    content = _page(render, status, sentence, address=address, fields=fields, typed=typed(form), sign_in=not token)
    return HTMLResponse(content, status_code=status)


def _page(render: Callable[..., str], status: int, sentence: str, **more: object) -> str:
    nothing: dict[str, object] = {"address": "", "fields": [], "typed": [], "sign_in": False}
    return render("refused.html", {**nothing, "title": title_of(status), "sentence": sentence, **more})
