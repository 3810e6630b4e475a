import pytest

from builders import a_raw_document
from themes.deidentify.findings import details_of
from themes.deidentify.recognize.towns import towns_in
from themes.deidentify.replace.policy import action_on
from themes.deidentify.wording.lexicon import is_wide, places, plain_towns
from themes.records.spec import CorpusSpec


def found(text: str) -> list[str]:
    return [finding.span.of(text) for finding in towns_in(text)]


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("I HATE HALIFAX", ["HALIFAX"]),
        ("THEY SENT ME TO KEIGHLEY AND I HATED EVERY MINUTE", ["KEIGHLEY"]),
        ("we moved to halifax, west yorks", ["halifax"]),
        ("Halifax's jobcentre, Halifax’s streets", ["Halifax", "Halifax"]),
        ("Halifax is grim. I like Halifax", ["Halifax", "Halifax"]),
        ("barrow in furness is a dump", ["barrow in furness"]),
        ("I HATE BARROW-IN-FURNESS", ["BARROW-IN-FURNESS"]),
        ("between Wells-next-the-Sea and Berwick upon Tweed", ["Wells-next-the-Sea", "Berwick upon Tweed"]),
        ("I LIVE IN DEAL.", ["DEAL"]),
        ("i grew up in sale and left", ["sale"]),
    ],
)
def test_a_town_that_means_nothing_else_is_found_however_it_is_written(text: str, towns: list[str]) -> None:
    assert found(text) == towns


@pytest.mark.parametrize(
    "text",
    [
        "READING THE LETTER. WHAT A DEAL. A SALE ON BATH TOWELS. I HOPE THEY ARE AWARE",
        "I HAD A BATH AND READING WAS ALL I COULD DO. NO HOPE. BE WARE. ON MARCH 3 IN FLEET STREET",
        "i live in hope, they live in fear, we live in sale conditions",
        "Mrs Barnsley, my adviser barnsley, Karen Halifax",
        "the Halifax Building Society",
        "I WENT TO LEEDS AND WIGAN",
        "barrow in the garden, stoke the fire",
        "halifaxes, un-halifax-like",
    ],
)
def test_words_people_banks_and_cities_are_left_to_others(text: str) -> None:
    assert found(text) == []


def test_no_plain_town_is_a_city() -> None:
    assert not [name for name in plain_towns() if is_wide(name)]


def test_a_name_with_hyphens_is_listed_with_blanks_as_well() -> None:
    assert places()["stoke on trent"] == places()["stoke-on-trent"] > 100_000
    assert places()["barrow-in-furness"] == places()["barrow in furness"]
    assert is_wide("Stoke on Trent")


@pytest.mark.parametrize("text", ["THEY LEFT ME IN THE DARK AND I LIVE IN HOPE", "i live in hope that it changes"])
def test_nobody_lives_in_the_village_of_hope_in_small_letters(text: str, spec: CorpusSpec) -> None:
    assert [f.label for f in details_of([a_raw_document(text)], spec=spec)[0] if f.label == "LOCATION"] == []


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("I was sent to Ingeus Halifax. Halifax is a long way from here.", "Halifax"),
        ("Goole Jobcentre is awful. Goole has no work.", "Goole"),
        ("They closed the Ilkley Jobcentre. ilkley has nothing now.", "ilkley"),
    ],
)
def test_a_town_is_masked_where_it_stands_alone_after_an_office_in_it(text: str, town: str, spec: CorpusSpec) -> None:
    last = [
        (finding.label, finding.span.of(text))
        for finding in details_of([a_raw_document(text)], spec=spec)[0]
        if finding.span.start == text.rindex(town) and action_on(finding, town, "coding") != "keep"
    ]
    assert last == [("LOCATION", town)]
