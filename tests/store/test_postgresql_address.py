"""Addresses of PostgreSQL servers: what they say is kept to, and what is not understood is refused."""

import getpass
import ssl

import pytest
from sqlalchemy import URL, make_url

from store.certificates import certificate
from themes.errors import StoreError
from themes.store.postgresql_address import arguments_of, guarded


@pytest.fixture(autouse=True)
def own_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PGPASSFILE", raising=False)
    return tmp_path


@pytest.fixture
def authority(tmp_path):
    path = tmp_path / "authority.crt"
    path.write_bytes(certificate("h")[0])
    return path


def url(told: str) -> URL:
    return guarded(make_url(told))


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("postgresql://h/study?channel_binding=require", "may hold these options"),
        ("postgresql://h/study?secret=secret", "may hold these options"),
        ("postgresql:///study?host=secret&host=h", "may hold these options"),
        ("postgresql://h/study?sslmode=verify_full", "is not one of these"),
        ("postgresql://localhost/study?host=secret", "more than one server"),
        ("postgresql://h:5432/study?port=5433", "more than one server"),
        ("postgresql:///study?host=localhost,secret", "more than one server"),
        ("postgresql:///study?port=secret", "not a number"),
    ],
)
def test_an_address_that_is_not_understood_is_refused_and_not_repeated(told, why):
    with pytest.raises(StoreError, match=why) as refusal:
        url(told)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("told", "encrypted"),
    [
        ("postgresql://h/study", True),
        ("postgresql:///study?host=h", True),
        ("postgresql://127.0.0.2/study", True),
        ("postgresql://h/study?sslmode=disable", False),
        ("postgresql://localhost/study", False),
        ("postgresql://[::1]/study", False),
        ("postgresql:///study", False),
        ("postgresql:///study?host=/run/postgresql", False),
    ],
)
def test_servers_elsewhere_are_asked_to_encrypt(told, encrypted):
    assert (url(told).query.get("sslmode") == "require") == encrypted
    assert isinstance(arguments_of(url(told))["ssl_context"], ssl.SSLContext) == encrypted


def test_server_port_and_user_are_found_wherever_they_stand():
    told = arguments_of(url("postgresql://ana:secret@h:5433/study"))
    assert [told[key] for key in ("user", "password", "host", "port", "database")] == [
        "ana",
        "secret",
        "h",
        5433,
        "study",
    ]
    told = arguments_of(url("postgresql:///study?host=h&port=5434"))
    assert [told[key] for key in ("user", "password", "host", "port")] == [getpass.getuser(), "", "h", 5434]
    told = arguments_of(url("postgresql:///study?host=/run/postgresql&sslmode=require"))
    assert (told["unix_sock"], told["ssl_context"]) == ("/run/postgresql/.s.PGSQL.5432", False)
    assert arguments_of(url("postgresql:///study"))["host"] == "localhost"


@pytest.mark.parametrize(
    ("options", "verified", "by_name"),
    [
        ("sslmode=require", False, False),
        ("sslmode=require&sslrootcert={root}", True, False),
        ("sslmode=require&sslrootcert=system", True, True),
        ("sslmode=verify-ca", True, True),  # anybody gets a certificate from one of the system's authorities
        ("sslmode=verify-ca&sslrootcert={root}", True, False),
        ("sslmode=verify-full", True, True),
        ("sslmode=verify-full&sslrootcert={root}", True, True),
        ("sslmode=prefer&sslrootcert={root}", True, False),
    ],
)
def test_a_server_proves_who_it_is_where_the_address_asks_for_it(options, verified, by_name, authority):
    context = arguments_of(url(f"postgresql://h/study?{options.format(root=authority)}"))["ssl_context"]
    assert (context.verify_mode == ssl.CERT_REQUIRED, context.check_hostname) == (verified, by_name)


def test_the_authority_kept_at_home_is_used(own_home, authority):
    kept = own_home / ".postgresql" / "root.crt"
    kept.parent.mkdir()
    kept.write_bytes(authority.read_bytes())
    context = arguments_of(url("postgresql://h/study"))["ssl_context"]
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert len(context.get_ca_certs()) == 1


@pytest.mark.parametrize("mode", ["allow", "prefer"])
def test_who_leaves_it_to_the_server_does(mode):
    assert arguments_of(url(f"postgresql://h/study?sslmode={mode}"))["ssl_context"] is None


@pytest.mark.parametrize("option", ["sslrootcert", "sslcert"])
def test_a_certificate_that_cannot_be_read_is_told(option, tmp_path):
    (tmp_path / "broken").write_text("no certificate")
    for name in ("broken", "missing"):
        with pytest.raises(StoreError, match="cannot be read"):
            arguments_of(url(f"postgresql://h/study?{option}={tmp_path / name}"))


@pytest.fixture
def passwords(own_home):
    path = own_home / ".pgpass"
    path.write_text(
        "# h:5432:study:ana:commented\n"
        "not a line\n"
        "h:5432:other:ana:elsewhere\n"
        "h:5432:study:ana:s\\:e:c\\\\ret\n"
        "h:*:*:*:any\n"
        "localhost:5432:study:ana:by socket\n",
        encoding="utf-8",
    )
    path.chmod(0o600)
    return path


@pytest.mark.parametrize(
    ("told", "password"),
    [
        ("postgresql://ana@h/study", "s:e:c\\ret"),
        ("postgresql://ana@h:5433/study", "any"),
        ("postgresql://ana:own@h/study", "own"),
        ("postgresql://ana@k/study", ""),
        ("postgresql://ana@/study?host=/run/postgresql", "by socket"),
    ],
)
def test_a_password_is_found_in_the_file_of_passwords(passwords, told, password):
    assert arguments_of(url(told))["password"] == password


def test_the_file_of_passwords_may_be_elsewhere(passwords, monkeypatch, tmp_path):
    moved = passwords.rename(tmp_path / "moved")
    monkeypatch.setenv("PGPASSFILE", str(moved))
    assert arguments_of(url("postgresql://ana@h:5433/study"))["password"] == "any"


def test_a_password_that_others_can_read_is_refused(passwords):
    passwords.chmod(0o640)
    with pytest.raises(StoreError, match="chmod 600"):
        arguments_of(url("postgresql://ana@h/study"))
    assert arguments_of(url("postgresql://ana@k/study"))["password"] == ""
