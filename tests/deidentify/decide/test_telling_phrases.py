import numpy as np
import pytest

from themes.deidentify.decide.telling_phrases import telling_phrases
from themes.deidentify.weigh.evidence import look

CUT = -3.0


def told(text: str, odds: str) -> list[tuple[str, str]]:
    """What is found where each word's log-odds are high above the cut (2), just above it (1) or below it (0)."""
    values = np.array([{"2": 2.0, "1": -2.0, "0": -9.0}[sign] for sign in odds], np.float32)
    return [(f.label, f.span.of(text)) for f in telling_phrases(look(text), values, CUT)]


@pytest.mark.parametrize(
    ("text", "odds", "found"),
    [
        ("I wind the clock tower by hand", "0112210", [("JOB", "wind the clock tower")]),
        ("I wind the clock tower by hand", "0111110", []),  # no word of it is sure
        ("it was the lamplighter", "0002", []),  # one word alone is no phrase
        (
            "she has fibrodysplasia ossificans progressiva",
            "00222",
            [("CONDITION", "fibrodysplasia ossificans progressiva")],
        ),
        ("she has narcolepsy now", "0020", [("CONDITION", "narcolepsy")]),
        ("our only Tibetan family here", "02220", [("DEMOG", "only Tibetan family")]),
        ("the day the pier burned", "11222", [("EVENT", "day the pier burned")]),
        ("a keeper of swans", "0202", [("JOB", "keeper of swans")]),  # a word between two belongs to them
        ("a keeper, swans", "022", []),  # each alone
    ],
)
def test_a_phrase_is_a_run_of_words_one_of_which_is_sure(text: str, odds: str, found: list[tuple[str, str]]) -> None:
    assert told(text, odds) == found
