"""What went wrong in tools like this one, each held against the page: hosts, paths, redirects, errors, text."""

import re
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from builders import a_case, a_code, a_coding, a_masked_document, a_segment, a_theme
from review_study import HOST, Page, codebook, write_run
from themes.errors import StoreError
from themes.records.coding import RiskFlag
from themes.records.corpus import SourceRef
from themes.records.span import Span
from themes.records.theme import ThemeOrigin
from themes.review.queue import Queue
from themes.review.web import routes
from themes.review.web.guard import HEADERS
from themes.review.web.routes import ROUTES
from xss_payloads import PAYLOADS


def addresses(query=""):
    return [
        route.path.replace("{segment_id}", "d1:0-18").replace("{code_id}", "food").replace("{theme_id}", "t1") + query
        for route in ROUTES
        if route.method == "GET"
    ]


def test_every_answer_has_every_header_and_no_page_is_kept_by_a_browser(page):
    answers = [page.get(each) for each in addresses()]
    answers += [page.get("/nothing"), page.browser.post("/undo"), page.get("/static/review.css")]
    answers.append(page.get("/", headers={"host": "evil.example"}))
    for answer in answers:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "server" not in answer.headers
        kept = "immutable" in answer.headers["cache-control"]
        assert kept == str(answer.url).endswith("/static/review.css")
        assert kept or answer.headers["cache-control"] == "no-store"


def test_pages_have_no_script_style_or_handler_of_their_own_and_fetch_nothing_from_elsewhere(page):
    for address in addresses():
        answer = page.get(address)
        if answer.status_code != 200:
            continue
        tree = HTMLParser(answer.text)
        assert all(script.attributes.get("src", "").startswith("/static/") for script in tree.css("script"))
        assert all(not (script.text() or "").strip() for script in tree.css("script"))
        assert tree.css("style, base, iframe, object, embed") == []
        for node in tree.css("*"):
            assert not any(name.startswith("on") or name == "style" for name in node.attributes), address
            for name in ("href", "src", "action", "formaction"):
                assert (node.attributes.get(name) or "/").startswith(("/", "#")), address
                assert not (node.attributes.get(name) or "/").startswith("//"), address


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:8011",
        "127.0.0.1:8010.evil.example",
        "",
        "localhost:8010@evil",
        "user@127.0.0.1:8010",
    ],
)
def test_another_host_is_refused_whatever_is_asked_for(page, host):
    for address in ("/", "/excerpt/d1:0-18", "/static/review.js"):
        answer = page.get(address, headers={"host": host})
        assert (answer.status_code, "set-cookie" in answer.headers) == (400, False)
        assert answer.text == "This page is not served under that name.\n"


def test_no_answer_repeats_the_host_that_was_sent(page):
    answer = page.get("/next", headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"})
    assert answer.headers["location"].startswith("/excerpt/")
    assert "evil" not in str(answer.headers) + page.get("/", headers={"x-forwarded-host": "evil.example"}).text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8011"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_that_comes_from_another_site_does_nothing_even_with_its_token(page, headers):
    data = {"token": page.token(), "act": "a" * 20, "memo": "x"}
    before = page.log.head()
    assert page.browser.post("/memo/d1:0-18", data=data, headers=headers).status_code == 403
    assert page.log.head() == before
    own = {"origin": f"http://{HOST}", "sec-fetch-site": "same-origin"}
    assert page.browser.post("/memo/d1:0-18", data=data, headers=own).status_code == 303


def test_the_cookie_of_a_session_is_closed_to_scripts_and_to_other_sites(page):
    told = page.another().get("/").headers["set-cookie"]
    assert re.match(r"themes-session-8010=[\w-]{32}\.\d+\.[0-9a-f]{64};", told)
    assert {"HttpOnly", "Path=/", "SameSite=strict"} <= set(told.split("; "))
    assert "Max-Age" not in told and "expires" not in told.lower()


ELSEWHERE = [
    "//evil.example",
    "http://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "d1:0-18\r\nX: y",
    "%2f%2fevil.example",
]


@pytest.mark.parametrize("where", ELSEWHERE)
def test_no_answer_leads_elsewhere(page, where):
    names = ("next", "after", "of", "reason", "code", "with", "kind", "question", "speaker", "theme", "url", "from")
    for address in addresses():
        for name in names:
            answer = page.get(address, params={name: where})
            assert urlsplit(answer.headers.get("location", "/")).netloc == ""
            assert not answer.headers.get("location", "/x").startswith(("//", "/\\"))
            if answer.status_code == 200:
                for link in HTMLParser(answer.text).css("a[href]"):
                    assert "evil" not in (link.attributes["href"] or "")
    token = page.token()
    for address, data in (
        ("/undo", {}),
        ("/memo/d1:0-18", {"memo": "m", "act": "a" * 20}),
        ("/concern/d1:0-18", {"act": "a" * 20}),
        ("/bulk", {"code": where, "excerpt": "d1:0-18"}),
    ):
        answer = page.browser.post(address, data={"token": token, **dict.fromkeys(names, where), **data})
        assert answer.headers.get("location", "/").startswith("/") and "evil" not in answer.headers.get("location", "")


PATHS = [
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "....//etc/passwd",
    "%00",
    "review.css%00.js",
    "/etc/passwd",
    "..\\..\\x",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_what_is_served(page, path):
    for address in (f"/static/{path}", f"/excerpt/{path}", f"/mask/{path}", f"/why/{path}/food", f"/{path}"):
        answer = page.browser.get(f"http://{HOST}{address}")
        assert answer.status_code in {400, 404}
        assert "root:" not in answer.text


@pytest.mark.parametrize(
    "code_id", ["__class__", "codes__author__password", "'; DROP TABLE review_log;--", "food' OR '1'='1"]
)
def test_a_filter_reaches_what_it_names_and_nothing_else(page, code_id):
    for name in ("with", "reason", "kind", "question", "speaker", "theme", "from"):
        answer = page.get("/queue", params={name: code_id})
        assert (answer.status_code, "of 6." in answer.text) == (200, True)


def test_an_upload_is_no_form_of_ours(page):
    answer = page.browser.post(
        "/memo/d1:0-18", data={"token": page.token()}, files={"memo": ("x.html", b"<script>", "text/html")}
    )
    assert (answer.status_code, "This is not a form of this page." in answer.text) == (400, True)


SECRET_WORDS = "Zebedee Quillfeather wrote this"


@pytest.mark.parametrize(
    ("error", "status", "shown"),
    [
        (ValueError(SECRET_WORDS), 500, False),
        (KeyError(SECRET_WORDS), 500, False),
        (StoreError("<script>alert(1)</script> is damaged."), 409, True),
    ],
)
def test_an_error_quotes_nobody_and_what_it_says_is_escaped(page, monkeypatch, capfd, error, status, shown):
    page.get("/")

    def fails(*_, **__):
        raise error

    monkeypatch.setattr(Queue, "found", fails)
    answer = page.get("/queue")
    assert answer.status_code == status
    assert SECRET_WORDS not in answer.text
    assert "<script>alert" not in answer.text
    assert ("&lt;script&gt;alert(1)&lt;/script&gt; is damaged." in answer.text) == shown
    out, err = capfd.readouterr()
    assert SECRET_WORDS not in out + err
    assert ("ValueError" in err or "KeyError" in err) == (status == 500)


def test_a_failure_outside_of_any_page_quotes_nobody_either(page, monkeypatch, capfd):
    def fails(*_, **__):
        raise RuntimeError(SECRET_WORDS)

    monkeypatch.setattr(page.desk, "look", None)
    page.app.app = fails
    answer = page.get("/")
    assert (answer.status_code, SECRET_WORDS in answer.text) == (500, False)
    assert SECRET_WORDS not in "".join(capfd.readouterr())


FOUND = ThemeOrigin.EMERGENT


def hostile_run(outputs, payload):
    """A run in which everything that somebody else chose is the payload."""
    document = a_masked_document(
        "d1",
        f"{payload} ",
        ("Anna", "PERSON", f"[{payload}]"),
        " was kind.",
        prompt=payload,
        speaker=payload,
        consent=payload,
        promises=(payload,),
        source=SourceRef(f"{payload}.html", payload),
    )
    words = document.text[: len(payload)]
    segment = a_segment(f"d1:0-{len(payload)}", words, span=Span(0, len(payload)), prompt=payload)
    code = a_code(
        "food",
        name=payload,
        definition=payload,
        include=(payload,),
        exclude=(payload,),
        examples=(payload,),
        parent_id="A",
    )
    other = a_code("staff", name=payload, close_codes={"food": payload})
    coding = a_coding(segment.segment_id, "food", probability=0.97, calibrated=True, reason=payload)
    write_run(
        outputs,
        [(document, [segment])],
        [coding],
        book=codebook(code, other, groups={"A": payload}),
        flags=[RiskFlag(segment.segment_id, "d1", 0.9, payload)] if len(payload) % 2 else (),
        cases=[a_case("c-d1", **{"who": payload, payload: "x"})],
        themes=[
            a_theme(each, name=payload, words=(payload,), exemplar_ids=(segment.segment_id,), code_ids=(), origin=FOUND)
            for each in ("t1", "t2")
        ],
        title=payload,
    )
    return segment.segment_id


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_anybody_wrote_becomes_markup(tmp_path, payload):
    segment_id = hostile_run(tmp_path / "small", payload)
    page = Page(tmp_path / "small", coder=payload)
    try:
        token = page.token()
        page.browser.post(f"/memo/{segment_id}", data={"token": token, "act": "a" * 20, "memo": payload})
        page.browser.post(f"/concern/{segment_id}", data={"token": token, "act": "b" * 20})
        page.decide(segment_id, "food")
        kept = {"token": token, "act": "a" + "k" * 19, "words": payload}
        number = page.browser.post("/keep-search", data=kept).headers["location"]
        page.browser.post(f"{number}/name", data={**kept, "act": "a" + "n" * 19, "name": payload[:80]})
        for about in ("/code/food", "/themes/t1"):
            sent = {"token": token, "act": "c" * 20 + about[1], "memo": payload}
            assert page.browser.post(f"{about}/memo", data=sent).status_code == 303
        for act, told in (("r", {"do": "rename", "name": payload[:80]}), ("m", {"do": "merge", "other": "t2"})):
            assert page.browser.post("/themes/t1", data={"token": token, "act": act, **told}).status_code == 303
        page.person = None if page.person is None else page.person.__class__("ben", page.person.role)
        plain = {
            name: shape(page.get(address).text)
            for name, address in (("home", "/"), ("queue", "/queue"), ("bulk", "/bulk?code=food&least=60"))
        }
        for name, address in {
            "excerpt": f"/excerpt/{segment_id}",
            "why": f"/why/{segment_id}/food",
            "mask": f"/mask/{segment_id}",
            "ticked": f"/excerpt/{segment_id}?ticked={quote(payload)}",
            "theme": "/themes/t1",
            "kept": number,
            **{name: f"/{name}" for name in ("search", "memos", "codebook", "code/food", "themes", "grid", "tables")},
            **{name: f"/{name}" for name in ("agreement", "assign", "new-code", "sample")},
        }.items():
            plain[name] = shape(page.get(address).text)
        wrong = page.browser.post("/keys", data={"token": page.token(), "do": "keep", "skip": payload, "undo": "3"})
        plain["keys"] = shape(wrong.text)
        too_long = {"token": page.token(), "act": "a" * 20, "memo": payload * 10_000}
        plain["typed"] = shape(page.browser.post(f"/memo/{segment_id}", data=too_long).text)
        mine = {"origin": f"http://{HOST}"}
        ended = page.browser.post(f"/memo/{segment_id}", data={"memo": payload, payload: payload}, headers=mine)
        plain["held"] = shape(ended.text)
        plain["label"] = shape(
            page.browser.post(f"/mask/{segment_id}", data={"token": page.token(), "do": "mask", "label": payload}).text
        )
    finally:
        page.close()
    for name, (tags, titles) in plain.items():
        assert tags <= OURS, name
        assert not any(payload in title for title in titles), name


OURS = {
    *("html", "head", "meta", "title", "link", "script", "body", "header", "nav", "main", "footer", "section", "div"),
    *("a", "h1", "h2", "h3", "p", "span", "strong", "small", "ul", "ol", "li", "dl", "dt", "dd", "q", "mark", "br"),
    *("form", "fieldset", "legend", "label", "input", "select", "option", "optgroup", "button", "textarea", "details"),
    *("summary", "kbd", "code", "table", "thead", "tbody", "tr", "th", "td", "progress", "blockquote"),
}


def shape(html):
    """The tags of a page, scripts counted only where they are not ours; and its titles."""
    tree = HTMLParser(html)
    scripts = tree.css("script")
    assert len(scripts) == 1 and (scripts[0].attributes.get("src") or "").startswith("/static/review.js")
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on") and name not in {"style", "srcdoc"}
            if name in {"href", "src", "action", "formaction"}:
                assert re.match(r"[/#](?!/)", value or ""), value
    return {node.tag for node in tree.css("*")}, [node.text() for node in tree.css("title")]


def test_the_table_of_addresses_is_the_only_place_that_answers():
    assert {route.answer.__module__.rpartition(".")[0] for route in routes.ROUTES} == {"themes.review.web"}


def test_nothing_that_reads_imports_or_serves_can_ask_another_address_for_anything():
    asking = re.compile(
        r"^\s*(?:import|from) (?:httpx|requests|urllib\.request|http\.client|aiohttp|urllib3)\b", re.MULTILINE
    )
    source = Path(routes.__file__).parents[2]
    modules = [path for folder in ("read", "review", "export", "clean") for path in (source / folder).rglob("*.py")]
    assert len(modules) > 60
    assert [path.name for path in modules if asking.search(path.read_text(encoding="utf-8"))] == []
