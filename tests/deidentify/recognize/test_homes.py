import pytest

from themes.deidentify.recognize.addresses import addresses_in
from themes.deidentify.recognize.homes import homes_in


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
        ("she lives at no.9", ["no.9"]),
        ("she lives at number thirty one", ["number thirty one"]),
        ("he stays at the Golden Sands caravan park", ["Golden Sands caravan park"]),
        ("caravan 12 by the sea", ["caravan 12"]),
        ("It's Flat C they paid and not Flat G", ["Flat C", "Flat G"]),
        ("flat 3/1 is hers, flat 12P mine", ["flat 3/1", "flat 12P"]),
        ("a site called Golden Sands caravan park", ["Golden Sands caravan park"]),
        ("I live over the shop in March", ["over the shop in March"]),
        ("the lady at number 9 in the rain", ["number 9"]),
    ],
)
def test_a_home_is_found_without_a_street_at_its_end(text: str, found: list[str]) -> None:
    assert homes(text) == found


@pytest.mark.parametrize(
    "text",
    ["number nine in the list", "the old dairy was shut", "Ffordd is Welsh for road",
     "ar y stryd fawr", "the narrowboat was sold", "in support of their caravan park", "at the local caravan park",
     "NB Universal Credit is late", "a flat 20% cut", "I asked flat 3 times",
     "I live above the poverty line in Britain", "they live in nowhere land",
     "in B flat C is missing", "a flat I liked", "a flat 12.5 per cent", "my phone was flat 24/7", "a flat 50p a week",
     "a flat 1,200 pounds", "a flat 12 a week", "the man at number one in the polls",
     "back at number seven on the waiting list", "we were living over the odds in June",
     "the flat above the shop in December"],
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
        ("I live at no.14 elm street", "no.14 elm street"),
        ("send it to no.7, Back Lane", "no.7, Back Lane"),
        ("it is number twenty-three, Larch Hill", "number twenty-three, Larch Hill"),
        ("it is number thirty one, Larch Hill", "number thirty one, Larch Hill"),
        ("Street name: Acacia Avenue", "Acacia Avenue"),
        ("at 12 Crown Court", "12 Crown Court"),
        ("he's at seventeen Lumb Rise, Chapeltown", "seventeen Lumb Rise"),
        ("it went to forty two Lister Court", "forty two Lister Court"),
        ("she lives at thirty six lister road", "thirty six lister road"),
        ("she lives at twelve lister road", "twelve lister road"),
        ("at 132 Broadwater Hill, ground floor back. It", "132 Broadwater Hill, ground floor back"),
        ("a wee house in Summerhill Gardens, number 6, ramp", "Summerhill Gardens, number 6"),
        ("with me at 2 back of 88 Vyse Lane", "2 back of 88 Vyse Lane"),
        ("not 14a cobden tce anymore", "14a cobden tce"),
        ("the top flat, High Street", "top flat, High Street"),
        ("I LIVE ON MILL LANE", "MILL LANE"),
        ("WE LIVE AT ROSE COTTAGE, MILL LANE", "ROSE COTTAGE, MILL LANE"),
        ("HE WAS AT 9 ISLE OF MAN ROAD", "9 ISLE OF MAN ROAD"),
    ],
)
def test_an_address_begins_where_the_home_in_the_house_is_told(text: str, address: str) -> None:
    assert [finding.span.of(text) for finding in addresses_in(text)] == [address]


@pytest.mark.parametrize(
    "text",
    ["in the classroom, Mill Lane", "we adapt, Mill Lane", "it fell flat, High Court judges said",
     "Britain's number one Food Bank", "parked behind Crown Court", "we had thirty six lister road signs"],
)  # fmt: skip
def test_half_a_word_and_what_every_town_has_is_no_home(text: str) -> None:
    assert addresses_in(text) == []


def test_minutes_are_no_house() -> None:
    assert addresses_in("999 called. Ambulance 12 mins. Ct conscious and joking") == []
