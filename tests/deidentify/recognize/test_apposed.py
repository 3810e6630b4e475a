import pytest

from themes.deidentify.recognize.apposed import is_apposed, is_spoken_of
from themes.deidentify.recognize.names import names_in
from themes.deidentify.wording.reading import read


@pytest.mark.parametrize(
    ("text", "apposed"),
    [
        ("Angel the receptionist was kind", True),
        ("Angel, my support worker, was kind", True),
        ("Moses from the jobcentre rang", True),
        ("Moses from the Shaw Trust rang", True),
        ("Moses from Mind rang", True),
        ("Moses from Egypt wandered", False),
        ("Will the adviser ring?", False),
        ("May the coach see me?", False),
        ("Angel wings", False),
        ("Angel", False),
    ],
)
def test_a_role_or_an_office_says_who_somebody_is(text: str, apposed: bool) -> None:
    assert is_apposed(read(text), 0) is apposed


@pytest.mark.parametrize(
    ("text", "spoken_of"),
    [
        ("hope and she lost it", True),
        ("hope, she lost it", True),
        ("hope who lost it", True),
        ("hope and prayer", False),
        ("frank and she lost it", False),
        ("hope", False),
    ],
)
def test_a_clause_may_follow_about_who_bears_a_name(text: str, spoken_of: bool) -> None:
    assert is_spoken_of(read(text), 0) is spoken_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Angel the receptionist was kind", {"Angel": 0.9}),
        ("Moses from the Shaw Trust rang", {"Moses": 0.9}),
        ("my advisor was hope and she lost my forms", {"hope": 1.0}),
        ("my advisor was patient and she lost my forms", {}),
        ("Atos from the jobcentre", {}),
    ],
)
def test_such_names_are_announced(text: str, names: dict[str, float]) -> None:
    assert {name.span.of(text): name.score for name in names_in(text)} == names
