"""A review log moved to PostgreSQL: nothing lost, nothing twice, nothing left behind, nothing added afterwards."""

import pytest

from store.review_entries import an_entry
from themes.errors import StoreError
from themes.store import moving
from themes.store.moving import move
from themes.store.review_check import check_log
from themes.store.review_log import ReviewLog
from themes.store.review_place import FILE, NOTE, review_log


@pytest.fixture
def outputs(tmp_path):
    folder = tmp_path / "study"
    with review_log(folder) as log:
        log.append([an_entry(str(n), f"d{n}", text=f"“about” {n} \U0001f9d1") for n in range(5)])
        log.erase([2])
    return folder


def links(folder):
    with review_log(folder) as log:
        return log.links()


def test_a_moved_log_is_the_same_log(outputs, postgresql_server):
    before, address = links(outputs), postgresql_server.database()
    assert move(outputs, address) == (6, address)
    assert sorted(path.name for path in outputs.iterdir()) == [NOTE]
    assert links(outputs) == before
    with review_log(outputs) as log:
        assert log.place == address
        log.append([an_entry("4", "d4", text="“about” 4 \U0001f9d1"), an_entry("new")])
        assert check_log(log) == 7


def test_there_is_nothing_to_move_twice(outputs, postgresql_server):
    address = postgresql_server.database()
    move(outputs, address)
    with pytest.raises(StoreError, match="it was moved before"):
        move(outputs, address)


def test_who_still_has_the_old_log_open_cannot_add_to_it(outputs, postgresql_server):
    with review_log(outputs) as old:
        move(outputs, postgresql_server.database())
        with pytest.raises(StoreError):
            old.append([an_entry("late")])


@pytest.mark.parametrize("step", ["note_place", "take_away"])
def test_an_interrupted_move_is_refused_until_it_is_completed(outputs, postgresql_server, monkeypatch, step):
    before, address = links(outputs), postgresql_server.database()
    with monkeypatch.context() as patch:
        patch.setattr(moving, step, None)
        with pytest.raises(TypeError):
            move(outputs, address)
    if step == "take_away":
        with pytest.raises(StoreError, match="Move them"):
            links(outputs)
    assert move(outputs, address) == (6, address)
    assert links(outputs) == before


def test_entries_of_another_study_of_that_name_are_not_mixed_with_these(outputs, postgresql_server):
    address, before = postgresql_server.database(), links(outputs)
    other = ReviewLog(address, "study")
    other.append([an_entry("theirs")])
    other.close()
    with pytest.raises(StoreError, match="Was another study of this name kept there"):
        move(outputs, address)
    assert links(outputs) == before
    with review_log(outputs) as log:
        log.append([an_entry("and on")])


def test_a_log_that_was_tampered_with_is_not_moved(outputs, postgresql_server, monkeypatch):
    monkeypatch.setattr("themes.store.review_check.fits", lambda *_, **__: False)
    with pytest.raises(StoreError, match="entry 1 of 'study'"):
        move(outputs, postgresql_server.database())
    assert (outputs / FILE).exists()


def test_it_is_moved_to_postgresql_and_nowhere_else(outputs, tmp_path):
    with pytest.raises(StoreError, match="Decisions are moved to PostgreSQL"):
        move(outputs, str(tmp_path / "elsewhere.db"))
