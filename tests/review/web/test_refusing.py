"""What is refused is told in a sentence with a way back, and nothing that was typed is lost."""

import asyncio

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from review_study import HOST, codebook, usual_run
from themes.review.people import Person, Role
from themes.review.web import app as review_app_module
from themes.review.web.forms import MOST_BYTES
from themes.store.review_records import memos_in

HERE = {"origin": f"http://{HOST}", "sec-fetch-site": "same-origin"}
RTL = "\u202eסוף (ha) \u2067<b>"


def said(answer):
    return " ".join(HTMLParser(answer.text).css_first("main").text().split())


def fields(answer):
    form = HTMLParser(answer.text).css_first("main form")
    names = [(f.attributes["name"], f.attributes["value"] or "") for f in form.css("input[type=hidden]")]
    return form.attributes["action"], {n: [v for m, v in names if m == n] for n, _ in names}


def test_a_session_that_ends_in_the_middle_loses_nothing_that_was_typed(page):
    sent = {**page.fields("/excerpt/d1:0-18"), "shown": ["food", "staff"], "code": ["food"], "do": "decide"}
    sent |= {"memo": f"Half a thought\n{RTL}", "noted": "x"}
    page.browser.cookies.clear()
    answer = page.browser.post("/excerpt/d1:0-18", data=sent, headers=HERE)
    assert (answer.status_code, page.log.head()[0]) == (403, 0)
    assert "nothing is lost: send it again" in said(answer)
    assert HTMLParser(answer.text).css_first("textarea").text() == f"Half a thought\n{RTL}"
    action, again = fields(answer)
    assert action == "/excerpt/d1:0-18"
    assert page.browser.post(action, data=again, headers=HERE).status_code == 303
    assert page.verdicts() == [
        ("d1:0-18", "food", "accept"),
        ("d1:0-18", "staff", "reject"),
        ("d1:0-18", "", "complete"),
    ]
    assert [memo.text for memo in memos_in(page.log)] == [f"Half a thought\n{RTL}"]


def test_who_was_signed_out_signs_in_again_and_sends_it_again(page):
    sent = {**page.fields("/excerpt/d1:0-18"), "code": ["food"], "do": "decide", "memo": "Half"}
    page.person = None
    answer = page.browser.post("/excerpt/d1:0-18", data=sent, headers=HERE)
    assert (answer.status_code, HTMLParser(answer.text).css_first('a[href="/sign-in"]') is not None) == (401, True)
    page.person = Person("ada", Role.ANALYST)
    for status in (403, 303):  # the token is of the session that ended: it is asked for once more, with the new one
        action, again = fields(answer)
        answer = page.browser.post(action, data=again, headers=HERE)
        assert answer.status_code == status
    assert page.verdicts() == [("d1:0-18", "food", "add"), ("d1:0-18", "", "complete")]


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "none"}]
)
def test_what_another_site_sends_is_not_offered_to_be_sent_again(page, headers):
    page.get("/")
    for person in (None, Person("ada", Role.ANALYST)):
        page.person = person
        answer = page.browser.post("/memo/d1:0-18", data={"memo": "planted", "act": "a" * 20}, headers=headers)
        assert answer.status_code in {401, 403} and "planted" not in answer.text


def test_passwords_are_never_sent_back(page):
    for address in ("/sign-in", "/join"):
        sent = {"name": "ada", "password": "four words in a row", "token": "old"}
        answer = page.browser.post(address, data=sent, headers=HERE)
        assert answer.status_code == 403 and "four words" not in answer.text


def test_who_decides_with_a_memo_half_written_keeps_it(page):
    assert page.decide("d1:0-18", "food", memo=" Ask about this ").status_code == 303
    assert [(m.about, m.text) for m in memos_in(page.log)] == [("d1:0-18", "Ask about this")]
    before = page.log.head()[0]
    page.decide("d1:0-18", "food", memo="Ask about this")
    assert page.log.head()[0] == before + 3  # nothing but the decision
    page.decide("d1:0-18", "food", memo="")
    assert memos_in(page.log) == []


def test_a_memo_of_another_window_is_not_taken_back_by_a_page_that_did_not_show_it(page):
    old = page.fields("/excerpt/d1:0-18")
    page.browser.post("/memo/d1:0-18", data={"token": page.token(), "act": "a" * 20, "memo": "Kept elsewhere"})
    sent = {**old, "code": ["food"], "do": "decide", "memo": ""}
    assert page.browser.post("/excerpt/d1:0-18", data=sent).status_code == 303
    assert [memo.text for memo in memos_in(page.log)] == ["Kept elsewhere"]


def test_too_long_a_memo_is_shown_again_and_the_longest_is_kept(page):
    sent = {"token": page.token(), "act": "b" * 20, "memo": "ab" * 5_000 + "x"}
    for answer in (page.browser.post("/memo/d1:0-18", data=sent), page.decide("d1:0-18", "food", memo=sent["memo"])):
        assert (answer.status_code, page.log.head()[0]) == (400, 0)
        assert HTMLParser(answer.text).css_first("textarea").text() == sent["memo"]
        assert HTMLParser(answer.text).css_first("main a.main").attributes["href"] == "/excerpt/d1:0-18"
    assert page.browser.post("/memo/d1:0-18", data={**sent, "memo": "💔" * 10_000}).status_code == 303
    assert len(memos_in(page.log)[0].text) == 10_000


def test_a_memo_sent_twice_with_other_words_is_told_and_shown_again(page):
    sent = {"token": page.token(), "act": "b" * 20}
    page.browser.post("/memo/d1:0-18", data={**sent, "memo": "First"})
    answer = page.browser.post("/memo/d1:0-18", data={**sent, "memo": "Second"})
    assert answer.status_code == 409 and HTMLParser(answer.text).css_first("textarea").text() == "Second"


def test_every_refusal_is_a_page_with_a_way_back(page):
    token = page.token()
    answers = [page.get("/nothing"), page.get("/excerpt/d9:0-4"), page.browser.put("/queue")]
    answers.append(page.browser.post("/memo/d1:0-18", content=b"a=" + b"x" * MOST_BYTES, headers=FORM))
    answers.append(page.browser.post("/memo/d1:0-18", content=b"{}", headers={"content-type": "application/json"}))
    answers.append(page.browser.post("/undo", data={"token": token, "act": "other"}))
    page.decide("d1:0-18", "food")
    answers.append(page.browser.post("/undo", data={"token": token, "act": "other"}))
    page.person = Person("vi", Role.VIEWER)
    answers.append(page.get("/assign"))
    assert [answer.status_code for answer in answers] == [404, 404, 405, 413, 400, 200, 409, 403]
    for answer in answers:
        main = HTMLParser(answer.text).css_first("main")
        assert main.css_first("h1") is not None and main.css_first("a[href='/']") is not None, answer.status_code
        assert answer.headers["content-type"].startswith("text/html")


FORM = {"content-type": "application/x-www-form-urlencoded"}


def test_what_arrives_too_slowly_is_given_up_and_holds_nobody_up(page, monkeypatch):
    monkeypatch.setattr(review_app_module, "SECONDS_FOR_A_FORM", 0.05)
    sent = []

    async def receive():
        await asyncio.sleep(3600)

    async def send(message):
        sent.append(message)

    headers = [(b"host", HOST.encode()), (b"content-type", FORM["content-type"].encode())]
    scope = {
        "type": "http", "method": "POST", "path": "/undo", "raw_path": b"/undo", "query_string": b"", "scheme": "http",
        "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8010), "http_version": "1.1",
    }  # fmt: skip
    asyncio.run(asyncio.wait_for(page.app(scope, receive, send), 20))
    assert sent[0]["status"] == 408


@pytest.mark.parametrize("cookie", ["x" * 60_000, "=;" * 9_000, "themes-session-8010=" + "9" * 30_000, "\x7fé"])
def test_a_cookie_of_any_size_is_nobodys(page, cookie):
    answer = page.another().get("/", headers={"cookie": cookie.encode("latin-1")})
    assert answer.status_code == 200 and "set-cookie" in answer.headers
    keys = page.get("/keys", headers={"cookie": "themes-keys=" + "skip-hex-a." * 4_000})
    assert keys.status_code == 200


def test_nothing_moves_by_itself():
    from themes.review.web.static_files import files

    assert not any(word in files()["review.css"][0] for word in (b"animation", b"transition", b"@keyframes"))


def test_what_was_decided_by_the_codebook_before_is_not_taken_for_a_decision_by_this_one(page, tmp_path):
    opened = {**page.fields("/excerpt/d1:0-18"), "code": ["food"], "do": "decide", "memo": "Half a thought"}
    usual_run(tmp_path / "small", run_id="20260112-060000", book=codebook(version="2"))
    answer = page.browser.post("/excerpt/d1:0-18", data=opened)
    assert (answer.status_code, page.log.head()[0]) == (409, 0)
    assert "codes may mean something else" in said(answer)
    assert HTMLParser(answer.text).css_first("textarea").text() == "Half a thought"
    assert page.decide("d1:0-18", "food").status_code == 303
