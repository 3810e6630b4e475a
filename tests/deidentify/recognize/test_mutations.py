import pytest

from builders import a_raw_document
from themes.deidentify.findings import details_of
from themes.deidentify.recognize.mutations import MUTATED, is_mutated_place, mutated_places_in, radicals_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span
from themes.records.spec import CorpusSpec


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("dw i'n byw yng Nghaernarfon", "Nghaernarfon"),  # c, nasal
        ("born ym Mhwllheli", "Mhwllheli"),  # p, nasal
        ("lives yn Nhregaron now", "Nhregaron"),  # t, nasal
        ("yn Nolgellau", "Nolgellau"),  # d, nasal
        ("moved i Fangor", "Fangor"),  # b, soft
        ("i Gaernarfon", "Gaernarfon"),  # c, soft
        ("o Dregaron.", "Dregaron"),  # t, soft
        ("o Bwllheli", "Bwllheli"),  # p, soft
        ("o Ddolgellau", "Ddolgellau"),  # d, soft
        ("i Langefni", "Langefni"),  # ll, soft
        ("tua Chaernarfon", "Chaernarfon"),  # c, aspirate
        ("o Gaerfyrddin", "Gaerfyrddin"),  # by its Welsh name alone
        ("yng nghaernarfon", "nghaernarfon"),
        ("i nghaerdydd", "nghaerdydd"),
    ],
)
def test_a_mutated_place_of_wales_is_a_place(text: str, place: str) -> None:
    start = text.index(place)
    whole = Finding(Span(start, start + len(place)), "LOCATION", IdentifierKind.QUASI, 0.9, MUTATED)
    assert list(mutated_places_in(text)) == [whole]


@pytest.mark.parametrize(
    "text",
    [
        "", "i Felt it, i Left, i Went, o Dear", "i fangor", "yn dda iawn", "yn ddrwg i bawb", "in Fangor",
        "i Nhowhere",
        "yn Leeds", "i Borth", "yn fold", "yn mala", "o Ben Williams", "hi Fangor", "yn Nghaernarfonwyr", "i Rhyl",
    ],
)  # fmt: skip
def test_other_words_are_none(text: str) -> None:
    assert list(mutated_places_in(text)) == []


def test_the_rules_of_mutation_are_run_backwards() -> None:
    assert set(radicals_of("ddinbych")) >= {"dinbych"}
    assert set(radicals_of("wynedd")) == {"gwynedd"}
    assert is_mutated_place("fangor") and not is_mutated_place("bangor")


def test_no_tagger_makes_a_person_of_one(spec: CorpusSpec) -> None:
    text = "I live yng Nghaernarfon with my mam"
    [found] = details_of([a_raw_document(text)], spec=spec)
    assert [(each.label, each.span.of(text)) for each in found] == [("LOCATION", "Nghaernarfon")]
