"""Kept searches, tables, the grid: what they show, and that no address holds anybody's words."""

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from builders import a_case
from review_study import Page, sentences, usual_run, write_run
from themes.records.corpus import DocumentKind
from themes.review.people import Person, Role


@pytest.fixture
def page(tmp_path):
    usual_run(tmp_path / "small", cases=[a_case("c-d1", region="North"), a_case("c-d2", region="South")])
    opened = Page(tmp_path / "small")
    yield opened
    opened.close()


def found(answer):
    return [a.attributes["href"] for a in HTMLParser(answer.text).css(".lines a")]


def said(answer):
    return " ".join(HTMLParser(answer.text).css_first("main").text().split())


def kept(page, act="a" * 20, **sent):
    return page.browser.post("/keep-search", data={"token": page.token(), "act": act, **sent})


def test_a_search_that_is_kept_has_an_address_that_tells_nothing(page):
    answer = kept(
        page, words="soup*", **{"with": ["food", "food", ""], "without": "staff", "attribute": "region\nNorth"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/search/1")
    again = page.get("/search/1")
    assert found(again) == ["/excerpt/d1:0-18"]
    assert HTMLParser(again.text).css_first("input[name=words]").attributes["value"] == "soup*"
    listed = page.get("/search")
    assert "“soup*”, with Food, without Staff, region: North" in said(listed)
    assert 'href="/search/1"' in listed.text


def test_three_codes_can_be_asked_for_and_two_excluded(page):
    token = page.token()
    sent = {"token": token, "with": ["waiting", "", ""], "without": ["food", "staff"]}
    assert found(page.browser.post("/search", data=sent)) == ["/excerpt/d1:32-52", "/excerpt/d2:15-28"]
    assert len(HTMLParser(page.get("/search").text).css("select[name=with]")) == 3


@pytest.mark.parametrize("number", ["0", "1", "2", "x", "-1", "²", "9" * 20])
def test_a_number_under_which_nothing_was_kept_is_told(page, number):
    assert page.get(f"/search/{number}").status_code == 404


def test_nothing_to_look_for_is_not_kept_and_a_form_counts_once(page):
    assert "nothing to keep" in kept(page).text and page.log.head()[0] == 0
    assert kept(page, words="soup").headers["location"] == kept(page, words="soup").headers["location"]
    assert kept(page, words="cold").status_code == 409
    assert page.log.head()[0] == 1


def change(page, address, act="b" * 19, **sent):
    return page.browser.post(address, data={"token": page.token(), "act": f"a{act}", **sent})


def test_a_kept_search_is_renamed_and_deleted_by_whom_it_is_of_or_who_leads(page):
    page.person = Person("ada", Role.ANALYST)
    kept(page, words="soup")
    assert change(page, "/search/1/name", name=" Cold \n soup ").headers["location"] == "/search"
    assert "Cold soup “soup” ada" in said(page.get("/search"))
    assert HTMLParser(page.get("/search/1").text).css_first("h1").text() == "Cold soup"
    page.person = Person("ben", Role.ANALYST)
    assert "Delete this" not in page.get("/search/1").text
    for address in ("/search/1/name", "/search/1/delete"):
        assert "kept by somebody else" in change(page, address, "c" * 19).text
    page.person = Person("res", Role.RESEARCHER)
    assert "up to 80 characters" in change(page, "/search/1/name", "d" * 19, name="x" * 81).text
    assert change(page, "/search/1/delete", act="").status_code == 409
    sent = [change(page, "/search/1/delete", "e" * 19) for _ in range(2)]
    assert (sent[0].headers["location"], sent[1].status_code) == ("/search", 409)
    assert page.get("/search/1").status_code == 404 and "Kept searches" not in said(page.get("/search"))


def test_one_of_several_codes_is_enough_where_a_search_says_so(page):
    token = page.token()
    sent = {"token": token, "any": ["waiting", "food", ""]}
    assert found(page.browser.post("/search", data=sent)) == [
        f"/excerpt/{each}" for each in ("d1:0-18", "d1:32-52", "d2:15-28")
    ]
    kept(page, **sent)
    assert "with Waiting times or Food" in said(page.get("/search"))
    assert len(found(page.get("/search/1"))) == 3


def test_viewers_look_and_keep_nothing(page):
    kept(page, words="soup")
    page.person = Person("vi", Role.VIEWER)
    assert found(page.get("/search/1")) == ["/excerpt/d1:0-18"]
    assert "keep the search" not in page.get("/search").text and kept(page, words="x").status_code == 403


def test_blind_a_kept_search_does_not_tell_what_the_machine_says(tmp_path):
    usual_run(tmp_path / "small")
    open_page = Page(tmp_path / "small")
    kept(open_page, words="waited", **{"with": "waiting"})
    kept(open_page, "b" * 20, **{"with": "food"})
    open_page.close()
    page = Page(tmp_path / "small", blind=True)
    assert set(found(page.get("/search/1"))) == {"/excerpt/d1:32-52", "/excerpt/d2:15-28"}
    assert found(page.get("/search/2")) == []
    assert "You code blind" in page.get("/tables").text
    assert "Food" not in said(page.get("/grid"))
    page.close()


def many(tmp_path):
    texts = [sentences(f"d{n}", f"Soup {n}.", kind=DocumentKind.ANSWER, prompt="How?") for n in range(30)]
    cases = [a_case(f"c-d{n}", region="North" if n % 2 else "South", name=f"n{n}") for n in range(30)]
    write_run(tmp_path / "small", texts, cases=cases)
    page = Page(tmp_path / "small")
    for n in range(24):
        text = f"Soup {n}."
        page.decide(f"d{n}:0-{len(text)}", *(["food", "staff"] if n < 20 else ["food"]))
    return page


def test_tables_count_cases_and_hide_the_small(tmp_path):
    page = many(tmp_path)
    cells = [[td.text() for td in tr.css("th, td")] for tr in HTMLParser(page.get("/tables").text).css("tr")]
    assert cells == [
        ["Code", "All", "Food", "Staff", "Waiting times"],
        ["Food", "24", "24", "20", "–"],
        ["Staff", "20", "20", "20", "–"],
        ["Waiting times", "–", "–", "–", "–"],
    ]
    answer = page.get("/tables?by=1")
    assert "Codes by region" in said(answer) and "n7" not in answer.text
    cells = [[td.text() for td in tr.css("th, td")] for tr in HTMLParser(answer.text).css("tr")]
    assert cells[:3] == [["Code", "All", "North", "South"], ["All cases", "", "15", "15"], ["Food", "24", "12", "12"]]
    page.decide("d24:0-8", "food")
    assert "25" in said(page.get("/tables"))
    for odd in ("x", "99", "-1", "²"):
        assert "Codes that come together" in said(page.get(f"/tables?by={odd}"))
    page.close()


def test_too_few_cases_are_told_instead_of_a_table(page):
    assert "fewer than 10 cases" in said(page.get("/tables"))


def test_the_grid_shows_answers_beside_attributes_a_page_at_a_time(tmp_path):
    page = many(tmp_path)
    answer = page.get("/grid?attribute=30&with=staff")
    assert "10 cases" in said(answer)
    rows = [[td.text().split() for td in tr.css("td")] for tr in HTMLParser(answer.text).css("tbody tr")]
    assert rows[0] == [["n1"], ["North"], ["Soup", "1.Food", "Staff"]]
    first = page.get("/grid")
    assert "30 cases; 1 to 25 are shown" in said(first)
    assert len(HTMLParser(page.get("/grid?from=25").text).css("tbody tr")) == 5
    assert page.get("/grid?from=x&attribute=x&with=x").status_code == 200
    page.close()


def test_a_corpus_without_a_survey_has_no_grid(page):
    assert "no answers to a survey" in said(page.get("/grid"))


def test_all_memos_stand_on_one_page_the_newest_first(page):
    assert "Nobody has written one yet" in said(page.get("/memos"))
    for number, (who, about, text) in enumerate(
        (
            ("ada", "/memo/d1:0-18", "On soup"),
            ("ben", "/code/food/memo", "What of tea?"),
            ("ben", "/memo/d1:19-31", "Sad"),
        )
    ):
        page.person = Person(who, Role.ANALYST)
        page.browser.post(about, data={"token": page.token(), "act": "m" * 20 + str(number), "memo": text})
    lines = [" ".join(li.text().split()) for li in HTMLParser(page.get("/memos").text).css(".lines li")]
    assert [line.partition(", 2")[0] for line in lines] == ["Sadben", "What of tea?ben", "On soupada"]
    assert found(page.get("/memos")) == ["/excerpt/d1:19-31", "/code/food", "/excerpt/d1:0-18"]
    assert found(page.get("/memos?mine=1")) == ["/excerpt/d1:19-31", "/code/food"]


def test_blind_only_ones_own_memos_are_gathered(tmp_path):
    usual_run(tmp_path / "small")
    page = Page(tmp_path / "small", blind=True)
    for who, act in (("ada", "a" * 20), ("ben", "b" * 20)):
        page.person = Person(who, Role.ANALYST)
        page.browser.post("/memo/d1:0-18", data={"token": page.token(), "act": act, "memo": f"Of {who}"})
    assert "Of ben" in said(page.get("/memos")) and "Of ada" not in said(page.get("/memos"))
    page.close()
