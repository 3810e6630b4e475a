"""Agreement of several coders, against figures that others published."""

import numpy as np
import pytest

from builders import a_coding
from themes.estimate.agreement import cohens_kappa
from themes.estimate.reliability import (
    MEASURES,
    between_coders,
    fleiss_kappa,
    gwets_ac1,
    gwets_error,
    krippendorffs_alpha,
    percentage,
)

# Three coders, fifteen units (Wikipedia, "Krippendorff's alpha"): 0 is not judged.
THREE = [
    [0, 0, 0, 0, 0, 3, 4, 1, 2, 1, 1, 3, 3, 0, 3],
    [1, 0, 2, 1, 3, 3, 4, 3, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 2, 1, 3, 4, 4, 0, 2, 1, 1, 3, 3, 0, 4],
]
# Four coders, twelve units: Krippendorff (2011); Gwet gives figures for the same.
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
]
# Ten units, fourteen coders, five categories (Wikipedia, "Fleiss' kappa").
FLEISS = np.array(
    [
        [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ],
    float,
)  # fmt: skip


def counted(judgements):
    """Units that somebody judged, by category."""
    given = np.array(judgements)
    counts = np.array([[(unit == category).sum() for category in range(1, given.max() + 1)] for unit in given.T], float)
    return counts[counts.sum(axis=1) > 0]


def value(measure, counts):
    return float(measure(counts, np.ones(len(counts))))


def test_published_values_come_out():
    assert round(value(krippendorffs_alpha, counted(THREE)), 6) == 0.691358
    assert round(value(krippendorffs_alpha, counted(FOUR)), 6) == 0.743421
    assert round(value(gwets_ac1, counted(FOUR)), 5) == 0.77544
    assert round(gwets_error(counted(FOUR)), 5) == 0.14295
    assert round(value(fleiss_kappa, counted(FOUR)), 5) == 0.76117
    assert round(value(fleiss_kappa, FLEISS), 5) == 0.20993


def test_values_worked_out_by_hand():
    # Three coders: all yes, two yes and a no, a yes and two no. Pairs alike: 3 of 3, 1 of 3, 1 of 3.
    counts = np.array([[3.0, 0], [2, 1], [1, 2]])
    assert value(percentage, counts) == pytest.approx(5 / 9)
    # Yes is given by 6 of 9: by chance 4/9 + 1/9.
    assert value(fleiss_kappa, counts) == pytest.approx((5 / 9 - 5 / 9) / (4 / 9))
    assert value(gwets_ac1, counts) == pytest.approx((5 / 9 - 4 / 9) / (5 / 9))
    # Disagreeing: 4 of 9 observed; 2 * 6 * 3 of 9 * 8 expected.
    assert value(krippendorffs_alpha, counts) == pytest.approx(1 - (4 / 9) / (1 / 2))


def test_of_two_coders_it_is_what_the_two_by_two_table_says():
    table = np.array([118.0, 5, 2, 0])
    counts = np.repeat([[2.0, 0], [1, 1], [1, 1], [0, 2]], table.astype(int), axis=0)
    assert round(value(gwets_ac1, counts), 4) == 0.9408
    assert value(percentage, counts) == pytest.approx(118 / 125)


@pytest.mark.parametrize("measure", [percentage, fleiss_kappa, gwets_ac1, krippendorffs_alpha])
def test_weights_stand_for_units_that_come_several_times_and_order_changes_nothing(measure):
    twice = np.repeat(FLEISS, [2, 1, 0, 3, 1, 1, 2, 1, 1, 1], axis=0)
    weights = np.array([[2.0, 1, 0, 3, 1, 1, 2, 1, 1, 1], np.ones(10)])
    assert measure(FLEISS, weights) == pytest.approx([value(measure, twice), value(measure, FLEISS)])
    assert value(measure, FLEISS[::-1, ::-1]) == pytest.approx(value(measure, FLEISS))


@pytest.mark.parametrize("measure", [fleiss_kappa, krippendorffs_alpha])
def test_where_only_one_category_was_given_a_measure_of_chance_says_nothing(measure):
    assert np.isnan(value(measure, np.array([[2.0, 0], [3, 0]])))
    assert np.isnan(value(percentage, np.array([[1.0, 0]])))


def said(pattern, code_id="food"):
    """Codings of excerpts s0, s1, …, a letter a coder: y, n, or - for one who did not judge."""
    return [
        a_coding(f"s{at}", code_id, coder_id=f"A{who}", applies=letter == "y")
        for at, judgements in enumerate(pattern)
        for who, letter in enumerate(judgements)
        if letter != "-"
    ]


CASE_OF = {f"s{n}": f"c{n // 2}" for n in range(60)}


def test_coders_agreement_is_told_for_all_codes_and_for_each():
    codings = [*said(["yy"] * 20 + ["ny"] * 5 + ["yn"] * 10 + ["nn"] * 15 + ["y-"] * 9), *said(["nn", "yy"], "cars")]
    told = {(one.code_id, one.measure): one for one in between_coders(codings, CASE_OF, seed=1)}
    assert [code for code, measure in told if measure == "Agreement"] == ["", "cars", "food"]
    kappa = told["food", "Cohen's kappa"]
    assert kappa.value == pytest.approx(0.4)
    assert (kappa.coders, kappa.segments, kappa.cases) == (("A0", "A1"), 50, 25)
    assert kappa.low < 0.4 < kappa.high
    assert told["food", "Agreement"].value == pytest.approx(35 / 50)
    assert told["", "Agreement"].value == pytest.approx(37 / 52)
    # Of the pairs' judgements 55 are yes and 45 no: .3 disagree, 2 * 55 * 45 of 100 * 99 were expected to.
    assert told["food", "Krippendorff's alpha"].value == pytest.approx(1 - 0.3 / 0.5)
    perfect = told["cars", "Agreement"]
    assert (perfect.value, perfect.high) == (1.0, 1.0)
    assert perfect.low < 0.7


def test_codes_by_themselves_can_be_left_out():
    codings = [*said(["yy", "ny", "nn"]), *said(["nn", "yy"], "cars")]
    together = between_coders(codings, CASE_OF, seed=1, each_code=False)
    assert {one.code_id for one in together} == {""}
    assert together == [one for one in between_coders(codings, CASE_OF, seed=1) if not one.code_id]


def test_three_coders_have_no_cohens_kappa():
    told = between_coders(said(["yyn", "y-y", "nnn"]), CASE_OF, seed=1)
    assert {one.measure for one in told} == {"Agreement", "Fleiss' kappa", "Krippendorff's alpha", "Gwet's AC1"}
    assert told[0].coders == ("A0", "A1", "A2")


def test_excerpts_of_one_case_widen_the_interval():
    codings = said(["yy", "nn"] * 15 + ["yn", "ny"] * 5)
    apart = {f"s{n}": f"c{n}" for n in range(40)}
    together = {f"s{n}": f"c{(n // 10)}" for n in range(40)}

    def width(case_of):
        (alpha,) = (
            one
            for one in between_coders(codings, case_of, seed=1)
            if (one.code_id, one.measure) == ("food", "Krippendorff's alpha")
        )
        return alpha.high - alpha.low

    assert width(together) > 1.2 * width(apart)


# Of two coders: both yes, the second alone, the first alone, neither.
@pytest.mark.parametrize("shares", [(0.3, 0.1, 0.1, 0.5), (0.08, 0.02, 0.02, 0.88), (0.45, 0.025, 0.025, 0.5)])
@pytest.mark.parametrize(("cases", "each", "alike"), [(4, 1, 0.0), (5, 8, 0.1), (10, 1, 0.0), (20, 2, 0.3)])
def test_intervals_hold_the_truth_also_of_few_cases(shares, cases, each, alike):
    """In 19 of 20 studies that might have been; by plain quantiles in 81 to 97 of 100."""
    random, letters = np.random.default_rng(7), ("yy", "ny", "yn", "nn")
    pairs = np.array([[2.0, 0], [1, 1], [1, 1], [0, 2]])
    true = {name: float(measure(pairs, np.array(shares) * 1e9)) for name, measure in MEASURES.items()}
    true["Cohen's kappa"] = float(cohens_kappa(np.array(shares)))
    case_of = {f"s{n}": f"c{n // each}" for n in range(cases * each)}
    held = {name: [] for name in true}
    for study in range(120):
        usual = np.repeat(random.choice(4, cases, p=shares), each)
        own = random.choice(4, cases * each, p=shares)
        drawn = np.where(random.random(cases * each) < alike, usual, own)
        codings = said([letters[kind] for kind in drawn])
        for one in between_coders(codings, case_of, seed=study):
            if one.code_id:
                held[one.measure].append(one.low <= true[one.measure] <= one.high)
    assert {name for name, told in held.items() if np.mean(told) < 0.9} == set()
    assert np.mean([held_so for told in held.values() for held_so in told]) > 0.94


@pytest.mark.parametrize("pattern", [["yy"] * 19 + ["yn"], ["yy"] * 10 + ["nn"] * 10])
def test_one_persons_texts_tell_nothing_of_other_peoples(pattern):
    alone = {f"s{n}": "c0" for n in range(20)}
    for one in between_coders(said(pattern), alone, seed=1):
        assert (one.low, one.high) == (0.0 if one.measure == "Agreement" else -1.0, 1.0)


def test_a_figure_below_1_lies_within_its_interval_and_not_at_its_end():
    for cases in (2, 3, 6, 12):
        case_of = {f"s{n}": f"c{n % cases}" for n in range(24)}
        for pattern in (["yy"] * 23 + ["yn"], ["nn"] * 20 + ["yy", "ny", "yn", "yy"]):
            for one in between_coders(said(pattern), case_of, seed=1):
                assert one.low < one.value < one.high


def test_nothing_is_told_of_what_one_coder_judged_alone():
    assert between_coders(said(["y-", "-n"]), CASE_OF, seed=1) == []
    assert between_coders([], CASE_OF, seed=1) == []


def test_cohens_kappa_of_the_table_is_that_of_the_codings():
    told = between_coders(said(["yy"] * 3 + ["ny"] * 1 + ["yn"] * 2 + ["nn"] * 4), CASE_OF, seed=1)
    (kappa,) = (one.value for one in told if (one.code_id, one.measure) == ("food", "Cohen's kappa"))
    assert kappa == pytest.approx(float(cohens_kappa(np.array([3.0, 1, 2, 4]))))
