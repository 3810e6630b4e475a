"""The review page in a real browser: by keyboard alone, without scripts, with hostile texts, on a phone."""

import os
import shutil
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

import pytest

from builders import a_case, a_code, a_coding, a_theme
from pictures import save_small
from review_study import SECRET, AskedMasks, codebook, sentences, usual_run, write_run
from themes.records.assignment import Assignment
from themes.records.coding import Memo, RiskFlag
from themes.records.corpus import DocumentKind, SourceRef
from themes.records.theme import ThemeOrigin
from themes.review.accounts import Accounts
from themes.review.assigning import add_assignments
from themes.review.deciding import decided, new_act_id
from themes.review.people import Role
from themes.review.study import Newest
from themes.review.web.desk import Desk
from themes.review.web.gate import AccountGate
from themes.review.web.server import listen, server_of
from themes.review.web.sessions import Sessions
from themes.store.review_log import ReviewLog
from themes.store.review_records import add_concern, add_decisions, add_memo, decisions_in, memos_in
from xss_payloads import PAYLOADS

# The package is used for the file of axe-core that it carries, so that nothing but pip has to fetch it.
AXE = Path(str(files("axe_playwright_python"))) / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Served:
    """A corpus that is served, and what was written about it."""

    def __init__(self, outputs, gate=None, codebook=None, coders=()):
        self.outputs = outputs
        self.log = ReviewLog(str(outputs / "review.db"), outputs.name)
        self.masks = AskedMasks()
        self.listening = listen("127.0.0.1", 0)
        desk = Desk(
            Newest(outputs), self.log, self.masks, draw_secret=lambda: SECRET, codebook=codebook, coders=lambda: coders
        )
        self.server = server_of(desk, Sessions(SECRET), self.listening, gate=gate)
        self.listening.listen()
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.listening]})
        self.thread.start()
        self.address = f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    def stop(self):
        self.server.should_exit = True
        self.thread.join(timeout=20)
        self.listening.close()
        self.log.close()

    def verdicts(self):
        return [(d.segment_id, d.code_id, d.verdict.value) for d in decisions_in(self.log)]


@contextmanager
def served_from(outputs, gate=None, codebook=None, coders=()):
    served = Served(outputs, gate, codebook, coders)
    try:
        yield served
    finally:
        served.stop()


@pytest.fixture
def served(tmp_path):
    usual_run(tmp_path / "small")
    with served_from(tmp_path / "small", codebook=a_codebook_file(tmp_path)) as running:
        yield running


def a_codebook_file(folder):
    """The codebook of `usual_run`, as a file."""
    named = {"food": ("Food", "A"), "staff": ("Staff", "A"), "waiting": ("Waiting times", "B")}
    codes = [f'[[code]]\nid = "{i}"\nname = "{name}"\ngroup = "{g}"\n' for i, (name, g) in named.items()]
    groups = 'group = [{id = "A", name = "Days"}, {id = "B", name = "Time"}]\n'
    (folder / "codebook.toml").write_text('version = "1"\n' + groups + "".join(codes), encoding="utf-8")
    return folder / "codebook.toml"


@pytest.fixture
def shared(tmp_path):
    """A corpus on which two people differ, one excerpt of which waits for the second of two."""
    usual_run(tmp_path / "small", **two_themes())
    with served_from(tmp_path / "small", codebook=a_codebook_file(tmp_path), coders=("ada", "ben")) as running:
        differ(running, "d1:0-18", "food", "staff")
        given = [Assignment("d1:19-31", False, ("ada", "ben")), Assignment("d2:0-14", False, ("ben",))]
        add_assignments(running.log, given, act_id="a" * 20, by="analyst")
        yield running


def two_themes():
    told = {"origin": ThemeOrigin.EMERGENT, "code_ids": ()}
    return {"themes": [a_theme("t1", name="Soup", exemplar_ids=("d1:0-18",), **told), a_theme("t2", **told)]}


def differ(served, segment_id, *codes):
    """Let each of some people give another code."""
    study = Newest(served.outputs).study()
    for who, code in zip(("ada", "ben"), codes, strict=True):
        add_decisions(served.log, decided(study, segment_id, [code], shown=(), act_id=new_act_id(), coder_id=who))


@pytest.fixture
def window(browser):
    """Open a page in a window of its own; fails if the browser complains or asks anybody else for anything."""
    contexts, trouble = [], []

    def opened(address, **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: any(f"status of {n}" in message.text for n in (404, 400)) or trouble.append(message.text),
        )
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith("http://127.0.0.1:") or trouble.append(asked.url))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


def box(code):
    """The checkbox of a code."""
    return f'input[type="checkbox"][value="{code}"]'


def press(page, key, where):
    """Press a key and wait for the page it leads to: for a new one, not for another address of the same."""
    with page.expect_event("load"):
        page.keyboard.press(key)
    assert where in page.url, page.url


def test_the_whole_loop_by_keyboard_alone(served, window):
    page = window(f"{served.address}/queue?reason=reading")
    press(page, "Enter", "/excerpt/d1:0-18")
    press(page, "Enter", "/excerpt/d1:19-31")  # one key: what is suggested applies
    press(page, "n", "/excerpt/d1:32-52")  # one key: no code applies
    page.keyboard.press("1")  # waiting: not that
    page.keyboard.press("/")
    page.keyboard.type("staf")
    page.keyboard.press("Enter")
    press(page, "Enter", "/excerpt/d2:0-14")
    press(page, "s", "/excerpt/d2:15-28")
    press(page, "]", "/excerpt/d2:17-28")
    press(page, "}", "/excerpt/d2:17-33")
    press(page, "{", "/excerpt/d2:17-28")
    press(page, "[", "/excerpt/d2:15-28")
    page.keyboard.press("m")
    page.keyboard.type("Ask about n and s")
    page.keyboard.press("Tab")
    press(page, "Enter", "/excerpt/d2:15-28")
    press(page, "w", "/excerpt/d2:15-28")
    assert "Worrying, needs a person" in page.inner_text("main")
    press(page, "y", "/why/d2:15-28/waiting")
    press(page, "Enter", "/excerpt/d2:15-28")
    press(page, "x", "/mask/d2:15-28")
    page.go_back()
    press(page, "u", "/excerpt/d1:32-52")
    assert page.is_checked(box("waiting")) and not page.is_checked(box("staff"))
    press(page, "u", "/excerpt/d1:19-31")
    press(page, "q", "/queue")
    said = [
        ("d1:0-18", "food", "accept"), ("d1:0-18", "staff", "reject"), ("d1:0-18", "", "complete"),
        ("d1:19-31", "", "complete"),
        ("d1:32-52", "waiting", "reject"), ("d1:32-52", "staff", "add"), ("d1:32-52", "", "complete"),
        ("d1:32-52", "waiting", "take back"), ("d1:32-52", "staff", "take back"), ("d1:32-52", "", "take back"),
        ("d1:19-31", "", "take back"),
    ]  # fmt: skip
    assert served.verdicts() == said
    assert [memo.text for memo in memos_in(served.log)] == ["Ask about n and s"]


def test_a_key_pressed_while_an_answer_is_on_its_way_does_nothing_to_the_page_that_is_left(served, window):
    """Its undo would mean an earlier decision than the one that is on its way."""
    page = window(f"{served.address}/excerpt/d1:0-18?reason=reading")
    press(page, "Enter", "/excerpt/d1:19-31")
    key = "document.dispatchEvent(new KeyboardEvent('keydown', {key: KEY, bubbles: true, cancelable: true}))"
    with page.expect_event("load"):
        page.evaluate(";".join(key.replace("KEY", f"'{each}'") for each in "nu"))
    assert "/excerpt/d1:32-52" in page.url
    assert served.verdicts()[-1] == ("d1:19-31", "", "complete")
    press(page, "u", "/excerpt/d1:19-31")
    assert served.verdicts()[-1] == ("d1:19-31", "", "take back")


def ticked(page):
    return [each.get_attribute("value") for each in page.query_selector_all('input[name="code"]:checked')]


def test_what_is_ticked_and_noted_stays_while_somebody_looks_why_notes_and_worries(served, window):
    page = window(f"{served.address}/excerpt/d1:0-18?reason=reading")
    page.keyboard.press("1")
    page.keyboard.press("/")
    page.keyboard.type("wait")
    page.keyboard.press("Enter")
    assert ticked(page) == ["waiting"]
    press(page, "y", "/why/d1:0-18/food")
    press(page, "Enter", "/excerpt/d1:0-18")
    assert ticked(page) == ["waiting"]
    page.reload()
    assert ticked(page) == ["waiting"]
    page.keyboard.press("m")
    page.keyboard.type("Half of a memo")
    page.keyboard.press("Escape")
    press(page, "w", "/excerpt/d1:0-18")
    assert ticked(page) == ["waiting"] and page.input_value("textarea") == "Half of a memo"
    press(page, "x", "/mask/d1:0-18")
    page.click("text=Back, without a change")
    assert ticked(page) == ["waiting"] and served.verdicts() == []
    press(page, "Enter", "/excerpt/d1:19-31")
    assert "ticked" not in page.url
    assert served.verdicts()[0] == ("d1:0-18", "food", "reject")


def test_the_finder_finds_a_code_that_is_suggested_already(served, window):
    page = window(f"{served.address}/excerpt/d1:0-18?reason=reading")
    assert page.is_visible(".picker:not([open]) summary kbd:has-text('/')")
    page.keyboard.press("/")
    page.keyboard.type("staf")
    assert page.inner_text("#found") == "0 codes, and 1 above"
    page.keyboard.press("Enter")
    assert ticked(page) == ["food", "staff"]
    press(page, "Enter", "/excerpt/d1:19-31")


def tab_to(page, selector):
    """Press Tab until what is meant has the focus, as somebody without a mouse and without scripts has to."""
    for presses in range(1, 120):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return presses
    raise AssertionError(f"{selector} cannot be reached by Tab")


def choose(page, selector, key="Enter"):
    """Go there by Tab and press a key."""
    tab_to(page, selector)
    page.keyboard.press(key)


def test_the_same_without_scripts_by_tab_and_enter(served, window):
    page = window(f"{served.address}/excerpt/d1:0-18?reason=reading", java_script_enabled=False)
    assert page.is_hidden("#find") and page.is_hidden("#chosen")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to the codes
    assert tab_to(page, 'input[name="code"][value="food"]') == 1
    page.keyboard.press("Space")  # not that
    choose(page, 'button[value="decide"]')
    page.wait_for_url("**/excerpt/d1:19-31*")
    tab_to(page, '.other input[value="staff"]')  # the other codes are open where nothing is suggested
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # in a form, Enter decides
    page.wait_for_url("**/excerpt/d1:32-52*")
    choose(page, '.ends a[href*="d1:35-52"]')
    page.wait_for_url("**/excerpt/d1:35-52*")
    choose(page, 'button[value="none"]')
    page.wait_for_url("**/excerpt/d2:0-14*")
    choose(page, 'form[action="/undo"] button')
    page.wait_for_url("**/excerpt/d1:35-52*")
    choose(page, 'button[value="worrying"]')
    page.wait_for_selector("text=Somebody has seen to it")
    page.goto(f"{served.address}/excerpt/d1:32-52")
    choose(page, ".memo summary")
    tab_to(page, "textarea")
    page.keyboard.type("A note")
    choose(page, ".memo button")
    page.wait_for_selector("textarea:has-text('A note')")
    choose(page, "#mask")
    page.wait_for_url("**/mask/d1:32-52*")
    tab_to(page, "select")
    page.keyboard.type("email")
    choose(page, 'button[value="mask"]')
    page.wait_for_selector("h1:has-text('Asked for')")
    assert served.verdicts() == [
        ("d1:0-18", "food", "reject"), ("d1:0-18", "staff", "reject"), ("d1:0-18", "", "complete"),
        ("d1:19-31", "staff", "add"), ("d1:19-31", "", "complete"),
        ("d1:35-52", "", "complete"), ("d1:35-52", "", "take back"),
    ]  # fmt: skip
    assert served.masks.requests == [("d1", "We waited for hours.", "mask", "EMAIL", None, "analyst")]


def test_one_key_decides_and_how_long_that_takes(tmp_path, window, record_property):
    many = sentences("d1", *(f"Number {n} was cold." for n in range(60)))
    codings = [a_coding(s.segment_id, "food", probability=0.9) for s in many[1]]
    write_run(tmp_path / "small", [many], codings)
    with served_from(tmp_path / "small") as served:
        page = window(f"{served.address}/next?reason=reading")
        took = []
        for segment in many[1][1:41]:
            began = time.perf_counter()
            press(page, "Enter", segment.segment_id)
            took.append((time.perf_counter() - began) * 1000)
        took.sort()
        record_property("milliseconds", (took[20], took[38]))
        print(f"one key a decision; to the next excerpt: median {took[20]:.0f} ms, p95 {took[38]:.0f} ms")
        assert len(served.verdicts()) == 80
        assert took[20] < 1000  # a busy machine with two cores; a person needs two seconds to read


WORDS = "Café 👩🏽‍🦽 and é́ zu 💔💔 fine, 𝒷old נשר end."


@pytest.mark.parametrize("words", ["👩🏽‍🦽", "é́ zu", "💔 fine", "𝒷old", "נשר", "end."])
def test_words_chosen_by_mouse_are_counted_in_code_points(tmp_path, window, words):
    one = sentences("d1", "First 💔.", WORDS, "Last.")
    write_run(tmp_path / "small", [one])
    text = one[0].text
    start = text.rindex(words)
    with served_from(tmp_path / "small") as served:
        page = window(f"{served.address}/excerpt/{one[1][1].segment_id}?reason=reading")
        page.evaluate(
            """words => {
              const node = document.querySelector("mark.now").firstChild;
              const at = node.data.lastIndexOf(words);
              document.getSelection().setBaseAndExtent(node, at, node, at + words.length);
            }""",
            words,
        )
        page.click("#code-chosen")
        page.wait_for_url(f"**/excerpt/d1:{start}-{start + len(words)}*")
        assert page.inner_text("mark.now") == words


def test_a_word_is_chosen_by_a_double_click_and_a_stretch_over_pieces_by_dragging(tmp_path, window):
    one = sentences("d1", "💔 First.", "The soup was cold.", "Last.")
    write_run(tmp_path / "small", [one])
    with served_from(tmp_path / "small") as served:
        page = window(f"{served.address}/excerpt/{one[1][1].segment_id}")
        box = page.locator("mark.now").bounding_box()
        page.mouse.dblclick(box["x"] + 55, box["y"] + box["height"] / 2)
        # A browser says after the click, not with it, that another selection was made.
        page.wait_for_selector("#chosen", state="visible")
        assert page.get_attribute("#mask-chosen", "href").startswith("/mask/d1:13-17?")
        page.mouse.click(5, 700)
        page.wait_for_selector("#chosen", state="hidden")
        page.mouse.move(box["x"] - 30, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] + 200, box["y"] + box["height"] / 2, steps=5)
        page.mouse.up()
        page.click("#code-chosen")
        page.wait_for_url("**/excerpt/d1:*-33*")
        assert page.inner_text("mark.now").endswith("The soup was cold. Last.")


def pages_of(served, segment_id="d1:0-18", code="food", theme="t1"):
    """Every page by name, and its address."""
    return {
        "home": "/", "queue": "/queue", "excerpt": f"/excerpt/{segment_id}", "why": f"/why/{segment_id}/{code}",
        "mask": f"/mask/{segment_id}?of={segment_id}", "bulk": f"/bulk?code={code}&least=60", "keys": "/keys",
        "help": "/help", "done": "/next?kind=story&question=0", "sample": "/sample", "search": "/search",
        "themes": "/themes", "theme": f"/themes/{theme}",
        "agreement": "/agreement", "codebook": "/codebook", "code": f"/code/{code}", "new-code": "/new-code",
        "tables": "/tables", "memos": "/memos", "grid": "/grid",
        "assign": "/assign", "settle": f"/settle/{segment_id}",
        "message": "/excerpt/d9:0-4",
    }  # fmt: skip


def axe(page):
    """What axe-core finds wrong with a page."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert len(found["passes"]) > 10
    return [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_any_page(shared, browser, scheme, width):
    served = shared
    # Past the policy of the page, under which nothing but our own script may run: not even axe.
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    page, found = context.new_page(), {}
    page.goto(f"{served.address}/excerpt/d1:0-18")
    page.click('button[value="worrying"]')
    page.goto(f"{served.address}/excerpt/d2:0-14")
    page.click('button[value="none"]')
    for name, address in pages_of(served).items():
        page.goto(served.address + address)
        for folded in page.query_selector_all("details:not([open]) > summary"):
            folded.click()
        if wrong := axe(page):
            found[name] = wrong
    context.close()
    assert found == {}


@pytest.mark.skipif(not AXE.is_file(), reason=f"no axe-core here: npm install --prefix {AXE.parts[0]} axe-core")
def test_codes_are_reworded_merged_and_parted_without_scripts_and_axe_finds_nothing(tmp_path, browser):
    """By Tab and Enter; then axe looks at what only a form leads to, and at tables and a grid that have something."""
    texts = [
        sentences(f"d{n}", f"Soup {n}.", kind=DocumentKind.ANSWER, prompt="How was it?", case_id=f"c{n}")
        for n in range(30)
    ]
    cases = [a_case(f"c{n}", region="North" if n % 2 else "South") for n in range(30)]
    found = [a_coding(s.segment_id, "food", probability=0.9) for _, (s,) in texts]
    write_run(tmp_path / "small", texts, found, cases=cases)
    with served_from(tmp_path / "small", codebook=a_codebook_file(tmp_path)) as served:
        plain = browser.new_context(java_script_enabled=False).new_page()
        plain.goto(f"{served.address}/codebook")
        choose(plain, 'input[value="food"]', "Space")
        tab_to(plain, 'select[name="into"]')
        plain.keyboard.type("Staff")
        choose(plain, 'button[value="merge"]')
        plain.wait_for_selector("h1:has-text('What would change')")
        choose(plain, 'form[action="/codebook"] button')
        plain.wait_for_selector("text=merged food")
        assert (tmp_path / "codebook.v2.toml").is_file()
        choose(plain, 'button[value="restore"]')
        plain.wait_for_selector("text=Food is taken up again")
        choose(plain, 'form[action="/codebook"] button')
        plain.wait_for_selector("text=taken up again food")
        plain.context.close()

        context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
        page, wrong = context.new_page(), {}
        page.goto(f"{served.address}/code/food")
        page.click("summary:has-text('Word it otherwise')")
        page.fill('textarea[name="definition"]', "What people ate,\nand where.")
        page.click('button[value="reword"]')
        page.wait_for_selector("text=means something else")
        wrong["preview"] = axe(page)
        take_picture(page, "codebook-preview")
        page.goto(f"{served.address}/search")
        page.fill('input[name="words"]', "soup")
        page.click("text=Find and keep the search")
        page.wait_for_url("**/search/*")
        wrong["kept"] = axe(page)
        for address in ("/search", "/codebook", "/tables", "/tables?by=1", "/grid", "/code/food"):
            page.goto(served.address + address)
            wrong[address] = axe(page)
        assert page.goto(f"{served.address}/tables").ok and page.inner_text("tbody tr:first-child").split()[:2] == [
            "Food",
            "30",
        ]
        context.close()
    assert {name: each for name, each in wrong.items() if each} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_somebody_who_was_invited_joins_and_signs_out(tmp_path, browser, scheme):
    usual_run(tmp_path / "small")
    accounts = Accounts(tmp_path / "review-accounts.json")
    code = accounts.invite("sam", Role.ANALYST, now=datetime.now(UTC))
    with served_from(tmp_path / "small", AccountGate(accounts)) as served:
        context = browser.new_context(color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        page.goto(f"{served.address}/queue")
        page.click("text=I was invited")
        assert axe(page) == []
        if scheme == "light":
            take_picture(page, "sign-in")
        for name, value in {"name": "sam", "code": code, "password": "four words in a row"}.items():
            page.fill(f'form[action="/join"] [name="{name}"]', value)
        page.click("text=Join")
        page.wait_for_selector("text=Where the review stands")
        assert axe(page) == []
        page.click("text=Sign out coder 1")
        page.wait_for_selector("h1:has-text('Sign in')")
        context.close()


@pytest.mark.long
def test_no_payload_runs_in_a_browser(tmp_path, window):
    texts, codings, codes, flags = [], [], [], []
    for number, payload in enumerate(PAYLOADS):
        text, segments = sentences(
            f"d{number}",
            payload,
            "And more.",
            prompt=payload,
            speaker=payload,
            consent=payload,
            source=SourceRef(f"{payload}.html", payload),
        )
        texts.append((text, segments))
        codes.append(
            a_code(f"c{number}", name=payload, definition=payload, examples=(payload,), parent_id=f"g{number % 9}")
        )
        codings.append(a_coding(segments[0].segment_id, f"c{number}", probability=0.97, reason=payload))
        flags.append(RiskFlag(segments[1].segment_id, text.document_id, 0.9, payload))
    groups = {f"g{n}": PAYLOADS[n] for n in range(9)}
    told = {"origin": ThemeOrigin.EMERGENT, "code_ids": ()}
    themes = [a_theme(f"t{n}", name=each, words=(each,), **told) for n, each in enumerate(PAYLOADS)]
    outputs = tmp_path / "small"
    write_run(
        outputs,
        texts,
        codings,
        book=codebook(*codes, groups=groups),
        flags=flags,
        themes=themes,
        title="</title><script>window.ran=1</script>",
        cases=[
            a_case(text.case_id, **{"who": payload, payload: payload})
            for (text, _), payload in zip(texts, PAYLOADS, strict=True)
        ],
    )
    with served_from(outputs, coders=PAYLOADS) as served:
        study = Newest(outputs).study()
        for payload, (_, (_, second)) in zip(
            PAYLOADS, texts, strict=True
        ):  # as a coder, and as whoever noted something
            for who, chosen in ((payload, ["c1"]), (f"{payload}.", ["c2"])):
                said = decided(study, second.segment_id, chosen, shown=(), act_id=new_act_id(), coder_id=who)
                add_decisions(served.log, said)
            add_memo(served.log, f"m{payload}", Memo(second.segment_id, payload, payload, ""))
            add_concern(served.log, f"w{payload}", second.segment_id, by=payload)
        page = window(f"{served.address}/")
        page.set_default_timeout(20_000)
        for number, (_, (first, second)) in enumerate(texts):
            page.goto(f"{served.address}/excerpt/{first.segment_id}")
            assert page.evaluate("window.ran") is None, PAYLOADS[number]
            page.evaluate("text => document.querySelector('textarea').value = text", PAYLOADS[number])
            with page.expect_navigation():
                page.evaluate("document.querySelector('button[formaction^=\"/memo\"]').click()")
            for address in (
                f"/why/{first.segment_id}/c{number}",
                f"/mask/{first.segment_id}",
                f"/excerpt/{second.segment_id}",
                f"/settle/{second.segment_id}",
                f"/themes/t{number}",
                f"/excerpt/{first.segment_id}?ticked={quote(PAYLOADS[number])}",
                f"/excerpt/{quote(PAYLOADS[number], safe='')}",
                f"/{quote(PAYLOADS[number])}",
                f"/queue?reason={quote(PAYLOADS[number])}&with={quote(PAYLOADS[number])}",
            ):
                page.goto(served.address + address)
                page.mouse.move(300, 300)
                assert page.evaluate("window.ran") is None, PAYLOADS[number]
        assert len(memos_in(served.log)) == 2 * len(PAYLOADS)
        shared = ("/agreement", "/assign", "/search", "/themes", "/themes?from=40")
        for address in ("/", "/queue", "/queue?from=40", "/bulk?code=c3&least=60", *shared):
            page.goto(served.address + address)
            assert page.evaluate("window.ran") is None


@pytest.mark.parametrize(("width", "zoom"), [(390, 1), (320, 1), (1280, 2), (1280, 4)])
def test_nothing_scrolls_sideways_on_a_phone_or_with_large_text(shared, window, width, zoom):
    served = shared
    page = window(served.address, viewport={"width": width // zoom, "height": 900}, java_script_enabled=True)
    for name, address in pages_of(served).items():
        page.goto(served.address + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width // zoom, name


def test_what_is_decided_survives_a_run_and_takes_the_place_of_what_the_machine_suggests(tmp_path, window):
    from flows_small_corpus import make_corpus
    from one_run import run_once
    from themes.estimate.standing import standing
    from themes.records.coding import Coding
    from themes.store.run_folder import RunFolder

    corpus, outputs = make_corpus(tmp_path / "corpora" / "small"), tmp_path / "outputs"
    first = RunFolder(run_once(corpus, outputs))
    coding = next(c for c in standing(first.read(Coding)) if c.code_id == "sanctions")
    with served_from(outputs / "small") as served:
        page = window(f"{served.address}/excerpt/{coding.segment_id}")
        assert page.is_checked(box("sanctions"))
        page.uncheck(box("sanctions"))
        if page.is_hidden(box("kindness")):
            page.click(".picker summary")
        page.check(box("kindness"))
        page.click('button[value="decide"]')
        second = RunFolder(run_once(corpus, outputs, "2026-01-12T06:00:00+00:00"))
        stands = {(c.code_id, c.coder_id) for c in standing(second.read(Coding)) if c.segment_id == coding.segment_id}
        assert stands == {("kindness", "analyst")}
        assert second.manifest["decisions"]["in_force"] == second.manifest["decisions"]["made"] >= 3
        page.goto(served.address)
        assert "decided 1 of" in page.inner_text("main")
        page.goto(f"{served.address}/excerpt/{coding.segment_id}")
        assert page.is_checked(box("kindness")) and not page.is_checked(box("sanctions"))
        assert "You have decided on this excerpt" in page.inner_text("main")


def take_picture(page, name):
    """Take a picture for the docs, where THEMES_PICTURES says where to."""
    if folder := os.environ.get("THEMES_PICTURES"):
        save_small(page.screenshot(), Path(folder) / f"review-{name}.png")


@pytest.mark.long
@pytest.mark.timeout(480)
def test_it_looks_as_in_the_pictures(sample_served, window):
    """With THEMES_PICTURES set to a folder, the pictures of the docs are taken anew."""
    page = window(sample_served.address + "/next?reason=unsure")
    segment_id = page.url.rpartition("/")[2].partition("?")[0]
    study = Newest(sample_served.outputs).study()
    theme = next(theme_id for theme_id, each in study.themes.items() if each.origin is ThemeOrigin.EMERGENT)
    addresses = pages_of(sample_served, segment_id, "sanctions", theme)
    addresses["why"] = f"/why/{segment_id}/{study.suggested(segment_id)[0].code_id}"
    for about, text in (
        (segment_id, "Ask the group."),
        ("sanctions", "Threats, too?"),
        (theme, "Split at the next run?"),
    ):
        add_memo(sample_served.log, f"m{about}", Memo(about, "ada", text, ""))
    one, other, *_ = [code.code_id for code in study.codebook.codes]
    differ(sample_served, segment_id, one, other)
    given = [Assignment(each, False, ("ada",)) for each in list(study.segments)[:9]]
    add_assignments(sample_served.log, given, act_id="a" * 20, by="analyst")
    page.goto(f"{sample_served.address}/search")
    for number, code in enumerate(("sanctions", other)):
        page.locator('select[name="any"]').nth(number).select_option(code)
    page.click("text=Find and keep the search")
    page.wait_for_url("**/search/*")
    addresses["queries"] = page.url.removeprefix(sample_served.address)
    page.click("summary:has-text('Change this kept search')")
    page.fill('input[name="name"]', "Threats and what they do")
    page.click("text=Rename")
    page.wait_for_selector("h2:has-text('Kept searches')")
    large = {"viewport": {"width": 1280, "height": 900}}
    views = [
        ("", large),
        ("-dark", {**large, "color_scheme": "dark"}),
        ("-phone", {"viewport": {"width": 390, "height": 844}}),
    ]
    for view, options in views:
        page = window(sample_served.address, **options)
        for name, address in addresses.items():
            page.goto(sample_served.address + address)
            assert page.inner_text("h1") != "Not here" or name == "message"
            if not view or name == "excerpt":
                take_picture(page, f"{name}{view}")


@pytest.fixture
def sample_served(tmp_path):
    """The invented sample corpus, run in this process."""
    from conftest import SAMPLE
    from one_run import run_once

    corpus = tmp_path / "corpora" / SAMPLE.name
    shutil.copytree(SAMPLE, corpus)
    run_once(corpus, tmp_path / "outputs")
    outputs = tmp_path / "outputs" / SAMPLE.name
    with served_from(outputs, codebook=corpus / "codebook.toml", coders=("ada", "ben")) as running:
        yield running
