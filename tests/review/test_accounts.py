"""Accounts by invitation: a code that holds once and not for long, passwords that nobody can read."""

import json
import stat
from datetime import UTC, datetime, timedelta

import pytest

from themes.errors import StoreError, VaultError, WrongUse
from themes.review import accounts as module
from themes.review.accounts import Accounts, hashed, matches
from themes.review.people import Role

NOW = datetime(2026, 1, 5, 6, tzinfo=UTC)
PASSWORD = "four words in a row"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """One pass over a little memory: the tests are not about how long a guess takes."""
    monkeypatch.setattr(module, "PASSES", 1)
    monkeypatch.setattr(module, "KIBIBYTES", 64)


@pytest.fixture
def accounts(tmp_path):
    return Accounts(tmp_path / "home" / "review-accounts.json")


def test_there_is_none_at_first_and_no_file(accounts):
    assert accounts.all() == {}
    assert not accounts.path.exists()
    assert accounts.signed_in("admin", "admin") is None


def test_who_was_invited_chooses_a_password_once(accounts):
    code = accounts.invite("sam", Role.ANALYST, now=NOW)
    assert accounts.signed_in("sam", "") is None
    assert accounts.join("sam", "wrong", PASSWORD, now=NOW) is None
    joined = accounts.join("sam", code, PASSWORD, now=NOW)
    assert (joined.coder_id, joined.role) == ("coder 1", Role.ANALYST)
    assert accounts.join("sam", code, "another password", now=NOW) is None
    assert accounts.signed_in("sam", PASSWORD) == joined
    assert accounts.signed_in("sam", PASSWORD + "x") is None
    assert accounts.signed_in("kim", PASSWORD) is None


def test_a_code_holds_for_seven_days_and_for_one_name(accounts):
    code = accounts.invite("sam", Role.ANALYST, now=NOW)
    accounts.invite("kim", Role.ANALYST, now=NOW)
    assert accounts.join("kim", code, PASSWORD, now=NOW) is None
    assert accounts.join("sam", code, PASSWORD, now=NOW + timedelta(days=7, seconds=1)) is None
    assert accounts.join("sam", code, PASSWORD, now=NOW + timedelta(days=6)) is not None


def test_a_new_invitation_keeps_the_pseudonym_and_the_old_password_until_it_is_used(accounts):
    accounts.join("sam", accounts.invite("sam", Role.ANALYST, now=NOW), PASSWORD, now=NOW)
    code = accounts.invite("sam", Role.RESEARCHER, now=NOW)
    assert accounts.signed_in("sam", PASSWORD).role is Role.RESEARCHER
    accounts.join("sam", code, "a new one of words", now=NOW)
    assert accounts.signed_in("sam", PASSWORD) is None
    assert accounts.signed_in("sam", "a new one of words").coder_id == "coder 1"


def test_neither_passwords_nor_codes_are_in_the_file_which_is_closed_to_others(accounts):
    code = accounts.invite("sam", Role.ANALYST, now=NOW)
    accounts.join("sam", code, PASSWORD, now=NOW)
    other = accounts.invite("kim", Role.VIEWER, coder_id="Blue", now=NOW)
    held = accounts.path.read_text()
    assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600
    assert not any(secret in held for secret in (PASSWORD, code, other))
    assert "$argon2id$" in held
    accounts.path.chmod(0o640)
    with pytest.raises(VaultError, match="can be read by others"):
        accounts.all()


@pytest.mark.parametrize("name", ["", " ", "-x", "a b", "<b>", "x" * 65, "../x", "é"])
def test_a_name_that_cannot_be_one_is_refused(accounts, name):
    with pytest.raises(WrongUse):
        accounts.invite(name, Role.ANALYST, now=NOW)


@pytest.mark.parametrize("coder", ["coder 1", "machine", "Machine 2", "language model: x", "<b>", " "])
def test_a_pseudonym_that_is_taken_or_passes_for_a_machine_is_refused(accounts, coder):
    accounts.invite("sam", Role.ANALYST, now=NOW)
    with pytest.raises(WrongUse, match="pseudonym"):
        accounts.invite("kim", Role.ANALYST, coder_id=coder, now=NOW)
    assert list(accounts.all()) == ["sam"]


@pytest.mark.parametrize("password", ["", "elevenchars", "x" * 1001])
def test_a_password_that_is_too_short_is_refused_and_the_code_still_holds(accounts, password):
    code = accounts.invite("sam", Role.ANALYST, now=NOW)
    with pytest.raises(WrongUse, match="12 characters"):
        accounts.join("sam", code, password, now=NOW)
    assert accounts.join("sam", code, PASSWORD, now=NOW)


def test_an_account_can_be_taken_away(accounts):
    accounts.invite("sam", Role.ANALYST, now=NOW)
    accounts.remove("sam")
    assert accounts.all() == {}
    with pytest.raises(WrongUse):
        accounts.remove("sam")


@pytest.mark.parametrize(
    "content", ["", "{", "{}x", '[{"name": "sam"}]', '[{"name": "s", "coder_id": "c", "role": "god"}]']
)
def test_a_damaged_file_lets_nobody_in(accounts, content):
    accounts.invite("sam", Role.ANALYST, now=NOW)
    accounts.path.write_text(content)
    with pytest.raises(StoreError, match="cannot be read"):
        accounts.signed_in("sam", PASSWORD)


def test_passwords_are_hashed_as_the_standard_recommends(monkeypatch):
    monkeypatch.undo()
    kept = hashed(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert matches(PASSWORD, kept) and not matches("x", kept)
    assert json.dumps(kept) != json.dumps(hashed(PASSWORD))


def test_passwords_of_many_are_looked_at_at_once():
    """OpenSSL refuses a second one while a first has its threads."""
    from concurrent.futures import ThreadPoolExecutor

    kept = module.hashed("four words in a row")
    with ThreadPoolExecutor(8) as pool:
        right = list(pool.map(lambda _: module.matches("four words in a row", kept), range(16)))
    assert right == [True] * 16
