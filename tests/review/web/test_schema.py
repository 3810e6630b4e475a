"""Whatever is sent to an address of the table, the page does not break: cases made by schemathesis from its schema."""

import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings

from review_study import SECRET, AskedMasks, usual_run
from themes.review.study import Newest
from themes.review.web.app import session_cookie
from themes.review.web.desk import Desk
from themes.review.web.routes import ROUTES
from themes.review.web.server import hosts_of, listen, server_of
from themes.review.web.sessions import Sessions
from themes.store.review_log import ReviewLog

EXAMPLES = 25
KNOWN = {
    "segment_id": ["d1:0-18", "d2:29-43", "d1:4-9"],
    "code_id": ["food", "staff"],
    "theme_id": ["t1"],
    "number": ["1", "2"],
    "any": ["food", "staff"],
    "excerpt": ["d1:0-18", "d1:19-31"],
    "of": ["d1:0-18"],
    "after": ["d1:0-18"],
    "code": ["food", "staff"],
    "with": ["food"],
    "without": ["staff"],
    "shown": ["food"],
    "do": ["decide", "none", "worrying", "seen to", "mask", "keep", "off", "in turn", "by hand", "take back", "settle"],
    "reason": ["mine", "sample", "unsure", "reading"],
    "what": ["all", "unsure"],
    "many": ["10"],
    "share": ["0", "100"],
    "to": ["ada", "ben"],
    "from": ["0", "40", "ada"],
    "cases": ["1", "2", "20"],
    "act": ["a" * 20, "a" + "b" * 20],
    "kind": ["story"],
    "question": ["0"],
    "least": ["60"],
    "since": ["2013-04"],
    "until": ["2014-12"],
    "words": ["soup", '"soup', "a*"],
}
FIELDS = (
    *KNOWN,
    "memo",
    "hash",
    "case",
    "label",
    "reach",
    "action",
    "name",
    "password",
    "attribute",
    "speaker",
    "theme",
)


def text(name):
    """A value that there is, or any other."""
    any_text = {"type": "string", "maxLength": 200}
    return {"anyOf": [{"enum": KNOWN[name]}, any_text]} if name in KNOWN else any_text


def schema_of(token):
    """What OpenAPI says of the addresses, all of them with all names that any of them knows."""
    paths = {}
    for route in ROUTES:
        names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
        parameters = [{"name": n, "in": "path", "required": True, "schema": text(n)} for n in names]
        parameters += [{"name": n, "in": "query", "schema": text(n)} for n in FIELDS if n not in names]
        operation = {"parameters": parameters, "responses": {"default": {"description": "a page"}}}
        if route.method == "POST":
            fields = {name: text(name) for name in FIELDS} | {"token": {"enum": [token]}}
            form = {"type": "object", "properties": fields, "required": ["token"], "additionalProperties": False}
            operation["requestBody"] = {"content": {"application/x-www-form-urlencoded": {"schema": form}}}
        paths.setdefault(route.path, {})[route.method.lower()] = operation
    return {"openapi": "3.0.3", "info": {"title": "Review", "version": "1"}, "paths": paths}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """An address, the cookie of a session, and its schema."""
    import schemathesis

    outputs = tmp_path_factory.mktemp("outputs") / "small"
    usual_run(outputs)
    log = ReviewLog(str(outputs / "review.db"), "small")
    sessions = Sessions(SECRET)
    session = sessions.begin(time.time())
    with listen("127.0.0.1", 0) as listening:
        desk = Desk(
            Newest(outputs), log, AskedMasks(), draw_secret=lambda: SECRET, coders=lambda: ("ada", "ben", "analyst")
        )
        server = server_of(desk, sessions, listening)
        listening.listen()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        hosts = hosts_of(listening)
        cookies = {session_cookie(hosts): sessions.cookie(session)}
        yield f"http://{hosts[0]}", cookies, schemathesis.openapi.from_dict(schema_of(sessions.token(session)))
        server.should_exit = True
        thread.join(timeout=20)
    log.close()


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_nothing_that_is_sent_breaks_the_page(served, capfd, route):
    address, cookies, schema = served
    seen = []

    @settings(
        max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=schema[route.path][route.method].as_strategy())
    def send(case):
        answer = case.call(base_url=address, cookies=cookies, allow_redirects=False, timeout=60)
        seen.append(answer.status_code)
        assert answer.status_code < 500

    send()
    assert len(seen) >= EXAMPLES / 2 or route.path == "/help"
    assert 403 not in seen and 401 not in {s for s in seen if route.path not in {"/sign-in", "/join"}}
    assert "a page failed" not in capfd.readouterr().err
