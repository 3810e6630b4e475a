"""The review log: a table that is only ever added to."""

import sqlalchemy as sa
from alembic import op

revision = "review_log_1"
down_revision = None

REFUSAL = "the review log is only ever added to"
STAYS = ("corpus", "number", "kind", "written_at", "key", "digest", "chained")
GOES = ("about", "content", "salt")
"""What an erasure takes, all of it at once."""


def upgrade() -> None:
    """Make the table, and refuse to change or delete a row of it, but for an erasure."""
    op.create_table(
        "review_log",
        sa.Column("corpus", sa.Text, primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("written_at", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("about", sa.Text),
        sa.Column("content", sa.Text),
        sa.Column("salt", sa.Text),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("chained", sa.Text, nullable=False),
        sa.UniqueConstraint("corpus", "key", name="review_log_says_a_thing_once"),
    )
    op.create_index("review_log_by_kind", "review_log", ["corpus", "kind", "number"])
    op.create_index("review_log_by_about", "review_log", ["corpus", "about", "number"])
    if op.get_bind().dialect.name == "sqlite":
        _guard_in_sqlite()
    else:
        _guard_in_postgresql()


def _guard_in_sqlite() -> None:
    kept = " AND ".join([*(f"NEW.{c} IS OLD.{c}" for c in STAYS), *(f"NEW.{c} IS NULL" for c in GOES)])
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    op.execute(f"CREATE TRIGGER review_log_stays BEFORE DELETE ON review_log {refuse}")
    op.execute(f"CREATE TRIGGER review_log_is_not_rewritten BEFORE UPDATE ON review_log WHEN NOT ({kept}) {refuse}")
    # INSERT OR REPLACE deletes without a word to the trigger above.
    there = "SELECT 1 FROM review_log WHERE corpus = NEW.corpus AND (number = NEW.number OR key = NEW.key)"
    op.execute(f"CREATE TRIGGER review_log_is_not_replaced BEFORE INSERT ON review_log WHEN EXISTS ({there}) {refuse}")


def _guard_in_postgresql() -> None:
    kept = " AND ".join(
        [*(f"NEW.{c} IS NOT DISTINCT FROM OLD.{c}" for c in STAYS), *(f"NEW.{c} IS NULL" for c in GOES)]
    )
    op.execute(
        f"""
        CREATE FUNCTION review_log_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF {kept} THEN RETURN NEW; END IF;
            END IF;
            RAISE EXCEPTION '{REFUSAL}';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER review_log_is_kept BEFORE UPDATE OR DELETE ON review_log "
        "FOR EACH ROW EXECUTE FUNCTION review_log_is_kept()"
    )
    op.execute(
        "CREATE TRIGGER review_log_stays BEFORE TRUNCATE ON review_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION review_log_is_kept()"
    )
