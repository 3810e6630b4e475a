"""Addresses that are taken and refused, and what is told of a database that refuses."""

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Barrier, get_ident
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError, ProgrammingError

from themes.errors import StoreError
from themes.store import database
from themes.store.database import address_of, open_engine, patiently, shown


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("postgresql://ana:secret@db.example/study", "postgresql://ana@db.example/study?sslmode=require"),
        (
            "postgres://ana@db.example/study?sslmode=verify-full",
            "postgresql://ana@db.example/study?sslmode=verify-full",
        ),
        ("postgresql://ana@127.0.0.1:5433/study", "postgresql://ana@127.0.0.1:5433/study"),
        ("postgresql:///study?host=/run/postgresql", "postgresql:///study?host=%2Frun%2Fpostgresql"),
        ("postgresql:///study?host=db.example", "postgresql:///study?host=db.example&sslmode=require"),
    ],
)
def test_what_goes_to_another_machine_is_encrypted_and_no_password_is_shown(told, meant):
    assert shown(address_of(told)) == meant
    assert "secret" not in shown(address_of(told))


@pytest.mark.parametrize("told", ["mysql://h/db", "postgresql://host", "sqlite://", "http://secret@x/y", "://secret"])
def test_other_addresses_are_refused_and_not_repeated(told):
    with pytest.raises(StoreError, match="Set THEMES_REVIEW_DB") as refusal:
        address_of(told)
    assert "secret" not in str(refusal.value)


def test_a_path_is_a_sqlite_file_closed_to_others(tmp_path):
    address = address_of(str(tmp_path / "some folder" / "review.db"))
    open_engine(address).dispose()
    assert shown(address) == str(tmp_path / "some folder" / "review.db")
    assert stat.S_IMODE((tmp_path / "some folder" / "review.db").stat().st_mode) == 0o600


def test_a_file_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_engine(address_of(str(tmp_path / "file" / "review.db")))


def test_a_writer_waits_for_another_and_says_so_when_it_takes_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    engine = open_engine(address_of(str(tmp_path / "review.db")))
    engine.connect().close()
    held = sqlite3.connect(tmp_path / "review.db", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")

    def write() -> None:
        with engine.execution_options(writing=True).begin() as connection:
            connection.exec_driver_sql("CREATE TABLE t (x)")

    with pytest.raises(StoreError, match=r"refused, or could not be reached \(OperationalError\): nothing was written"):
        patiently(engine, write)
    with engine.connect() as reading:  # whoever only reads does not wait
        assert reading.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0
    held.execute("COMMIT")
    patiently(engine, write)
    held.close()
    engine.dispose()


@pytest.mark.parametrize(("state", "passes"), [("57P03", True), ("53300", True), ("40P01", True), ("28P01", False)])
def test_what_passes_is_waited_for_and_what_does_not_is_told_at_once(postgresql_server, state, passes):
    engine = open_engine(address_of(postgresql_server.database()))
    tries = []

    def work() -> str:
        tries.append(1)
        if len(tries) < 2:
            raise ProgrammingError("SELECT 1", {}, Exception({"C": state, "M": "Quilliam"}))
        return "done"

    if passes:
        assert patiently(engine, work) == "done"
    else:
        with pytest.raises(StoreError, match=rf"could not be reached \(Exception {state}\)") as told:
            patiently(engine, work)
        assert "Quilliam" not in str(told.value)
        assert len(tries) == 1
    engine.dispose()


def test_work_is_done_again_while_a_server_is_away(postgresql_server):
    engine = open_engine(address_of(postgresql_server.database()))
    tries = []

    def work() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("SELECT 'Quilliam'", {}, Exception("Quilliam"))
        return "done"

    assert patiently(engine, work) == "done"
    tries.clear()
    with pytest.raises(StoreError) as told:
        patiently(engine, work, seconds=0)
    assert "Quilliam" not in str(told.value)
    engine.dispose()


class AServerThatIsAway:
    """An engine whose server answers again once it was asked four times."""

    dialect = SimpleNamespace(name="postgresql")

    def __init__(self):
        self.pool, self.asked = APool(), 0

    def connect(self):
        self.asked += 1
        if self.asked < 4:
            raise OperationalError("", {}, Exception())
        return nullcontext()


class APool:
    """What connections come from; by it people who wait for the same server are known."""


def test_one_asks_whether_a_server_is_back_for_all_who_wait():
    engine, together, tries = AServerThatIsAway(), Barrier(20), []

    def work():
        tries.append(get_ident())
        if tries.count(get_ident()) == 1:
            together.wait()
        if engine.asked < 4:
            raise OperationalError("", {}, Exception())
        return "done"

    with ThreadPoolExecutor(20) as people:
        assert list(people.map(lambda _: patiently(engine, work), range(20))) == ["done"] * 20
    # Twice each: one who asked for himself would have been turned away at least three times.
    assert len(tries) == 40 and engine.asked < 10
