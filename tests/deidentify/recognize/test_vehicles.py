import pytest

from themes.deidentify.recognize.vehicles import vehicles_in
from themes.records.privacy import IdentifierKind


def found(text: str) -> set[str]:
    return {finding.span.of(text) for finding in vehicles_in(text)}


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("YK09-ZZX", "YK09-ZZX"),
        ("the van YK09\nZZX", "YK09\nZZX"),
        ("the car yk09 zzx", "yk09 zzx"),
        ("my car yk09 job", "yk09 job"),
        ("a red polo FWll KHX", "FWll KHX"),
        ("A123 ZZX", "A123 ZZX"),
        ("parked next to ZZX 123A", "ZZX 123A"),
        ("my van AEZ 1234", "AEZ 1234"),
        ("the car WB05SBH", "WB05SBH"),
        ("plate is j4 wrn", "j4 wrn"),
        ("my BF50WRN car", "BF50WRN"),
        ("my car AB12 PIP", "AB12 PIP"),
        ("my reg is W X 1 2 A B C", "W X 1 2 A B C"),
        ("the car, k. 4. 1. 6. d. w. p", "k. 4. 1. 6. d. w. p"),
        ("car k-4-d-w-p", "k-4-d-w-p"),
        (f"car{' ' * 57}yk09 zzx", "yk09 zzx"),
        (f"yk09 zzx{' ' * 37}car", "yk09 zzx"),
    ],
)
def test_a_plate_is_found_by_form_or_beside_a_vehicle(text: str, plate: str) -> None:
    assert plate in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "the UC50 AND the car",
        "plan A 1 2 3 B C D",
        "my car, A B C D E F",
        "UC50 FOR ME",
        "yk09 zzx",
        "ESA 50A by car",
        "on the M6 OFF slip",
        "ABC 123A",
        "I gave AB12 PIP",
        "BMW lol abc",
        "in my car B12 and C",
        "plate is broken",
        "my BF50WRN form",
        "the BF50 WRN by my car",
        "I gave AB12PIP",
        "so FWll KHX it",
        f"car{' ' * 58}yk09 zzx",
        f"yk09 zzx{' ' * 38}car",
    ],
)
def test_forms_roads_and_words_are_no_plates(text: str) -> None:
    assert found(text) == set()


def said_of(text: str) -> list[tuple[str, str, float]]:
    """Label, words and score of each finding; all are direct, and vouched for by their form."""
    findings = list(vehicles_in(text))
    assert {(finding.kind, finding.recognizer) for finding in findings} == {(IdentifierKind.DIRECT, "patterns")}
    return [(finding.label, finding.span.of(text), finding.score) for finding in findings]


def test_a_plate_is_not_quite_sure() -> None:
    assert said_of("YK09 ZZX, reg is wr 12") == [("VEHICLE", "YK09 ZZX", 0.9), ("VEHICLE", "wr 12", 0.9)]
