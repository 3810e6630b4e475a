import pytest

from themes.deidentify.addresses import addresses_in
from themes.deidentify.combine import combined


def found(text: str) -> list[str]:
    return [f.span.of(text) for f in combined(text, addresses_in(text))]


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("I live at 14 Elm Street.", ["14 Elm Street"]),
        ("flat 3b, 14 Albion Street", ["flat 3b, 14 Albion Street"]),
        ("Flat 12 Nelson Court", ["Flat 12 Nelson Court"]),
        ("i live at 12 station rd", ["12 station rd"]),
        ("at flat 9 kestrel tower", ["flat 9 kestrel tower"]),
        ("the office on Beech Grove", ["Beech Grove"]),
        ("they moved into Maple House", ["Maple House"]),
    ],
)
def test_a_street_address_is_found(text: str, details: list[str]) -> None:
    assert found(text) == details


@pytest.mark.parametrize(
    "text",
    [
        "outside Downing Street",
        "like Coronation Street",
        "The High Street is dead",
        "2 Good Years",
        "in 5 days",
        "Benefits Street",
    ],
)
def test_a_street_that_everybody_knows_is_left_alone(text: str) -> None:
    assert found(text) == []
