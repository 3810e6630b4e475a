"""When no share is told, and why."""

import numpy as np
import pytest

from themes.estimate.prevalence import estimate
from themes.estimate.reviewed import Reviewed
from themes.estimate.sampled import Sampled
from themes.estimate.withheld import Conditions, why_broken, why_withheld


def a_sample(reviewed=30, *, drawn=None, came_later=0, cases=100):
    outcomes = np.full((cases, 1), np.nan)
    outcomes[:reviewed] = (np.arange(reviewed) % 2)[:, None]
    given = Reviewed(
        tuple(f"c{n}" for n in range(cases)), ("food",), np.zeros((cases, 1)), outcomes, np.full(cases, 0.3)
    )
    drawn = reviewed if drawn is None else drawn
    return Sampled(given, drawn, np.array([drawn - reviewed]), came_later)


def why(sampled, group=None, **found):
    return why_withheld(estimate(sampled.reviewed, group), sampled, **found).get("food", "")


def test_what_holds_is_told():
    assert why(a_sample()) == ""
    assert why(a_sample(10)) == ""
    assert why(a_sample(30, drawn=33)) == ""
    assert why(a_sample(came_later=11)) == ""


@pytest.mark.parametrize(
    ("sampled", "says"),
    [
        (a_sample(9), "Too few were reviewed: 9, and it takes 10."),
        (a_sample(30, drawn=34), "Of 34 who were drawn by chance 4 are not reviewed yet"),
        (a_sample(came_later=12), "12 of 112 came after the sample was drawn"),
    ],
)
def test_what_cannot_be_valid_is_withheld_with_the_reason(sampled, says):
    assert why(sampled).startswith(says)


def test_a_group_needs_as_many_as_everybody():
    sampled = a_sample(30)
    group = np.arange(100) > 20  # nine of the thirty
    assert why(sampled, group) == "Too few were reviewed: 9, and it takes 10."


def test_a_changed_codebook_and_a_drift_withhold_their_themes_alone():
    assert why(a_sample(), changed={"food"}).startswith("The codebook changed after the review")
    assert why(a_sample(), drifted={"food"}).startswith("New reviews contradict")
    assert why(a_sample(), changed={"cars"}, drifted={"cars"}) == ""


def conditions(food="1", cars="1", coder="m1", **wordings):
    return Conditions({"food": food, "cars": cars}, coder, wordings)


@pytest.mark.parametrize(
    ("later", "broken"),
    [
        (conditions(q1="a"), {}),
        (conditions(q1="a", q2="new"), {}),
        (conditions(food="2", q1="a"), {"food": "The codebook changed between the two."}),
        (conditions(q1="b"), dict.fromkeys(("food", "cars"), "A question was worded otherwise.")),
        (conditions(coder="m2", q1="a"), dict.fromkeys(("food", "cars"), "Another model made the suggestions.")),
        (Conditions({"bikes": "1"}, "m2"), {}),
    ],
)
def test_a_line_breaks_where_the_difference_may_be_ours(later, broken):
    assert why_broken(conditions(q1="a"), later) == broken


def test_a_bridge_holds_what_was_coded_under_both():
    assert why_broken(conditions(), conditions("2", "2"), bridged={"food"}) == {
        "cars": "The codebook changed between the two."
    }
