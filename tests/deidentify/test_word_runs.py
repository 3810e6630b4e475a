import pytest

from themes.deidentify.evidence import look
from themes.deidentify.word_runs import likely_from, runs


@pytest.mark.parametrize(
    ("text", "held", "found"),
    [
        ("Jo Quillon came", "110", [(0, 2)]),
        ("Jo, Quillon came", "110", [(0, 1), (1, 2)]),
        ("J. Quillon came", "110", [(0, 2)]),
        ("Jo. Quillon came", "110", [(0, 1), (1, 2)]),
        ("with Jo", "01", [(1, 2)]),
        ("nobody came", "00", []),
    ],
)
def test_held_words_side_by_side_are_one_run(text: str, held: str, found: list[tuple[int, int]]) -> None:
    assert list(runs(look(text), [sign == "1" for sign in held])) == found


def test_log_odds_of_nought_are_an_even_chance() -> None:
    assert (likely_from(0.0), likely_from(2.0), likely_from(-2.0)) == (0.5, 0.881, 0.119)
