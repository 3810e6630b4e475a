"""Units called by everyday words in small letters."""

import numpy as np
import pytest

from themes.deidentify.decide.small_units import everyday_unit, is_said_of_a_place
from themes.deidentify.weigh.evidence import look


@pytest.mark.parametrize(
    ("text", "sure", "found"),
    [
        ("moved to willow ward then", "willow ward", "willow ward"),
        ("to the harbour centre then", "to the harbour centre", "harbour centre"),
        ("at orchard road clinic", "orchard road clinic", "orchard road clinic"),
        ("then meadow primary", "meadow primary", "meadow primary"),
        ("on the locked ward then", "ward", None),
        ("on the locked ward then", "", None),
        ("to willow then", "willow", None),
        ("orchard table clinic", "orchard clinic", None),
        ("the ward clinic then", "ward clinic", None),  # nothing in it is a name
        ("ward willow", "ward willow", None),
    ],
)
def test_a_unit_is_a_run_that_the_weights_are_sure_of_up_to_what_it_is(text: str, sure: str, found: str | None) -> None:
    seen = look(text)
    odds = np.array([1.0 if word.plain in sure.split() else 0.0 for word in seen.words], np.float32)
    span = everyday_unit(seen, odds, 0, len(seen.words))
    assert (span.of(text) if span else None) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("chapel over apples", True),
        ("chapel near tables", True),
        ("chapel over zibbet", False),
        ("chapel over Apples", False),
        ("chapel with apples", False),
        ("over apples", False),
        ("chapel over", False),
    ],
)
def test_everyday_words_around_a_preposition_say_where_something_was(text: str, said: bool) -> None:
    seen = look(text)
    assert is_said_of_a_place(seen, 0, len(seen.words)) == said
