import pytest

from builders import a_segment
from themes.code.wording import own_words, reproduced, says_nothing
from themes.records.span import Span


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("The minister said “work is good for you” again.", "The minister said                        again."),
        ('According to the article "sanctions work" for all.', "According to the article                  for all."),
        ("She said “sign or lose your money” to me.", "She said “sign or lose your money” to me."),
        ("> you are all scroungers\nI disagree.", "                        \nI disagree."),
        ("No quotation here.", "No quotation here."),
        (
            '"You will lose it all," says the nurse in that film.',
            "                        says the nurse in that film.",
        ),
        ('Their website has "one adviser throughout".', "Their website has                         ."),
        ("The government says nobody will lose out. I did.", "The government says                     . I did."),
        ("The report says I can walk a mile.", "The report says I can walk a mile."),
        ('"You are fit," the assessor said, and put it in a report.', None),
        ('The papers call us "scroungers" every week.', None),
    ],
)
def test_reproduced_words_are_not_the_writers_own(text, own):
    assert own_words(a_segment(text=text)) == (text if own is None else own)


def test_what_reading_marked_as_quotation_is_reproduced():
    assert reproduced(a_segment(text="It says so. I doubt it.", quoted=(Span(0, 11),))) == [Span(0, 11)]


@pytest.mark.parametrize(
    "text",
    ["", "n/a", "N/A.", "none", "No comment", "See above", "-", "😀", "https://example.org/x", "Leave a Reply",
     "We use cookies to improve your visit", "same as above", "[name]"],
)  # fmt: skip
def test_texts_that_say_nothing_are_known(text):
    assert says_nothing(text)


def test_yes_and_no_say_something_where_there_was_a_question():
    asked = [("Yes.", "Were you heard?"), ("no", "Were you heard?"), ("None", "What helped?"), ("n/a", "What helped?")]
    assert [says_nothing(text, question) for text, question in asked] == [False, False, True, True]
    assert says_nothing("No.", "")


@pytest.mark.parametrize(
    "text", ["None of them listened", "No help at all", "Nothing worked", "same adviser each time"]
)
def test_texts_that_say_little_still_say_something(text):
    assert not says_nothing(text)
