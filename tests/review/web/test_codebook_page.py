"""The codebook on the page: looked at before it changes, a new version each time, codes with memos."""

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from review_study import Page, usual_run
from themes.read.codebook import read_codebook
from themes.records.anchor import Hold
from themes.records.decision import CarriedDecision, Verdict
from themes.records.review import EntryKind
from themes.review.codebook_shelf import newest
from themes.review.people import Person, Role
from themes.store.review_records import memos_in

TEXT = """version = "1"
group = [{id = "A", name = "Days"}, {id = "B", name = "Time"}]
[[code]]
id = "food"
name = "Food"
group = "A"
definition = "What people ate."
[[code]]
id = "staff"
name = "Staff"
group = "A"
[[code]]
id = "waiting"
name = "Waiting times"
group = "B"
"""
STALE = CarriedDecision(
    "a1", "d1:0-18", "d1:0-18", "food", Verdict.ACCEPT, "ada", "2026-01-01", "0", None, Hold.STALE, "Another meaning."
)


@pytest.fixture
def page(tmp_path):
    usual_run(tmp_path / "small")
    (tmp_path / "codebook.toml").write_text(TEXT, encoding="utf-8")
    opened = Page(tmp_path / "small", codebook=tmp_path / "codebook.toml")
    yield opened
    opened.close()


def tree(answer):
    return HTMLParser(answer.text)


def previewed(page, **fields):
    return page.browser.post("/codebook/preview", data={"token": page.token(), **fields})


def agreed(page, answer, **other):
    """Send the form of a preview."""
    form = tree(answer).css_first('form[action="/codebook"]')
    sent = {}
    for field in form.css("input[type=hidden], textarea"):
        value = field.text().removeprefix("\n") if field.tag == "textarea" else field.attributes["value"] or ""
        sent.setdefault(field.attributes["name"], []).append(value)
    return page.browser.post("/codebook", data={**sent, **other})


def book(page):
    return newest(page.desk.codebook).codebook


def said(answer):
    return " ".join(tree(answer).css_first("main").text().split())


def test_the_codebook_stands_by_groups_with_its_versions(page):
    answer = page.get("/codebook")
    assert [legend.text() for legend in tree(answer).css("legend")] == ["Days", "Time"]
    assert [a.attributes["href"] for a in tree(answer).css(".codes a")] == [
        "/code/food",
        "/code/staff",
        "/code/waiting",
    ]
    assert "Version 1: 3 codes." in said(answer)


def test_a_change_is_looked_at_before_a_version_is_made_of_it(page):
    answer = previewed(page, do="reword", code_id="food", name="Food", definition="Meals & <drinks>.\n", group="A")
    assert "Food means something else" in said(answer) and "Version 1 stays as it is; version 2 is made" in said(answer)
    assert [d.text() for d in tree(answer).css(".change del, .change ins")] == ["What people ate.", "Meals & <drinks>."]
    assert book(page).version == "1"
    assert agreed(page, answer).headers["location"] == "/codebook"
    assert (book(page).version, book(page)["food"].definition) == ("2", "Meals & <drinks>.")
    after = page.get("/codebook")
    assert "coded by version 1; this one counts from the next run on" in said(after)
    assert "analyst" in said(after) and "means something else food" in said(after)


def test_lists_come_through_the_preview_line_by_line(page):
    lines = "\nqueues\n\nlists & “more”\n"
    answer = previewed(page, do="define", code_id="pets", name="Pets", include=lines, cues="dog*", group="B")
    agreed(page, answer)
    assert (book(page)["pets"].include, book(page)["pets"].cues) == (("queues", "lists & “more”"), ("dog*",))
    assert page.get("/code/pets").status_code == 200


def test_what_was_decided_is_told_before_codes_are_merged_and_they_can_be_parted_again(page):
    page.decide("d1:0-18", "food")
    answer = previewed(page, do="merge", code=["food"], into="staff")
    assert "1 excerpt that has it by decision will have “Staff”" in said(answer)
    agreed(page, answer)
    assert book(page).stands_for("food") == "staff"
    assert "“Staff” counts in its place" in said(page.get("/code/food"))
    assert "Retired" in said(page.get("/codebook"))
    back = previewed(page, do="restore", number="1")
    assert "Food is taken up again" in said(back)
    agreed(page, back)
    assert (book(page).version, book(page).stands_for("food"), book(page).retired) == ("3", "food", ())


def test_many_codes_are_moved_and_retired_at_once(page):
    agreed(page, previewed(page, do="move", code=["food", "staff"], group="B"))
    assert [c.parent_id for c in book(page).codes] == ["B", "B", "B"]
    agreed(page, previewed(page, do="retire", code=["food", "staff"]))
    assert [c.code_id for c in book(page).codes] == ["waiting"]


def test_who_ticks_that_it_means_the_same_is_told_that_decisions_hold(page):
    page.decide("d1:0-18", "food")
    sent = {"do": "reword", "code_id": "food", "name": "Meals", "definition": "What people ate.", "group": "A"}
    assert "Decisions on 1 excerpt hold no more" in said(previewed(page, **sent))
    answer = previewed(page, **sent, same="yes")
    assert "Decisions on 1 excerpt holds on" in said(answer)
    agreed(page, answer)
    assert len(book(page).same_meaning["food"]) == 1


def test_a_version_is_made_once_and_not_of_what_is_no_longer_the_newest(page):
    first = previewed(page, do="move", code=["food"], group="B")
    other = previewed(page, do="move", code=["staff"], group="B")
    assert agreed(page, first).status_code == agreed(page, first).status_code == 303
    answer = agreed(page, other)
    assert (answer.status_code, "Somebody made another version meanwhile" in answer.text) == (409, True)
    assert len(page.log.entries(EntryKind.CODEBOOK)) == 1 and book(page).version == "2"


@pytest.mark.parametrize(
    "wrong",
    [
        {"do": ""},
        {"do": "define", "code_id": "food", "name": "Food"},
        {"do": "define", "code_id": "<b>", "name": "Food"},
        {"do": "reword", "code_id": "x", "name": "Food"},
        {"do": "merge", "code": ["food"], "into": ""},
        {"do": "merge", "code": ["food"], "into": "food"},
        {"do": "retire"},
        {"do": "move", "code": ["food"], "group": "C"},
        {"do": "restore", "number": "9"},
        {"do": "restore", "number": "²"},
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(page, wrong):
    assert previewed(page, **wrong).status_code == 409
    sent = {"act": "a" * 20, "base": newest(page.desk.codebook).digest, **wrong}
    assert page.browser.post("/codebook", data={"token": page.token(), **sent}).status_code == 409
    assert page.log.entries() == [] and book(page).version == "1"


def test_a_form_without_an_id_of_ours_makes_nothing(page):
    sent = {"act": "x", "base": newest(page.desk.codebook).digest, "do": "move", "code": ["food"], "group": "B"}
    assert page.browser.post("/codebook", data={"token": page.token(), **sent}).status_code == 409
    assert book(page).version == "1"


def test_nothing_to_change_makes_no_version(page):
    answer = previewed(page, do="move", code=["food"], group="A")
    assert "Nothing would change" in said(answer)


def test_a_code_changed_behind_the_pages_back_is_told(page, tmp_path):
    agreed(page, previewed(page, do="move", code=["food"], group="B"))
    (tmp_path / "codebook.toml").write_text(TEXT + "# more\n", encoding="utf-8")
    answer = page.get("/codebook")
    assert (answer.status_code, "was changed after codebook.v2.toml was made of it" in answer.text) == (409, True)


def test_memos_on_a_code_are_each_persons_own(page):
    def noted(text, act):
        return page.browser.post("/code/food/memo", data={"token": page.token(), "act": act, "memo": text})

    assert noted("Too wide?", "a" * 20).headers["location"] == "/code/food"
    page.person = Person("ben", Role.ANALYST)
    noted("No <b>", "b" * 20)
    assert [(m.about, m.author, m.text) for m in memos_in(page.log)] == [
        ("food", "analyst", "Too wide?"),
        ("food", "ben", "No <b>"),
    ]
    answer = page.get("/code/food")
    assert tree(answer).css_first("textarea[name=memo]").text() == "No <b>" and "Too wide?" in answer.text
    assert "2 memos" in said(page.get("/codebook"))
    assert page.browser.post("/code/x/memo", data={"token": page.token(), "memo": "x"}).status_code == 404


def test_analysts_see_the_codebook_and_do_not_change_it(page):
    page.person = Person("ben", Role.ANALYST)
    assert tree(page.get("/codebook")).css("input[type=checkbox], button[name=do]") == []
    assert tree(page.get("/code/food")).css("button[name=do]") == []
    assert previewed(page, do="retire", code=["food"]).status_code == 403


def test_what_holds_no_more_is_flagged_until_somebody_decides_anew(tmp_path):
    from themes.records.decision import Decision
    from themes.store.review_records import add_decisions

    usual_run(tmp_path / "small", carried=[STALE])
    page = Page(tmp_path / "small")
    told = Decision("a1", "r0", "d1:0-18", "food", Verdict.ACCEPT, "ada", "2026-01-01", "0")
    add_decisions(page.log, [told])
    assert "1 to look at again" in said(page.get("/codebook"))
    assert "yes, by ada, version 0. Another meaning." in said(page.get("/code/food"))
    assert "The soup was cold." in said(page.get("/queue?reason=stale"))
    page.person = Person("ada", Role.ANALYST)
    page.decide("d1:0-18", "food")
    assert "to look at again" not in said(page.get("/codebook"))
    assert page.desk.codebook is None and "cannot be changed here" in said(page.get("/codebook"))
    page.close()


def test_the_file_that_is_made_reads_as_what_was_looked_at(page):
    agreed(page, previewed(page, do="define", code_id="pets", name='“Pets” \\ "x" 💔'))
    assert read_codebook(page.desk.codebook.with_name("codebook.v2.toml"))["pets"].name == '“Pets” \\ "x" 💔'
