"""A vault that was there and is not: nothing is made in its place unless somebody says so."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from themes.deidentify.vault.failures import write_failure
from themes.deidentify.vault.loss import note, register_of, set_aside
from themes.deidentify.vault.place import holds_secret, make_database
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import Tombstones, set_marks
from themes.errors import VaultError, VaultLost

NOW = datetime(2026, 1, 5, 6, tzinfo=UTC)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "vault"))
    monkeypatch.setenv("THEMES_KEY_FILE", str(tmp_path / "keys" / "key"))
    folder = tmp_path / "corpora" / "invented"
    folder.mkdir(parents=True)
    return folder


def run_before(corpus: Path) -> str:
    """A vault with an id and the mark of somebody who withdrew."""
    with closing(Vault.open(corpus)) as vault:
        set_marks(vault, [b"withdrawn"])
        return vault.keyed_id("document", "a")


def lose(file: Path, how: str) -> None:
    if how == "gone":
        file.unlink()
    elif how == "zero bytes":
        file.write_bytes(b"")
    else:
        with closing(sqlite3.connect(file, isolation_level=None)) as database:
            for table in ("meta", "ids", "surrogates", "outputs", "tombstones", "erasures"):
                database.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize(("how", "said"), [("gone", "is not there"), ("zero bytes", "is empty"), ("rows", "is empty")])
def test_a_vault_that_was_lost_is_not_made_anew(corpus: Path, tmp_path: Path, how: str, said: str) -> None:
    run_before(corpus)
    file = tmp_path / "vault" / "vault.db"
    lose(file, how)
    for _ in range(2):
        with pytest.raises(VaultLost, match=rf"vault\.db {said}.*asked to be forgotten.*backup.*start-anew"):
            Vault.open(corpus)
    assert not holds_secret(file)


def test_a_vault_lost_with_its_folder_is_known_by_the_register_beside_the_key(corpus: Path, tmp_path: Path) -> None:
    run_before(corpus)
    (tmp_path / "vault").rename(tmp_path / "backup")
    with pytest.raises(VaultLost, match=r"is not there"):
        Vault.open(corpus)
    assert not (tmp_path / "vault").exists()
    (tmp_path / "backup").rename(tmp_path / "vault")
    Vault.open(corpus).close()


@pytest.mark.parametrize("left", ["vault.db-wal", "vectors.db", "failures"])
def test_without_the_register_what_it_left_behind_tells_of_a_vault(corpus: Path, tmp_path: Path, left: str) -> None:
    (tmp_path / "vault").mkdir(mode=0o700)
    (tmp_path / "vault" / left).touch()
    with pytest.raises(VaultLost, match=r"is not there"):
        Vault.open(corpus)


def test_a_wrong_place_for_the_vault_is_no_first_run(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_before(corpus)
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "valut"))
    with pytest.raises(VaultLost, match=r"is not there"):
        Vault.open(corpus)


def test_another_corpuss_vault_is_refused(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_before(corpus)
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "other"))
    (corpus.parent / "other").mkdir()
    Vault.open(corpus.parent / "other").close()
    with pytest.raises(VaultLost, match=r"was run with another vault"):
        Vault.open(corpus)


def test_an_empty_vault_made_by_mistake_does_not_lock_out_the_right_one(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "mistake"))
    Vault.open(corpus).close()
    assert not register_of(tmp_path / "keys" / "key").exists()
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "vault"))
    given = run_before(corpus)
    with closing(Vault.open(corpus)) as vault:
        assert vault.known_id("document", "a") == given
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "mistake"))
    with pytest.raises(VaultLost, match=r"was run with another vault"):
        Vault.open(corpus)


def test_to_look_for_a_vault_makes_and_registers_none(corpus: Path, tmp_path: Path) -> None:
    assert Vault.find(corpus) is None
    assert not (tmp_path / "vault").exists()
    assert not (tmp_path / "keys").exists()
    run_before(corpus)
    register_of(tmp_path / "keys" / "key").unlink()
    found = Vault.find(corpus)
    assert found is not None
    found.close()
    assert not register_of(tmp_path / "keys" / "key").exists()
    Vault.open(corpus).close()
    assert register_of(tmp_path / "keys" / "key").exists()
    (tmp_path / "vault" / "vault.db").unlink()
    with pytest.raises(VaultLost, match="is not there"):
        Vault.find(corpus)


def test_one_vault_may_serve_two_corpora_and_be_moved(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = run_before(corpus)
    (corpus.parent / "other").mkdir()
    Vault.open(corpus.parent / "other").close()
    (tmp_path / "vault").rename(tmp_path / "moved")
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "moved"))
    with closing(Vault.open(corpus)) as vault:
        assert vault.known_id("document", "a") == given
    Vault.open(corpus.parent / "other").close()


def test_at_the_usual_place_a_key_that_is_there_hinders_no_first_run(corpus: Path, usual_place: None) -> None:
    (corpus.parent / "other").mkdir()
    for each in (corpus, corpus.parent / "other"):
        with closing(Vault.open(each)) as vault:
            vault.keyed_id("document", "a")
            file = vault.folder / "vault.db"
    file.unlink()
    Vault.open(corpus).close()
    with pytest.raises(VaultLost):
        Vault.open(corpus.parent / "other")


def test_a_vault_that_lost_the_marks_of_who_withdrew_is_refused(corpus: Path) -> None:
    run_before(corpus)
    with closing(Vault.open(corpus)) as vault:
        assert Tombstones(vault)
        with vault.writing() as database:
            database.execute("DELETE FROM tombstones")
        with pytest.raises(VaultLost, match=r"holds 0 marks .* and held 1 before"):
            Tombstones(vault)


def test_starting_anew_keeps_what_is_left_and_forgets_the_old_vault(corpus: Path, tmp_path: Path) -> None:
    run_before(corpus)
    (tmp_path / "vault" / "vault.db").write_bytes(b"")
    aside = set_aside(corpus, tmp_path / "vault", tmp_path / "keys" / "key", now=NOW)
    assert aside == tmp_path / "vault" / "lost-20260105T060000"
    assert (aside / "vault.db").read_bytes() == b""
    with closing(Vault.open(corpus)) as vault:
        assert vault.rows("SELECT count(*) FROM tombstones") == [(0,)]
    assert set_aside(corpus, tmp_path / "vault", tmp_path / "keys" / "key", now=NOW) is None
    assert holds_secret(tmp_path / "vault" / "vault.db")


def test_the_register_names_nothing_and_is_closed_to_others(corpus: Path, tmp_path: Path) -> None:
    run_before(corpus)
    run_before(corpus)
    place = register_of(tmp_path / "keys" / "key")
    (line,) = place.read_text().splitlines()
    assert [len(part) for part in line.split()] == [64, 64, 64]
    assert set(line) <= set("0123456789abcdef ")
    assert place.stat().st_mode & 0o777 == 0o600
    place.chmod(0o644)
    with pytest.raises(VaultError, match=r"register of vaults .* can be read by others"):
        Vault.open(corpus)


def test_a_register_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match=r"could not be written: No such file"):
        note(tmp_path, tmp_path, tmp_path / "none" / "key", "f" * 64)


def test_a_file_is_never_there_without_its_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", killed)
        with pytest.raises(VaultError, match=r"could not be made"):
            make_database(tmp_path / "vault.db", b"sealed")
    assert list(tmp_path.iterdir()) == []
    make_database(tmp_path / "vault.db", b"first")
    make_database(tmp_path / "vault.db", b"second")
    with closing(sqlite3.connect(tmp_path / "vault.db")) as database:
        assert database.execute("SELECT sealed FROM meta").fetchall() == [(b"first",)]
    assert [path.name for path in tmp_path.iterdir()] == ["vault.db"]


def test_a_file_that_is_no_database_may_hold_everything(tmp_path: Path) -> None:
    assert not holds_secret(tmp_path / "vault.db")
    (tmp_path / "vault.db").write_bytes(b"no database" * 100)
    assert holds_secret(tmp_path / "vault.db")


FIRST_RUN = """
import sys
from pathlib import Path
from themes.deidentify.vault.vault import Vault
print(Vault.open(Path(sys.argv[1])).keyed_id("document", "a"))
"""


def test_processes_that_make_the_first_vault_at_once_hinder_none(corpus: Path) -> None:
    command = [sys.executable, "-c", FIRST_RUN, str(corpus)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, env=dict(os.environ)) for _ in range(4)]
    assert len({run.communicate(timeout=60)[0] for run in runs}) == 1
    assert [run.returncode for run in runs] == [0] * 4


@pytest.mark.parametrize("place", ["vault/key", "corpora/invented/key"])
def test_a_key_beside_what_it_opens_is_refused(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "study").mkdir()
    monkeypatch.setenv("THEMES_KEY_FILE", str(tmp_path / place.replace("corpora/invented", "study")))
    with pytest.raises(VaultError, match=r"The key .* must not lie in .*have the key too"):
        Vault.open(corpus if place.startswith("vault") else tmp_path / "study")
    assert not (tmp_path / "vault").exists()


def test_what_may_hold_words_does_not_outlive_a_lost_vault(corpus: Path, tmp_path: Path) -> None:
    with closing(Vault.open(corpus)) as vault:
        write_failure(vault, "Traceback: zebedee wren")
        (vault.temporary_folder / "raw.txt").write_text("zebedee wren")
        (vault.folder / "vectors.db").write_bytes(b"sealed")
    (tmp_path / "vault" / "vault.db").unlink()
    set_aside(corpus, tmp_path / "vault", tmp_path / "keys" / "key", now=NOW)
    assert {path.name for path in (tmp_path / "vault").rglob("*") if path.is_file()} <= {"vault.db-wal", "vault.db-shm"}


def test_an_older_copy_of_the_vault_does_not_bring_back_who_withdrew_since(corpus: Path, tmp_path: Path) -> None:
    run_before(corpus)
    backup = (tmp_path / "vault" / "vault.db").read_bytes()
    with closing(Vault.open(corpus)) as vault:
        set_marks(vault, [b"withdrew later"])
        assert Tombstones(vault)
    (tmp_path / "vault" / "vault.db").write_bytes(backup)
    with closing(Vault.open(corpus)) as vault, pytest.raises(VaultLost, match=r"older copy.*newest.*forget again"):
        Tombstones(vault)
    assert set_aside(corpus, tmp_path / "vault", tmp_path / "keys" / "key", now=NOW) is None
    with closing(Vault.open(corpus)) as vault:
        assert vault.rows("SELECT count(*) FROM tombstones") == [(1,)]
        assert Tombstones(vault)


def test_marks_of_one_vault_say_nothing_of_another(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_before(corpus)
    with closing(Vault.open(corpus)) as vault:
        Tombstones(vault)
    (corpus.parent / "other").mkdir()
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "other"))
    with closing(Vault.open(corpus.parent / "other")) as vault:
        assert not Tombstones(vault)
