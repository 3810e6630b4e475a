"""The page is served on this machine alone, and stops when told to."""

import socket
import threading
import time

import pytest

from review_study import SECRET, AskedMasks, usual_run
from themes.errors import StoreError, WrongUse
from themes.review.study import Newest
from themes.review.web.desk import Desk
from themes.review.web.server import hosts_of, listen, server_of
from themes.review.web.sessions import Sessions
from themes.store.review_log import ReviewLog


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.2", "evil.example", "", "localhost.evil.example", "127.0.0.1.nip.io"]
)
def test_an_address_that_others_could_reach_is_refused(host):
    with pytest.raises(WrongUse, match="only served on this machine"):
        listen(host, 0)


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
