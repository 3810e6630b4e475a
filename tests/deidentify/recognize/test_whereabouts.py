import pytest

from themes.deidentify.recognize.patterns import patterns_in
from themes.deidentify.recognize.whereabouts import whereabouts_in


def found(text: str) -> list[str]:
    return [finding.span.of(text) for finding in whereabouts_in(text)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the drop off is at ///filled.count.soap, ring", "///filled.count.soap"),
        ("my what3words is daring.lion.race.", "daring.lion.race"),
        ("W3W: Daring.Lion.Race", "Daring.Lion.Race"),
        ("53.7996, -1.5491 is where I sleep", "53.7996, -1.5491"),
        ("at 53.79960N 1.54910W tonight", "53.79960N 1.54910W"),
        ("at 55.8642 N, 4.2518 W tonight", "55.8642 N, 4.2518 W"),
        ("at 54.5973° n, 5.9301° w tonight", "54.5973° n, 5.9301° w"),
        ("""at 53° 47' 59" N, 1° 32' 57" W tonight""", """53° 47' 59" N, 1° 32' 57" W"""),
        ("grid ref SE 1234 5678", "SE 1234 5678"),
        ("OS grid reference is TQ123456", "TQ123456"),
    ],
)
def test_an_exact_position_is_an_address(text: str, place: str) -> None:
    assert found(text) == [place]
    assert ("ADDRESS", place) in {(f.label, f.span.of(text)) for f in patterns_in(text)}


@pytest.mark.parametrize(
    "text",
    [
        "I waited.Then.Nothing came",
        "see example.org/a.b.c and ///no",
        "what3words is no use to me. I rang them.",
        "it went from 12.345, to 23.456 in all",
        "52.5000, 14.0000 miles",
        "in Warsaw at 52.2297 N, 21.0122 E",
        "off Rockall at 57.5963 N, 13.6873 W",
        "scores of 53.79 and 1.54",
        "on the grid reference they gave",
    ],
)
def test_what_only_looks_like_a_position_is_none(text: str) -> None:
    assert found(text) == []
