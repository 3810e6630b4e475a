"""Agreement on where a code begins and ends."""

import pytest

from themes.estimate.letter_runs import letter_by_letter, letter_runs
from themes.estimate.reliability import between_coders
from themes.records.coding import Coding


def a_yes(segment_id, coder_id, applies=True, code_id="food"):
    return Coding(segment_id, code_id, coder_id, applies)


def told(codings, **options):
    case_of = {coding.segment_id: coding.segment_id.partition(":")[0] for coding in codings}
    return {(one.code_id, one.measure): one for one in letter_by_letter(codings, case_of, seed=1, **options)}


def test_excerpts_that_only_share_letters_are_held_against_each_other_where_they_do():
    """0–9 yes and no, then 10–19 yes of both, then one alone."""
    codings = [
        a_yes("d1:0-20", "A1"),
        a_yes("d1:0-10", "A2", applies=False),
        a_yes("d1:10-30", "A2"),
    ]
    found = told(codings)
    assert found["food", "Agreement"].value == pytest.approx(10 / 20)
    assert (found["food", "Agreement"].segments, found["food", "Agreement"].cases) == (2, 1)


def test_a_long_stretch_counts_for_its_letters():
    codings = [a_yes(f"d{n}:0-90", coder) for n in range(9) for coder in ("A1", "A2")]
    codings += [a_yes("d9:0-10", "A1"), a_yes("d9:0-10", "A2", applies=False)]
    by_excerpt = between_coders(codings, {one.segment_id: one.segment_id[:2] for one in codings}, seed=1)
    assert next(one.value for one in by_excerpt if one.measure == "Agreement") == pytest.approx(9 / 10)
    assert told(codings)["food", "Agreement"].value == pytest.approx(810 / 820)
    assert told(codings)["food", "Agreement"].low < 810 / 820 < told(codings)["food", "Agreement"].high


def test_of_excerpts_alike_it_is_the_agreement_of_excerpts():
    codings = [
        a_yes(f"d{n}:5-25", coder, applies=n % (2 + at) == 0) for n in range(20) for at, coder in enumerate("AB")
    ]
    case_of = {one.segment_id: one.segment_id.partition(":")[0] for one in codings}
    assert letter_by_letter(codings, case_of, seed=3) == between_coders(codings, case_of, seed=3)


def test_one_yes_of_a_coder_is_a_yes_wherever_their_excerpts_overlap():
    codings = [a_yes("d1:0-20", "A1", applies=False), a_yes("d1:5-15", "A1")]
    assert [(run.segment_id, run.applies) for run in letter_runs(codings)] == [
        ("d1:0-5", False),
        ("d1:5-15", True),
        ("d1:15-20", False),
    ]


def test_where_nobody_judged_the_same_letters_nothing_is_told():
    assert told([a_yes("d1:0-10", "A1"), a_yes("d1:10-20", "A2")]) == {}
