"""How numbers of people are put into words."""

from builders import a_case, a_prevalence, a_project
from themes.disclosure import release
from themes.records.project import Audience
from themes.report.counts import NUMBER_HIDDEN, Counts


def counts(*rows):
    return Counts(
        release(
            a_project(cases=tuple(a_case(f"c{n}") for n in range(40)), prevalences=(a_prevalence("", 40), *rows)),
            Audience.TEAM,
        )
    )


def test_of_what_nobody_was_found_to_speak_about_no_number_is_told():
    """ "Fewer than 10 people" beside "nobody" would be two things at once. A number that is told stays."""
    told = counts(a_prevalence("food", 12))
    assert told.suggested("rain") == "suggested in texts from fewer than 10 people, unchecked"
    assert told.suggested("rain", found=False) == ""
    assert told.suggested("food", found=False) == "suggested in texts from 12 people, unchecked"


def test_a_number_that_may_be_large_is_not_called_a_small_one():
    told = counts(a_prevalence("food", 12), a_prevalence("food", 4, group="experience=negative"))
    assert told.suggested("food", group="experience=negative") == NUMBER_HIDDEN
    assert "fewer" not in NUMBER_HIDDEN
