"""Tables are brought up to date when the log is opened, once, by whoever comes first."""

import threading

import pytest
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from themes.errors import StoreError
from themes.store import migrating
from themes.store.database import address_of, open_engine
from themes.store.migrating import MIGRATIONS, NEWEST, migrate
from themes.store.review_log import METADATA, ReviewLog


def test_the_newest_migration_is_the_last_in_the_folder():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST


def test_the_tables_have_the_columns_that_the_program_knows(address):
    engine = open_engine(address_of(address))
    migrate(engine)
    with engine.connect() as connection:
        from sqlalchemy import inspect

        there = inspect(connection)
        for table in METADATA.sorted_tables:
            assert [column["name"] for column in there.get_columns(table.name)] == [c.name for c in table.columns]
        assert MigrationContext.configure(connection).get_current_revision() == NEWEST
    engine.dispose()


def test_several_that_open_a_new_log_at_once_make_it_once(address):
    troubles = []

    def open_it() -> None:
        try:
            ReviewLog(address, "study").close()
        except Exception as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []


def test_alembic_is_not_asked_again_once_all_is_done(address, monkeypatch):
    ReviewLog(address, "study").close()
    monkeypatch.setattr(migrating, "_migrate", None)
    ReviewLog(address, "study").close()


def test_a_log_of_a_later_version_is_refused(address):
    log = ReviewLog(address, "study")
    with log.writing.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'review_log_9'")
    log.close()
    with pytest.raises(StoreError, match="written by a later version"):
        ReviewLog(address, "study")
