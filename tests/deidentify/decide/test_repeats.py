import numpy as np
import pytest

from themes.deidentify.decide.repeats import places_again, repeated, units_again
from themes.deidentify.decide.verdicts import Kept
from themes.deidentify.weigh.evidence import look
from themes.deidentify.wording.words import kept_places
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span


def a_finding(text: str, words: str, recognizer: str, label: str = "PERSON", score: float = 1.0) -> Finding:
    start = text.index(words)
    return Finding(Span(start, start + len(words)), label, IdentifierKind.DIRECT, score, recognizer)


def test_a_name_is_found_again_unless_the_weights_are_sure_that_it_is_a_word() -> None:
    text = "Carol sang. the carol was long, karols too"
    seen, kept = look(text), Kept(kept_places(text))
    name = a_finding(text, "Carol", "evidence")
    likely = np.array([word.start < 10 or word.start > 30 for word in seen.words])
    assert {f.span.of(text) for f in repeated(seen, likely, [name], kept)} == set()
    assert {f.span.of(text) for f in repeated(seen, likely | True, [name], kept)} == {"carol"}


def test_a_small_place_found_once_is_found_in_all_of_the_text() -> None:
    text = "They sent me to Goole. Goole is grim, GOOLE! Nobody in Goole-on-Sea, or in Leeds, says Leeds."
    said = [a_finding(text, "Goole", "place", "LOCATION"), a_finding(text, "Leeds", "place", "LOCATION")]
    assert [f.span.of(text) for f in places_again(text, said, Kept([]))] == ["Goole", "Goole", "GOOLE"]


def test_a_place_that_is_a_word_is_no_place_wherever_it_stands() -> None:
    text = "I live in Street, and the street is long"
    assert places_again(text, [a_finding(text, "Street", "place", "LOCATION")], Kept([])) == []


def test_what_is_repeated_says_so() -> None:
    text = "Zibbet rang, then zibbet came"
    name = a_finding(text, "Zibbet", "evidence")
    found = repeated(look(text), np.ones(5, bool), [name], Kept([]))
    assert set(found) == {Finding(Span(18, 24), "PERSON", IdentifierKind.DIRECT, 0.7, "repeated")}


@pytest.mark.parametrize(
    ("text", "name", "again"),
    [
        ("so Price rang. Price came", "Price", ["Price"]),
        ("so Table rang. Table came", "Table", []),
        ("so Table rang. table told me. Table phoned", "Table", ["Table", "table"]),
        ("so Carol rang, as Dame Carol Black said", "Carol", []),
    ],
)
def test_a_name_is_not_repeated_by_a_word_that_opens_nor_in_a_name_that_is_kept(
    text: str, name: str, again: list[str]
) -> None:
    seen = look(text)
    found = repeated(seen, np.ones(len(seen.words), bool), [a_finding(text, name, "evidence")], Kept(kept_places(text)))
    assert sorted({finding.span.of(text) for finding in found}) == again


@pytest.mark.parametrize(
    ("text", "name", "again"),
    [
        ("William left. Will rang, and Will too", "William", ["Will", "Will"]),
        ("William left. Will always rang. Will's desk. Liam!", "William", ["Will", "Will", "Liam"]),
        ("William left. Will they ring? They will. A Will, last will", "William", []),
        ("Vanessa left. Ness always smiled. NESS? ness?", "Vanessa", ["Ness"]),
        ("Penelope left. Pen is lost. I lost my Pen. Pen and paper. Pen and Sue", "Penelope", ["Pen", "Pen"]),
        ("Margaret left. Peg is kind. Peggy, Meg", "Margaret", ["Peg", "Peggy", "Meg"]),
        ("Will left. William came, Bill said", "Will", ["William", "Bill"]),
        ("Quillon left. Will rang", "Quillon", []),
        ("Mark left. Mark my words. Mark it. Mark said so", "Mark", ["Mark"]),
    ],
)
def test_where_a_name_is_said_its_short_forms_are_names_where_they_stand_as_one(
    text: str, name: str, again: list[str]
) -> None:
    seen = look(text)
    found = repeated(seen, np.ones(len(seen.words), bool), [a_finding(text, name, "evidence")], Kept([]))
    assert [finding.span.of(text) for finding in sorted(found, key=lambda f: f.span)] == again


@pytest.mark.parametrize(
    ("text", "name", "again"),
    [
        ("so R.J.H. rang, then RJH, rjh or RJ", "R.J.H.", ["RJH"]),
        ("so R. J. rang, then RJ, then JR", "R. J.", ["RJ"]),
        ("so P.M. rang at 4 PM", "P.M.", []),
        ("so Al rang, then AL", "Al", []),
    ],
)
def test_initials_with_their_stops_are_found_again_without(text: str, name: str, again: list[str]) -> None:
    seen = look(text)
    found = repeated(seen, np.ones(len(seen.words), bool), [a_finding(text, name, "evidence")], Kept([]))
    assert [finding.span.of(text) for finding in found] == again


@pytest.mark.parametrize(
    ("text", "unit", "again"),
    [
        ("on Bracken Ward, back to Bracken. Bracken was loud, bracken is not", "Bracken Ward", ["Bracken", "Bracken"]),
        ("moved to willow ward, then off willow. planted willow", "willow ward", ["willow"]),
        ("moved to willow ward, to willow gardens, on Willow", "willow ward", ["Willow"]),
        ("on Table ward. Table was laid", "Table ward", []),  # it opens, and is a word
        ("on Goole ward, then at Goole", "Goole ward", []),  # a town is no ward by itself
        ("on Carol ward, then to Carol", "Carol ward", []),
        ("at Royal infirmary, off to Royal Ascot", "Royal infirmary", []),
        ("at Lower Bracken ward, on Bracken", "Lower Bracken ward", []),
        ("on Bracken, at Bracken", "Bracken", []),
        ("on Atos ward, at Atos", "Atos ward", []),  # what is kept
    ],
)
def test_a_ward_is_found_again_by_its_name_alone(text: str, unit: str, again: list[str]) -> None:
    said = a_finding(text, unit, "unit", "HOSPITAL")
    found = units_again(text, [said], Kept(kept_places(text)))
    assert [finding.span.of(text) for finding in found] == again
    assert {(f.label, f.kind, f.score, f.recognizer) for f in found} <= {("HOSPITAL", said.kind, 0.9, "repeated")}


def test_a_ward_by_its_name_alone_is_nobody_and_no_other_detail_of_the_text() -> None:
    text = "on Bracken Ward, then Bracken and Bracken Lodge"
    unit = a_finding(text, "Bracken Ward", "unit", "HOSPITAL")
    person = Finding(Span(22, 29), "PERSON", IdentifierKind.DIRECT, 0.6, "evidence")
    lodge = Finding(Span(34, 47), "EMPLOYER", IdentifierKind.QUASI, 0.6, "unit")
    assert [f.span.start for f in units_again(text, [unit, person, lodge], Kept([]))] == [22]


@pytest.mark.parametrize(
    ("text", "name", "again"),
    [
        ("so Rose rang, with roses", "Rose", []),
        ("so Karen rang, then karens mum", "Karen", ["karens"]),
        ("so Ash Quillon rang, then Ash", "Ash Quillon", ["Ash"]),
        ("so Big Quillon rang, a Big man", "Big Quillon", []),
    ],
)
def test_a_first_name_is_found_again_and_several_of_what_it_means_are_not(
    text: str, name: str, again: list[str]
) -> None:
    seen = look(text)
    likely = np.array([word.capital for word in seen.words])
    found = repeated(seen, likely, [a_finding(text, name, "evidence")], Kept([]))
    assert [finding.span.of(text) for finding in found] == again


def test_a_first_name_that_is_a_word_is_heard_where_it_does_what_people_do() -> None:
    text = "For Will Hargreave. Will hardly spoke. Will told me. Will it end? will spoke"
    seen = look(text)
    name = a_finding(text, "Will Hargreave", "evidence")
    found = repeated(seen, np.zeros(len(seen.words), bool), [name], Kept([]))
    assert [f.span.start for f in found] == [text.index("Will hardly"), text.index("Will told")]
