import pytest

from themes.deidentify.recognize.small_names import said_as_a_name
from themes.deidentify.wording.words import words_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("thanks grace", True),
        ("thank you so much, grace", True),
        ("i told grace", True),
        ("grace from the jobcentre rang", True),
        ("my adviser grace said so", True),
        ("a day of grace", False),
        ("the grace period ended", False),
        ("grace", False),
    ],
)
def test_what_stands_around_an_everyday_word_says_whether_it_is_a_name(text: str, name: bool) -> None:
    words = words_of(text)
    [i] = [n for n, word in enumerate(words) if word.plain == "grace"]
    assert said_as_a_name(text, words, i) is name


def test_a_word_for_what_will_be_is_a_name_after_a_title_alone() -> None:
    assert [said_as_a_name(text, words_of(text), 1) for text in ("mr will", "told will", "told mark")] == [
        True,
        False,
        True,
    ]
