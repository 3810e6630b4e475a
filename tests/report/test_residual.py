from builders import a_case, a_project, a_residual
from themes.disclosure import release
from themes.records.project import Audience
from themes.records.release import Approval
from themes.records.residual import Measure, Severity
from themes.report.documents import write_report
from themes.report.residual import compose_residual, write_residual_page
from themes.residual.groups import group_findings
from themes.residual.intruder import EVENT, RIGHTLY, STRANGERS
from themes.residual.masked import ALL
from themes.residual.measures import EVERYTHING
from themes.residual.phrases import ALSO_PUBLIC, IS_PUBLIC

KNOWN = {f"c{n:02}": {"region": "Wales" if n else "Fife", "age_band": "35-44"} for n in range(12)}
FOUND = (
    *group_findings(KNOWN),
    a_residual(kind="PERSON", severity=Severity.HIGH),
    a_residual(kind="PERSON", severity=Severity.MEDIUM),
    a_residual(kind="LOCATION", severity=Severity.LOW),
    a_residual(Measure.PHRASES, IS_PUBLIC, document_id="d1"),
    a_residual(Measure.PHRASES, ALSO_PUBLIC, document_id="d2"),
    a_residual(Measure.PHRASES, ALSO_PUBLIC, document_id="d2"),
    a_residual(Measure.INTRUDER, f"{EVERYTHING} and {EVENT}: {RIGHTLY}", figure=0.55, low=0.48, high=0.62, out_of=200),
    a_residual(Measure.INTRUDER, f"{EVERYTHING} and {EVENT}: {STRANGERS}", figure=0.1, low=0.07, high=0.15, out_of=200),
    a_residual(Measure.MASKED, ALL, figure=0.0396, out_of=20812),
    a_residual(Measure.MASKED, "PERSON", figure=0.0116, out_of=20812),
    a_residual(Measure.MASKED, "texts: nothing", figure=222, out_of=399),
    a_residual(Measure.MASKED, "texts: up to 2 %", figure=30, out_of=399),
)

NEIGHBOUR = (
    "A neighbour may know some answers and one event: with all the texts, they would find the right person for about "
    "55 in 100."
)


def edition(**fields):
    cases = tuple(a_case(case_id, **answers) for case_id, answers in KNOWN.items())
    return release(a_project(**{"cases": cases, "residual": FOUND, **fields}), Audience.TEAM)


def test_the_figures_are_those_that_were_measured():
    page = compose_residual(edition())
    assert [sentence.partition(". ")[2] or sentence for sentence in page.in_short] == [
        "1 of them is surely a name, a number or an address.",
        "1 of 12 people can be singled out by their answers: fewer than four others gave the same ones.",
        NEIGHBOUR,
        "About 4 in 100 words stand behind tags in the strictest form of the texts.",
    ]
    assert page.in_short[0].startswith("On a second look, the computer found 3 possible details in the texts.")
    assert page.found_again == (("Names of people", 1, 1, 0), ("Places", 0, 0, 1))
    assert page.alone.rows == (("Region", "1", "1", "12"), ("Age band and region", "1", "1", "12"))
    assert page.neighbour.rows == (
        ("All texts, answers and an event: right", "55", "48", "62", "200"),
        ("All texts, answers and an event: stranger", "10", "7", "15", "200"),
    )
    assert page.masked_texts.rows == (("No word", "222"), ("Up to 2 % of the words", "30"))
    assert page.masked_kinds == (("All kinds", "39.6"), ("Names of people", "11.6"))
    assert page.quotes_tried is False
    assert page.phrases == (
        "1 comment of eight words or more can be found, since it stands on a public page.",
        "1 story or answer shares eight words in a row with a public page. That ties its writer to it.",
    )


def test_the_page_stands_beside_the_report_and_is_linked_from_it(tmp_path):
    write_report(edition(), tmp_path)
    page = (tmp_path / "residual-risk.html").read_text("utf-8")
    assert "not for publication" in page
    assert [answer for answer in ("Fife", "Wales", "35-44") if answer in page] == []
    assert 'href="residual-risk.html"' in (tmp_path / "index.html").read_text("utf-8")
    assert page.count("<script") == 0


def test_a_run_that_was_not_measured_has_no_page_and_no_link(tmp_path):
    assert write_residual_page(edition(residual=()), tmp_path) is None
    write_report(edition(residual=()), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    assert "residual-risk" not in (tmp_path / "index.html").read_text("utf-8")


def test_the_public_never_sees_it(tmp_path):
    project = a_project(cases=tuple(a_case(case_id) for case_id in KNOWN), residual=FOUND)
    public = release(project, Audience.PUBLIC, approval=Approval("Ann", "2026-01-05"))
    write_report(public, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_equal_releases_give_equal_pages(tmp_path):
    one = write_residual_page(edition(), tmp_path / "a").read_bytes()
    assert write_residual_page(edition(), tmp_path / "b").read_bytes() == one
