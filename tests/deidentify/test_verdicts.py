import numpy as np
import pytest

from themes.deidentify.evidence import look
from themes.deidentify.hearing import FAMILIES
from themes.deidentify.verdicts import CUTS, Kept, cuts_of, locations, persons, repeated, telling, units
from themes.deidentify.words import kept_places
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

SURE, UNSURE, NOT = 5.0, -3.0, -9.0


def odds(text: str, *sure: str) -> np.ndarray:
    return np.array([SURE if word.plain in sure else NOT for word in look(text).words])


def a_finding(text: str, words: str, recognizer: str, label: str = "PERSON", score: float = 1.0) -> Finding:
    start = text.index(words)
    return Finding(Span(start, start + len(words)), label, IdentifierKind.DIRECT, score, recognizer)


def people(text: str, *sure: str, said: tuple[Finding, ...] = (), cut: float = 0.0) -> list[str]:
    return [f.span.of(text) for f in persons(look(text), odds(text, *sure), cut, said)]


def test_words_side_by_side_are_one_name_and_a_title_is_none_of_it() -> None:
    assert people("Mrs Jo Quillon's cat, Al", "mrs", "jo", "quillon", "al") == ["Jo Quillon", "Al"]


def test_small_words_between_names_are_no_part_of_them() -> None:
    assert people("jo and al or big dave", "jo", "and", "al", "big", "dave") == ["jo", "al", "dave"]


def test_a_kept_name_is_no_private_person_and_a_ministers_surname_seldom() -> None:
    assert people("Theresa May, Osborne", "theresa", "may", "osborne", cut=-0.5) == ["Osborne"]
    assert people("Theresa May, Osborne", "theresa", "may", "osborne", cut=3.0) == []


def test_what_is_known_needs_no_odds_and_what_is_announced_fewer() -> None:
    text = "my adviser quillon"
    assert people(text, said=(a_finding(text, "quillon", "known-name"),)) == ["quillon"]
    announced = a_finding(text, "quillon", "name-context")
    wavering = np.array([NOT, NOT, -1.0])
    assert persons(look(text), wavering, 0.0, []) == []
    assert [f.recognizer for f in persons(look(text), wavering, 0.0, [announced])] == ["name-context"]


def test_a_name_is_found_again_unless_the_weights_are_sure_that_it_is_a_word() -> None:
    text = "Carol sang. the carol was long, karols too"
    seen, kept = look(text), Kept(kept_places(text))
    name = a_finding(text, "Carol", "evidence")
    likely = np.array([word.start < 10 or word.start > 30 for word in seen.words])
    assert {f.span.of(text) for f in repeated(seen, likely, [name], kept)} == set()
    assert {f.span.of(text) for f in repeated(seen, likely | True, [name], kept)} == {"carol"}


def test_a_place_is_what_a_voter_proposes_and_the_weights_bear_out() -> None:
    text = "from Quill Bottom to Wrenby, Leeds"
    said = [a_finding(text, "Quill Bottom", "place", "LOCATION"), a_finding(text, "Leeds", "spacy", "LOCATION")]
    found = locations(look(text), odds(text, "quill", "bottom", "wrenby"), said, Kept([]), [])
    assert [(f.span.of(text), f.recognizer) for f in found] == [("Quill Bottom", "place"), ("Wrenby", "evidence")]


@pytest.mark.parametrize(
    ("text", "sure", "label"),
    [
        ("i was on quillon as a patient", "quillon", "HOSPITAL"),
        ("my kids school is quillon", "quillon", "SCHOOL"),
        ("my adviser at quillon", "quillon", "BRANCH"),
        ("stacking shelves at quillon", "quillon", "EMPLOYER"),
    ],
)
def test_a_unit_that_the_weights_alone_hold_is_named_by_what_stands_around(text: str, sure: str, label: str) -> None:
    seen = look(text)
    columns = np.full((len(seen.words), len(FAMILIES)), NOT)
    columns[:, 2] = odds(text, sure)
    assert [(f.label, f.span.of(text)) for f in units(seen, columns, [], Kept([]))] == [(label, sure)]


def test_everyday_words_and_kept_names_alone_are_no_unit() -> None:
    text = "at the Tesco on Monday for"
    seen = look(text)
    columns = np.full((len(seen.words), len(FAMILIES)), SURE)
    assert units(seen, columns, [], Kept(kept_places(text))) == []


def test_the_release_profile_masks_what_tells_but_not_schemes() -> None:
    text = "three lawyers of ESA"
    assert [f.span.of(text) for f in telling(look(text), odds(text, "three", "lawyers", "esa"), 0.0)] == [
        "three lawyers"
    ]


def test_a_post_of_a_network_has_a_lower_cut_for_persons() -> None:
    assert cuts_of("some plain") == CUTS
    assert cuts_of("none wired")["person"] < CUTS["person"]
    assert {**cuts_of("none wired"), "person": 0} == {**CUTS, "person": 0}


def test_a_place_in_whose_finding_stands_a_mark_alone_is_none() -> None:
    text = "near O'Wren"
    mark = a_finding(text, "'", "presidio", "LOCATION")
    assert locations(look(text), odds(text), [mark], Kept([]), []) == []
    whole = a_finding(text, "O'Wren", "presidio", "LOCATION")
    assert [f.span.of(text) for f in locations(look(text), odds(text), [mark, whole], Kept([]), [])] == ["O'Wren"]
