"""Agreement over time: what was judged in which month."""

from datetime import UTC, datetime

from selectolax.lexbor import LexborHTMLParser

from themes.code.decided import Opinion
from themes.review.people import Person, Role
from themes.review.web.agreement_page import by_month


def an_opinion(coder_id, made_at, segment_id="d1:0-18"):
    return Opinion(segment_id, "food", coder_id, True, True, True, made_at, "1", None)


def the_clock_says(month, monkeypatch):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2026, month, 5, 9, tzinfo=UTC)

    monkeypatch.setattr("themes.store.review_log.datetime", Clock)


def test_an_excerpt_belongs_to_the_month_in_which_the_last_of_its_coders_judged_it():
    first, second = an_opinion("A1", "2026-01-31T23:00:00+00:00"), an_opinion("A2", "2026-02-01T08:00:00+00:00")
    early = an_opinion("A1", "2026-01-02T08:00:00+00:00", "d1:19-31")
    assert by_month([first, second, early]) == {"2026-02": [first, second], "2026-01": [early]}


def test_the_page_tells_how_far_people_agreed_month_by_month(page, monkeypatch):
    for month, segment_id, of_the_second in ((1, "d1:0-18", ("food",)), (2, "d1:32-52", ())):
        the_clock_says(month, monkeypatch)
        for coder, codes in (("ada", ("food",)), ("ben", of_the_second)):
            page.person = Person(coder, Role.ANALYST)
            page.decide(segment_id, *codes, do="decide" if codes else "none")
    page.person = Person("lee", Role.RESEARCHER)
    shown = LexborHTMLParser(page.get("/agreement").text)
    (table,) = shown.css('div[aria-label="Agreement by month"] table')
    rows = {row.css_first("th").text(): [cell.text() for cell in row.css("td")] for row in table.css("tbody tr")}
    assert list(rows) == ["January 2026", "February 2026"]
    assert (rows["January 2026"][0], rows["January 2026"][1][:4]) == ("1", "1.00")
    assert rows["February 2026"][1][:4] < "0.9"
