import pytest

from builders import a_document, a_masked_document, a_segment
from themes.records.corpus import Case
from themes.records.span import Span
from themes.release_text import (
    answers_as_released,
    as_released,
    in_released,
    released_groups,
    released_text,
    segment_as_released,
    surrogates_in,
)

MIXED = a_masked_document(
    "d1",
    "On ",
    ("3 May 2014", "DATE", "[date: May 2014]", "[date: 2014]"),
    " ",
    ("Karen", "PERSON", "[adviser K7QX2]"),
    " of ",
    ("Ingeus", "ORG", "", "[organisation B5X2Y]"),
    " rang.",
)


def test_the_released_text_has_the_stricter_surrogate_in_every_place():
    assert MIXED.text == "On [date: May 2014] [adviser K7QX2] of Ingeus rang."
    assert released_text(MIXED) == "On [date: 2014] [adviser K7QX2] of [organisation B5X2Y] rang."


def test_what_is_replaced_keeps_its_place_in_the_cleaned_text():
    cleaned = "On 3 May 2014 Karen of Ingeus rang."
    released = as_released(MIXED)
    assert [(r.span.of(cleaned), r.label, r.surrogate) for r in released.replacements] == [
        ("3 May 2014", "DATE", "[date: 2014]"),
        ("Karen", "PERSON", "[adviser K7QX2]"),
        ("Ingeus", "ORG", "[organisation B5X2Y]"),
    ]
    assert released.release_replacements == ()
    assert [s.of(released.text) for s in surrogates_in(released)] == [
        "[date: 2014]", "[adviser K7QX2]", "[organisation B5X2Y]",
    ]  # fmt: skip


def test_a_released_document_is_released_already():
    assert as_released(as_released(MIXED)) == as_released(MIXED)


@pytest.mark.parametrize(
    ("words", "strict"),
    [
        ("[adviser K7QX2] of", "[adviser K7QX2] of"),
        ("of Ingeus rang.", "of [organisation B5X2Y] rang."),
        ("geus rang", "[organisation B5X2Y] rang"),  # a cut through a detail takes all of its surrogate
        ("of Ing", "of [organisation B5X2Y]"),
        ("nge", "[organisation B5X2Y]"),
    ],
)
def test_a_stretch_is_found_again_and_never_shows_a_piece_of_a_detail(words, strict):
    start = MIXED.text.index(words)
    span = in_released(Span(start, start + len(words)), MIXED)
    assert span.of(released_text(MIXED)) == strict


def test_a_segment_is_cut_anew_with_what_it_quotes_and_without_its_neighbours():
    text = "of Ingeus rang."
    start = MIXED.text.index(text)
    segment = a_segment("d1:36-51", text, span=Span(start, start + len(text)), quoted=(Span(3, 9),), before="On May")
    released = segment_as_released(segment, MIXED, as_released(MIXED))
    assert released.text == "of [organisation B5X2Y] rang."
    assert (released.before, released.after) == ("", "")
    assert [span.of(released.text) for span in released.quoted] == ["[organisation B5X2Y]"]


def test_a_text_without_details_stays_as_it_is():
    document = a_document("d1", "They were kind.", quotations=(Span(0, 4),))
    assert as_released(document) == document


def test_question_and_speaker_are_those_of_the_release_profile():
    asked = a_document("d1", prompt="Why Ingeus?", released_prompt="Why [firm K7]?", speaker="carer")
    assert (as_released(asked).prompt, as_released(asked).speaker) == ("Why [firm K7]?", "carer")
    segment = a_segment("d1:0-15", prompt="Why Ingeus?", speaker="carer")
    assert segment_as_released(segment, asked, as_released(asked)).prompt == "Why [firm K7]?"


def test_a_group_is_called_as_the_release_profile_calls_it_unless_two_would_be_one():
    cases = [
        Case(
            "c1", {"firm": "Ingeus", "town": "Goole", "age": "40"}, {"firm=Ingeus": "firm=[firm K7]", "age=40": "age=?"}
        ),
        Case("c2", {"firm": "Seetec", "town": "Goole", "age": "41"}, {"age=41": "age=?"}),
    ]
    speaking = [a_document("d1", speaker="Ingeus", released_speaker="[firm K7]"), a_document("d2", speaker="carer")]
    assert released_groups(cases, speaking) == {
        "firm=Ingeus": "firm=[firm K7]", "age=40": "", "age=41": "", "speaker=Ingeus": "speaker=[firm K7]",
    }  # fmt: skip
    assert answers_as_released(cases[0]) == {"firm": "[firm K7]", "town": "Goole", "age": "?"}
