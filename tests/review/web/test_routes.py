"""Every address × role × owner: what the table says, and nothing else, is what happens."""

import re

import pytest
from starlette.routing import Route as Address

from review_study import HOST
from themes.review.anchors import hash_of_words
from themes.review.people import CODERS, Person, Role
from themes.review.web.routes import EVERYBODY, ROUTES, Owner, allowed

# Written out a second time, so that a slip in the table does not pass for what was meant.
EXPECTED = {
    ("GET", "/"): "admin researcher analyst viewer",
    ("GET", "/queue"): "admin researcher analyst viewer",
    ("GET", "/next"): "admin researcher analyst viewer",
    ("GET", "/excerpt/{segment_id}"): "admin researcher analyst viewer",
    ("POST", "/excerpt/{segment_id}"): "admin researcher analyst",
    ("GET", "/why/{segment_id}/{code_id}"): "admin researcher analyst viewer",
    ("POST", "/undo"): "admin researcher analyst",
    ("POST", "/redo"): "admin researcher analyst",
    ("POST", "/memo/{segment_id}"): "admin researcher analyst",
    ("POST", "/concern/{segment_id}"): "admin researcher analyst",
    ("GET", "/mask/{segment_id}"): "admin researcher analyst",
    ("POST", "/mask/{segment_id}"): "admin researcher analyst",
    ("POST", "/mask/{segment_id}/take-back"): "admin researcher analyst",
    ("GET", "/bulk"): "admin researcher analyst",
    ("POST", "/bulk"): "admin researcher analyst",
    ("GET", "/search"): "admin researcher analyst viewer",
    ("POST", "/search"): "admin researcher analyst viewer",
    ("POST", "/keep-search"): "admin researcher analyst",
    ("GET", "/search/{number}"): "admin researcher analyst viewer",
    ("POST", "/search/{number}/name"): "admin researcher analyst",
    ("POST", "/search/{number}/delete"): "admin researcher analyst",
    ("GET", "/memos"): "admin researcher analyst viewer",
    ("GET", "/tables"): "admin researcher analyst viewer",
    ("GET", "/grid"): "admin researcher analyst viewer",
    ("GET", "/themes"): "admin researcher analyst viewer",
    ("GET", "/themes/{theme_id}"): "admin researcher analyst viewer",
    ("POST", "/themes/{theme_id}"): "admin researcher analyst",
    ("POST", "/themes/{theme_id}/memo"): "admin researcher analyst",
    ("GET", "/codebook"): "admin researcher analyst viewer",
    ("GET", "/code/{code_id}"): "admin researcher analyst viewer",
    ("POST", "/code/{code_id}/memo"): "admin researcher analyst",
    ("GET", "/new-code"): "admin researcher",
    ("POST", "/codebook/preview"): "admin researcher",
    ("POST", "/codebook"): "admin researcher",
    ("GET", "/agreement"): "admin researcher",
    ("GET", "/settle/{segment_id}"): "admin researcher",
    ("POST", "/settle/{segment_id}"): "admin researcher",
    ("GET", "/assign"): "admin researcher",
    ("POST", "/assign"): "admin researcher",
    ("GET", "/sample"): "admin researcher analyst viewer",
    ("POST", "/sample"): "admin researcher",
    ("GET", "/keys"): "admin researcher analyst viewer",
    ("POST", "/keys"): "admin researcher analyst viewer",
    ("GET", "/help"): "admin researcher analyst viewer",
    ("GET", "/sign-in"): "admin researcher analyst viewer nobody",
    ("POST", "/sign-in"): "admin researcher analyst viewer nobody",
    ("POST", "/join"): "admin researcher analyst viewer nobody",
    ("POST", "/sign-out"): "admin researcher analyst viewer nobody",
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")


def filled(path):
    told = {"{segment_id}": "d1:0-18", "{code_id}": "food", "{theme_id}": "t1", "{number}": "1"}
    for name, value in told.items():
        path = path.replace(name, value)
    return path


def ask(page, method, path, **data):
    return page.browser.request(method, filled(path), data=data or None)


def test_the_table_is_what_was_meant():
    assert {(r.method, r.path): " ".join(role for role in Role if role in r.roles) for r in ROUTES} == EXPECTED


def test_the_app_has_the_addresses_of_the_table_and_its_own_files_and_no_other(page):
    held = {
        (method, route.path)
        for route in page.app.app.routes
        if isinstance(route, Address)
        for method in (route.methods or ())
        if method != "HEAD"
    }
    assert len(page.app.app.routes) == len(ROUTES) + 1
    assert held == {*EXPECTED, ("GET", "/static/{name}")}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_each_address_answers_each_role_as_the_table_says(page, route):
    token = page.token()
    for role in Role:
        page.person = Person("ada", role)
        answer = ask(page, route.method, route.path, **({"token": token} if route.method == "POST" else {}))
        if role in route.roles:
            assert answer.status_code not in {401, 403, 405, 500, 503}, role
        elif role is Role.NOBODY and route.method == "GET":
            assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
        else:
            assert answer.status_code == (401 if role is Role.NOBODY else 403), role


POSTS = [route for route in ROUTES if route.method == "POST"]


@pytest.mark.parametrize(
    "wrong", [{}, {"token": ""}, {"token": "0" * 64}], ids=["no token", "an empty token", "another token"]
)
def test_a_form_without_its_token_does_nothing(page, wrong):
    page.token()
    before = page.log.head()
    for route in POSTS:
        assert ask(page, "POST", route.path, do="none", **wrong).status_code == 403, route.path
    assert (page.log.head(), page.masks.requests) == (before, [])


def test_a_token_of_another_session_does_nothing(page):
    token = page.token()
    page.browser = page.another()
    before = page.log.head()
    for known in (False, True):
        if known:
            page.get("/")
        for route in POSTS:
            assert ask(page, "POST", route.path, token=token, do="none").status_code == 403, route.path
    assert page.log.head() == before


def test_no_address_knows_another_method(page):
    page.token()
    for path in sorted({route.path for route in ROUTES}):
        for method in METHODS:
            if (method, path) in EXPECTED or (method == "HEAD" and ("GET", path) in EXPECTED):
                continue
            assert ask(page, method, path).status_code == 405, (method, path)


NOT_THERE = (
    "/admin", "/docs", "/openapi.json", "/redoc", "/static", "/static/", "/queue/", "//", "/.env", "/excerpt/",
    "/excerpt/d1:0-18/", "/undo/1", "/why/d1:0-18", "/static/%2e%2e/app.py", "/static/..%2fapp.py",
    "/static/review.css/",
)  # fmt: skip


def test_what_is_not_in_the_table_is_not_there(page):
    for path in NOT_THERE:
        assert page.browser.request("GET", f"http://{HOST}{path}").status_code in {404, 405}, path


NOT_CHANGING = {"/keys", "/search", "/sign-in", "/join", "/sign-out"}
"""What is sent to these changes nothing of the corpus."""


def test_whoever_may_not_code_changes_nothing():
    changing = [r for r in ROUTES if r.method == "POST" and r.path not in NOT_CHANGING]
    assert all(r.roles <= CODERS for r in changing)
    assert Role.VIEWER not in CODERS and frozenset(Role) - {Role.NOBODY} == EVERYBODY
    assert [r.path for r in allowed(Role.VIEWER) if r.method == "POST"] == [
        "/search",
        "/keys",
        "/sign-in",
        "/join",
        "/sign-out",
    ]


def test_what_is_ones_own_cannot_be_named_by_another(page):
    """Each address that touches a person's own things: what one does leaves the other's as they were."""
    own = {(r.method, r.path) for r in ROUTES if r.owner is Owner.SELF}
    assert own == {
        ("GET", "/next"),
        ("POST", "/excerpt/{segment_id}"),
        ("POST", "/undo"),
        ("POST", "/redo"),
        ("POST", "/memo/{segment_id}"),
        ("POST", "/themes/{theme_id}/memo"),
        ("POST", "/code/{code_id}/memo"),
        ("POST", "/bulk"),
        ("GET", "/keys"),
        ("POST", "/keys"),
        ("GET", "/sign-in"),
        ("POST", "/sign-in"),
        ("POST", "/join"),
        ("POST", "/sign-out"),
    }
    page.person = Person("ada", Role.ANALYST)
    page.decide("d1:0-18", "food")
    page.browser.post("/memo/d1:0-18", data={"token": page.token(), "act": "a" * 20, "memo": "Ada's note"})
    page.person = Person("ben", Role.ANALYST)
    assert page.get("/next?reason=reading").headers["location"] == "/excerpt/d1:0-18?reason=reading"
    assert "nothing to undo" in page.undo().text
    page.browser.post("/memo/d1:0-18", data={"token": page.token(), "act": "b" * 20, "memo": "Ben's note"})
    page.decide("d1:0-18", "staff")
    read = f"d1:0-18 {hash_of_words('The soup was cold.')}"
    bulk = {"act": "a" + "c" * 20, "code": "food", "excerpt": "d1:0-18", "version": "1", "read": read}
    assert page.browser.post("/bulk", data={"token": page.token(), **bulk}).status_code == 303
    _, held, _ = page.desk.look()
    assert held.by_coder("d1:0-18", "ada") == {"food": True, "staff": False, "waiting": False}
    page.person = Person("ada", Role.ANALYST)
    assert re.search(r"<textarea[^>]*>Ada&#39;s note</textarea>", page.get("/excerpt/d1:0-18").text)
