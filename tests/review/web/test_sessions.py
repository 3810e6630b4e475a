"""Sessions are signed by a secret that is made once, closed to others."""

import stat

import pytest

from themes.errors import VaultError
from themes.review.web.sessions import Session, Sessions, secret_beside

NOW = 1_700_000_000.0


@pytest.fixture
def sessions():
    return Sessions(b"s" * 32, seconds=60)


def test_a_session_is_known_again_until_it_ends(sessions):
    session = sessions.begin(NOW)
    cookie = sessions.cookie(session)
    assert sessions.read(cookie, NOW + 59) == session
    assert sessions.read(cookie, NOW + 60) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda cookie: cookie[:-1] + ("0" if cookie[-1] != "0" else "1"),
        lambda cookie: "x" + cookie,
        lambda cookie: cookie.replace(str(int(NOW) + 60), str(int(NOW) + 600)),
        lambda cookie: "",
        lambda cookie: "..",
        lambda cookie: "é.1.é",
        lambda cookie: "a.٣.b",
    ],
)
def test_a_cookie_that_was_changed_is_nobodys(sessions, change):
    assert sessions.read(change(sessions.cookie(sessions.begin(NOW))), NOW) is None


def test_another_secret_signs_otherwise(sessions):
    assert Sessions(b"t" * 32).read(sessions.cookie(sessions.begin(NOW)), NOW) is None


def test_a_token_is_of_one_session_and_is_not_its_signature(sessions):
    one, other = sessions.begin(NOW), sessions.begin(NOW)
    assert sessions.is_token(one, sessions.token(one))
    assert not sessions.is_token(one, sessions.token(other))
    assert not sessions.is_token(one, sessions.cookie(one).rpartition(".")[2])
    assert not sessions.is_token(one, "")
    assert not sessions.is_token(one, "é")
    assert not sessions.is_token(Session(one.session_id, one.ends_at + 1), sessions.token(one))


def test_the_secret_is_made_once_beside_the_key_and_closed_to_others(tmp_path):
    secret = secret_beside(tmp_path / "home" / "key")
    path = tmp_path / "home" / "review.secret"
    assert len(secret) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert secret_beside(tmp_path / "home" / "key") == secret
    assert secret_beside(tmp_path / "elsewhere" / "key") != secret


def test_a_secret_that_others_can_read_or_that_is_damaged_or_shared_is_refused(tmp_path):
    secret_beside(tmp_path / "key")
    path = tmp_path / "review.secret"
    path.chmod(0o644)
    with pytest.raises(VaultError, match="can be read by others"):
        secret_beside(tmp_path / "key")
    path.chmod(0o600)
    path.write_bytes(b"short")
    with pytest.raises(VaultError, match="is damaged"):
        secret_beside(tmp_path / "key")
    with pytest.raises(VaultError, match="must not lie under outputs"):
        secret_beside(tmp_path / "outputs" / "key")
