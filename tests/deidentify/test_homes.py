import pytest

from themes.deidentify.addresses import addresses_in
from themes.deidentify.homes import homes_in


def homes(text: str) -> list[str]:
    return [span.of(text) for span in homes_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("his is flat 4, mine flat 12B", ["flat 4", "flat 12B"]),
        ("write to PO Box 114, Hull", ["PO Box 114"]),
        ("she lives at number nine", ["number nine"]),
        ("we live in the old dairy", ["the old dairy"]),
        ("he is on narrowboat Quiet Maud", ["narrowboat Quiet Maud"]),
        ("I live above the bakery in Wexcombe", ["above the bakery in Wexcombe"]),
        ("we are at 31 ffordd y glowr", ["31 ffordd y glowr"]),
        ("the surgery on Heol y Felin shut", ["Heol y Felin"]),
        ("at 15 Lôn Ddewi, Bangor", ["15 Lôn Ddewi"]),
    ],
)
def test_a_home_is_found_without_a_street_at_its_end(text: str, found: list[str]) -> None:
    assert homes(text) == found


@pytest.mark.parametrize(
    "text",
    ["number nine in the list", "the old dairy was shut", "Ffordd is Welsh for road",
     "ar y stryd fawr", "the narrowboat was sold"],
)  # fmt: skip
def test_what_is_no_home_stays(text: str) -> None:
    assert homes(text) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("at 2/1, 17 Ballgreen Wynd now", "2/1, 17 Ballgreen Wynd"),
        ("she has Top Flat, 8 St Botolph's Mews.", "Top Flat, 8 St Botolph's Mews"),
        ("write to First floor back, 102 Lesnes Rise.", "First floor back, 102 Lesnes Rise"),
        ("he stays at number eighteen Havelock Way", "number eighteen Havelock Way"),
        ("Number 3, Fulwood Crescent", "Number 3, Fulwood Crescent"),
        ("Mrs V. Ottaway\n3 Tanyard Cottages\nHalesworth", "3 Tanyard Cottages"),
        ("mam lives at 4 staithes lonnen", "4 staithes lonnen"),
    ],
)
def test_an_address_begins_where_the_home_in_the_house_is_told(text: str, address: str) -> None:
    assert [finding.span.of(text) for finding in addresses_in(text)] == [address]


def test_minutes_are_no_house() -> None:
    assert addresses_in("999 called. Ambulance 12 mins. Ct conscious and joking") == []
