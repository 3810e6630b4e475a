"""Shares in words."""

import pytest

from builders import a_prevalence
from themes.estimate.shares import NOT_FOUND
from themes.report.share_words import in_figures, in_words


def a_share(share, low, high, method="estimated from 40 reviewed by chance", **fields):
    return a_prevalence(share=share, low=low, high=high, method=method, **{"cases": 200, **fields})


@pytest.mark.parametrize(
    ("share", "low", "high", "says"),
    [
        (0.3, 0.22, 0.38, "about 3 in 10 people, between 22 and 38 in 100"),
        (0.549, 0.45, 0.64, "about 5 in 10 people, between 45 and 64 in 100"),
        (0.06, 0.02, 0.13, "about 6 in 100 people, between 2 and 13 in 100"),
        (0.97, 0.9, 0.99, "about 97 in 100 people, between 90 and 99 in 100"),
        (0.25, 0.25, 0.25, "25 in 100 people"),
    ],
)
def test_a_share_is_said_as_a_neighbour_would(share, low, high, says):
    assert in_words(a_share(share, low, high)) == says


def test_what_review_did_not_find_has_an_upper_end():
    assert in_words(a_share(0.0, 0.0, 0.09, NOT_FOUND)) == "not found in review: at most 9 in 100 people"


def test_nothing_is_said_of_what_is_withheld_or_unchecked():
    assert in_words(a_share(None, None, None, "withheld: Too few.")) == in_figures(a_share(None, None, None)) == ""
    assert in_words(a_share(0.3, 0.2, 0.4, "machine, unchecked")) == ""


def test_the_figures_stand_beside_it():
    assert in_figures(a_share(0.3, 0.22, 0.38)) == (
        "30.0 %, 95 % interval 22.0 to 38.0 %; N = 200; estimated from 40 reviewed by chance"
    )
