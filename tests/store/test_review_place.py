"""One review log for a corpus: found by everybody, or its place is told."""

import json

import pytest

from store.review_entries import an_entry
from themes.errors import StoreError
from themes.store.review_place import FILE, NOTE, review_log, review_log_if_any


@pytest.fixture
def outputs(tmp_path):
    return tmp_path / "outputs" / "study"


def test_a_log_is_a_file_in_the_outputs_of_its_corpus(outputs):
    with review_log(outputs) as log:
        log.append([an_entry()])
        assert (log.corpus, log.place) == ("study", str(outputs / FILE))
    assert sorted(path.name for path in outputs.iterdir()) == [FILE]
    with review_log_if_any(outputs) as log:
        assert len(log.entries()) == 1


def test_where_nobody_decided_anything_nothing_is_made(outputs):
    with review_log_if_any(outputs) as log:
        assert log is None
    assert not outputs.exists()


def test_another_place_is_noted_without_its_password_and_found_without_the_setting(
    outputs, monkeypatch, postgresql_server
):
    address = postgresql_server.database()
    monkeypatch.setenv("THEMES_REVIEW_DB", address.replace("themes@", "themes:secret@"))
    with review_log_if_any(outputs) as log:
        assert log.entries() == []
    assert not outputs.exists()
    with review_log(outputs) as log:
        log.append([an_entry()])
    assert json.loads((outputs / NOTE).read_text()) == {"review_log": address}
    monkeypatch.delenv("THEMES_REVIEW_DB")
    with review_log_if_any(outputs) as log:
        assert len(log.entries()) == 1


def test_who_reads_entries_elsewhere_notes_where_they_are(outputs, monkeypatch, tmp_path):
    monkeypatch.setenv("THEMES_REVIEW_DB", str(tmp_path / "shared.db"))
    with review_log(outputs) as log:
        log.append([an_entry()])
    other = tmp_path / "on another machine" / "study"
    with review_log_if_any(other) as log:
        assert len(log.entries()) == 1
    monkeypatch.delenv("THEMES_REVIEW_DB")
    with review_log_if_any(other) as log:
        assert len(log.entries()) == 1


def test_a_setting_that_names_another_place_than_the_note_is_refused(outputs, monkeypatch, tmp_path):
    monkeypatch.setenv("THEMES_REVIEW_DB", str(tmp_path / "one.db"))
    with review_log(outputs):
        pass
    monkeypatch.setenv("THEMES_REVIEW_DB", "postgresql://ana:secret@127.0.0.1/study")
    with pytest.raises(StoreError, match=r"one\.db, as .*review-log\.json says") as refusal, review_log(outputs):
        pass
    assert "secret" not in str(refusal.value)


def test_decisions_at_the_usual_place_are_not_passed_over_for_a_setting(outputs, monkeypatch):
    with review_log(outputs):
        pass
    monkeypatch.setenv("THEMES_REVIEW_DB", "postgresql://ana@127.0.0.1/study")
    with pytest.raises(StoreError, match="Move them: themes decisions move"), review_log_if_any(outputs):
        pass


def test_a_setting_that_names_the_usual_place_changes_nothing(outputs, monkeypatch):
    monkeypatch.setenv("THEMES_REVIEW_DB", str(outputs / FILE))
    with review_log(outputs):
        pass
    assert not (outputs / NOTE).exists()
