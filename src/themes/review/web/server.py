"""The review page served until somebody stops it: on loopback, or, with accounts and TLS, on a network."""

import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
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


@dataclass(frozen=True, slots=True)
class Serving:
    """How the page may be reached. Others than whoever sits here reach it over TLS alone, and with an account."""

    accounts: bool = False
    """Whether people have to sign in."""
    certificate: Path | None = None
    """A file in PEM, with which the page itself speaks TLS."""
    key: Path | None = None
    """Its private key."""
    behind_tls: bool = False
    """Somebody's word that a proxy in front of the page speaks TLS, and that nobody reaches the page past it."""
    names: tuple[str, ...] = ()
    """Names, with port if it is not the usual one, under which browsers ask for it beside its address."""

    @property
    def is_secure(self) -> bool:
        """Whether browsers speak TLS."""
        return self.certificate is not None or self.behind_tls

    def refuse_what_is_open(self, here: "ipaddress.IPv4Address | ipaddress.IPv6Address") -> None:
        """Stop if others could read what people wrote.

        Raises:
            WrongUse: If they could, or if what was said does not fit together.
        """
        if (self.certificate is None) != (self.key is None):
            raise WrongUse("A certificate needs its key, and a key its certificate: give --certificate and --key.")
        if here.is_loopback and not (self.names or self.behind_tls):
            return
        if not self.accounts:
            raise WrongUse(
                "Without accounts the review page is only served on this machine itself. Invite people first (themes "
                "user add NAME --role analyst), or leave --host, --name and --behind-tls out."
            )
        if not self.is_secure:
            raise WrongUse(
                "Others would reach the review page unencrypted. Give --certificate and --key; or --behind-tls, if a "
                "proxy in front of it speaks TLS and nobody reaches the page past it."
            )
        if here.is_unspecified and not self.names:
            raise WrongUse("An address that stands for all of this machine's needs --name: what browsers will ask for.")


HERE = Serving()
"""On this machine alone, for whoever sits at it."""


def listen(host: str, port: int, serving: Serving = HERE) -> socket.socket:
    """A socket, on loopback unless people sign in and TLS is spoken.

    Args:
        host: An address of this machine, or "localhost".
        port: 0 for any that is free.
        serving: How it may be reached.

    Raises:
        WrongUse: If others could read what people wrote, or it is no address.
        StoreError: If the port is taken.
    """
    address = "127.0.0.1" if host == "localhost" else host
    try:
        here = ipaddress.ip_address(address)
    except ValueError:
        raise WrongUse("--host takes an address in figures, such as 127.0.0.1, or localhost.") from None
    serving.refuse_what_is_open(here)
    listening = socket.socket(socket.AF_INET6 if here.version == 6 else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address, port))
    except OSError as trouble:
        listening.close()
        raise StoreError(f"Port {port} cannot be used: {trouble.strerror}. Choose another with --port.") from None
    return listening


def hosts_of(listening: socket.socket, serving: Serving = HERE) -> list[str]:
    """The names under which a browser may ask for it, that which is told to people first."""
    address, port = listening.getsockname()[:2]
    here = ipaddress.ip_address(address)
    names = [] if here.is_unspecified else [f"[{address}]" if ":" in address else address]
    if here.is_loopback:
        names.append("localhost")
    usual = 443 if serving.is_secure else 80
    return [*serving.names, *(f"{name}:{port}" for name in names), *(names if port == usual else [])]


def server_of(
    desk: Desk, sessions: Sessions, listening: socket.socket, *, gate: Gate | None = None, serving: Serving = HERE
) -> "uvicorn.Server":
    """What serves a corpus on a socket, ready to run.

    Args:
        desk: The corpus.
        sessions: Makes and recognises sessions.
        listening: From `listen`.
        gate: Who is let in; default: whoever asks.
        serving: How it may be reached, as `listen` was told.
    """
    import uvicorn

    config = uvicorn.Config(
        review_app(desk, sessions, hosts=hosts_of(listening, serving), gate=gate, secure=serving.is_secure),
        ssl_certfile=serving.certificate,
        ssl_keyfile=serving.key,
        proxy_headers=False,
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
    serving: Serving = HERE,
) -> None:
    """Serve until stopped by Ctrl-C or a signal to end; answers under way are finished.

    Args:
        desk: The corpus.
        sessions: Makes and recognises sessions.
        listening: From `listen`.
        gate: Who is let in; default: whoever asks.
        ready: Told the address, once a browser can ask for it.
        serving: How it may be reached, as `listen` was told.

    Raises:
        WrongUse: If the certificate or its key cannot be used.
    """
    server = server_of(desk, sessions, listening, gate=gate, serving=serving)
    try:
        server.config.load()
    except OSError:  # what ssl raises is one as well
        raise WrongUse("The certificate or its key cannot be read, or do not belong together.") from None
    listening.listen(MOST_WAITING)
    # Meanwhile: whoever asks before that is answered at once where nothing of it is needed.
    Thread(target=_make_ready, args=(desk,), daemon=True).start()
    ready(f"{'https' if serving.is_secure else 'http'}://{hosts_of(listening, serving)[0]}/")
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])


def _make_ready(desk: Desk) -> None:
    # Whatever is wrong, the page that needs it tells whoever asks for it.
    with suppress(Exception):
        desk.make_ready()
