import pytest

from themes.deidentify.decide.word_runs import (
    likely_from,
    runs,
    whole_words,
    with_everyday_words,
    with_more_of_the_name,
)
from themes.deidentify.weigh.evidence import look
from themes.records.span import Span


@pytest.mark.parametrize(
    ("text", "held", "found"),
    [
        ("Jo Quillon came", "110", [(0, 2)]),
        ("Jo, Quillon came", "110", [(0, 1), (1, 2)]),
        ("J. Quillon came", "110", [(0, 2)]),
        ("Jo. Quillon came", "110", [(0, 1), (1, 2)]),
        ("with Jo", "01", [(1, 2)]),
        ("nobody came", "00", []),
    ],
)
def test_held_words_side_by_side_are_one_run(text: str, held: str, found: list[tuple[int, int]]) -> None:
    assert list(runs(look(text), [sign == "1" for sign in held])) == found


def test_log_odds_of_nought_are_an_even_chance() -> None:
    assert (likely_from(0.0), likely_from(2.0), likely_from(-2.0)) == (0.5, 0.881, 0.119)


@pytest.mark.parametrize(
    ("text", "held", "more"),
    [
        ("yours, E. Throssell", "001", "011"),
        ("yours, P. J. Tregenza", "0001", "0111"),
        ("thank Leanne R please", "0100", "0110"),
        ("told Big Sue that", "0010", "0110"),
        ("told big sue that", "0010", "0110"),
        ("my big sue came", "0010", "0010"),  # a small word after "my" is no part of the name
        ("told wee sue that", "0010", "0010"),  # nor is one that is said of anybody
        ("Big Sue came", "010", "110"),
        ("Big sue came", "010", "010"),  # it has its capital from the sentence
        ("then I, Sue, came", "0010", "0010"),
        ("to Leanne I said", "0100", "0100"),
        ("ask A Smith there", "0010", "0010"),
        ("ask A. Smith there", "0010", "0110"),
        ("Form E, Leanne said", "0010", "0010"),
        ("yours, P I Ogundipe", "0001", "0111"),
        ("then I I Ogundipe", "0001", "0001"),
        ("ask moses p there", "0100", "0110"),
        ("ask moses p's mum", "0100", "0100"),
        ("ask moses n them", "0100", "0100"),  # "and"
        ("love to moses x", "0010", "0010"),  # a kiss
        ("ask bradshaw p there", "0100", "0100"),  # a surname: the letter may be anything
        ("ask Moses p there", "0100", "0100"),
        ("to d mcelhinney here", "0010", "0110"),
        ("to n mcelhinney here", "0010", "0010"),
        ("to d sharon here", "0010", "0010"),
        ("to d Mcelhinney here", "0010", "0010"),
        ("section d mcelhinney filled", "0010", "0010"),  # the letter is the section's
    ],
)
def test_initials_and_the_first_word_of_a_nickname_are_part_of_a_name(text: str, held: str, more: str) -> None:
    assert with_more_of_the_name(look(text), [sign == "1" for sign in held]) == [sign == "1" for sign in more]


@pytest.mark.parametrize(
    ("text", "names", "whole"),
    [
        ("then Mrs van der Post rang", ["post"], "van der Post"),
        ("so Anwen ap Rhys did", ["anwen", "rhys"], "Anwen ap Rhys"),
        ("the la Carol sang", ["carol"], "Carol"),
        ("what r. s. quigley said", ["quigley"], "r. s. quigley"),
        ("met P. Swallow", ["p"], "P. Swallow"),
        ("met s quigley", ["quigley"], "quigley"),
    ],
)
def test_a_name_takes_in_what_belongs_to_it(text: str, names: list[str], whole: str) -> None:
    seen = look(text)
    more = with_more_of_the_name(seen, [word.plain in names for word in seen.words])
    ((start, end),) = runs(seen, more)
    assert text[seen.words[start].start : seen.words[end - 1].end] == whole


def test_a_span_grows_to_the_words_that_it_cuts_through() -> None:
    words = look("with Jo Quillon there").words
    assert whole_words(words, [1, 2], Span(6, 10)) == Span(5, 15)
    assert whole_words(words, [1], Span(3, 9)) == Span(3, 9)


@pytest.mark.parametrize(
    ("text", "held", "likely", "more"),
    [
        ("so ray throssell rang", "0010", "0110", "0110"),
        ("thank nick g please", "0010", "0110", "0110"),
        ("thank mel clay please", "0100", "0110", "0110"),
        ("so ray throssell rang", "0010", "0010", "0010"),
        ("so ray, throssell rang", "0010", "0110", "0010"),
        ("so ray\nthrossell rang", "0010", "0110", "0010"),
        ("so nurse throssell rang", "0010", "0110", "0010"),  # a title is no part of the name
        ("so may throssell rang", "0010", "0110", "0010"),  # nor is a verb
        ("so Atos Throssell rang", "0010", "0110", "0010"),  # nor what is kept
        ("so 77 throssell rang", "0010", "0110", "0010"),
        ("ray rang", "00", "10", "00"),
        ("then ms grey rang", "0000", "0010", "0010"),
        ("then miss grey rang", "0000", "0010", "0000"),
    ],
)
def test_an_everyday_word_beside_a_held_one_is_part_of_the_name(text: str, held: str, likely: str, more: str) -> None:
    def signs(written: str) -> list[bool]:
        return [sign == "1" for sign in written]

    assert with_everyday_words(look(text), signs(held), signs(likely)) == signs(more)
