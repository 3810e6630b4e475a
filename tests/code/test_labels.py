import random

from builders import a_code, a_codebook, a_segment
from themes.code.labels import content_of, decided_of, in_order, places_in_order, with_examples
from themes.records.coding import LabelledSegment
from themes.records.span import Span

CODEBOOK = a_codebook(
    a_code("food", name="Food", examples=("Soup",)), a_code("cars", name="Cars"), version="1", uncoded=("Hm.",)
)


def labelled(text, *codes, at=0, asked=None, reviewed=False, **fields):
    segment = a_segment(f"d{at}:0-1", text, **{"case_id": "c", **fields})
    return LabelledSegment(segment, frozenset(codes), asked, reviewed)


def test_the_order_is_that_of_the_content_whatever_the_ids():
    rows = [labelled("The soup was cold", "food", at=1), labelled("A full car park", "cars", at=2), labelled("Rain")]
    assert places_in_order(rows) == [1, 2, 0]
    assert [one.segment.text for one in in_order(rows)] == ["A full car park", "Rain", "The soup was cold"]
    again = [labelled(one.segment.text, *one.code_ids, at=at) for at, one in enumerate(rows, 7)]
    random.Random(3).shuffle(again)
    assert [content_of(one) for one in in_order(again)] == [content_of(one) for one in in_order(rows)]


def test_content_is_all_that_can_change_what_is_learned():
    one = labelled("Cold soup", "food")
    others = [
        labelled("Cold stew", "food"),
        labelled("Cold soup", "cars"),
        labelled("Cold soup", "food", asked=frozenset({"food"})),
        labelled("Cold soup", "food", reviewed=True),
        labelled("Cold soup", "food", case_id="another"),
        labelled("Cold soup", "food", prompt="What was bad?"),
        labelled("Cold soup", "food", prompt="What was bad?", after="We left."),
        labelled("Cold soup", "food", quoted=(Span(0, 4),)),
    ]
    contents = [content_of(each) for each in (one, *others)]
    assert all(contents.count(each) == 1 for each in contents)


def test_a_code_is_decided_where_it_was_asked_about_or_given():
    taken, decided = decided_of([labelled("a"), labelled("b", "food", asked=frozenset({"cars"}))], CODEBOOK)
    assert taken.tolist() == [[False, False], [True, False]]
    assert decided.tolist() == [[True, True], [True, True]]
    assert decided_of([labelled("b", "food", asked=frozenset())], CODEBOOK)[1].tolist() == [[True, False]]


def test_labelled_texts_become_examples_of_their_codes():
    rows = [
        labelled("Stale bread at the car park", "food", "cars"),
        labelled("It rained"),
        labelled("Cold stew", "food"),
    ]
    taught = with_examples(CODEBOOK, rows)
    assert [code.examples for code in taught.codes] == [
        ("Soup", "Cold stew", "Stale bread at the car park"),
        ("Stale bread at the car park",),
    ]
    assert taught.uncoded == ("Hm.", "It rained")
    assert CODEBOOK.codes[0].examples == ("Soup",)


def test_what_was_decided_in_part_is_no_example_of_no_code():
    assert with_examples(CODEBOOK, [labelled("It rained", asked=frozenset({"food"}))]) == CODEBOOK


def test_words_of_others_are_no_example():
    quoted = labelled("“Soup is good food”", "food", quoted=(Span(0, 19),))
    assert with_examples(CODEBOOK, [quoted]) == CODEBOOK
