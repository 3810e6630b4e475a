import pytest

from themes.read.quotations import plain_words, quoted_speech, repeated_words


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("She said: “Work is good for most people.” I doubt it.", ["“Work is good for most people.”"]),
        ('He said "we will help each of you" and left.', ['"we will help each of you"']),
        ("“First paragraph of a long speech.\n\n“Second and last one of it.”", [
            "“First paragraph of a long speech.", "“Second and last one of it.”"]),
        ("A “good” start and a “very good” end.", []),
        ("The question is: “Can we do any better than this?\n\nNobody knows.", []),
        ("Don't say 'this is what we want' in single marks.", []),
    ],
)  # fmt: skip
def test_an_article_quotes_between_double_marks(text, quoted):
    assert [span.of(text) for span in quoted_speech(text)] == quoted


def test_a_comment_quotes_the_page_but_tells_what_an_adviser_said():
    page = "Can provision create perverse incentives that conflict with recovery?"
    comment = "What is “provision create perverse incentives that conflict”? Mine said “go to work or lose the money”."
    assert [span.of(comment) for span in repeated_words(comment, plain_words(page))] == [
        "“provision create perverse incentives that conflict”"
    ]
