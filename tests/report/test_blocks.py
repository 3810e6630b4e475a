from builders import a_project
from themes.disclosure import release
from themes.records.project import Audience
from themes.records.release import Approval
from themes.report.blocks import Paper, Points, as_points, paper


def test_a_paper_says_which_edition_it_is_of_and_when_its_run_was():
    team = release(a_project(), Audience.TEAM)
    public = release(a_project(), Audience.PUBLIC, approval=Approval("Ann", "2026-01-05T06:00:00+00:00", frozenset()))
    moment = "2024-01-08T06:00:00+00:00"
    made = "8 January 2024 · 12 people"
    assert paper(team, "T", "K", ["12 people"], []) == Paper(
        "T", "K", made, "Team edition – not for publication", moment, ()
    )
    assert paper(public, "T", "K", ["12 people"], []) == Paper("T", "K", made, "Public edition", moment, ())


def test_plain_points_have_no_beginning_in_bold():
    assert as_points(["a", "b"]) == Points((("", "a"), ("", "b")))
