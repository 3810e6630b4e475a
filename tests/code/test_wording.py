import pytest

from builders import a_segment
from themes.code.wording import is_denied, own_words, reproduced, says_nothing, words_of
from themes.records.span import Span


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("I have never been sanctioned", True),
        ("We haven’t been sanctioned", True),
        ("i havent ever been sanctioned", True),
        ("Nobody sanctioned", True),
        ("no one has been sanctioned", True),
        ("They left me without being sanctioned", True),
        ("Not one of the people on my caseload was ever sanctioned", True),
        ("Not a week went by on the dole without being sanctioned", False),
        ("They told me it would never be so, but nobody in that whole place was sanctioned", True),
        ("I went and never looked back until the day when I was sanctioned", False),
        ("I was sanctioned", False),
        ("I don't want to be sanctioned", False),
        ("People should not be sanctioned", False),
        ("I can't afford to be sanctioned", False),
        ("not only sanctioned", False),
        ("He never listened and I was sanctioned", False),
        ("By week two without sleep I was sanctioned", False),
        ("Nobody I met was sanctioned", True),
        ("Not once did they get sanctioned", True),
        ("I have yet to be sanctioned", True),
        ("Ah wisnae ever sanctioned", True),
        ("It was nothing like being sanctioned", True),
        ("I can't say they never sanctioned", False),
        ("We couldn't get to the end of a week on it without being sanctioned", False),
        ("They never stopped getting us sanctioned", False),
        ("I never knew why I was sanctioned", False),
        ("I was never late but still got sanctioned", False),
        ("No, I got sanctioned", False),
        ("I never go there without being sanctioned", False),
        ("It was not fair that I got sanctioned", False),
    ],
)
def test_a_denial_carries_over_its_clause(text, denied):
    words = words_of(text)
    assert is_denied(words, len(words) - 1) is denied


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("I was never sanctioned until the new adviser came", False),
        ("I was never sanctioned, until the new adviser came", True),
        ("never was I sanctioned as I was there", False),
        ("I was not sanctioned as a rule", True),
        ("nobody was sanctioned except my brother", False),
        ("nobody was sanctioned but they rang except on Mondays", True),
    ],
)
def test_a_denial_is_taken_back_within_its_clause(text, denied):
    words = words_of(text)
    at = next(i for i, word in enumerate(words) if word.text == "sanctioned")
    assert is_denied(words, at) is denied


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
