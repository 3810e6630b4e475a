"""What the report says is new since the run before, and what it must not tell of a few people."""

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser as HTMLParser

from builders import a_case, a_document, a_prevalence, a_project, a_run, a_theme
from themes.disclosure import release
from themes.records.corpus import DocumentKind
from themes.records.project import Audience, EarlierRun
from themes.records.release import Approval
from themes.records.theme import ThemeOrigin
from themes.report.counts import Counts
from themes.report.documents import write_report
from themes.report.news import Moved, news

GUIDED = (a_theme("food"), a_theme("staff"), a_theme("rain"), a_theme("debt"))


def emergent(theme_id, name):
    return a_theme(theme_id, name=name, origin=ThemeOrigin.EMERGENT, code_ids=())


def a_count(theme_id, people, **fields):
    return a_prevalence(theme_id, people, **fields)


BEFORE = EarlierRun(
    run_id="20231201-060000",
    started_at="2023-12-01T06:00:00+00:00",
    codebook_version="0",
    coder="ab",
    read=80,
    documents=frozenset(f"d{n}" for n in range(80)),
    themes=(*GUIDED, emergent("e1", "Buses"), emergent("e2", "Cold rooms")),
    prevalences=(
        a_count("", 80),
        a_count("food", 30),
        a_count("staff", 40),
        a_count("rain", 8),
        a_count("debt", 12),
        a_count("e1", 20),
    ),
)
NOW = a_project(
    run=a_run(models={"coder": "ab"}),
    cases=tuple(a_case(f"c{n}") for n in range(100)),
    documents=(
        *(a_document(f"d{n}", case_id=f"c{n}") for n in range(1, 100)),
        a_document("article", case_id="", kind=DocumentKind.ARTICLE),
    ),
    themes=(*GUIDED, emergent("e1", "Late buses"), emergent("e3", "Parking")),
    prevalences=(
        a_count("", 100),
        a_count("food", 45),
        a_count("staff", 44),
        a_count("rain", 11),
        a_count("debt", 7),
        a_count("e1", 31),
        a_count("e3", 14),
    ),
    earlier=BEFORE,
)


def told(project=NOW):
    cleared = release(project, Audience.TEAM)
    return news(cleared, Counts(cleared), GUIDED)


def test_new_texts_and_those_gone_are_counted_without_articles():
    assert told().texts == ("20 texts came in since then.", "1 text of then is here no more.")
    assert told().since == "1 December 2023"


def test_themes_are_born_go_and_are_renamed():
    assert told().born == (("e3", "Parking"),)
    assert told().themes == (
        "Found then and not now, among themes that nobody asked for: “Cold rooms”.",
        "“Late buses” was called “Buses”.",
    )


def test_a_number_that_moved_by_ten_people_is_told():
    assert told().moved == (Moved("food", "Food", 45, 30), Moved("e1", "Late buses", 31, 20))


def test_a_change_of_fewer_than_ten_people_is_not_told():
    """44 of 40 would say that 4 of the 20 who are new speak of it."""
    said = " ".join(told().counts)
    assert "The numbers of 1 theme moved by fewer than 10 people, or not at all." in told().counts
    assert not any(figure in said for figure in ("40", "44", "4 "))


def test_what_was_hidden_in_either_run_stays_hidden():
    assert "Enough people speak of it now to give a number: “Rain”." in told().counts
    assert "It had a number then, and it is hidden now: “Debt”." in told().counts
    assert {p.cases_with for p in release(NOW, Audience.TEAM).earlier.prevalences} == {80, 30, 40, None, 12, 20}


def test_another_codebook_breaks_the_line():
    found = told(replace(NOW, earlier=replace(BEFORE, codebook_version="1", themes=(*GUIDED[1:], a_theme("bus")))))
    assert found.moved == ()
    assert found.counts == ("The codebook has changed since then, so the two runs did not count the same things.",)
    assert found.themes == (
        "New in the codebook, or spoken of for the first time: “Food”.",
        "No longer in the codebook: “Bus”.",
    )


def test_a_coder_that_learned_is_said_to_have():
    assert "The computer has learned since then" in told(replace(NOW, earlier=replace(BEFORE, coder="cd"))).caution
    assert "learned" not in told().caution


def test_more_people_are_put_down_to_more_asked_only_where_more_came():
    everybody = frozenset(document.document_id for document in NOW.documents)
    asked = "More people may only mean that more were asked."
    assert asked in told().caution
    assert asked not in told(replace(NOW, earlier=replace(BEFORE, documents=everybody))).caution


def test_the_first_run_and_an_edition_for_reading_say_nothing_of_it():
    assert told(replace(NOW, earlier=None)) is None
    assert told(replace(NOW, cases=NOW.cases[:9])) is None


def test_the_public_is_told_nothing_of_other_runs():
    public = release(NOW, Audience.PUBLIC, approval=Approval("A. Nyone", "2026-01-05"))
    assert public.earlier is None
    assert news(public, Counts(public), GUIDED) is None


def test_the_page_leads_from_each_number_to_its_theme(tmp_path):
    page = HTMLParser(write_report(release(NOW, Audience.TEAM), tmp_path).read_text(encoding="utf-8"))
    rows = [[cell.text(strip=True) for cell in row.css("th, td")] for row in page.css("#news tbody tr")]
    assert rows == [["Food", "45", "30"], ["Late buses", "31", "20"]]
    assert [link.attributes["href"] for link in page.css("#news tbody a")] == ["#theme-food", "#theme-e1"]
    assert [link.attributes["href"] for link in page.css("#news li a")] == ["#theme-e3"]
    assert page.css_first("#news p a[href='#theme-rain']").text() == "Rain"
    assert page.css_first("nav a[href='#news']") is not None
