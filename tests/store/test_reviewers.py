"""Fifty people decide at once, in SQLite and in PostgreSQL; the server is switched off meanwhile."""

import sqlite3
import time

import pytest

from store.reviewers import decide, nothing_lost_nothing_twice


def test_fifty_reviewers_lose_nothing_and_hardly_wait(address):
    session = decide(address, reviewers=50, every=2.0, seconds=4.0)
    nothing_lost_nothing_twice(address, session, decisions=100)
    assert session.refused == []
    assert session.p95() <= 0.3


def test_a_server_that_is_switched_off_loses_no_decision_that_was_acknowledged(server_to_switch_off):
    address = server_to_switch_off.database()
    session = decide(address, reviewers=20, every=0.5, seconds=4.0, meanwhile=server_to_switch_off.restart)
    nothing_lost_nothing_twice(address, session, decisions=160)


def test_reviewers_wait_while_a_backup_holds_the_file(tmp_path):
    address = str(tmp_path / "review.db")

    def hold() -> None:
        with sqlite3.connect(address, isolation_level=None) as held:
            held.execute("BEGIN IMMEDIATE")
            time.sleep(1.5)
            held.execute("COMMIT")
        held.close()

    session = decide(address, reviewers=10, every=0.5, seconds=2.0, meanwhile=hold)
    nothing_lost_nothing_twice(address, session, decisions=40)
    assert session.refused == []
    assert max(session.seconds) > 1


@pytest.mark.long
@pytest.mark.timeout(400)
def test_fifty_reviewers_for_two_minutes_lose_nothing_and_hardly_wait(address):
    session = decide(address, reviewers=50, every=2.0, seconds=120.0)
    print(f"{address.split(':')[0]}: p95 {session.p95() * 1000:.0f} ms, longest {max(session.seconds) * 1000:.0f} ms")
    nothing_lost_nothing_twice(address, session, decisions=3_000)
    assert session.refused == []
    assert session.p95() <= 0.3


@pytest.mark.long
@pytest.mark.timeout(400)
def test_a_server_switched_off_five_times_in_two_minutes_loses_nothing(server_to_switch_off):
    address = server_to_switch_off.database()

    def restarts() -> None:
        for _ in range(5):
            time.sleep(20)
            server_to_switch_off.restart()

    session = decide(address, reviewers=50, every=2.0, seconds=120.0, meanwhile=restarts)
    print(f"sent again {len(session.refused)}, p95 {session.p95() * 1000:.0f} ms, longest {max(session.seconds):.1f} s")
    nothing_lost_nothing_twice(address, session, decisions=3_000)
    assert max(session.seconds) <= 10
