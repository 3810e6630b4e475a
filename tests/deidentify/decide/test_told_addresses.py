import numpy as np
import pytest

from builders import a_raw_document
from themes.deidentify.decide.told_addresses import told_addresses
from themes.deidentify.findings import details_of
from themes.deidentify.weigh.evidence import look
from themes.records.privacy import IdentifierKind
from themes.records.spec import CorpusSpec

CUT = -1.0


def told(text: str, odds: str) -> list[str]:
    """What is found where each word's log-odds are high above the cut (2), just above it (1) or below it (0)."""
    values = np.array([{"2": 1.0, "1": -0.5, "0": -9.0}[sign] for sign in odds], np.float32)
    return [f.span.of(text) for f in told_addresses(look(text), values, CUT)]


@pytest.mark.parametrize(
    ("text", "odds", "found"),
    [
        ("we are at Penlan-fach now", "00020", ["Penlan-fach"]),
        ("we are at penlan now", "00020", ["penlan"]),
        ("she has nine Acre Rise now", "001220", ["nine Acre Rise"]),
        ("she has 9 acre rise now", "001220", ["9 acre rise"]),
        ("they live in the house by the gate", "00122111", []),  # everyday words alone say no house
        ("House and gate", "222", []),  # a capital at the beginning says nothing
        ("we are at Penlan now", "00010", []),  # no word of it is sure
        ("at Penlan, in the Rise", "22222", ["Penlan", "Rise"]),  # what tells nothing is left out at the edges
        ("we are in the of", "00222", []),
        ("it is on the 3rd floor", "000020", []),  # nor does a mere number
        ("so we walked 3 mile there", "000220", []),  # nor one with what it counts
        ("we had number 8 High Dependency beds", "0002200", []),
        ("we are at 3 short lane", "000222", ["3 short lane"]),
    ],
)
def test_an_address_is_a_run_of_words_one_of_which_is_sure(text: str, odds: str, found: list[str]) -> None:
    assert told(text, odds) == found


def test_the_finding_says_what_it_is_and_how_likely() -> None:
    [found] = told_addresses(look("at Penlan"), np.array([-9.0, 0.0], np.float32), CUT)
    assert (found.label, found.kind, found.recognizer, found.score) == (
        "ADDRESS", IdentifierKind.DIRECT, "told-address", 0.5,
    )  # fmt: skip


def test_the_weights_that_ship_hear_an_address_that_has_no_form(spec: CorpusSpec) -> None:
    text = "my address is Hafod-y-Wern up the lane"
    (details,) = details_of([a_raw_document(text)], spec=spec)
    (heard,) = [each for each in details if each.recognizer == "told-address"]
    assert heard.label == "ADDRESS" and heard.span.of(text).startswith("Hafod-y-Wern")
