"""Signing in and out: what is shown before, how often one may try, when a session ends."""

from datetime import UTC, datetime

import pytest

from review_study import Page, usual_run
from themes.review import accounts as module
from themes.review.accounts import Accounts
from themes.review.people import Role
from themes.review.web.gate import IDLE_SECONDS, MOST_NAMES, PAUSE_SECONDS, TRIES, AccountGate

PASSWORD = "four words in a row"


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def accounts(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "PASSES", 1)
    monkeypatch.setattr(module, "KIBIBYTES", 64)
    held = Accounts(tmp_path / "review-accounts.json")
    for name, role in (("sam", Role.ANALYST), ("kim", Role.VIEWER)):
        held.join(name, held.invite(name, role, now=datetime.now(UTC)), PASSWORD, now=datetime.now(UTC))
    return held


@pytest.fixture
def page(tmp_path, accounts, clock):
    usual_run(tmp_path / "small")
    opened = Page(tmp_path / "small", gate=AccountGate(accounts, clock=clock))
    yield opened
    opened.close()


def sign_in(page, name="sam", password=PASSWORD, address="/sign-in", **more):
    token = page.fields("/sign-in", address)["token"]
    return page.browser.post(address, data={"token": token, "name": name, "password": password, **more})


def test_without_signing_in_nobodys_words_are_shown(page):
    for address in ("/", "/queue", "/excerpt/d1:0-18", "/search", "/themes", "/sample", "/why/d1:0-18/food"):
        answer = page.get(address)
        assert (answer.status_code, answer.headers["location"], answer.text) == (303, "/sign-in", "")
    assert "Queue" not in page.get("/sign-in").text


def test_whoever_signs_in_codes_under_their_pseudonym_with_their_role(page):
    answer = sign_in(page)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert page.decide("d1:0-18", "food").status_code == 303
    assert page.desk.look()[1].by_coder("d1:0-18", "coder 1")["food"]
    assert "Sign out coder 1" in page.get("/").text and ">sam" not in page.get("/").text
    page.browser = page.another()
    sign_in(page, "kim")
    assert page.get("/excerpt/d1:0-18").status_code == 200
    assert page.browser.post("/undo", data={"token": page.token()}).status_code == 403


def test_the_session_is_another_than_before(page):
    page.get("/sign-in")
    before = page.browser.cookies["themes-session-8010"]
    sign_in(page)
    after = page.browser.cookies["themes-session-8010"]
    assert after != before
    planted = page.another()
    planted.cookies.set("themes-session-8010", before)
    assert planted.get("/").headers["location"] == "/sign-in"


def test_signing_out_ends_it_whatever_cookie_comes(page):
    sign_in(page)
    cookie = page.browser.cookies["themes-session-8010"]
    assert page.browser.post("/sign-out", data={"token": page.token()}).headers["location"] == "/sign-in"
    again = page.another()
    again.cookies.set("themes-session-8010", cookie)
    assert again.get("/").headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    ("name", "password"), [("sam", "wrong"), ("sam", ""), ("nobody", PASSWORD), ("", ""), ("admin", "admin")]
)
def test_what_does_not_belong_together_is_told_in_the_same_words(page, name, password):
    answer = sign_in(page, name, password)
    assert answer.status_code == 401
    assert "do not belong together" in answer.text
    assert page.get("/").headers["location"] == "/sign-in"


def test_after_some_wrong_passwords_none_is_looked_at_for_a_while(page, clock):
    for _ in range(TRIES):
        assert sign_in(page, password="wrong").status_code == 401
    assert sign_in(page).status_code == 401
    assert sign_in(page, "kim").status_code == 303
    clock.now += PAUSE_SECONDS
    page.browser = page.another()
    assert sign_in(page).status_code == 303


def counted(gate):
    """For how many names tries are in memory, and how many letters of them."""
    return len(gate._wrong), sum(map(len, gate._wrong))


def test_tries_for_made_up_names_fill_no_memory_and_free_no_name(accounts, clock, monkeypatch):
    monkeypatch.setattr(accounts, "signed_in", lambda name, password: None)
    gate = AccountGate(accounts, clock=clock)
    for _ in range(TRIES):
        gate.try_password("sam", "wrong")
    for number in range(3 * MOST_NAMES + 300):
        clock.now += 0.01
        gate.try_password(f"{'x' * (number % 3 * 100_000)}made up {number}", "wrong")
    names, letters = counted(gate)
    assert names <= MOST_NAMES and letters < 100 * MOST_NAMES
    monkeypatch.setattr(accounts, "signed_in", lambda name, password: accounts.all()[name])
    assert gate.try_password("sam", PASSWORD) is None
    assert gate.try_password("kim", PASSWORD).name == "kim"


def test_tries_are_forgotten_after_the_pause_and_sessions_that_nobody_uses_when_somebody_comes(accounts, clock):
    gate = AccountGate(accounts, clock=clock)
    gate.try_password("sam", "wrong")
    gate.try_password("made up", "wrong")
    gate.sign_in("old", accounts.all()["sam"])
    clock.now += max(PAUSE_SECONDS, IDLE_SECONDS + 1)
    gate.try_password("another", "wrong")
    gate.sign_in("new", accounts.all()["kim"])
    assert (counted(gate)[0], list(gate._sessions)) == (1, ["new"])


def test_who_does_nothing_for_a_while_is_signed_out(page, clock):
    sign_in(page)
    clock.now += IDLE_SECONDS
    assert page.get("/").status_code == 200
    clock.now += IDLE_SECONDS + 1
    assert page.get("/").headers["location"] == "/sign-in"


def test_an_account_that_goes_or_gets_another_password_or_role_takes_its_sessions_along(page, accounts):
    sign_in(page)
    accounts.invite("sam", Role.VIEWER, now=datetime.now(UTC))
    assert page.browser.post("/undo", data={"token": page.token()}).status_code == 403
    code = accounts.invite("sam", Role.ANALYST, now=datetime.now(UTC))
    accounts.join("sam", code, "another password", now=datetime.now(UTC))
    assert page.get("/").headers["location"] == "/sign-in"
    page.browser = page.another()
    sign_in(page, password="another password")
    accounts.remove("sam")
    assert page.get("/").headers["location"] == "/sign-in"


def test_an_invitation_is_taken_up_on_the_page(page, accounts):
    code = accounts.invite("lee", Role.ANALYST, coder_id="Blue", now=datetime.now(UTC))
    short = sign_in(page, "lee", "short", "/join", code=code)
    assert (short.status_code, "12 characters" in short.text) == (400, True)
    assert sign_in(page, "lee", PASSWORD, "/join", code="wrong").status_code == 401
    assert sign_in(page, "lee", PASSWORD, "/join", code=f" {code} ").headers["location"] == "/"
    assert "Sign out Blue" in page.get("/").text
    page.browser = page.another()
    assert sign_in(page, "lee", PASSWORD, "/join", code=code).status_code == 401


def test_no_password_is_given_back(page):
    answer = sign_in(page, "<b>sam</b>", "my secret words")
    assert "my secret words" not in answer.text and "<b>" not in answer.text
