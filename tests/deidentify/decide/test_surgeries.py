import pytest

from themes.deidentify.decide.surgeries import as_surgeries
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span


def told(text: str, *names: str, recognizer: str = "evidence", label: str = "PERSON") -> list[tuple[str, str]]:
    findings, at = [], 0
    for name in names:
        at = text.index(name, at)
        findings.append(Finding(Span(at, at + len(name)), label, IdentifierKind.DIRECT, 0.9, recognizer))
        at += len(name)
    return [(found.label, found.span.of(text)) for found in as_surgeries(text, findings)]


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("ferncliffe surgery hung up", "ferncliffe", "ferncliffe surgery"),
        ("at Ferncliffe Medical Centre today", "Ferncliffe", "Ferncliffe Medical Centre"),
        ("Harriet Surgery is my GP", "Harriet", "Harriet Surgery"),
        ("Ferncliffe Surgery is my GP", "Ferncliffe Surgery", "Ferncliffe Surgery"),
    ],
)
def test_a_name_before_the_word_for_a_surgery_is_the_surgerys(text: str, name: str, whole: str) -> None:
    assert told(text, name) == [("HOSPITAL", whole)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("harriet surgery went well", "harriet"),
        ("Dr Ferncliffe surgery", "Ferncliffe"),
        ("Dr Ferncliffe Surgery left", "Ferncliffe Surgery"),
        ("my adviser Ferncliffe surgery", "Ferncliffe"),
        ("Ferncliffe, surgery", "Ferncliffe"),
        ("Ferncliffe rang the surgery", "Ferncliffe"),
        ("Ferncliffe rang", "Ferncliffe"),
        ("?! surgery", "?!"),
    ],
)
def test_a_patient_a_doctor_and_somebody_who_rings_stay_persons(text: str, name: str) -> None:
    assert told(text, name) == [("PERSON", name)]


def test_a_surgery_is_one_where_it_is_said_by_its_name_alone() -> None:
    text = "Ferncliffe Surgery is full. Ferncliffe never ring. Dr Khan left."
    assert told(text, "Ferncliffe", "Ferncliffe", "Khan") == [
        ("HOSPITAL", "Ferncliffe Surgery"),
        ("HOSPITAL", "Ferncliffe"),
        ("PERSON", "Khan"),
    ]


def test_a_doctor_called_like_the_surgery_stays_a_person() -> None:
    text = "Ferncliffe Surgery is full. Dr Ferncliffe is kind. Ferncliffe listens."
    assert told(text, "Ferncliffe", "Ferncliffe", "Ferncliffe") == [
        ("HOSPITAL", "Ferncliffe Surgery"),
        ("PERSON", "Ferncliffe"),
        ("PERSON", "Ferncliffe"),
    ]


def test_whom_the_thread_knows_and_what_is_no_person_stay_what_they_are() -> None:
    assert told("Ferncliffe surgery", "Ferncliffe", recognizer="known-name") == [("PERSON", "Ferncliffe")]
    assert told("Ferncliffe surgery", "Ferncliffe", label="LOCATION") == [("LOCATION", "Ferncliffe")]


def test_a_surgery_points_at_nobody_by_itself() -> None:
    heard = Finding(Span(0, 10), "PERSON", IdentifierKind.DIRECT, 0.9, "evidence")
    assert as_surgeries("ferncliffe surgery hung up", [heard]) == [
        Finding(Span(0, 18), "HOSPITAL", IdentifierKind.QUASI, 0.9, "evidence")
    ]


def said_of(text: str, *found: tuple[str, str, str]) -> list[str]:
    """The labels of what was found, each a label, the words and the recogniser."""
    findings, at = [], 0
    for label, words, recognizer in found:
        at = text.index(words, at)
        findings.append(Finding(Span(at, at + len(words)), label, IdentifierKind.QUASI, 0.9, recognizer))
        at += len(words)
    return [finding.label for finding in as_surgeries(text, findings)]


SURGERY = ("HOSPITAL", "Thornton surgery", "unit")


def test_a_village_after_which_a_surgery_is_called_is_the_surgery_unless_somebody_lives_there() -> None:
    text = "Thornton surgery hung up. they at thornton said no"
    assert said_of(text, SURGERY, ("LOCATION", "thornton", "repeated")) == ["HOSPITAL", "HOSPITAL"]
    text = "I live in Thornton. Thornton surgery hung up on Thornton"
    lived_in, again = ("LOCATION", "Thornton", "place"), ("LOCATION", "Thornton", "repeated")
    assert said_of(text, lived_in, SURGERY, again) == ["LOCATION", "HOSPITAL", "LOCATION"]


def test_a_city_and_another_village_are_not_taken_for_a_surgery() -> None:
    text = "Leeds surgery, Thornton surgery, leeds and Haworth"
    leeds, haworth = ("LOCATION", "leeds", "repeated"), ("LOCATION", "Haworth", "repeated")
    found = said_of(text, ("HOSPITAL", "Leeds surgery", "unit"), SURGERY, leeds, haworth)
    assert found == ["HOSPITAL", "HOSPITAL", "LOCATION", "LOCATION"]
