"""The page is served on this machine alone, or with accounts and TLS, and stops when told to."""

import socket
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from review_study import SECRET, AskedMasks, usual_run
from store.certificates import certificate
from themes.errors import StoreError, WrongUse
from themes.review.accounts import Accounts
from themes.review.study import Newest
from themes.review.web.desk import Desk
from themes.review.web.gate import AccountGate
from themes.review.web.server import Serving, hosts_of, listen, serve, server_of
from themes.review.web.sessions import Sessions
from themes.store.review_log import ReviewLog


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2"])
def test_without_accounts_an_address_that_others_could_reach_is_refused_whatever_else_is_said(host):
    for more in ({}, {"certificate": Path("c"), "key": Path("k")}, {"behind_tls": True}, {"names": ("a.example",)}):
        with pytest.raises(WrongUse, match="Without accounts the review page is only served on this machine"):
            listen(host, 0, Serving(**more))


@pytest.mark.parametrize("more", [{"behind_tls": True}, {"names": ("reviews.example.org",)}])
def test_without_accounts_no_proxy_may_bring_others_to_this_machine_either(more):
    with pytest.raises(WrongUse, match="Without accounts"):
        listen("127.0.0.1", 0, Serving(**more))


def test_with_accounts_others_reach_it_over_tls_alone():
    for host, names in (("192.168.1.2", ()), ("0.0.0.0", ("reviews.example.org",)), ("127.0.0.1", ("a.example",))):
        with pytest.raises(WrongUse, match="unencrypted"):
            listen(host, 0, Serving(accounts=True, names=names))


@pytest.mark.parametrize("host", ["evil.example", "", "localhost.evil.example", "127.0.0.1.nip.io"])
def test_a_name_is_no_address(host):
    with pytest.raises(WrongUse, match="takes an address in figures"):
        listen(host, 0, Serving(accounts=True, behind_tls=True))


def test_what_does_not_fit_together_is_refused():
    with pytest.raises(WrongUse, match="needs its key"):
        listen("127.0.0.1", 0, Serving(accounts=True, certificate=Path("c")))
    with pytest.raises(WrongUse, match="needs --name"):
        listen("0.0.0.0", 0, Serving(accounts=True, behind_tls=True))


def test_behind_a_proxy_that_speaks_tls_it_answers_to_the_names_that_browsers_ask_for():
    serving = Serving(accounts=True, behind_tls=True, names=("reviews.example.org",))
    with listen("0.0.0.0", 0, serving) as listening:
        assert hosts_of(listening, serving) == ["reviews.example.org"]
    with listen("127.0.0.1", 0, serving) as listening:
        port = listening.getsockname()[1]
        assert hosts_of(listening, serving) == ["reviews.example.org", f"127.0.0.1:{port}", f"localhost:{port}"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_it_answers_to_the_names_of_this_machine_with_its_port(host):
    with listen(host, 0) as listening:
        port = listening.getsockname()[1]
        assert hosts_of(listening) == [f"127.0.0.1:{port}", f"localhost:{port}"]


def test_a_port_that_is_taken_is_told():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(StoreError, match=f"Port {port} cannot be used"):
            listen("127.0.0.1", port)


def test_it_serves_until_told_to_stop_and_logs_nothing(tmp_path, capfd):
    import httpx

    usual_run(tmp_path / "small")
    log = ReviewLog(str(tmp_path / "small" / "review.db"), "small")
    with listen("127.0.0.1", 0) as listening:
        desk = Desk(Newest(tmp_path / "small"), log, AskedMasks(), draw_secret=lambda: SECRET)
        server = server_of(desk, Sessions(SECRET), listening)
        listening.listen()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        port = listening.getsockname()[1]
        answer = httpx.get(f"http://127.0.0.1:{port}/queue", params={"question": "Zebedee"})
        refused = httpx.get(f"http://127.0.0.1:{port}/queue", headers={"host": "evil.example"})
        began = time.monotonic()
        server.should_exit = True
        thread.join(timeout=10)
    log.close()
    assert (answer.status_code, refused.status_code) == (200, 400)
    assert "server" not in answer.headers
    assert not thread.is_alive() and time.monotonic() - began < 5
    assert capfd.readouterr() == ("", "")


@contextmanager
def running(outputs, serving, gate=None):
    """The page on a port of its own."""
    log = ReviewLog(str(outputs / "review.db"), "small")
    with listen("127.0.0.1", 0, serving) as listening:
        desk = Desk(Newest(outputs), log, AskedMasks(), draw_secret=lambda: SECRET)
        server = server_of(desk, Sessions(SECRET), listening, gate=gate, serving=serving)
        listening.listen()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(timeout=10)
            log.close()


def test_over_tls_every_cookie_is_for_tls_alone_and_other_hosts_are_refused(tmp_path):
    import ssl

    import httpx

    usual_run(tmp_path / "small")
    for path, content in zip((tmp_path / "c.pem", tmp_path / "k.pem"), certificate("127.0.0.1"), strict=True):
        path.write_bytes(content)
    serving = Serving(True, tmp_path / "c.pem", tmp_path / "k.pem", names=("reviews.example.org",))
    gate = AccountGate(Accounts(tmp_path / "accounts.json"))
    with running(tmp_path / "small", serving, gate) as port:
        trusted = ssl.create_default_context(cafile=tmp_path / "c.pem")
        with httpx.Client(base_url=f"https://127.0.0.1:{port}", verify=trusted) as browser:
            answer = browser.get("/sign-in")
            told = answer.headers["set-cookie"]
            assert answer.status_code == 200 and told.startswith("__Host-themes-session-")
            assert {"Secure", "HttpOnly", "SameSite=strict", "Path=/"} <= set(told.split("; "))
            assert "domain" not in told.lower()
            assert browser.get("/queue").headers["location"] == "/sign-in"
            assert browser.get("/sign-in", headers={"host": "reviews.example.org"}).status_code == 200
            assert browser.get("/sign-in", headers={"host": "evil.example"}).status_code == 400
        with pytest.raises(httpx.HTTPError):
            httpx.get(f"http://127.0.0.1:{port}/sign-in")


def test_a_certificate_that_cannot_be_used_is_told(tmp_path):
    usual_run(tmp_path / "small")
    (tmp_path / "c.pem").write_text("no certificate")
    serving = Serving(True, tmp_path / "c.pem", tmp_path / "none.pem")
    log = ReviewLog(str(tmp_path / "small" / "review.db"), "small")
    desk = Desk(Newest(tmp_path / "small"), log, AskedMasks(), draw_secret=lambda: SECRET)
    with listen("127.0.0.1", 0, serving) as listening, pytest.raises(WrongUse, match="certificate or its key"):
        serve(desk, Sessions(SECRET), listening, ready=pytest.fail, serving=serving)
    log.close()
