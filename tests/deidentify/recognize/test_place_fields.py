import pytest

from builders import a_raw_document
from themes.deidentify.findings import details_of
from themes.deidentify.recognize.place_fields import place_fields_in
from themes.records.spec import CorpusSpec


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Town: Goole\nVillage = Nether Wrenby", ["Goole", "Nether Wrenby"]),
        ("nearest town: haworth, town/city: Quillham", ["haworth", "Quillham"]),
        ("Town: unknown. City: None. Village: My own. Nearest town: quillham", []),
        ("the whole town: nobody came", []),
        ("my hometown Goole, Town Goole, town : Go", []),
    ],
)
def test_the_field_of_a_place_holds_one(text: str, places: list[str]) -> None:
    assert [(f.label, f.span.of(text)) for f in place_fields_in(text)] == [("LOCATION", each) for each in places]


def test_no_person_is_found_in_it_and_the_fields_stay(spec: CorpusSpec) -> None:
    text = "Author: Kim. Town: Goole. Borough: Pendle\nCounty: East Yorkshire"
    [found] = details_of([a_raw_document(text)], spec=spec)
    assert [(f.label, f.span.of(text)) for f in found if f.label in {"PERSON", "LOCATION", "EMPLOYER"}][:3] == [
        ("PERSON", "Kim"), ("LOCATION", "Goole"), ("LOCATION", "Pendle"),
    ]  # fmt: skip
