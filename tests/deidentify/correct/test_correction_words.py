"""Where the words of a correction mean the same, and where they are found again."""

import pytest

from themes.deidentify.correct.correction_words import (
    Around,
    around,
    every,
    place_to_keep,
    places_to_mask,
    said_as,
    usual_reach,
)
from themes.records.span import Span


def digest(text: str) -> str:
    return f"keyed {hash(text)}"


def kept(text: str, span: Span, *, before: str, after: str) -> Span | None:
    near = Around(len(before), len(after), digest(f"{before}Hope{after}"))
    return place_to_keep(text, span=span, words="Hope", near=near, digest=digest)


@pytest.mark.parametrize(
    ("label", "words", "reach"),
    [
        ("PERSON", "Bronwen", "corpus"),
        ("PERSON", "Mark Price", "corpus"),
        ("PERSON", "Price", "thread"),
        ("PERSON", "Haworth", "thread"),
        ("PERSON", "West Yorkshire", "thread"),
        ("LOCATION", "Haworth", "corpus"),
        ("LOCATION", "Deal", "thread"),
        ("HOSPITAL", "Vale House", "corpus"),
        ("PHONE", "01632 960123", "corpus"),
        ("PHONE", "960", "here"),
        ("CODE", "96012", "here"),
        ("CODE", "960123", "corpus"),
        ("AGE", "forty-seven", "here"),
        ("CONDITION", "deaf", "here"),
        ("EVENT", "the crane fell on our house", "here"),
    ],
)
def test_words_reach_as_far_as_they_mean_the_same(label: str, words: str, reach: str) -> None:
    assert usual_reach(label, words) == reach


def test_words_are_found_whole_in_any_case_and_over_line_ends() -> None:
    text = "Vale House? VALE\nHOUSE! valehouse, Vale Houses"
    assert [span.of(text) for span in every("vale house", text)] == ["Vale House", "VALE\nHOUSE"]
    assert every(" ", text) == []


def test_a_name_that_is_an_everyday_word_is_found_in_its_own_case() -> None:
    assert said_as("Price", "Price said the price was high") == [Span(0, 5)]
    assert said_as("Ffion", "ffion and FFION") == [Span(0, 5), Span(10, 15)]


def test_a_mask_stays_in_its_place_or_follows_its_words_wherever_they_are() -> None:
    text = "Ffion rang Ffion."
    assert places_to_mask(text, span=Span(11, 16), words="Ffion") == [Span(11, 16)]
    assert places_to_mask(f"So {text}", span=Span(11, 16), words="Ffion") == [Span(3, 8), Span(14, 19)]
    assert places_to_mask("Nobody rang.", span=Span(0, 5), words="Ffion") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I hope Hope Street helps", Span(7, 11)),  # as it was
        ("Well, I hope Hope Street helps", Span(13, 17)),  # moved, with the same around it
        ("I hope Hope Road helps", None),
        ("I hope Hope Street; I hope Hope Street helps", Span(7, 11)),  # as it was, though it is said twice
        ("So I hope Hope Street, I hope Hope Street", None),  # moved, and said twice
    ],
)
def test_a_mask_that_was_taken_away_stays_away_only_where_its_place_is_sure(text: str, expected: Span | None) -> None:
    assert kept(text, Span(7, 11), before="I hope ", after=" Street") == expected


def test_a_place_that_opens_the_text_is_found_there_wherever_it_was() -> None:
    text = "I hope Hope Street, and so on"
    assert kept(text, Span(14, 18), before="I hope ", after=" Street") == Span(7, 11)


def test_words_alone_say_nothing_of_their_place() -> None:
    assert kept("So Hope", Span(0, 4), before="", after="") is None


def test_a_place_near_the_start_of_a_text_is_not_looked_for_before_it() -> None:
    assert kept("ab Hope", Span(1, 5), before="ab ", after="") == Span(3, 7)


def test_what_stands_around_is_kept_as_lengths_and_a_digest_alone() -> None:
    text = "a" * 30 + "Hope" + "b" * 5
    assert around(text, Span(30, 34), digest) == Around(20, 5, digest("a" * 20 + "Hope" + "b" * 5))
    assert around("Hope", Span(0, 4), digest) == Around(0, 0, digest("Hope"))
