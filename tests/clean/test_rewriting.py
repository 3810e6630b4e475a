from hypothesis import given
from hypothesis import strategies as st

from builders import a_raw_document
from themes.clean.rewriting import Edit, chained, rewritten
from themes.records.span import OffsetMap, Span


def test_offsets_lead_back_past_what_was_removed_and_added():
    document = rewritten(a_raw_document("abc--def-g"), [Edit(3, 5), Edit(8, 9, " and ")])
    assert document.text == "abcdef and g"
    assert [document.offsets.received(at) for at in (0, 2, 3, 5, 11)] == [0, 2, 5, 7, 9]


def test_an_edit_that_changes_nothing_leaves_the_very_same_document():
    document = a_raw_document("abc")
    assert rewritten(document, [Edit(1, 2, "b")]) is document


def test_quotations_move_with_their_words_and_go_when_nothing_is_left():
    document = a_raw_document("xx[one]xx[two]", quotations=(Span(2, 7), Span(9, 14)))
    moved = rewritten(document, [Edit(0, 2), Edit(9, 14)])
    assert (moved.text, [span.of(moved.text) for span in moved.quotations]) == ("[one]xx", ["[one]"])


def test_a_quotation_that_begins_or_ends_in_a_changed_place_takes_in_what_stands_there_now():
    document = a_raw_document("a&quot;b&quot;c", quotations=(Span(2, 13),))
    moved = rewritten(document, [Edit(1, 7, '"'), Edit(8, 14, '"')])
    assert [span.of(moved.text) for span in moved.quotations] == ['"b"']


def test_two_maps_make_one():
    earlier = OffsetMap(((2, 5), (4, 10)))
    later = OffsetMap(((0, 1), (3, 6)))
    both = chained(later, earlier)
    assert [both.received(at) for at in range(6)] == [earlier.received(later.received(at)) for at in range(6)]


@given(st.text("abcxyz", max_size=40), st.sets(st.sampled_from("abc")), st.sets(st.sampled_from("xyz")))
def test_after_any_two_rounds_of_removals_each_character_leads_back_to_itself(text, first, second):
    document = a_raw_document(text)
    for gone in (first, second):
        document = rewritten(document, [Edit(at, at + 1) for at, c in enumerate(document.text) if c in gone])
    assert [text[document.offsets.received(at)] for at in range(len(document.text))] == list(document.text)
