import pytest

from themes.deidentify.decide.joined import joined
from themes.deidentify.wording.stretches import Stretches
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span


def a_finding(text: str, words: str, label: str, score: float = 1.0) -> Finding:
    start = text.index(words)
    return Finding(Span(start, start + len(words)), label, IdentifierKind.DIRECT, score, words)


def together(text: str, label: str, *pieces: str, stays: str = "") -> list[str]:
    kept = Stretches([Span(text.index(stays), text.index(stays) + len(stays))] if stays else [])
    findings = [a_finding(text, piece, label) for piece in pieces]
    return [finding.span.of(text) for finding in joined(text, findings, stays=kept)]


@pytest.mark.parametrize(
    ("text", "label", "pieces", "whole"),
    [
        ("at Quillon Unit then", "HOSPITAL", ["Quillon", "Unit"], ["Quillon Unit"]),
        ("12 Elm, Leafy Close", "ADDRESS", ["12 Elm", "Leafy Close"], ["12 Elm, Leafy Close"]),
        ("Quillon, Unit", "HOSPITAL", ["Quillon", "Unit"], ["Quillon", "Unit"]),
        ("Zibbet Quillon rang", "PERSON", ["Zibbet", "Quillon"], ["Zibbet Quillon"]),
        ("thanks Sue Karen rang", "PERSON", ["Sue", "Karen"], ["Sue", "Karen"]),
        ("Sue\nQuillon", "PERSON", ["Sue", "Quillon"], ["Sue", "Quillon"]),
        ("met Robert (Bob) Quillon", "PERSON", ["Robert", "Bob", "Quillon"], ["Robert (Bob) Quillon"]),
        ("met Robert ‘Bob’ Quillon", "PERSON", ["Robert", "Bob", "Quillon"], ["Robert ‘Bob’ Quillon"]),
        ("met Robert (Bob, Quillon", "PERSON", ["Robert", "Bob", "Quillon"], ["Robert", "Bob", "Quillon"]),
        ("at Elm (Leafy) Close", "ADDRESS", ["Elm", "Leafy", "Close"], ["Elm", "Leafy", "Close"]),
        (
            "met Ann Quillon, Robert (Bob) Quillon",
            "PERSON",
            ["Ann", "Quillon", "Robert", "Bob"],
            ["Ann Quillon", "Robert", "Bob"],
        ),
        ("01 02", "PHONE", ["01", "02"], ["01", "02"]),
        ("at Five Ways House in", "EMPLOYER", ["Five Ways"], ["Five Ways House"]),
        ("at Five Ways House in", "EMPLOYER", ["Ways House"], ["Five Ways House"]),
        ("at Five Ways House in", "EMPLOYER", ["Ways"], ["Five Ways House"]),
        ("at St Quillon's House", "HOSPITAL", ["St Quillon"], ["St Quillon's House"]),
        ("weeks at oakapple house then", "HOSPITAL", ["oakapple"], ["oakapple house"]),
        ("at Five Ways house", "EMPLOYER", ["Five Ways"], ["Five Ways"]),
        ("at Five Ways. House of", "EMPLOYER", ["Five Ways"], ["Five Ways"]),
        ("Then Mrs Ways House", "EMPLOYER", ["Ways"], ["Ways House"]),
        ("on 5 May House", "DATE", ["5 May"], ["5 May"]),
        ("at -- House", "ADDRESS", ["--"], ["--"]),
        ("under the Larkspur team since", "HOSPITAL", ["Larkspur"], ["Larkspur team"]),
        ("at the Thornaby hub since", "BRANCH", ["Thornaby"], ["Thornaby hub"]),
        ("at the Larkspur hub since", "HOSPITAL", ["Larkspur"], ["Larkspur"]),
        ("the Reed office on Castle Street then", "ADDRESS", ["Castle Street"], ["Reed office on Castle Street"]),
        ("the jobcentre plus on castle street", "ADDRESS", ["castle street"], ["jobcentre plus on castle street"]),
        ("in a building on Castle Street then", "ADDRESS", ["Castle Street"], ["Castle Street"]),
        ("the Reed office on 4 Castle Street", "ADDRESS", ["4 Castle Street"], ["4 Castle Street"]),
        ("the Reed office in Goole", "LOCATION", ["Goole"], ["Goole"]),
    ],
)
def test_pieces_of_a_detail_and_of_the_name_of_a_house_are_one(
    text: str, label: str, pieces: list[str], whole: list[str]
) -> None:
    assert together(text, label, *pieces) == whole


def test_what_stays_is_no_part_of_a_house_and_the_surer_piece_speaks() -> None:
    assert together("at Five Ways House", "EMPLOYER", "Ways", stays="House") == ["Ways"]
    assert together("at Five Ways House", "EMPLOYER", "Ways", stays="Five") == ["Ways House"]
    text = "at Five Ways"
    pieces = [a_finding(text, "Five", "BRANCH", 0.4), a_finding(text, "Ways", "BRANCH", 0.9)]
    [one] = joined(text, pieces, stays=Stretches([]))
    assert one == Finding(Span(3, 12), "BRANCH", IdentifierKind.DIRECT, 0.9, "Ways")
    pieces = [a_finding(text, "Five", "BRANCH"), a_finding(text, "Ways", "SCHOOL")]
    assert joined(text, pieces, stays=Stretches([])) == pieces


def test_a_mere_house_of_the_release_profile_goes_to_its_name() -> None:
    text = "at Quillon House then"
    name, house = a_finding(text, "Quillon", "EMPLOYER"), a_finding(text, "House", "MISC")
    assert [f.span.of(text) for f in joined(text, [name, house], stays=Stretches([]))] == ["Quillon House"]
    more = a_finding(text, "House then", "MISC")
    assert joined(text, [name, more], stays=Stretches([])) == [name, more]


@pytest.mark.parametrize(
    ("text", "label"), [("the clinic on Castle Street", "HOSPITAL"), ("the dole on Castle Street", "BRANCH")]
)
def test_an_office_told_by_its_street_is_nobodys_home(text: str, label: str) -> None:
    (whole,) = joined(text, [a_finding(text, "Castle Street", "ADDRESS")], stays=Stretches([]))
    assert (whole.label, whole.kind, whole.span.of(text)) == (label, IdentifierKind.QUASI, text.removeprefix("the "))


@pytest.mark.parametrize(
    ("text", "unit", "place", "label", "found"),
    [
        ("with Quillons on Tanner Row then", "Quillons on", "Tanner Row", "ADDRESS", ["Quillons on Tanner Row"]),
        ("with Quillons on the Tanner Row", "Quillons on", "Tanner Row", "ADDRESS", ["Quillons on the Tanner Row"]),
        ("at Quillons on 4 Quarry Lane", "Quillons on", "4 Quarry Lane", "ADDRESS", ["Quillons", "4 Quarry Lane"]),
        ("at Quillons off Tanner Row", "Quillons off", "Tanner Row", "LOCATION", ["Quillons", "Tanner Row"]),
        ("at Quillons on, Tanner Row", "Quillons on", "Tanner Row", "LOCATION", ["Quillons on", "Tanner Row"]),
        ("at Quillons Tanner Row", "Quillons", "Tanner Row", "LOCATION", ["Quillons", "Tanner Row"]),
    ],
)  # fmt: skip
def test_no_unit_ends_with_the_word_that_leads_to_its_street(
    text: str, unit: str, place: str, label: str, found: list[str]
) -> None:
    pieces = [a_finding(text, unit, "EMPLOYER"), a_finding(text, place, label)]
    whole = joined(text, pieces, stays=Stretches([]))
    assert [finding.span.of(text) for finding in whole] == found
    assert whole[0].label == "EMPLOYER"


def test_two_numbers_with_nothing_between_are_one() -> None:
    text = "call +44 (0)7700 900 now"
    pieces = [a_finding(text, "+44 (0)", "PHONE"), a_finding(text, "7700 900", "PHONE")]
    assert [f.span.of(text) for f in joined(text, pieces, stays=Stretches([]))] == ["+44 (0)7700 900"]
    pieces = [a_finding(text, "+44", "PHONE"), a_finding(text, "(0)7700 900", "PHONE")]
    assert joined(text, pieces, stays=Stretches([])) == pieces
