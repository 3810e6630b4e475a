"""Shares as records."""

import numpy as np
import pytest

from themes.estimate.prevalence import estimate
from themes.estimate.reviewed import Reviewed
from themes.estimate.sampled import Sampled
from themes.estimate.shares import shares
from themes.records.estimate import Prevalence


def a_sample(outcomes):
    count = len(outcomes)
    given = Reviewed(
        tuple(f"c{n:03}" for n in range(count)),
        ("food", "cars"),
        np.linspace(-3, 1, 2 * count).reshape(count, 2),
        outcomes,
        np.full(count, 0.4),
    )
    return Sampled(given, int((~np.isnan(outcomes[:, 0])).sum()), np.array([0, 0]), 0)


def some():
    outcomes = np.full((100, 2), np.nan)
    outcomes[::2] = [[1, 0], [0, 0]] * 25
    return a_sample(outcomes)


def test_a_share_has_its_interval_and_says_where_it_is_from():
    sampled = some()
    rows = shares(sampled, {}, question="Why?", period="2013-04")
    found = estimate(sampled.reviewed)
    share = float(found.share[0])
    assert rows[0] == Prevalence(
        "food",
        "",
        "Why?",
        "2013-04",
        100,
        round(100 * share),
        share,
        float(found.low[0]),
        float(found.high[0]),
        "estimated from 50 reviewed by chance",
    )
    assert 0.3 < share < 0.7


def test_a_theme_that_review_did_not_find_has_an_upper_end_alone():
    _, cars = shares(some(), {})
    assert (cars.cases_with, cars.share, cars.low, cars.method) == (0, 0.0, 0.0, "not found in review")
    assert cars.high >= 1 - 0.025 ** (1 / 50)


def test_groups_follow_and_a_small_one_is_withheld():
    sampled = some()
    group = np.arange(100) < 60
    rows = shares(sampled, {"age=old": group, "age=young": np.arange(100) >= 85})
    assert [(row.theme_id, row.group, row.cases) for row in rows[2:]] == [
        ("food", "age=old", 60),
        ("cars", "age=old", 60),
        ("food", "age=young", 15),
        ("cars", "age=young", 15),
    ]
    assert rows[2].share == pytest.approx(float(estimate(sampled.reviewed, group).share[0]))
    young = rows[4]
    assert (young.cases_with, young.share, young.low, young.high) == (None,) * 4
    assert young.method == "withheld: Too few were reviewed: 7, and it takes 10."


def test_a_theme_that_changed_or_drifted_is_withheld():
    food, cars = shares(some(), {}, changed={"food"}, drifted={"cars"})
    assert food.method.startswith("withheld: The codebook changed")
    assert cars.method.startswith("withheld: New reviews contradict")
    assert food.share is cars.share is None
