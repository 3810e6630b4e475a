"""Given to two, an excerpt shows nothing of the machine and of others until both have decided; then it is settled."""

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from review_study import Page, usual_run
from themes.records.review import EntryKind
from themes.review.people import Person, Role

FIRST = "d1:0-18"
PEOPLE = ("ada", "ben", "cy")


@pytest.fixture
def page(tmp_path):
    usual_run(tmp_path / "small")
    opened = Page(tmp_path / "small", coder="lee", role=Role.RESEARCHER, coders=lambda: PEOPLE)
    yield opened
    opened.close()


def become(page, who, role=Role.ANALYST):
    page.person = Person(who, role)


def assign(page, **sent):
    become(page, "lee", Role.RESEARCHER)
    fields = page.fields("/assign")
    return page.browser.post("/assign", data={**fields, "do": "in turn", **sent})


def by_hand(page, segment_id, *to, **more):
    return assign(page, do="by hand", excerpt=segment_id, to=list(to), **more)


def words(answer):
    return " ".join(HTMLParser(answer.text).css_first("main").text(separator=" ").split())


def test_what_is_given_in_turn_is_each_ones_queue_and_in_nobody_elses(page):
    answer = assign(page, what="all", many="10", share="0", to=["ada", "ben"])
    assert (answer.status_code, answer.headers["location"]) == (303, "/assign")
    _, held, _ = page.desk.look()
    assert list(held.given.values()) == [("ada",), ("ben",)] * 3
    for who, other in (("ada", "ben"), ("ben", "ada")):
        become(page, who)
        mine = {each for each, to in held.given.items() if to == (who,)}
        for reason in ("mine", "all", "reading"):
            lines = HTMLParser(page.get(f"/queue?reason={reason}").text).css("ol.lines a")
            assert {a.attributes["href"].split("/")[2].split("?")[0] for a in lines} == mine, (who, other, reason)
    become(page, "cy")
    assert "0 left for you" in words(page.get("/queue"))


def test_what_is_worrying_is_in_everybodys_queue_whomever_it_was_given_to(page):
    by_hand(page, FIRST, "ada")
    page.browser.post(f"/concern/{FIRST}", data={"token": page.token(), "act": "a" * 20})
    become(page, "ben")
    assert page.get("/next").headers["location"] == f"/excerpt/{FIRST}"


def test_a_share_goes_to_two_and_the_page_says_how_far_everybody_is(page):
    assign(page, what="all", many="10", share="50", to=["ada", "ben"])
    _, held, _ = page.desk.look()
    assert sorted(len(to) for to in held.given.values()) == [1, 1, 1, 2, 2, 2]
    shown = HTMLParser(page.get("/assign").text)
    rows = {tr.css_first("th").text(): [td.text() for td in tr.css("td")][:3] for tr in shown.css("tbody tr")}
    assert {who: row[2] for who, row in rows.items()} == {"ada": "3", "ben": "3", "cy": "0"}
    assert int(rows["ada"][0]) + int(rows["ben"][0]) == 9
    assert "3 excerpts are hidden" in words(page.get("/assign"))


def test_a_form_that_is_sent_twice_gives_once(page):
    fields = page.fields("/assign")
    for _ in range(2):
        page.browser.post("/assign", data={**fields, "do": "by hand", "excerpt": FIRST, "to": "ada"})
    assert len(page.log.entries(EntryKind.ASSIGNMENT)) == 1


def test_what_is_left_is_taken_back_and_the_other_of_two_keeps_it(page):
    by_hand(page, FIRST, "ada", "ben")
    by_hand(page, "d1:19-31", "ada")
    by_hand(page, "d1:32-52", "ada")
    become(page, "ada")
    page.decide("d1:32-52", "waiting")
    become(page, "lee", Role.RESEARCHER)
    fields = page.fields("/assign")
    page.browser.post("/assign", data={**fields, "do": "take back", "from": "ada"})
    _, held, _ = page.desk.look()
    assert held.given == {"d1:32-52": ("ada",), FIRST: ("ben",)}


def test_all_excerpts_of_a_case_are_given_together(page):
    by_hand(page, FIRST, "ada", case="1")
    _, held, _ = page.desk.look()
    assert set(held.given) == {"d1:0-18", "d1:19-31", "d1:32-52"}


@pytest.mark.parametrize(
    "sent",
    [
        {"what": "all", "many": "10", "share": "20", "to": ["ada"]},
        {"what": "all", "many": "10", "share": "0"},
        {"what": "all", "many": "11", "share": "0", "to": ["ada"]},
        {"what": "death", "many": "10", "share": "0", "to": ["ada"]},
        {"what": "sample", "many": "10", "share": "0", "to": ["ada"]},
        {"what": "all", "many": "10", "share": "0", "to": ["nobody of us"]},
        {"do": "by hand", "excerpt": "d9:0-4", "to": ["ada"]},
        {"do": "by hand", "excerpt": FIRST, "to": ["ada", "ben", "cy"]},
        {"act": "x"},
    ],
)
def test_what_the_page_does_not_offer_is_not_given(page, sent):
    assert assign(page, **sent).status_code == 409
    assert page.log.head()[0] == 0


def test_drawn_cases_are_given_as_a_whole_and_the_lot_says_which_two_people_read(page):
    page.browser.post("/sample", data={"token": page.token(), "cases": "2"})
    _, held, _ = page.desk.look()
    assert set(held.sample) == {"c-d1", "c-d2"} or len(held.sample) == 2
    assign(page, what="sample", many="10", share="0", to=["ada", "ben"])
    for case in held.sample.values():
        for segment_id in page.desk.look()[0].by_case[case.case_id]:
            assert len(held.given[segment_id]) == (2 if case.is_double else 1)


def seen(page, who):
    """All that somebody can be shown of the first excerpt, page by page."""
    become(page, who, Role.RESEARCHER)
    addresses = {
        "excerpt": f"/excerpt/{FIRST}",
        "beside": "/excerpt/d1:19-31",
        "moved": "/excerpt/d1:4-18",
        "why": f"/why/{FIRST}/food",
        "queue": "/queue?reason=reading",
        "unsure": "/queue?reason=unsure",
        "with": "/queue?with=food",
        "bulk": "/bulk?code=food&least=60",
        "agreement": "/agreement?all=1",
        "settle": f"/settle/{FIRST}",
    }
    found = {name: words(page.get(address)) for name, address in addresses.items()}
    token = page.token()
    found["bulk"] = found["bulk"].replace("90 %", "")  # one of the chances that can be chosen
    found["search"] = words(page.browser.post("/search", data={"token": token, "with": "food"}))
    found["search without"] = words(page.browser.post("/search", data={"token": token, "without": "waiting"}))
    return found


TELLING = ("90 %", "cue: soup", "40 %", "Ben noted this", "suggested: Food", "given by", "by ben", "unsure, ")


def test_until_both_have_decided_no_page_tells_of_the_machine_or_of_the_other(page):
    open_ = seen(page, "ada")
    assert {name for name, told in open_.items() if any(each in told for each in TELLING)} == {
        "excerpt", "queue", "why", "with", "unsure",
    }  # fmt: skip
    assert "Two people read this excerpt" not in open_["excerpt"]
    by_hand(page, FIRST, "ada", "ben")
    become(page, "ben")
    page.browser.post(f"/memo/{FIRST}", data={"token": page.token(), "act": "a" * 20, "memo": "Ben noted this"})
    page.decide(FIRST, "food", "staff")
    for who in ("ada", "cy", "lee", "ben"):
        for name, told in seen(page, who).items():
            own = ("Ben noted this", "given by") if who == "ben" else ()
            assert not any(each in told for each in TELLING if each not in own), (who, name)
            if name in {"unsure", "with", "bulk", "search", "search without", "agreement"}:
                assert "The soup was cold" not in told, (who, name)
        assert ("You have decided" in seen(page, who)["excerpt"]) == (who == "ben")
        assert "Two people read this excerpt" in seen(page, who)["excerpt"]
    assert "The soup was cold" in open_["bulk"] and "The soup was cold" in open_["search"]
    become(page, "ada")
    page.decide(FIRST, "food")
    told = seen(page, "lee")
    assert "90 %" in told["excerpt"] and "Ben noted this" in told["excerpt"]
    assert "Staff: yes by ben; no by ada" in told["agreement"]


def test_memos_on_what_two_still_judge_are_gathered_for_their_writers_alone(page):
    by_hand(page, "d1:19-31", "ada", "ben")
    become(page, "ben")
    for number, about in enumerate((f"/memo/{FIRST}", "/code/food/memo")):
        sent = {"token": page.token(), "act": "m" * 20 + str(number), "memo": f"Ben noted {number}"}
        assert page.browser.post(about, data=sent).status_code == 303
    assert page.get("/memos").text.count("Ben noted") == 2
    by_hand(page, FIRST, "ada", "ben")
    for who, told in (("ada", ["Ben noted 1"]), ("ben", ["Ben noted 0", "Ben noted 1"])):
        become(page, who)
        assert [each for each in ("Ben noted 0", "Ben noted 1") if each in page.get("/memos").text] == told


def test_bulk_accepts_nothing_that_is_hidden(page):
    by_hand(page, FIRST, "ada", "ben")
    become(page, "ada")
    answer = page.browser.post(
        "/bulk", data={"token": page.token(), "act": "a" * 20, "code": "food", "excerpt": ["d2:0-14", FIRST]}
    )
    assert (answer.status_code, page.verdicts()) == (400, [])


def test_that_a_text_may_tell_of_risk_to_life_is_hidden_from_nobody(page):
    by_hand(page, "d2:29-43", "ada", "ben")
    become(page, "ada")
    assert "May tell of risk to life" in words(page.get("/excerpt/d2:29-43"))
    assert "may tell of risk to life" in words(page.get("/queue?reason=mine"))
    assert page.get("/next?reason=risk").headers["location"].startswith("/excerpt/d2:29-43")


def both_decide(page):
    by_hand(page, FIRST, "ada", "ben")
    for who, codes in (("ada", ("food",)), ("ben", ("food", "staff"))):
        become(page, who)
        page.decide(FIRST, *codes)
    become(page, "lee", Role.RESEARCHER)


def test_agreement_is_counted_from_what_both_held_before_they_saw_each_other(page):
    both_decide(page)
    become(page, "ben")
    page.decide(FIRST, "food")  # after a look
    become(page, "lee", Role.RESEARCHER)

    def staff(address):
        rows = HTMLParser(page.get(address).text).css("tbody tr")
        return next(row.css("td")[1].text()[:4] for row in rows if row.css_first("th").text() == "Staff")

    assert (staff("/agreement"), staff("/agreement?all=1")) == ("0.00", "1.00")


def test_a_difference_is_settled_and_opened_again_and_all_decisions_stay(page):
    both_decide(page)
    before = page.verdicts()
    shown = HTMLParser(page.get(f"/settle/{FIRST}").text)
    answers = {r.css_first("th").text().split()[0]: [d.text() for d in r.css("td")] for r in shown.css("tbody tr")}
    assert answers == {"Food": ["yes", "yes"], "Staff": ["no", "yes"]}
    assert [b.attributes["value"] for b in shown.css("input[name=code][checked]")] == ["food"]
    fields = page.fields(f"/settle/{FIRST}")
    sent = {**fields, "code": ["staff"], "do": "settle"}
    for _ in range(2):
        assert page.browser.post(f"/settle/{FIRST}", data=sent).headers["location"] == "/agreement"
    assert page.browser.post(f"/settle/{FIRST}", data={**sent, "code": ["food"]}).status_code == 409
    assert page.verdicts() == [
        *before, (FIRST, "food", "reject"), (FIRST, "staff", "accept"), (FIRST, "", "complete"),
    ]  # fmt: skip
    assert "settled by lee" in words(page.get("/agreement")) and "Nothing is left" in words(page.get("/agreement"))
    assert "adjudicator" not in words(page.get("/agreement")).lower()
    fields = page.fields(f"/settle/{FIRST}")
    page.browser.post(f"/settle/{FIRST}", data={**fields, "do": "open again"})
    assert "Nothing is left" not in words(page.get("/agreement"))
    assert page.verdicts()[: len(before)] == before


def test_what_changed_meanwhile_or_is_no_difference_cannot_be_settled(page):
    both_decide(page)
    fields = page.fields(f"/settle/{FIRST}")
    assert page.browser.post(f"/settle/{FIRST}", data={**fields, "hash": "0" * 64}).status_code == 409
    for segment_id in ("d1:19-31", "d9:0-4"):
        assert page.get(f"/settle/{segment_id}").status_code == 404
        assert page.browser.post(f"/settle/{segment_id}", data=fields).status_code == 404


def test_tables_grid_and_searches_count_nothing_of_what_is_still_judged_blind(page):
    by_hand(page, FIRST, "ada", "ben")
    become(page, "ben")
    page.decide(FIRST, "food")
    _, held, _ = page.desk.look()
    assert FIRST not in page.desk.search().coded("food", held)
    become(page, "ada")
    page.decide(FIRST, "food")
    _, held, _ = page.desk.look()
    assert FIRST in page.desk.search().coded("food", held)
