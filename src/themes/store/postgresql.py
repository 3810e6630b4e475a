"""PostgreSQL by pg8000: what it leaves to whoever calls it about connections that are slow, silent or gone."""

import socket
import ssl
from contextlib import suppress
from typing import Any

import pg8000
import pg8000.legacy
from pg8000 import core
from sqlalchemy import URL, Engine, create_engine

from themes.errors import StoreError
from themes.store.postgresql_address import arguments_of

CONNECT_SECONDS = 5
MOST_CONNECTIONS = 8
"""Of one engine; who comes when all are in use waits for one. Writers go one after the other: more would be of no use,
and each has to be made anew when the server was restarted."""
POOL_SECONDS = 120
"""How long who comes then waits: longer than a server may be away, and than a backup may hold the log."""
_GONE = "network error"
"""By these words SQLAlchemy knows that a connection is gone, and those beside it in the pool."""
_ALIVE = {"TCP_KEEPIDLE": 10, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 4, "TCP_USER_TIMEOUT": 30_000}
"""A server that says nothing is asked after ten seconds, and given up after thirty; where the system can."""


class Connection(pg8000.legacy.Connection):  # type: ignore[misc]  # without types
    """A connection whose troubles on the way are errors of pg8000, and which waits longer for an answer than to be let
    in."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments, timeout=CONNECT_SECONDS)
        self._usock.settimeout(None)  # pg8000 would keep to it, and whoever waits for a lock waits longer
        if self._usock.family != socket.AF_UNIX:
            for name, value in _ALIVE.items():
                if hasattr(socket, name):
                    self._usock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)

    @property
    def autocommit(self) -> bool:
        """Whether each statement stands alone, as one must that writes a table anew."""
        return self._alone

    @autocommit.setter
    def autocommit(self, alone: bool) -> None:
        if alone:
            self.rollback()  # SQLAlchemy, when it tried whether the connection holds, began what it does not know of
        self._alone = alone

    def execute_unnamed(self, statement: str, vals: Any = (), oids: Any = (), stream: Any = None) -> core.Context:
        """A statement with its values, there and back once; pg8000 goes three times, which others wait for too."""
        context = core.Context(statement, stream=stream)
        self.send_PARSE(core.NULL_BYTE, statement, oids)
        self.send_DESCRIBE_STATEMENT(core.NULL_BYTE)
        self.send_BIND(core.NULL_BYTE, core.make_params(self.py_types, vals))
        self.send_EXECUTE()
        core._write(self._sock, core.SYNC_MSG)
        core._flush(self._sock)
        self.handle_messages(context)
        return context

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

    return create_engine(
        address,
        creator=connect,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=MOST_CONNECTIONS,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
    )
