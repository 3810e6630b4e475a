import pytest

from themes.deidentify.recognize.patterns import patterns_in
from themes.deidentify.recognize.postcodes import postcodes_in, spelled_postcodes_in
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
        "G4S lost it in G4S fashion",
        "the SR1 and my PA4 and RM7",
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


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("My postcode is L S nine, 7 Q T and I moved.", "L S nine, 7 Q T"),
        ("I live at ls9 seven qt now", "ls9 seven qt"),
        ("I live in LS nine seven QT.", "LS nine seven QT"),
        ("postcode l s 9 7 q t", "l s 9 7 q t"),
        ("It is L.S.9 7.Q.T. now", "L.S.9 7.Q.T"),
        ("B thirty one, 2 A B is where", "B thirty one, 2 A B"),
        ("we moved to h x seven, five d p", "h x seven, five d p"),
    ],
)
def test_a_postcode_is_found_letter_by_letter_and_with_its_figures_in_words(text: str, postcode: str) -> None:
    assert {finding.span.of(text) for finding in patterns_in(text) if finding.label == "POSTCODE"} == {postcode}


@pytest.mark.parametrize(
    "text",
    [
        "I got an A in IT, five in all, and a B",
        "so a b nine two d p came",
        "Q Q nine 7 Q T",
        "L S nine 7 C K",
        "B nine, 5 PM",
        "at nine, 5 am",
        "A and E at nine, 5 A B C",
    ],
)
def test_letters_and_figures_that_are_no_postcode_stay(text: str) -> None:
    assert list(spelled_postcodes_in(text)) == []
