import pytest

from themes.deidentify.decide.combine import combined
from themes.deidentify.recognize.places import places_in
from themes.deidentify.recognize.units import units_in
from themes.deidentify.replace.policy import action_for


def masked(text: str) -> list[tuple[str, str]]:
    found = combined(text, [*places_in(text), *units_in(text)])
    return [(f.label, f.span.of(text)) for f in found if action_for(f.label, f.span.of(text), "coding") != "keep"]


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("I was at Ingeus Leeds", [("BRANCH", "Ingeus Leeds")]),
        ("I signed on at Maximus, Hull", [("BRANCH", "Maximus, Hull")]),
        ("the Oldham Ingeus", [("BRANCH", "Oldham Ingeus")]),
        ("at the barnsley jobcentre", [("BRANCH", "barnsley jobcentre")]),
        ("Mind in Halifax", [("BRANCH", "Mind in Halifax")]),
        ("Scope in Bolton", [("BRANCH", "Scope in Bolton")]),
        ("sectioned at Lingwood", [("HOSPITAL", "Lingwood")]),
        ("at St Hilda's on Ward 19", [("HOSPITAL", "St Hilda's"), ("HOSPITAL", "Ward 19")]),
        ("at Airedale General Hospital", [("HOSPITAL", "Airedale General Hospital")]),
        ("My nurse came. I ended up in Beechcroft", [("HOSPITAL", "Beechcroft")]),
        ("at Brackenfield Primary School", [("SCHOOL", "Brackenfield Primary School")]),
        ("I worked at Hargrave & Sons", [("EMPLOYER", "Hargrave & Sons")]),
        ("a firm called Denby Fabrications", [("EMPLOYER", "Denby Fabrications")]),
        ("I live in Haworth near Leeds", [("LOCATION", "Haworth")]),
        ("i live in haworth", [("LOCATION", "haworth")]),
        ("I grew up in Nether Poppleford", [("LOCATION", "Nether Poppleford")]),
    ],
)
def test_a_place_that_points_at_somebody_is_masked(text: str, details: list[tuple[str, str]]) -> None:
    assert masked(text) == details


@pytest.mark.parametrize(
    "text",
    [
        "The Jobcentre, my local Jobcentre, every job centre",
        "I live in Leeds, from Poland, in West Yorkshire",
        "I worked at Tesco for Amazon",
        "The Hospital was full, a private hospital",
        "Maximus in Hull, Atos in London",
        "Mind and Scope and the DWP office",
        "in March, at Christmas, on Monday",
        "High School was hard",
        "He went to University",
        "on the ward, in the unit, at the surgery",
        "St John's wort",
    ],
)
def test_towns_chains_and_plain_words_stay(text: str) -> None:
    assert masked(text) == []
