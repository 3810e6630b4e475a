import pytest

from themes.deidentify.wording.lexicon import is_wide, places
from themes.deidentify.wording.listed import LISTS
from themes.deidentify.wording.regions import kind_and_region, place_kinds, region_of, regions


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("Haworth", "place in West Yorkshire"),
        ("haworth", "place in West Yorkshire"),
        ("Leeds", "town in West Yorkshire"),
        ("Oakham", "town in Leicestershire"),  # not Rutland, which is too small
        ("Kent", "county"),
        ("the North East", "region"),
        ("London", "region"),
        ("Wales", "nation"),
        ("Poland", "place abroad"),
        ("Newcastle", "town"),  # upon Tyne, under Lyme, or the one in County Down
        ("Newport", ""),  # there are several
        ("Nowheresby", ""),
    ],
)
def test_a_place_is_told_by_its_region(place: str, says: str) -> None:
    assert kind_and_region(place) == says
    assert says == "" or says in place_kinds()


def test_one_name_spelled_two_ways_is_one_place() -> None:
    assert region_of("Berwick-upon-Tweed") == region_of("berwick upon tweed") == "Northumberland"
    assert region_of("St. Austell") == region_of("Saint Austell") == "Cornwall"


def test_every_region_is_wide_and_every_place_of_the_list_is_in_the_gazetteer() -> None:
    rows = [line.split("\t") for line in (LISTS / "regions_gb.tsv").read_text("utf-8").splitlines()[1:]]
    assert {region for _, region in rows} == regions()
    assert [region for region in regions() if not is_wide(region)] == []
    known = {name.replace("-", " ").replace("saint ", "st ").replace("st. ", "st ") for name in places()}
    assert [name for name, _ in rows if name.casefold() not in known] == []
    assert len(rows) > 5000
