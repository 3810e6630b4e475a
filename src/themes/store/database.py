"""The database of the review log: SQLite in a file, or PostgreSQL at an address.

SQLite in WAL mode with `BEGIN IMMEDIATE` for whoever writes: with the default, 303 of 800 concurrent transactions that
read and then wrote failed as locked; with it, none.
"""

import os
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from themes.errors import StoreError
from themes.store.postgresql_address import guarded

BUSY_SECONDS = 75
"""How long a writer waits for others: longer than the minute for which a backup may hold a database."""
RECONNECT_SECONDS = 30
"""How long a PostgreSQL server may be away, as when it is restarted."""
FIRST_WAIT, LONGEST_WAIT = 0.1, 0.5
"""Seconds between two questions whether it is there again, at first and at most."""
_PASSES = frozenset({"08", "40", "53", "55", "57", "58"})
"""Classes of PostgreSQL's errors that say "not now": no connection, a deadlock, too many, in use, shutting down or
starting, the system around it (its documentation, appendix A)."""


def address_of(told: str) -> URL:
    """The address of a database, from what somebody set.

    Args:
        told: "postgresql://name@host/database", or the path of a SQLite file.

    Raises:
        StoreError: If it is neither. The address is not repeated: it may hold a password.
    """
    if "://" not in told:
        return URL.create("sqlite", database=str(Path(told).expanduser().resolve()))
    try:
        address = make_url(told)
    except ArgumentError:
        address = URL.create("")
    if address.drivername in {"postgres", "postgresql", "postgresql+pg8000"} and address.database:
        return guarded(address.set(drivername="postgresql+pg8000"))
    if address.drivername == "sqlite" and address.database not in {None, "", ":memory:"}:
        return address
    raise StoreError(
        "The address of the review log is neither the path of a SQLite file nor like "
        "postgresql://name@host/database. Set THEMES_REVIEW_DB."
    )


def shown(address: URL) -> str:
    """An address without its password."""
    if address.drivername == "sqlite":
        return str(address.database)
    return address._replace(drivername="postgresql", password=None).render_as_string()


def open_engine(address: URL) -> Engine:
    """An engine; a SQLite file is made, closed to others, if it is not there.

    Raises:
        StoreError: If the file cannot be made, or what speaks to PostgreSQL is not installed.
    """
    return _sqlite(address) if address.drivername == "sqlite" else _postgresql(address)


def _sqlite(address: URL) -> Engine:
    path = Path(str(address.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite gives -wal and -shm the mode of this file
    except OSError as trouble:
        raise StoreError(f"The review log {path} cannot be opened: {trouble.strerror}.") from None
    engine = create_engine(
        address, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS, "isolation_level": None}
    )
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _settle(connection: Any, _record: object) -> None:
    """How SQLite works for us: a writer keeps no reader waiting; what was acknowledged is on the disk; what is taken
    out leaves no trace in the file."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError:  # a new file that others turn over too: SQLite does not wait here by itself
            if time.monotonic() >= until:
                raise
            time.sleep(0.05)
    for pragma in ("synchronous = FULL", "secure_delete = ON", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        return
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgresql(address: URL) -> Engine:
    try:
        from themes.store.postgresql import postgresql_engine
    except ImportError:
        raise StoreError(
            f"The review log is at {shown(address)}, and what speaks to PostgreSQL is not installed: "
            f'pip install "themes[postgresql]".'
        ) from None
    return postgresql_engine(address, shown(address))


_ASKING: "WeakKeyDictionary[object, Lock]" = WeakKeyDictionary()
"""By pool of connections: held by who asks whether its server is there again."""


def patiently[R](engine: Engine, work: Callable[[], R], *, seconds: float = RECONNECT_SECONDS) -> R:
    """What `work` gives, a transaction that may be done twice; again while a PostgreSQL server is away.

    Raises:
        StoreError: If the database refuses, or stays away. What it says is not repeated: it may quote an entry.
    """
    until = time.monotonic() + (0 if engine.dialect.name == "sqlite" else seconds)
    while True:
        try:
            return work()
        except SQLAlchemyError as trouble:
            passes = isinstance(trouble, OperationalError | InterfaceError) or _state(trouble)[:2] in _PASSES
            if not passes or time.monotonic() >= until:
                raise StoreError(_told(engine, trouble)) from None
            _wait_for(engine, until)


def _wait_for(engine: Engine, until: float) -> None:
    """Until a server answers again, or time is up.

    One asks for all who wait: fifty who ask at once keep a server that restarts busy with turning them away, and take
    its processors from those of its recovery.
    """
    asking = _ASKING.setdefault(engine.pool, Lock())
    waited = not asking.acquire(blocking=False)
    if waited and not asking.acquire(timeout=max(0.0, until - time.monotonic())):
        return
    try:
        wait = FIRST_WAIT
        # Whoever waited for another, who saw it answer, tries at once.
        while not waited and time.monotonic() < until:
            # Not all at the same moment: there may be other page servers.
            time.sleep(wait * random.uniform(0.5, 1))  # noqa: S311  # no secret
            wait = min(2 * wait, LONGEST_WAIT)
            with suppress(SQLAlchemyError), engine.connect():
                return
    finally:
        asking.release()


def _state(trouble: SQLAlchemyError) -> str:
    """The five characters by which PostgreSQL tells its errors apart; "" for others."""
    told = trouble.orig.args[:1] if isinstance(trouble, DBAPIError) and trouble.orig else ()
    return str(told[0].get("C", "")) if told and isinstance(told[0], dict) else ""


def _told(engine: Engine, trouble: SQLAlchemyError) -> str:
    kind = type(trouble.orig if isinstance(trouble, DBAPIError) and trouble.orig else trouble).__name__
    what = " ".join(filter(None, [kind, _state(trouble)]))
    return (
        f"The review log {shown(engine.url)} refused, or could not be reached ({what}): nothing was written. Is the "
        f"server up, the disk full, or the file held by another program? Try again."
    )


def compact(engine: Engine) -> None:
    """Leave nothing of what was taken out in the files of the database.

    In PostgreSQL the table is written anew; what its write-ahead log and its backups keep is its keeper's to clear.

    Raises:
        StoreError: If somebody else holds it.
    """

    def work() -> None:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if engine.dialect.name != "sqlite":
                connection.exec_driver_sql("VACUUM FULL review_log")
                return
            connection.exec_driver_sql("VACUUM")
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
            if busy:
                raise StoreError(f"The review log {shown(engine.url)} is in use. Close the review page, and try again.")

    patiently(engine, work)


def take_away(address: URL) -> None:
    """Delete the file of a SQLite database, and what SQLite keeps beside it."""
    for end in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            Path(f"{address.database}{end}").unlink()
