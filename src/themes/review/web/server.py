"""The review page served on loopback, until somebody stops it."""

import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from themes.errors import StoreError, WrongUse
from themes.review.web.app import review_app
from themes.review.web.desk import Desk
from themes.review.web.gate import Gate
from themes.review.web.sessions import Sessions

if TYPE_CHECKING:
    import uvicorn

SECONDS_TO_FINISH = 3
"""How long answers that are under way may take once the page is stopped."""
MOST_WAITING = 128
MOST_HEADER_BYTES = 64_000


def listen(host: str, port: int) -> socket.socket:
    """A socket on loopback.

    Args:
        host: "127.0.0.1", "::1" or "localhost".
        port: 0 for any that is free.

    Raises:
        WrongUse: If the address is not on loopback: others could then read what people wrote.
        StoreError: If the port is taken.
    """
    address = "127.0.0.1" if host == "localhost" else host
    try:
        here = ipaddress.ip_address(address)
    except ValueError:
        here = None
    if here is None or not here.is_loopback:
        raise WrongUse(
            "Without accounts the review page is only served on this machine itself. Leave --host out, or use "
            "--host 127.0.0.1."
        )
    listening = socket.socket(socket.AF_INET6 if here.version == 6 else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address, port))
    except OSError as trouble:
        listening.close()
        raise StoreError(f"Port {port} cannot be used: {trouble.strerror}. Choose another with --port.") from None
    return listening


def hosts_of(listening: socket.socket) -> list[str]:
    """The names under which a browser may ask for it."""
    address, port = listening.getsockname()[:2]
    names = [f"[{address}]" if ":" in address else address, "localhost"]
    return [f"{name}:{port}" for name in names] + (names if port == 80 else [])


def server_of(
    desk: Desk, sessions: Sessions, listening: socket.socket, *, gate: Gate | None = None
) -> "uvicorn.Server":
    """What serves a corpus on a socket, ready to run.

    Args:
        desk: The corpus.
        sessions: Makes and recognises sessions.
        listening: From `listen`.
        gate: Who is let in; default: whoever asks.
    """
    import uvicorn

    config = uvicorn.Config(
        review_app(desk, sessions, hosts=hosts_of(listening), gate=gate),
        # Nothing is logged: neither addresses nor what went wrong, which may quote a participant.
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        h11_max_incomplete_event_size=MOST_HEADER_BYTES,
    )
    return uvicorn.Server(config)


def serve(
    desk: Desk,
    sessions: Sessions,
    listening: socket.socket,
    *,
    ready: Callable[[str], object],
    gate: Gate | None = None,
) -> None:
    """Serve until stopped by Ctrl-C or a signal to end; answers under way are finished.

    Args:
        desk: The corpus.
        sessions: Makes and recognises sessions.
        listening: From `listen`.
        gate: Who is let in; default: whoever asks.
        ready: Told the address, once a browser can ask for it.
    """
    server = server_of(desk, sessions, listening, gate=gate)
    listening.listen(MOST_WAITING)
    ready(f"http://{hosts_of(listening)[0]}/")
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
