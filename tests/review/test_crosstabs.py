"""Codes by codes and by attributes: counted in cases, and nothing small can be read or worked out."""

from dataclasses import replace

import pytest

from builders import a_case, a_code
from review_study import codebook, sentences, write_run
from themes.review.crosstabs import TOGETHER, Crosstab, breakdowns, counts, crosstab
from themes.review.study import Newest

CODED = {
    "food": {f"d{n}:0-4" for n in (1, 2, 3, 5, 6)} | {"d1:5-9"},
    "staff": {"d1:5-9", "d2:0-4", "d5:0-4"},
    "waiting": {"d6:0-4"},
}


@pytest.fixture
def study(tmp_path):
    texts = [sentences(f"d{n}", "One.", "Two.") for n in range(1, 7)]
    cases = [a_case(f"c-d{n}", region="North" if n < 5 else "South", village=f"v{n}") for n in range(1, 7)]
    write_run(tmp_path / "small", texts, cases=cases, book=codebook(*(a_code(each, name=each) for each in CODED)))
    return replace(Newest(tmp_path / "small").study(), fewest_cases=2)


def test_cases_with_both_codes_are_counted_once_and_fewer_than_asked_are_hidden(study):
    assert crosstab(study, counts(study, CODED), TOGETHER) == Crosstab(
        ("food", "staff", "waiting"),
        (),
        (("food", 5, (5, 3, None)), ("staff", 3, (3, 3, None)), ("waiting", None, (None, None, None))),
    )


def test_what_would_give_a_small_group_away_is_hidden_with_it(study):
    # staff: 2 in the North and 1 in the South; were the 2 shown, 3 in all would tell the 1.
    assert crosstab(study, counts(study, CODED), "region") == Crosstab(
        ("North", "South"),
        (4, 2),
        (("food", 5, (3, 2)), ("staff", 3, (None, None)), ("waiting", None, (None, None))),
    )


def test_groups_so_small_that_their_name_would_tell_are_not_named(study):
    found = counts(study, CODED)
    assert breakdowns(found) == ["kind", "region"]
    assert crosstab(study, found, "village").columns == ()


def test_too_few_cases_are_not_counted(study):
    assert counts(replace(study, fewest_cases=7), CODED) == ()
    assert breakdowns(()) == []


def test_how_few_are_too_few_is_what_the_run_says(tmp_path, study):
    from themes.store.files import read_json, write_json

    path = tmp_path / "small" / "20260105-060000" / "manifest.json"
    write_json(path, {**read_json(path), "fewest_cases": 4})
    assert Newest(tmp_path / "small").study().fewest_cases == 4
