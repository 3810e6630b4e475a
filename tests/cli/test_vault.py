"""The vault on the command line: what is told, what is asked for, what is refused."""

import os
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from typer.testing import CliRunner

from themes.cli.main import app
from themes.deidentify.vault.key import key_file
from themes.deidentify.vault.rotation import replace_private
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import Tombstones, set_marks
from themes.errors import VaultLost


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpora" / "invented"
    folder.mkdir(parents=True)
    return folder


def tag_in(corpus: Path, words: str = "zebedee wren") -> str:
    vault = Vault.open(corpus)
    tag = vault.surrogate("adviser", "person", words)
    vault.close()
    return tag


def said(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["vault", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def test_a_tag_is_turned_back_for_a_reason_and_the_status_says_so(corpus: Path) -> None:
    tag = tag_in(corpus)
    status, words, warning = said("reveal", corpus, tag, "--reason", "A complaint", "--by", "A. Reader")
    assert (status, words) == (0, "person: zebedee wren\n")
    assert "Keep it here" in warning
    status, told, _ = said("status", corpus)
    assert status == 0
    assert "reveals    1, the last ones:" in told
    assert "by A. Reader: A complaint" in told
    assert "zebedee" not in told


def test_without_a_reason_it_is_wrong_use(corpus: Path) -> None:
    assert said("reveal", corpus, tag_in(corpus), "--by", "A. Reader")[:2] == (2, "")


def test_the_status_says_where_things_are_and_what_a_lost_key_means(corpus: Path) -> None:
    tag_in(corpus)
    status, told, _ = said("status", corpus)
    assert status == 0
    assert f"key        {key_file()}  (mode 0600)" in told
    assert "(mode 0700; its file 0600)" in told
    assert "holds      1 surrogates" in told
    assert "reveals    0\n" in told
    assert "If it is lost, nobody can ever open the vault again" in told
    assert "interrupted" not in told


def test_a_key_is_rotated_and_an_interrupted_rotation_is_told(corpus: Path) -> None:
    tag = tag_in(corpus)
    old = key_file().read_bytes()
    status, _, told = said("rotate-key", corpus)
    assert (status, key_file().read_bytes() == old) == (0, False)
    assert "encrypted anew" in told
    assert tag_in(corpus) == tag
    replace_private(key_file(), key_file().read_bytes() + old)
    assert "a rotation was interrupted" in said("status", corpus)[1]
    assert said("rotate-key", corpus)[0] == 0
    assert "interrupted" not in said("status", corpus)[1]


def test_a_lost_vault_is_started_anew_only_by_who_says_so(corpus: Path) -> None:
    tag_in(corpus)
    folder = Path(os.environ["THEMES_VAULT"])
    assert said("start-anew", corpus, "--yes")[0] == 2  # it is there
    (folder / "vault.db").unlink()
    with pytest.raises(VaultLost, match="start-anew"):
        Vault.open(corpus)
    status, made, warning = said("start-anew", corpus)
    assert (status, made.count("made:")) == (1, 0)  # nobody answered
    assert "those who asked to be forgotten are no longer recognised" in warning
    status, made, _ = said("start-anew", corpus, "--yes")
    assert (status, f"made: {folder}" in made, "Move the outputs of this corpus away" in made) == (0, True, True)
    Vault.open(corpus).close()


def test_a_vault_that_only_lacks_its_key_is_not_started_anew(corpus: Path) -> None:
    tag_in(corpus)
    key_file().write_bytes(Fernet.generate_key())
    before = sorted(path.name for path in Path(os.environ["THEMES_VAULT"]).iterdir())
    assert said("start-anew", corpus, "--yes")[:2] == (1, "")
    assert sorted(path.name for path in Path(os.environ["THEMES_VAULT"]).iterdir()) == before


def test_an_older_copy_is_gone_on_with_only_if_somebody_says_so(corpus: Path) -> None:
    tag_in(corpus)
    folder = Path(os.environ["THEMES_VAULT"])
    with closing(Vault.open(corpus)) as vault:
        set_marks(vault, [b"withdrawn"])
        Tombstones(vault)
        with vault.writing() as database:
            database.execute("DELETE FROM tombstones")
    status, told, warning = said("start-anew", corpus, "--yes")
    assert (status, told) == (0, f"in use: {folder}\n")
    assert "forget them again" in warning
    with closing(Vault.open(corpus)) as vault:
        assert not Tombstones(vault)
        assert vault.rows("SELECT count(*) FROM surrogates") == [(1,)]


def test_to_ask_about_a_vault_that_is_not_there_makes_none(corpus: Path) -> None:
    status, told, _ = said("status", corpus)
    assert (status, "There is no vault in" in told, "the first run of the corpus makes it" in told) == (0, True, True)
    for asked in (("reveal", corpus, "K7QX2", "--reason", "A complaint", "--by", "A. Reader"), ("rotate-key", corpus)):
        assert said(*asked)[:2] == (1, "")
    assert not Path(os.environ["THEMES_VAULT"]).exists()
    assert not key_file().exists()
