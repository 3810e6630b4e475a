import pytest

from builders import a_raw_document
from themes.deidentify.recognize.units import find_units, units_in


def said(text: str) -> set[tuple[str, str, float]]:
    return {(f.label, f.span.of(text), f.score) for f in units_in(text)}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("I was at Ingeus Leeds", ("BRANCH", "Ingeus Leeds", 0.9)),
        ("out of HMP Wakefield.", ("BRANCH", "HMP Wakefield", 0.9)),
        ("in HMP & YOI Low Newton now", ("BRANCH", "HMP & YOI Low Newton", 0.9)),
        ("out of hmp leeds now", ("BRANCH", "hmp leeds", 0.9)),
        ("i was in st james for weeks", ("HOSPITAL", "st james", 0.9)),
        ("back to the old st lukes.", ("HOSPITAL", "st lukes", 0.9)),
        ("the christie lot were kind", ("HOSPITAL", "the christie", 0.9)),
        ("chemo at the Marsden ran over", ("HOSPITAL", "the Marsden", 0.9)),
        ("I was at Ingeus haworth", ("BRANCH", "Ingeus haworth", 0.9)),
        ("the Oldham Ingeus", ("BRANCH", "Oldham Ingeus", 0.9)),
        ("Mind in Halifax", ("BRANCH", "Mind in Halifax", 0.9)),
        ("the barnsley jobcentre", ("BRANCH", "barnsley jobcentre", 0.8)),
        ("milton keynes jobcentre", ("BRANCH", "milton keynes jobcentre", 0.8)),
        ("a grim barnsley jobcentre", ("BRANCH", "barnsley jobcentre", 0.8)),
        ("at the University of Poppleford", ("SCHOOL", "University of Poppleford", 0.9)),
        ("the Hospital for Wrenby", ("HOSPITAL", "Hospital for Wrenby", 0.9)),
        ("on ward seven", ("HOSPITAL", "ward seven", 0.9)),
        ("sectioned at Lingwood", ("HOSPITAL", "Lingwood", 0.8)),
        ("sectioned at The Beeches", ("HOSPITAL", "Beeches", 0.8)),
        ("I worked at The Quillon", ("EMPLOYER", "Quillon", 0.7)),
        ("My nurse came. I stayed at Beech House", ("HOSPITAL", "Beech House", 0.9)),
        ("My nurse came. I ended up in Beechcroft", ("HOSPITAL", "Beechcroft", 0.7)),
        ("I worked for Hargrave", ("EMPLOYER", "Hargrave", 0.7)),
        ("a firm called Denby", ("EMPLOYER", "Denby", 0.9)),
        ("the jobcentre on Quill Street", ("ADDRESS", "Quill Street", 0.8)),
        ("they took me to the QMC", ("HOSPITAL", "QMC", 0.9)),
    ],
)
def test_a_unit_is_told_by_its_name_or_by_what_is_done_there(text: str, unit: tuple[str, str, float]) -> None:
    assert said(text) == {unit}


@pytest.mark.parametrize(
    "text",
    [
        "Ingeus of late",
        "Maximus on Monday",
        "sectioned in Smith",
        "I stayed at Beech House",
        "My nurse came. I saw Town House and White House",
        "I ended up in Beechcroft",
        "My nurse came. I ended up in Dave",
        "My nurse came. I ended up in Reading",
        "My nurse came. I ended up in Leeds",
        "I worked at Haworth",
        "the jobcentre on Dave",
        "Hospital food",
        "It rained. Food Hospital was full.",
        "the DWP office",
        "a big jobcentre",
        "the Open University",
        "at QMCs and a qmc",
        "an hmp letter",
        "HMPPS said no",
        "in st helens, near st johns ambulance, in st james park, at st peters church, by st pancras",
        "it was 1st james then oxford st james",
        "an HMP Governor",
    ],
)
def test_people_towns_and_what_anybody_could_mean_are_no_unit(text: str) -> None:
    assert said(text) == set()


def test_each_document_has_its_own_units() -> None:
    documents = [a_raw_document("It rained"), a_raw_document("a firm called Denby")]
    assert [[f.label for f in found] for found in find_units(documents)] == [[], ["EMPLOYER"]]


@pytest.mark.parametrize(
    "text",
    [
        "Spinal surgery left me unable to sit",
        "Bowel Surgery in June, they sanctioned me",
        "After that. Cataract surgery twice.",
        "Weight-loss surgery did not help",
    ],
)
def test_an_operation_is_no_surgery(text: str) -> None:
    assert [finding.span.of(text) for finding in units_in(text)] == []
