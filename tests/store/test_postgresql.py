"""A real server that is slow, goes away, encrypts, or asks who one is."""

import logging
import socket
import threading
import time

import pytest
from sqlalchemy import text

from store.certificates import certificate
from themes.errors import StoreError
from themes.store.database import address_of, open_engine, patiently

pytest.importorskip("pg8000", reason='SKIPPED HERE: PostgreSQL, since there is no pg8000: "themes[postgresql]"')

from themes.store import postgresql


@pytest.fixture
def opened():
    """Opens engines; they are closed afterwards."""
    engines = []

    def open_(address: str):
        engines.append(open_engine(address_of(address)))
        return engines[-1]

    yield open_
    for engine in engines:
        engine.dispose()


def ask(engine, question: str):
    def work():
        with engine.connect() as connection:
            return connection.execute(text(question)).scalar_one()

    return patiently(engine, work, seconds=0)


def test_a_lock_may_be_waited_for_longer_than_a_connection(postgresql_server, opened, monkeypatch):
    monkeypatch.setattr(postgresql, "CONNECT_SECONDS", 0.5)
    engine = opened(postgresql_server.database())
    began = time.monotonic()
    with engine.begin() as held:
        held.execute(text("SELECT pg_advisory_xact_lock(1)"))
        waiting = threading.Timer(1.0, held.commit)
        waiting.start()
        ask(engine, "SELECT 1 FROM (SELECT pg_advisory_xact_lock(1)) AS got")
        waiting.join()
    assert time.monotonic() - began >= 1.0


def test_a_server_that_does_not_answer_is_given_up(opened, monkeypatch):
    monkeypatch.setattr(postgresql, "CONNECT_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        with pytest.raises(StoreError, match="could not be reached"):
            ask(opened(f"postgresql://ana@127.0.0.1:{silent.getsockname()[1]}/study"), "SELECT 1")
        assert time.monotonic() - began < 3


def test_a_connection_that_falls_silent_is_given_up(postgresql_server, opened):
    with opened(postgresql_server.database()).connect() as connection:
        own = connection.connection.dbapi_connection._usock
        assert own.gettimeout() is None
        assert own.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            assert own.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000


def test_a_transaction_whose_connection_is_cut_is_done_again(postgresql_server, opened):
    address = postgresql_server.database()
    engine, tries = opened(address), []
    ask(engine, "SELECT 1")

    def work() -> int:
        with engine.begin() as connection:
            tries.append(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())
            connection.execute(text("CREATE TABLE decided (number bigint)"))
            if len(tries) == 1:
                postgresql_server.query(f"SELECT pg_terminate_backend({tries[0]})", database=address)
            connection.execute(text("INSERT INTO decided VALUES (1)"))
        return ask(engine, "SELECT count(*) FROM decided")

    assert patiently(engine, work) == 1
    assert len(set(tries)) == 2


@pytest.mark.parametrize("when", ["in a transaction", "between two"])
def test_a_connection_that_is_reset_is_made_anew(postgresql_server, opened, monkeypatch, caplog, when):
    engine = opened(postgresql_server.database())
    ask(engine, "SELECT 1")

    class Reset:
        """As a socket is: what is written first goes nowhere without a word."""

        gone = False

        def write(self, *_):
            if self.gone:
                raise BrokenPipeError

        def flush(self):
            self.write()

        def read(self, *_):
            self.gone = True
            raise ConnectionResetError

    def cut() -> None:
        monkeypatch.setattr(own, "_sock", Reset())

    tries = []
    with engine.connect() as connection:
        own = connection.connection.dbapi_connection
    if when == "between two":
        cut()

    def work() -> int:
        with engine.begin() as connection:
            tries.append(1)
            if when == "in a transaction" and len(tries) == 1:
                cut()
            return connection.execute(text("SELECT 2")).scalar_one()

    with caplog.at_level(logging.WARNING):
        assert patiently(engine, work) == 2
    assert caplog.records == []  # a connection that is gone says no goodbye, and nobody has to hear of it
    assert len(tries) == (2 if when == "in a transaction" else 1)


def test_texts_come_back_from_a_database_kept_otherwise(postgresql_server, opened):
    postgresql_server.query("CREATE DATABASE plain TEMPLATE template0 ENCODING 'SQL_ASCII'", database="postgres")
    address = postgresql_server.database().rpartition("/")[0] + "/plain"
    assert ask(opened(address), "SELECT 'Zoë’s: 100 % £5 \\:x'") == "Zoë’s: 100 % £5 :x"


def test_who_is_to_encrypt_and_cannot_is_told_nothing(postgresql_server, opened):
    with pytest.raises(StoreError, match="could not be reached"):
        ask(opened(postgresql_server.database() + "?sslmode=require"), "SELECT 1")


def test_what_is_encrypted_and_for_whom_is_as_the_address_says(server_to_switch_off, opened, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    own, key = certificate("127.0.0.1")
    (tmp_path / "own.crt").write_bytes(own)
    (tmp_path / "other.crt").write_bytes(certificate("127.0.0.1")[0])
    server_to_switch_off.encrypt(own, key)
    server_to_switch_off.ask_for_password("ana", "secret")
    address = server_to_switch_off.database().replace("themes@", "ana:secret@")
    encrypted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
    until = time.monotonic() + 10
    while not ask(opened(address), encrypted):  # it takes a moment to read its settings anew
        assert time.monotonic() < until
        time.sleep(0.1)
    assert ask(opened(f"{address}?sslmode=disable"), encrypted) is False
    assert ask(opened(f"{address}?sslmode=require"), encrypted) is True
    assert ask(opened(f"{address}?sslmode=verify-full&sslrootcert={tmp_path}/own.crt"), encrypted) is True
    for options in ("verify-ca", "verify-full", f"verify-ca&sslrootcert={tmp_path}/other.crt"):
        with pytest.raises(StoreError, match="did not prove who it is") as told:
            ask(opened(f"{address}?sslmode={options}"), encrypted)
        assert "secret" not in str(told.value)
    by_name = address.replace("127.0.0.1", "localhost")  # the certificate is not for this name
    assert ask(opened(f"{by_name}?sslmode=verify-ca&sslrootcert={tmp_path}/own.crt"), encrypted) is True
    with pytest.raises(StoreError, match="did not prove who it is"):
        ask(opened(f"{by_name}?sslmode=verify-full&sslrootcert={tmp_path}/own.crt"), encrypted)


def test_a_password_is_asked_for_and_found(server_to_switch_off, opened, tmp_path, monkeypatch):
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "passwords"))
    server_to_switch_off.ask_for_password("ana", "secret")
    address = server_to_switch_off.database().replace("themes@", "ana@")
    until = time.monotonic() + 10
    while True:  # it takes a moment to read its settings anew
        try:
            ask(opened(address), "SELECT 1")
        except StoreError as told:
            assert "28P01" in str(told)
            break
        assert time.monotonic() < until
        time.sleep(0.1)
    with pytest.raises(StoreError, match="28P01") as told:
        ask(opened(address.replace("ana@", "ana:wrong@")), "SELECT 1")
    assert "wrong" not in str(told.value)
    (tmp_path / "passwords").touch(0o600)
    (tmp_path / "passwords").write_text("127.0.0.1:*:*:ana:secret\n")
    assert ask(opened(address), "SELECT current_user") == "ana"
