"""Why an excerpt is worth a person's time."""

import pytest

from builders import a_coding
from themes.review.reasons import REASONS, TOLD, Around, disputed, drift, needs_a_person, new_theme, rare_code, unsure

NOTHING = Around()
ADVICE = {"coder_id": "language model: small", "probability": None}


def test_each_reason_has_words_and_does_not_hold_of_an_excerpt_of_which_nothing_is_known():
    assert TOLD.keys() == REASONS.keys()
    assert [reason([], NOTHING) for reason in REASONS.values()] == [0.0] * len(REASONS)


@pytest.mark.parametrize(("chances", "expected"), [([0.5], 1.0), ([0.9, 0.6], 0.8), ([0.9], 0.0), ([0.1], 0.0)])
def test_the_machine_is_unsure_about_even_chances(chances, expected):
    said = [a_coding("d1:0-9", f"c{n}", probability=chance) for n, chance in enumerate(chances)]
    assert unsure(said, NOTHING) == pytest.approx(expected)


def test_two_machines_that_give_other_codes_dispute_each_of_them():
    own, advised = a_coding("d1:0-9", "food"), a_coding("d1:0-9", "staff", **ADVICE)
    assert disputed([own, advised], NOTHING) == 2.0
    assert disputed([own, a_coding("d1:0-9", "food", **ADVICE)], NOTHING) == 0.0
    assert disputed([own], NOTHING) == 0.0


def test_a_code_that_few_excerpts_have_is_rare():
    around = Around(shares={"food": 0.005, "staff": 0.3})
    assert rare_code([a_coding("d1:0-9", "food")], around) == pytest.approx(0.75)
    assert rare_code([a_coding("d1:0-9", "staff")], around) == 0.0
    assert rare_code([a_coding("d1:0-9", "food", applies=False)], around) == 0.0


def test_what_is_known_of_the_excerpt_itself_counts_as_it_is():
    assert needs_a_person([], Around(risk=0.8)) == 0.8
    assert new_theme([], Around(new_theme=0.4)) == 0.4
    assert drift([a_coding("d1:0-9", "food")], Around(drift={"food": 3.0, "staff": 9.0})) == 3.0
