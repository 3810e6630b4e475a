"""The tables of the review log brought to their present form when it is opened."""

import logging
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from themes.errors import StoreError
from themes.store.database import patiently, shown

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "review_log_1"
"""The last migration; a test holds it against the folder."""
_LOCK = 7_265_115_103
"""Any number: who migrates a PostgreSQL database holds the lock of this number, so that two do not at once."""


def migrate(engine: Engine) -> None:
    """Bring the tables to their present form; hardly any time if they have it.

    Raises:
        StoreError: If the database cannot be reached, or was written by a later version of the program.
    """
    if patiently(engine, lambda: _form_of(engine), seconds=0) != NEWEST:
        patiently(engine, lambda: _migrate(engine), seconds=0)


def _form_of(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return _version(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with engine.execution_options(writing=True).begin() as connection:
        if engine.dialect.name != "sqlite":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        known = {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}
        if (found := _version(connection)) is not None and found not in known:
            raise StoreError(
                f"The review log {shown(engine.url)} was written by a later version of this program. Use that one."
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
