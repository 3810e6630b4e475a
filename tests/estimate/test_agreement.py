import numpy as np
import pytest

from themes.estimate.agreement import ALL_CODES, agreements, cohens_kappa, f1, gwets_ac1, measured

# Of 20 excerpts of 20 cases: both give it to 6, the coder alone to 2, people alone to 4, neither to 8.
PEOPLE = np.array([True] * 6 + [False] * 2 + [True] * 4 + [False] * 8)
CODER = np.array([True] * 6 + [True] * 2 + [False] * 4 + [False] * 8)
CASES = [f"c{n}" for n in range(20)]


def worked_out(people=PEOPLE, coder=CODER, cases=CASES):
    found = together(people[:, None], coder[:, None], ["food"], cases)
    return {(one.code_id, one.measure): one for one in found}


def together(people, coder, codes, cases=CASES, counted=None):
    counted = np.ones(people.shape, bool) if counted is None else counted
    return agreements(people, coder, counted, code_ids=codes, case_ids=cases, coders=("people", "coder"), seed=1)


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("F1", 12 / 18),
        # Observed .7; by chance .5 * .4 + .5 * .6 = .5.
        ("Cohen's kappa", (0.7 - 0.5) / 0.5),
        # Given on average to .45: by chance 2 * .45 * .55 = .495.
        ("Gwet's AC1", (0.7 - 0.495) / 0.505),
    ],
)
def test_a_measure_worked_out_by_hand(measure, value):
    one = worked_out()["food", measure]
    assert one.value == pytest.approx(value)
    assert one.low < value < one.high
    assert (one.segments, one.cases, one.coders) == (20, 20, ("people", "coder"))


def test_published_values_come_out():
    assert round(float(cohens_kappa(np.array([20.0, 5, 10, 15]))), 4) == 0.4
    assert round(float(cohens_kappa(np.array([118.0, 5, 2, 0]))), 4) == -0.0234
    assert round(float(gwets_ac1(np.array([118.0, 5, 2, 0]))), 4) == 0.9408


def test_all_codes_are_taken_together_before_each():
    found = together(np.column_stack([PEOPLE, ~PEOPLE]), np.column_stack([CODER, ~CODER]), ["food", "cars"])
    assert [one.code_id for one in found] == [ALL_CODES] * 3 + ["food"] * 3 + ["cars"] * 3
    first = found[0]
    # food 6, 2, 4, 8 and cars 8, 4, 2, 6 add up to 14 given by both, 6 by the coder alone, 6 by people alone.
    assert first.value == pytest.approx(28 / 40)
    assert (first.segments, first.cases) == (20, 20)


def test_only_pairs_that_count_are_counted():
    counted = np.zeros((20, 2), bool)
    counted[:12, 0] = True
    found = together(
        np.column_stack([PEOPLE, PEOPLE]), np.column_stack([CODER, CODER]), ["food", "cars"], CASES, counted
    )
    assert {one.code_id for one in found} == {ALL_CODES, "food"}
    assert [(one.value, one.segments) for one in found if one.measure == "F1"] == [(12 / 18, 12)] * 2


def test_what_says_nothing_is_left_out():
    none = np.zeros(20, bool)
    assert set(worked_out(none, none)) == {("food", "Gwet's AC1"), ("", "Gwet's AC1")}
    assert together(np.zeros((0, 1), bool), np.zeros((0, 1), bool), ["food"], []) == []


def test_excerpts_of_one_case_make_the_interval_wider_than_those_of_many():
    apart = worked_out()["food", "F1"]
    few = worked_out(cases=[f"c{n // 5}" for n in range(20)])["food", "F1"]
    assert few.high - few.low > apart.high - apart.low


def test_a_few_excerpts_without_a_slip_do_not_make_a_coder_perfect():
    (name, value, low, high), *_ = measured(np.array([[1.0, 0, 0, 0]] * 6 + [[0, 0, 0, 1.0]] * 6), seed=1)
    assert (name, value, high) == ("F1", 1.0, 1.0)
    assert low < 0.9


def test_f1_of_a_table_of_tables():
    np.testing.assert_allclose(f1(np.array([[1.0, 1, 0, 0], [0.0, 0, 0, 3]])), [2 / 3, np.nan])
