"""What stands before every page: which host was meant, what a browser may do with an answer, what an error says.

Nothing of a request is repeated in an error, and nothing is logged that could hold a participant's words.
"""

import sys
import traceback
from collections.abc import Collection

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": under it a browser sends "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), clipboard-read=()",
    "X-Robots-Tag": "noindex, nofollow",
}
PRIVATE = "no-store"
"""How pages are cached: not at all. They hold participants' words."""


class Guard:
    """Refuses other hosts, adds the headers, and answers when a page fails."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        """Stand before an app.

        Args:
            app: What answers.
            hosts: What a browser may have been told to ask for: "127.0.0.1:8010".
        """
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        begun = False

        async def guarded_send(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                _with_headers(message)
            await send(message)

        if not self._is_ours(scope):
            await plain(400, "This page is not served under that name.")(scope, receive, guarded_send)
            return
        try:
            await self.app(scope, receive, guarded_send)
        except Exception as error:
            report(error)
            if not begun:
                await plain(500, "Something went wrong here, and nothing was changed. Go back and try again.")(
                    scope, receive, guarded_send
                )

    def _is_ours(self, scope: Scope) -> bool:
        named = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
        return len(named) == 1 and named[0] in self.hosts


def plain(status: int, sentence: str) -> Response:
    """An answer of one sentence of ours."""
    return Response(sentence + "\n", status_code=status, media_type="text/plain")


def report(error: BaseException) -> None:
    """Tell whoever started the page where something failed; without the message, which may quote a participant."""
    frames = "".join(traceback.format_tb(error.__traceback__)[-3:])
    sys.stderr.write(f"themes: a page failed ({type(error).__name__}). Where:\n{frames}")


def _with_headers(message: Message) -> None:
    there = {name.lower() for name, _ in message["headers"]}
    held = [(name, value) for name, value in message["headers"] if name.lower() != b"server"]
    wanted = {**HEADERS, "Cache-Control": PRIVATE}
    held += [(n.lower().encode(), v.encode()) for n, v in wanted.items() if n.lower().encode() not in there]
    message["headers"] = held
