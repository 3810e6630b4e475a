"""PostgreSQL by pg8000: what it leaves to whoever calls it about connections that are slow, silent or gone."""

import socket
import ssl
from contextlib import suppress
from typing import Any

import pg8000
import pg8000.legacy
from sqlalchemy import URL, Engine, create_engine

from themes.errors import StoreError
from themes.store.postgresql_address import arguments_of

CONNECT_SECONDS = 5
_GONE = "network error"
"""By these words SQLAlchemy knows that a connection is gone, and those beside it in the pool."""
_ALIVE = {"TCP_KEEPIDLE": 10, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 4, "TCP_USER_TIMEOUT": 30_000}
"""A server that says nothing is asked after ten seconds, and given up after thirty; where the system can."""


class Connection(pg8000.legacy.Connection):  # type: ignore[misc] # without types
    """A connection whose troubles on the way are errors of pg8000, and which waits longer for an answer than to be let
    in."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments, timeout=CONNECT_SECONDS)
        self._usock.settimeout(None)  # pg8000 would keep to it, and whoever waits for a lock waits longer
        if self._usock.family != socket.AF_UNIX:
            for name, value in _ALIVE.items():
                if hasattr(socket, name):
                    self._usock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)

    def handle_messages(self, context: Any) -> None:
        try:
            super().handle_messages(context)
        except OSError as trouble:
            raise pg8000.InterfaceError(_GONE) from trouble

    def close(self) -> None:
        """Say goodbye, or not, if nobody hears it."""
        with suppress(pg8000.InterfaceError, OSError):
            super().close()


def postgresql_engine(address: URL, place: str) -> Engine:
    """An engine for a guarded address.

    Args:
        address: Where the server is, see `themes.store.postgresql_address`.
        place: The same without its password, for messages.

    Raises:
        StoreError: If a certificate or a file of passwords cannot be used.
    """
    arguments = arguments_of(address)

    def connect() -> Connection:
        try:
            return Connection(**arguments)
        except ssl.SSLCertVerificationError as trouble:
            raise StoreError(
                f"The server of the review log {place} did not prove who it is ({trouble.verify_message}). Name the "
                f"authority that vouches for it with sslrootcert in the address, or ask its keeper."
            ) from None
        except pg8000.Error:
            raise
        except Exception as trouble:  # of sockets, of TLS, of proving who one is: not among pg8000's errors
            raise pg8000.InterfaceError(_GONE) from trouble

    return create_engine(address, creator=connect, hide_parameters=True, pool_pre_ping=True)
