import pytest

from themes.deidentify.decide.combine import combined
from themes.deidentify.recognize.addresses import addresses_in


def found(text: str) -> list[str]:
    return [f.span.of(text) for f in combined(text, addresses_in(text), weighed=False)]


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("I live at 14 Elm Street.", ["14 Elm Street"]),
        ("on the doorstep of number nine in the rain", ["number nine"]),
        ("the lady at number 16 saw", ["number 16"]),
        ("still living at the Old Forge with him", ["the Old Forge"]),
        ("in a static at quill beck caravan park now", ["quill beck caravan park"]),
        ("c/o Narrowboat 'Grey Wren', Quill moorings", ["Narrowboat 'Grey Wren', Quill moorings"]),
        ("Flat 2, The Tannery, I left", ["Flat 2, The Tannery"]),
        ("the flat above the chip shop in Wrenby", ["the flat above the chip shop in Wrenby"]),
        ("we live opposite the church in Wrenby", ["opposite the church in Wrenby"]),
        ("flat 3b, 14 Albion Street", ["flat 3b, 14 Albion Street"]),
        ("Flat 12 Nelson Court", ["Flat 12 Nelson Court"]),
        ("i live at 12 station rd", ["12 station rd"]),
        ("at flat 9 kestrel tower", ["flat 9 kestrel tower"]),
        ("the office on Beech Grove", ["office on Beech Grove"]),
        ("they moved into Maple House", ["Maple House"]),
        ("i live at maple view", ["maple view"]),
        ("i live at zetland view", ["zetland view"]),
        ("I was in room 14 at Beech Court, upstairs", ["room 14 at Beech Court"]),
        ("stuck in pod 3 at Quill House", ["pod 3 at Quill House"]),
        ("The Old Forge, Church Lane is where I grew up", ["The Old Forge, Church Lane"]),
        ("went to the office on mill lane again", ["office on mill lane"]),
        ("the jobcentre on high lane", []),
        ("Room 101 that place was", []),
        ("room 14 at the High Court", []),
        ("room 4, 12 Elm Street", ["room 4, 12 Elm Street"]),
        ("at Hillcrest, Elm Road", ["Hillcrest, Elm Road"]),
        ("at Leeds, Elm Road", ["Elm Road"]),
        ("at rose cottage, elm lane", ["rose cottage, elm lane"]),
        ("write to PO Box 12", ["PO Box 12"]),
        ("at 4 Elm Court, Ash Way", ["4 Elm Court, Ash Way"]),
        ("at Working Links Gorse Street", ["Links Gorse Street"]),
        ("at 14 St. John's Road", ["14 St. John's Road"]),
        ("lost 12 park ave. again", ["12 park ave"]),
        ("at Elm Estate now", ["Elm Estate"]),
        ("at Elm Hill today", ["Elm Hill"]),
        ("got 14 zibbet park today", ["14 zibbet park"]),
        ("to 9 Isle of Man Road", ["9 Isle of Man Road"]),
        ("at 14 st johns road", ["14 st johns road"]),
    ],
)
def test_a_street_address_is_found(text: str, details: list[str]) -> None:
    assert found(text) == details


@pytest.mark.parametrize(
    "text",
    [
        "outside Downing Street",
        "ticket number 16, number nine in the queue",
        "the flat above a shop, a caravan park, the old school",
        "I live above the shop",
        "like Coronation Street",
        "The High Street is dead",
        "2 Good Years",
        "in 5 days",
        "on 3 may 2014 elm street was shut",
        "at 20 minutes walk",
        "we live in a rich field",
        "i moved to the cul de sac end",
        "they paid £14 Elm Street rates",
        "from 2 weeks close",
        "Benefits Street",
        "at Elm Estate agents",
        "at Elm Park today",
        "saw Elm Hill once",
        "got 14 big park today",
    ],
)
def test_a_street_that_everybody_knows_is_left_alone(text: str) -> None:
    assert found(text) == []
