import pytest

from themes.deidentify.postcodes import postcodes_in
from themes.records.privacy import IdentifierKind


def found(text: str) -> set[str]:
    return {finding.span.of(text) for finding in postcodes_in(text)}


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("at LS1-4AP", "LS1-4AP"),
        ("at LS1\n  4AP", "LS1\n  4AP"),
        ("at LS1 OAP", "LS1 OAP"),
        ("at BL8lEP", "BL8lEP"),
        ("at ls14ap", "ls14ap"),
        ("at BD4 7ZZ", "BD4 7ZZ"),
        ("GIR 0AA", "GIR 0AA"),
        ("at CWl oEZ", "CWl oEZ"),
        ("at B1l oEZ", "B1l oEZ"),
        ("at BL8oEP", "BL8oEP"),
        ("my ref is ls11st", "ls11st"),
        ("we are in M14, near", "M14"),
        ("I live at HX7 SDT", "HX7 SDT"),
        ("at LSB 4AP", "LSB 4AP"),
        ("the postcode is hx7 sdt", "hx7 sdt"),
        ("post code HX7SDT", "HX7SDT"),
        ("the CT1 area", "CT1"),
    ],
)
def test_a_postcode_is_found_mistyped_or_broken(text: str, postcode: str) -> None:
    assert postcode in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "gr82see",
        "xq123ab",
        "it has e10mb of it",
        "the SA1 form and the CT1",
        "a BD21 form",
        "on the AB1 road",
        "SO OUT",
        "at XQl oEZ",
        "it was ls11st",
        "my postcode is too old",
        "XQ9 alone",
        "M6 SAW me off, B12 GYM",
        "GPS 5KM, LSB 4pm, XQS 4AP",
        "hxs 4ap",
    ],
)
def test_what_looks_like_a_postcode_is_left_alone(text: str) -> None:
    assert found(text) == set()


def test_a_word_after_half_a_postcode_is_no_part_of_it() -> None:
    assert found("HX7 BUS stop, LS1 GCM") == {"HX7", "LS1"}


def said_of(text: str) -> list[tuple[str, str, float]]:
    """Label, words and score of each finding; all are direct, and vouched for by their form."""
    findings = list(postcodes_in(text))
    assert {(finding.kind, finding.recognizer) for finding in findings} == {(IdentifierKind.DIRECT, "patterns")}
    return [(finding.label, finding.span.of(text), finding.score) for finding in findings]


def test_a_half_is_a_little_less_sure_than_a_whole_or_one_that_is_called_so() -> None:
    assert said_of("at LS1 4AP, in M14, my postcode is xq7") == [
        ("POSTCODE", "LS1 4AP", 1.0),
        ("POSTCODE", "LS1", 0.9),
        ("POSTCODE", "M14", 0.9),
        ("POSTCODE", "xq7", 1.0),
    ]
