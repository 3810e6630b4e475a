import pytest

from builders import a_raw_document
from themes.deidentify.recognize.conditions import conditions_in, find_conditions


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("she has stiff person syndrome now", ["stiff person syndrome"]),
        ("he has Quillon's, poor lad", ["Quillon's"]),
        ("I've got Quillon-Wren and", ["Quillon-Wren"]),
        ("a condition called quillon wrenby.", ["quillon wrenby"]),
        ("complex quillon syndrome, bilateral", ["complex quillon syndrome, bilateral"]),
        ("It is called Quillon-Wren syndrome.", ["Quillon-Wren syndrome"]),
        ("i got hereditary angioedema", ["hereditary angioedema"]),
        ("MY EYES: OPTIC MYELITIS", ["MYELITIS", "OPTIC MYELITIS"]),
        ("my dad has motor neurone", ["motor neurone"]),
        ("syringomyelia they said", ["syringomyelia"]),
        ("our lad has dravet and cri du chat", ["cri du chat", "dravet"]),
        ("it was fragile X all along", ["fragile X"]),
    ],
)
def test_a_rare_condition_is_found(text: str, conditions: list[str]) -> None:
    assert sorted({finding.span.of(text) for finding in conditions_in(text)}) == conditions


@pytest.mark.parametrize(
    "text",
    [
        "I have arthritis, bronchitis and psychosis",
        "irritable bowel syndrome, chronic fatigue syndrome and a skin disease",
        "Parkinson's disease, Crohn's disease, MS, ME and COPD",
        "it is a disease. A rare syndrome, they said, some autoimmune disease",
        "the diagnosis and the prognosis",
        "I had Karen's, I got Monday's",
        "the ushers at the theatre, an usher",
        "an illness called depression, a disease called cancer",
    ],
)
def test_what_many_have_stays(text: str) -> None:
    assert list(conditions_in(text)) == []


def test_each_document_has_its_own() -> None:
    documents = [a_raw_document("progeria"), a_raw_document("fine")]
    assert [[f.label for f in found] for found in find_conditions(documents)] == [["CONDITION"], []]
