"""The pictures of a report: what is left out of one is said in its caption."""

import pytest

from builders import a_case, a_prevalence, a_project, a_theme
from themes.disclosure import release
from themes.records.project import Audience
from themes.report.counts import Counts
from themes.report.figures import by_month, compared_by, themes_together

GROUPS, MONTHS = ("scheme=IPS", "scheme=Other"), ("2023-04", "2023-05")


def some_themes(number):
    """Themes of 59 people and fewer, each with people of both groups and in both months, each with each other one."""
    themes = [a_theme(f"t{n:02d}", name=f"Theme {n:02d}") for n in range(number)]
    counted = [a_prevalence("", 60)]
    counted += [a_prevalence("", 30, group=group) for group in GROUPS]
    counted += [a_prevalence("", 30, period=month) for month in MONTHS]
    for n, theme in enumerate(themes):
        counted.append(a_prevalence(theme.theme_id, 59 - n))
        counted += [a_prevalence(theme.theme_id, 20, group=group, cases=30) for group in GROUPS]
        counted += [a_prevalence(theme.theme_id, 20, period=month, cases=30) for month in MONTHS]
        counted += [
            a_prevalence(theme.theme_id, 25, group=f"theme={one.theme_id}") for one in themes if one is not theme
        ]
    cases = tuple(a_case(f"c{n}", scheme="IPS" if n % 2 else "Other") for n in range(60))
    project = a_project(cases=cases, themes=tuple(themes), prevalences=tuple(counted))
    return Counts(release(project, Audience.TEAM, fewest_cases=1)), themes


@pytest.mark.parametrize(
    ("draw", "most"),
    [(themes_together, 12), (lambda *told: compared_by(told[0], "scheme", told[1]), 12), (by_month, 5)],
)
def test_a_caption_says_how_many_themes_have_no_room(draw, most):
    just_enough, too_many = draw(*some_themes(most)), draw(*some_themes(most + 2))
    assert "Only the" not in just_enough.caption
    said = f"Only the {most} themes that most people speak of are here, of {most + 2} that could be. Unchecked."
    assert too_many.caption.endswith(said)
    assert too_many.rows == just_enough.rows
