"""A new key: everything opens as before, nothing opens with the old one, and no moment loses both."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from themes.deidentify.vault import rotation
from themes.deidentify.vault.failures import read_failure, write_failure
from themes.deidentify.vault.rotation import is_unfinished, rotate_key
from themes.deidentify.vault.vault import Vault
from themes.errors import VaultError


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "vault"))
    monkeypatch.setenv("THEMES_KEY_FILE", str(tmp_path / "vault.key"))
    folder = tmp_path / "corpora" / "invented"
    folder.mkdir(parents=True)
    return folder


def filled(corpus: Path) -> tuple[Vault, tuple[str, ...]]:
    """A vault with one of everything, and what must stay the same."""
    vault = Vault.open(corpus)
    vault.remember_outputs(corpus.parent / "results")
    write_failure(vault, "Traceback: zebedee wren")
    return vault, given_by(vault)


def given_by(vault: Vault) -> tuple[str, ...]:
    return (
        vault.surrogate("person", "person", "zebedee wren"),
        vault.keyed_id("document", "a"),
        vault.digest("a"),
    )


def all_opens(vault: Vault) -> bool:
    tag = given_by(vault)[0].removeprefix("[person ").removesuffix("]")
    (account,) = vault.folder.glob("failures/*.sealed")
    return (
        vault.words_of("person", tag) == "zebedee wren"
        and len(vault.outputs()) == 1
        and read_failure(vault, account) == "Traceback: zebedee wren"
    )


def test_ids_and_tags_stay_and_only_the_new_key_opens_the_vault(corpus: Path, tmp_path: Path) -> None:
    vault, given = filled(corpus)
    old = (tmp_path / "vault.key").read_bytes()
    assert rotate_key(vault) == [tmp_path / "vault"]
    new = (tmp_path / "vault.key").read_bytes()
    assert (old == new, (tmp_path / "vault.key").stat().st_mode & 0o777) == (False, 0o600)
    vault.close()
    again = Vault.open(corpus)
    assert (given_by(again), all_opens(again), is_unfinished(again)) == (given, True, False)
    again.close()
    with pytest.raises(VaultError, match="encrypted with another key"):
        Vault(tmp_path / "vault", old)


def test_a_process_that_has_the_vault_open_reads_and_writes_on(corpus: Path) -> None:
    vault, given = filled(corpus)
    other = Vault.open(corpus)
    rotate_key(vault)
    assert other.outputs() == vault.outputs()
    late = other.surrogate("person", "person", "robin")
    other.close()
    vault.close()
    again = Vault.open(corpus)
    assert (given_by(again), again.words_of("person", late.split()[1].rstrip("]"))) == (given, "robin")


def test_nothing_is_written_under_a_key_that_was_given_up(corpus: Path) -> None:
    vault, _ = filled(corpus)
    with closing(Vault.open(corpus)) as other:
        for name in ("robin", "wren", "dunnock"):  # the first thing it does each time is to write
            rotate_key(vault)
            tag = other.surrogate("person", "person", name).split()[1].rstrip("]")
            with closing(Vault.open(corpus)) as again:
                assert again.words_of("person", tag) == name


@pytest.mark.parametrize(
    ("step", "calls_before", "unfinished"),
    [("replace_private", 0, False), ("encrypt_anew", 0, True), ("replace_private", 1, True)],
)
def test_an_interruption_leaves_a_vault_that_opens_and_can_be_rotated(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, step: str, calls_before: int, unfinished: bool
) -> None:
    vault, given = filled(corpus)
    sound, calls = getattr(rotation, step), []

    def interrupted(*arguments: object) -> None:
        calls.append(step)
        if len(calls) > calls_before:
            raise KeyboardInterrupt
        sound(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(rotation, step, interrupted)
        with pytest.raises(KeyboardInterrupt):
            rotate_key(vault)
    vault.close()
    again = Vault.open(corpus)
    assert (given_by(again), all_opens(again), is_unfinished(again)) == (given, True, unfinished)
    rotate_key(again)
    again.close()
    last = Vault.open(corpus)
    assert (given_by(last), all_opens(last), is_unfinished(last)) == (given, True, False)


ROTATING = """
import sys
from contextlib import closing
from pathlib import Path
from themes.deidentify.vault.rotation import rotate_key
from themes.deidentify.vault.vault import Vault
vault = Vault.open(Path(sys.argv[1]))
print("open", flush=True)
while True:
    rotate_key(vault)
"""


def test_kill_9_at_any_moment_loses_neither_the_key_nor_the_vault(corpus: Path) -> None:
    vault, given = filled(corpus)
    vault.close()
    for milliseconds in (3, 11, 17, 26, 34, 49):
        process = subprocess.Popen(
            [sys.executable, "-c", ROTATING, str(corpus)], env=dict(os.environ), stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=milliseconds / 1000)
        process.kill()
        process.communicate()
        again = Vault.open(corpus)
        assert (given_by(again), all_opens(again)) == (given, True)
        again.close()


def test_the_key_at_the_usual_place_is_rotated_for_every_vault_there(corpus: Path, usual_place: None) -> None:
    other = corpus.parent / "other"
    other.mkdir()
    first, given = filled(corpus)
    second, given_there = filled(other)
    second.close()
    assert rotate_key(first) == sorted([first.folder, second.folder])
    first.close()
    for place, expected in ((corpus, given), (other, given_there)):
        again = Vault.open(place)
        assert (given_by(again), all_opens(again)) == (expected, True)
        again.close()


def test_what_no_key_opens_stops_the_rotation_and_changes_nothing(corpus: Path, tmp_path: Path) -> None:
    vault, _ = filled(corpus)
    stray = Fernet(Fernet.generate_key()).encrypt(b"stray")
    with vault.writing() as database:
        database.execute("INSERT INTO outputs VALUES (?, ?)", (b"stray", stray))
    with pytest.raises(VaultError, match=r"\(outputs\) that no key in .* opens. Nothing was changed"):
        rotate_key(vault)
    assert vault.rows("SELECT sealed FROM outputs WHERE lookup = ?", b"stray") == [(stray,)]


def test_an_account_that_no_key_opens_is_left_as_it_is(corpus: Path) -> None:
    vault, given = filled(corpus)
    stray = vault.folder / "failures" / "20260101T000000-abcdef.sealed"
    stray.write_bytes(Fernet(Fernet.generate_key()).encrypt(b"stray"))
    before = stray.read_bytes()
    rotate_key(vault)
    assert (stray.read_bytes(), given_by(vault)) == (before, given)


def test_a_vault_that_is_thrown_away_has_no_key_to_rotate(vault: Vault) -> None:
    with pytest.raises(VaultError, match="no key file"):
        rotate_key(vault)
    assert not is_unfinished(vault)
