"""Where Alembic begins: the migrations of the review log, on the connection it is handed."""

from typing import Any

from alembic import context

from themes.store.review_log import METADATA


def migrate(connection: Any) -> None:
    """Bring the tables to their present form, in the transaction that is open."""
    context.configure(connection=connection, target_metadata=METADATA)
    context.run_migrations()


migrate(context.config.attributes["connection"])
