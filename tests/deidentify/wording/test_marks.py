import pytest

from themes.deidentify.wording.marks import is_mark, marked_word
from themes.deidentify.wording.stretches import snapped
from themes.deidentify.wording.words import words_of
from themes.records.span import Span


def test_marks_belong_to_the_letter_before_them_and_those_of_emoji_do_not() -> None:
    assert [is_mark(sign) for sign in ("\u0301", "\u0947", "a", "é", "\ufe0f", "\u20e3")] == [True, True] + [False] * 4


@pytest.mark.parametrize("word", ["Ивано\u0301в", "राजेश", "Jose\u0301", "o\u0301-b", "Żo\u0301łkiewski"])
def test_a_word_with_marks_is_one_word(word: str) -> None:
    assert marked_word().findall(f"Ask {word}, now.") == ["Ask", word, "now"]
    assert [each.end - each.start for each in words_of(f"Ask {word}.")] == [3, len(word)]


def test_a_word_with_marks_is_looked_up_without_them() -> None:
    assert [word.plain for word in words_of("Jose\u0301 Łukasz Đorđe Işık")] == ["jose", "lukasz", "dorde", "isik"]


def test_a_key_with_a_figure_is_no_word_of_its_own() -> None:
    assert [word.plain for word in words_of("1\ufe0f\u20e3 Ива\u0301н")] == ["1", "иван"]


def test_a_span_keeps_the_mark_it_ends_with() -> None:
    assert snapped("(राजू)", Span(1, 5)) == Span(1, 5)
