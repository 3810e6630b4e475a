from dataclasses import replace

import pytest

from report_study import a_study
from themes.disclosure import release
from themes.records.project import Audience
from themes.records.release import Approval
from themes.report import prose
from themes.report.document import NO_QUOTES, compose


def test_what_is_said_of_the_check_depends_on_who_checked():
    report = compose(release(a_study(), Audience.TEAM))
    assert "Nobody has checked its work yet. So take the numbers as" in prose.caution(report)
    checked = replace(report, methods=replace(report.methods, people=2))
    assert "People have checked some of its work, not all of it." in prose.caution(checked)
    reading = compose(release(a_study(6), Audience.TEAM))
    assert "So take what it suggests as" in prose.caution(reading)


def test_who_wrote_is_counted_only_where_people_may_be():
    assert prose.who_wrote(compose(release(a_study(), Audience.TEAM))) == ["30 people", "35 texts read"]
    assert prose.who_wrote(compose(release(a_study(6), Audience.TEAM))) == ["11 texts read"]


def test_the_threshold_of_the_run_is_told():
    report = compose(release(a_study(), Audience.TEAM, fewest_cases=12))
    assert prose.stages(report)["Made safe to show."].startswith("A number of fewer than 12 people is hidden")


def test_whether_anything_is_left_to_find_is_said_where_it_was_looked_for():
    report = compose(release(a_study(), Audience.TEAM))
    assert "Whether anything is left to find." not in prose.limits(report)
    left = prose.limits(replace(report, saturation=("Half of them.", "No proof.")))
    assert left["Whether anything is left to find."] == "Half of them. No proof."


@pytest.mark.parametrize("somebody", [True, False])
def test_a_public_edition_says_whether_anybody_is_quoted(somebody):
    quotable = frozenset({"d5:0-44"} if somebody else ())
    report = compose(release(a_study(), Audience.PUBLIC, approval=Approval("Ann Example", "2026-01-05", quotable)))
    told = [*report.in_short, prose.stages(report)["Made safe to show."], prose.ending(report)]
    assert [NO_QUOTES in sentence for sentence in told if "quoted" in sentence] == [not somebody] * (2 + (not somebody))
