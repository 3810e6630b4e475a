"""Fifty people decide at once through the page, on SQLite and on PostgreSQL; the server is switched off meanwhile."""

import time

import pytest

from page_reviewers import a_study, invited, nothing_lost_nothing_twice, page_on, review


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    if request.param == "sqlite":
        return str(tmp_path / "small" / "review.db")
    return request.getfixturevalue("postgresql_server").database()


def watched(tmp_path, address, *, people, every, decisions, meanwhile=None):
    outputs = tmp_path / "small"
    a_study(outputs, decisions + 20)
    accounts = invited(tmp_path / "accounts.json", people)
    with page_on(outputs, address, accounts.path) as page:
        seen = review(page, people=people, every=every, decisions=decisions, meanwhile=meanwhile)
    nothing_lost_nothing_twice(address, "small", seen, decisions=people * decisions)
    return seen


def test_what_many_decide_at_once_is_there_once(tmp_path, address):
    assert watched(tmp_path, address, people=12, every=0.0, decisions=4).sent_again == 0


def test_what_is_decided_while_a_server_is_switched_off_is_there_once(tmp_path, server_to_switch_off):
    address = server_to_switch_off.database()
    watched(tmp_path, address, people=8, every=0.5, decisions=6, meanwhile=server_to_switch_off.restart)


def told(name, seen):
    took = sorted(seen.seconds)
    print(
        f"{name}: {len(took)} decisions, each with the next excerpt: median {took[len(took) // 2] * 1000:.0f} ms, p95 "
        f"{seen.p95() * 1000:.0f} ms, longest {took[-1] * 1000:.0f} ms; sent again {seen.sent_again}; largest page "
        f"{seen.largest / 1000:.0f} kB"
    )


@pytest.mark.long
@pytest.mark.timeout(600)
def test_fifty_people_for_two_minutes_lose_nothing_and_hardly_wait(tmp_path, address):
    seen = watched(tmp_path, address, people=50, every=2.0, decisions=60)
    told(address.split(":")[0][-6:], seen)
    assert seen.sent_again == 0
    assert seen.p95() <= 0.3


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_server_switched_off_five_times_in_two_minutes_loses_nothing(tmp_path, server_to_switch_off):
    def restarts():
        for _ in range(5):
            time.sleep(20)
            server_to_switch_off.restart()

    address = server_to_switch_off.database()
    seen = watched(tmp_path, address, people=50, every=2.0, decisions=60, meanwhile=restarts)
    told("postgresql, switched off five times", seen)
    assert max(seen.seconds) <= 10
