import pytest

from themes.clean.screening import says_nothing, what_is_wrong


@pytest.mark.parametrize(
    "text",
    ["", " \n", "-", "...", "?", "n/a", "N/A.", "NA", "n.a.", "na", "null", "NaN", "No comment", "not applicable",
             "[deleted]", "This comment has been removed by the author"]
)  # fmt: skip
def test_a_form_left_alone_says_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text", ["None", "Nothing.", "No", "5", "👍", "Nana helped me", "I have no comment on them", "NAs"]
)
def test_a_short_answer_is_an_answer(text):
    assert not says_nothing(text)


def test_texts_that_nobody_wrote_are_named_for_what_they_are():
    links = " ".join(f"cheap loans https://spam.example/{n}" for n in range(6))
    assert [what_is_wrong(text) for text in ("a " * 50_001, "a" * 1_001, "a\ud800b", links, "a " * 50_000)] == [
        "The text is longer than 100,000 characters. Split it, or remove it.",
        "The text holds over 1,000 signs without a space, which nobody writes. Remove it.",
        "The text holds half of a character (a lone surrogate). Save the file as UTF-8 again.",
        "The text is mostly links (6 of them), as advertising is. Remove it, or shorten its links.",
        "",
    ]


def test_a_story_with_references_is_no_advertising():
    story = "I read about my rights before the interview and it helped me a great deal. https://example.org/a " * 4
    assert what_is_wrong(story) == ""
