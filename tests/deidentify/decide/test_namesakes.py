"""A name that is kept is somebody's where the words around say so."""

import pytest

from themes.deidentify.decide.namesakes import said_of_somebody_met, told_who, with_namesakes
from themes.deidentify.weigh.evidence import look


@pytest.mark.parametrize(
    ("text", "held", "likely", "names"),
    [
        ("so Ray Thatcher rang", "0100", "0110", "0110"),
        ("so Ray, Thatcher rang", "0100", "0110", "0100"),
        ("so Thatcher Quillon rang", "0010", "0110", "0110"),
        ("so Thatcher, Quillon rang", "0010", "0110", "0010"),
        ("so thatcher Quillon rang", "0010", "0110", "0010"),  # small: not written like a name
        ("so Ray Thatcher rang", "0100", "0100", "0100"),
        ("Thatcher rang", "00", "10", "00"),
        ("so Sarah Reed rang", "0100", "0110", "0110"),
        ("so Reed rang", "000", "010", "000"),
        ("Reed rang", "00", "10", "00"),
        ("with Sarah\nReed rang", "0100", "0110", "0100"),
        ("with S. Reed rang", "0100", "0110", "0110"),
        ("S. Reed rang", "100", "110", "110"),
        ("Mr Reed rang", "000", "010", "010"),
        ("so Mr J B Reed rang", "000000", "000010", "000010"),
        ("so Mr. Reed rang", "0000", "0010", "0010"),
        ("so Mr\nReed rang", "0000", "0010", "0000"),
        ("my adviser Reed rang", "0000", "0010", "0010"),
        ("my adviser at Reed rang", "00000", "00010", "00000"),
    ],
)
def test_a_famous_name_or_a_firms_is_somebodys_beside_a_name_or_a_title(
    text: str, held: str, likely: str, names: str
) -> None:
    def signs(written: str) -> list[bool]:
        return [sign == "1" for sign in written]

    assert with_namesakes(look(text), signs(held), signs(likely)) == signs(names)


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("my cousin Tom Jones", True),
        ("cousin Tom Jones", True),
        ("my cousin. Tom Jones", False),
        ("Tom Jones is my nurse", True),
        ("Tom Jones", False),
        ("my cousin is called Tom Jones", True),
        ("I saw Tom Jones (my neighbour) there", True),
        ("I saw Tom Jones, their hero, there", False),
        ("my cousin called Tom Jones rang", True),
        ("my cousin called Tom Jones a genius", False),
        ("my cousin is called Tom Jones the plumber", True),
    ],
)
def test_a_famous_name_is_said_of_somebody_met_beside_what_they_are(text: str, met: bool) -> None:
    seen = look(text)
    at = [i for i, word in enumerate(seen.words) if word.plain in {"tom", "jones"}]
    assert [said_of_somebody_met(seen, i) for i in at] == [met, met]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mercedes was my boss", True),
        ("Mercedes is my sisters", True),
        ("Brooklyn (my stepson) rang", True),
        ("Brooklyn (my second bridge) fell", False),
        ("Mercedes was the boss", False),
    ],
)
def test_who_somebody_is_stands_right_behind_the_name(text: str, told: bool) -> None:
    assert told_who(look(text), 0) is told
