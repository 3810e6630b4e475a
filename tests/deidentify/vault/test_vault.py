import hashlib
import hmac
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from themes.deidentify.vault.failures import read_failure, write_failure
from themes.deidentify.vault.key import read_key, replace_private, write_once
from themes.deidentify.vault.spelling import spelled_id, spelled_tag
from themes.deidentify.vault.vault import Vault
from themes.errors import VaultError


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus folder, with vault and key in places of their own."""
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "safe" / "vault"))
    monkeypatch.setenv("THEMES_KEY_FILE", str(tmp_path / "elsewhere" / "vault.key"))
    folder = tmp_path / "corpora" / "invented"
    folder.mkdir(parents=True)
    return folder


def opened(corpus: Path) -> Vault:
    return Vault.open(corpus)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_vault_and_key_are_made_at_the_first_run_and_closed_to_others(corpus: Path, tmp_path: Path) -> None:
    opened(corpus).surrogate("person", "person", "wren")
    assert mode(tmp_path / "elsewhere" / "vault.key") == 0o600
    assert mode(tmp_path / "safe" / "vault") == 0o700
    assert {mode(file) for file in (tmp_path / "safe" / "vault").iterdir()} == {0o600}
    assert list(corpus.iterdir()) == []


def test_a_vault_opened_again_gives_the_same_ids_and_surrogates(corpus: Path) -> None:
    first = opened(corpus)
    given = first.keyed_id("document", "a"), first.surrogate("person", "person", "wren"), first.digest("a")
    first.close()
    again = opened(corpus)
    assert (again.keyed_id("document", "a"), again.surrogate("person", "person", "wren"), again.digest("a")) == given


def test_a_provisional_surrogate_is_the_one_that_will_be_given_and_is_not_kept(vault: Vault) -> None:
    tried = vault.surrogate("person", "person", "wren", provisional=True)
    assert vault.rows("SELECT tag FROM surrogates") == []
    assert vault.surrogate("person", "person", "wren") == tried
    assert vault.surrogate("adviser", "person", "wren", provisional=True) == tried.replace("person", "adviser")


def test_a_surrogate_depends_on_who_it_is_and_says_what_the_context_says(vault: Vault) -> None:
    adviser, person = vault.surrogate("adviser", "person", "wren"), vault.surrogate("person", "person", "wren")
    assert adviser.removeprefix("[adviser ") == person.removeprefix("[person ")
    assert vault.surrogate("person", "person", "robin") != person
    assert vault.words_of("person", person.removeprefix("[person ").removesuffix("]")) == "wren"
    assert vault.words_of("person", "Z9ZZZ") is None


def test_ids_and_tags_do_not_depend_on_the_order_in_which_they_are_asked_for(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("themes.deidentify.vault.vault.secrets.token_bytes", bytes)  # a secret without collisions
    names = [f"name {number}" for number in range(200)]
    vault = opened(corpus)
    forwards = [(vault.surrogate("person", "person", name), vault.keyed_id("case", name)) for name in names]
    with vault.writing() as database:
        database.execute("DELETE FROM surrogates")
        database.execute("DELETE FROM ids")
    vault.close()
    again = opened(corpus)
    backwards = [(again.surrogate("person", "person", n), again.keyed_id("case", n)) for n in reversed(names)]
    assert backwards == forwards[::-1]
    assert len({tag for tag, _ in forwards}) == len({given for _, given in forwards}) == 200


def test_where_two_meet_the_later_gets_a_longer_tag(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = opened(corpus)
    monkeypatch.setattr("themes.deidentify.vault.vault.spelled_id", lambda digest: "same" * 2 + digest.hex())
    monkeypatch.setattr("themes.deidentify.vault.vault.spelled_tag", lambda digest: "K7QX2M" + digest.hex().upper())
    short, longer = vault.keyed_id("document", "a"), vault.keyed_id("document", "b")
    assert (short, longer[:8], len(longer)) == ("dsamesam", "dsamesam", 9)
    first, told = vault.surrogate("person", "person", "a"), vault.surrogate("person", "person", "b", provisional=True)
    second = vault.surrogate("person", "person", "b")
    assert (first, second[:-2], len(second)) == ("[person K7QX2M]", "[person K7QX2M", len(first) + 1)
    assert told == second
    assert vault.surrogate("town", "place", "b") == "[town K7QX2M]"


def test_an_id_can_be_told_before_it_is_given_and_nothing_is_written(corpus: Path) -> None:
    vault = opened(corpus)
    told = vault.known_id("document", "a"), vault.known_id("case", "a")
    assert vault.rows("SELECT count(*) FROM ids") == [(0,)]
    assert told == (vault.keyed_id("document", "a"), vault.keyed_id("case", "a"))
    assert [(given[0], len(given)) for given in told] == [("d", 8), ("c", 8)]


def test_the_id_that_was_given_is_told_though_another_would_be_now(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = opened(corpus)
    monkeypatch.setattr("themes.deidentify.vault.vault.spelled_id", lambda digest: "same" * 2 + digest.hex())
    _, longer = vault.keyed_id("document", "a"), vault.keyed_id("document", "b")
    assert (vault.known_id("document", "b"), vault.known_id("document", "c")) == (longer, "dsamesam")


def test_what_is_keyed_depends_on_the_secret_the_purpose_and_the_text_alone(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In every version alike: otherwise no id, tag or mark that was given would be known again."""
    monkeypatch.setattr("themes.deidentify.vault.vault.secrets.token_bytes", lambda length: b"7" * length)

    def by_hand(said: bytes) -> bytes:
        return hmac.new(b"7" * 32, said, hashlib.sha256).digest()

    vault = opened(corpus)
    assert vault.keyed("mark", "caf\u00e9 \ud800") == by_hand(b"mark\0caf\xc3\xa9 \xed\xa0\x80")
    assert vault.digest("a") == by_hand(b"digest\0a").hex()
    assert vault.keyed_id("document", "a") == "d" + spelled_id(by_hand(b"id document\0a"))[:7]
    assert vault.surrogate("adviser", "person", "wren") == f"[adviser {spelled_tag(by_hand(b'tag person\0wren'))[:6]}]"
    vault.remember_outputs(corpus)
    vault.remember_outputs(corpus / ".." / corpus.name)
    assert vault.rows("SELECT lookup FROM outputs") == [(by_hand(b"outputs\0" + bytes(corpus.resolve())),)]


def test_an_account_may_hold_half_a_character(vault: Vault) -> None:
    assert read_failure(vault, write_failure(vault, "Traceback: \ud83d")) == "Traceback: \ud83d"


def test_an_account_is_named_after_the_time_in_greenwich_and_chance(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = datetime.now(UTC).replace(microsecond=0)
    monkeypatch.setenv("TZ", "Etc/GMT-14")
    time.tzset()
    try:
        names = [write_failure(vault, "Traceback").name for _ in range(2)]
    finally:
        monkeypatch.undo()
        time.tzset()
    forms = [re.fullmatch(r"(\d{8}T\d{6})-[0-9a-f]{6}\.sealed", name) for name in names]
    for form in forms:
        assert form is not None
        assert began <= datetime.strptime(f"{form[1]} +0000", "%Y%m%dT%H%M%S %z") <= datetime.now(UTC)
    assert len(set(names)) == 2


def test_two_corpora_cannot_be_linked() -> None:
    with Vault.throw_away() as one, Vault.throw_away() as other:
        names = [f"name {number}" for number in range(500)]
        assert not {one.keyed_id("case", name) for name in names} & {other.keyed_id("case", name) for name in names}
        assert not {one.digest(name) for name in names} & {other.digest(name) for name in names}
        same = [n for n in names if one.surrogate("a", "person", n) == other.surrogate("a", "person", n)]
        assert same == []


def test_no_words_stand_in_the_vault_file(corpus: Path, tmp_path: Path) -> None:
    vault = opened(corpus)
    vault.surrogate("person", "person", "zebedee wren")
    vault.remember_outputs(tmp_path / "zebedee-outputs")
    failure = write_failure(vault, "Traceback: zebedee wren")
    stored = b"".join(file.read_bytes() for file in vault.folder.rglob("*") if file.is_file())
    assert b"zebedee" not in stored.lower()
    assert read_failure(vault, failure) == "Traceback: zebedee wren"
    assert vault.outputs() == [tmp_path / "zebedee-outputs"]


def test_another_key_is_refused(corpus: Path, tmp_path: Path) -> None:
    opened(corpus).close()
    (tmp_path / "elsewhere" / "vault.key").write_bytes(Fernet.generate_key())
    with pytest.raises(VaultError, match="encrypted with another key"):
        opened(corpus)


def test_no_new_key_is_made_where_a_vault_needs_the_old_one(corpus: Path, tmp_path: Path) -> None:
    opened(corpus).close()
    (tmp_path / "elsewhere" / "vault.key").unlink()
    with pytest.raises(VaultError, match="Bring the key back"):
        opened(corpus)
    assert not (tmp_path / "elsewhere" / "vault.key").exists()


def test_no_new_key_is_made_at_the_usual_place_while_any_vault_is_there(
    corpus: Path, tmp_path: Path, usual_place: None
) -> None:
    opened(corpus).close()
    assert len((corpus / ".corpus-id").read_text()) == 16
    (tmp_path / "config" / "themes" / "vault.key").unlink()
    other = corpus.parent / "other"
    other.mkdir()
    with pytest.raises(VaultError, match="Bring the key back"):
        opened(other)


@pytest.mark.parametrize(("setting", "what"), [("THEMES_VAULT", "vault"), ("THEMES_KEY_FILE", "key")])
@pytest.mark.parametrize("place", ["corpora/vault", "outputs/run/vault"])
def test_a_shared_folder_is_refused(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, what: str, place: str
) -> None:
    monkeypatch.setenv(setting, str(tmp_path / place))
    shown = re.escape(str(tmp_path / place) + ("/vault.db" if what == "vault" else ""))
    parent = Path(place).parts[0]
    said = f"The {what} must not lie under {parent}/, as {shown} does: .* copied and shared. Set {setting} "
    with pytest.raises(VaultError, match=said):
        opened(corpus)
    assert not (tmp_path / place).exists()


def test_a_vault_inside_its_corpus_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "study" / "vault"))
    monkeypatch.setenv("THEMES_KEY_FILE", str(tmp_path / "vault.key"))
    with pytest.raises(VaultError, match="lies in the corpus folder"):
        opened(tmp_path / "study")


@pytest.mark.parametrize(
    ("what", "part"),
    [("vault folder", "safe/vault"), ("vault", "safe/vault/vault.db"), ("key file", "elsewhere/vault.key")],
)
def test_what_others_may_read_is_refused(corpus: Path, tmp_path: Path, what: str, part: str) -> None:
    opened(corpus).close()
    (tmp_path / part).chmod(0o755)
    with pytest.raises(VaultError, match=f"^The {what} {re.escape(str(tmp_path / part))} can be read by others"):
        opened(corpus)


@pytest.mark.parametrize("part", ["safe/vault", "safe/vault/vault.db", "elsewhere/vault.key"])
def test_what_belongs_to_another_user_is_refused(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    opened(corpus).close()
    mine, stat = os.getuid(), Path.stat

    def of_another(path: Path, **options: bool) -> os.stat_result:
        found = stat(path, **options)
        others = [*found[:4], mine + 1, *found[5:]]
        return os.stat_result(others) if path == tmp_path / part else found

    monkeypatch.setattr(Path, "stat", of_another)
    with pytest.raises(VaultError, match="belongs to another user"):
        opened(corpus)


def test_the_first_key_comes_with_what_its_loss_would_mean(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened(corpus).close()
    said = capsys.readouterr().err
    assert "a key was made for the vault" in said
    assert "If it is lost, nobody can ever open the vault again" in said
    opened(corpus).close()
    assert capsys.readouterr().err == ""


def test_a_key_that_cannot_be_read_or_replaced_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(VaultError, match="cannot be read: No such file"):
        read_key(tmp_path / "none")
    (tmp_path / "key").write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(VaultError, match=r"No space left on device\. The old one stays"):
        replace_private(tmp_path / "key", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("key", b"old")]


def test_a_private_file_is_replaced_whole_and_stays_private(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"old")
    replace_private(tmp_path / "key", b"new")
    assert [(path.name, path.read_bytes(), mode(path)) for path in tmp_path.iterdir()] == [("key", b"new", 0o600)]
    with pytest.raises(VaultError, match="could not be written: No such file"):
        replace_private(tmp_path / "none" / "key", b"new")


def test_a_vault_in_use_is_not_tidied_up_behind_its_users_back(corpus: Path) -> None:
    vault, reader = opened(corpus), opened(corpus)
    vault._database.execute("PRAGMA busy_timeout = 1")
    reader._database.execute("BEGIN")
    reader.rows("SELECT * FROM ids")
    vault.surrogate("person", "person", "wren")
    with pytest.raises(VaultError, match=r"in use by another process|could not be tidied up"):
        vault.compact()
    reader._database.execute("ROLLBACK")
    vault.compact()


def test_a_damaged_key_and_a_damaged_vault_are_named(corpus: Path, tmp_path: Path) -> None:
    opened(corpus).close()
    (tmp_path / "safe" / "vault" / "vault.db").write_bytes(b"no database" * 100)
    with pytest.raises(VaultError, match=r"could not be opened"):
        opened(corpus)
    (tmp_path / "elsewhere" / "vault.key").write_bytes(b"no key")
    with pytest.raises(VaultError, match="is not a key of themes"):
        opened(corpus)


def test_a_missing_corpus_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THEMES_VAULT", raising=False)
    with pytest.raises(VaultError, match="There is no corpus folder"):
        opened(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "written",
    [
        "../../etc",
        "",
        "0123456789abcde",
        "0123456789abcdef0",
        "0123456789abcdeF",
        "0123456789abcd/.",
        "01234567é9abcdef",
        "XXXXXXXXXXXXXXXX",
    ],
)
def test_a_damaged_corpus_id_is_named(corpus: Path, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.delenv("THEMES_VAULT")
    (corpus / ".corpus-id").write_text(written, encoding="utf-8")
    with pytest.raises(VaultError, match="does not hold a corpus id"):
        opened(corpus)


def test_every_figure_of_sixteen_may_stand_in_a_corpus_id(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THEMES_VAULT")
    monkeypatch.setenv("XDG_DATA_HOME", str(corpus.parents[1] / "data"))
    (corpus / ".corpus-id").write_text("0123456789abcdef\n", encoding="utf-8")
    assert opened(corpus).folder == corpus.parents[1] / "data" / "themes" / "0123456789abcdef"


def test_whoever_finds_the_vault_busy_waits_a_minute(vault: Vault) -> None:
    assert vault.rows("PRAGMA busy_timeout") == [(60_000,)]


def test_a_block_that_fails_leaves_nothing(vault: Vault) -> None:
    def doomed() -> None:
        with vault.writing():
            vault.keyed_id("document", "a")
            with vault.writing():
                vault.surrogate("person", "person", "wren")
                raise RuntimeError

    with pytest.raises(RuntimeError):
        doomed()
    rows = vault._database.execute("SELECT (SELECT count(*) FROM ids), (SELECT count(*) FROM surrogates)").fetchone()
    assert rows == (0, 0)


def test_a_throw_away_vault_is_gone_afterwards() -> None:
    with Vault.throw_away() as vault:
        folder = vault.folder
        assert mode(folder) == 0o700
        assert mode(vault.temporary_folder) == 0o700
    assert not folder.exists()


WRITER = """
import sys
from pathlib import Path
from themes.deidentify.vault.vault import Vault
from themes.deidentify.vault.key import read_key, replace_private, write_once
vault = Vault.open(Path(sys.argv[1]))
print([vault.surrogate("person", "person", f"name {n}") for n in range(150)])
"""


def test_several_threads_may_use_a_vault_at_once(vault: Vault) -> None:
    def asked(_: int) -> list[str]:
        return [vault.surrogate("person", "person", f"name {number}") for number in range(50)]

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(asked, range(4)))
    assert answers == [asked(0)] * 4
    assert vault.rows("SELECT count(*) FROM surrogates") == [(50,)]


def test_several_processes_that_start_at_once_give_the_same(corpus: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(corpus)], stdout=subprocess.PIPE, env=dict(os.environ))
        for _ in range(3)
    ]
    answers = {writer.communicate(timeout=60)[0] for writer in writers}
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert len(answers) == 1


def test_a_process_that_is_killed_leaves_a_vault_that_opens(corpus: Path) -> None:
    opened(corpus).close()
    endless = WRITER.replace("range(150)", "range(10**7)")
    writer = subprocess.Popen([sys.executable, "-c", endless, str(corpus)], env=dict(os.environ))
    with pytest.raises(subprocess.TimeoutExpired):
        writer.wait(timeout=1.0)
    writer.kill()
    writer.wait()
    vault = opened(corpus)
    assert vault._database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_tags_spell_no_words() -> None:
    tags = [spelled_tag(bytes([n, m])) for n in range(60) for m in range(60)]
    assert all(tag[0].isalpha() and tag[1].isdigit() for tag in tags)
    assert set("".join(tags)) <= set("ABCDEFGHJKMNPQRSTUVWXYZ23456789")
    assert set(spelled_id(b"12345678901234567890123456789012")) <= set("abcdefghjkmnpqrstuvwxyz23456789")


def test_an_account_that_is_not_there_or_not_ours_is_refused(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="cannot be read: No such file"):
        read_failure(vault, tmp_path / "none.sealed")
    (tmp_path / "other.sealed").write_bytes(Fernet(Fernet.generate_key()).encrypt(b"words"))
    with pytest.raises(VaultError, match="was not written by the vault of this corpus"):
        read_failure(vault, tmp_path / "other.sealed")


def test_a_vault_that_another_process_holds_is_told_as_such(corpus: Path) -> None:
    vault, other = opened(corpus), opened(corpus)
    vault._database.execute("PRAGMA busy_timeout = 1")
    with other.writing(), pytest.raises(VaultError, match="could not be written to"):
        vault.keyed_id("document", "a")
    with other.writing(), pytest.raises(VaultError, match="could not be tidied up"):
        vault.compact()


def test_an_empty_folder_that_is_there_becomes_the_vault_and_is_closed(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "safe" / "vault").mkdir(parents=True, mode=0o755)
    opened(corpus)
    assert mode(tmp_path / "safe" / "vault") == 0o700


def test_a_vault_or_key_that_cannot_be_made_is_named(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "file" / "vault"))
    with pytest.raises(VaultError, match="could not be made"):
        opened(corpus)
    monkeypatch.setenv("THEMES_KEY_FILE", str(tmp_path / "file" / "key"))
    with pytest.raises(VaultError, match="could not be written"):
        opened(corpus)


def test_of_two_that_make_a_key_at_once_one_wins(tmp_path: Path) -> None:
    write_once(tmp_path / "key", b"first")
    write_once(tmp_path / "key", b"second")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("key", b"first")]


def test_a_throw_away_vault_that_cannot_be_made_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def fail(_: Path) -> None:
        raise VaultError("no")

    monkeypatch.setattr("themes.deidentify.vault.vault.open_database", fail)
    with pytest.raises(VaultError), Vault.throw_away():
        pass
    assert list(tmp_path.iterdir()) == []
