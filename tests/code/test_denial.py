import time

import pytest

from themes.code.denial import is_denied, is_harm_denied
from themes.code.wording import words_of


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
        ("Ah hivnae been sanctioned", True),
        ("They dinna get folk sanctioned", True),
        ("I've nivver been sanctioned", True),
        ("I ain't never been sanctioned", True),
        ("I've not had nobody sanctioned", True),
        ("Neither I nor my wife was sanctioned", True),
        ("Not a month went by with nobody sanctioned", False),
        ("I was not far from being sanctioned", False),
        ("They never so much as had me sanctioned", True),
        ("I was never made to feel like being sanctioned", True),
        ("I did nothing wrong and still got sanctioned", False),
        ("I wasn't well and was sanctioned", False),
        ("They wouldn't listen and sanctioned", False),
        ("I wasn't shouted at and sanctioned", True),
        ("Nobody here was shouted at and got sanctioned", True),
        ("I couldn't go and I'd been sanctioned", False),
        ("Don't be late or you'll be sanctioned", False),
        ("Don't sign and you're sanctioned", False),
        ("They never got us ill or sanctioned", True),
        ("I didn't feel shouted at and sanctioned", True),
        ("Nobody on the course during my time there felt sanctioned", True),
        ("If they don't get sanctioned", True),
        ("If I'm honest I have never been sanctioned", True),
        ("I've had no heating since I was sanctioned", False),
        ("There was nothing left after being sanctioned", False),
        ("Nobody after me was sanctioned", True),
        ("She wasn't after having me sanctioned", True),
        ("Nothing like a letter at seven in the morning for getting sanctioned", False),
        ("They won't say it was not sanctioned", False),
        ("There was no fuss and nobody sanctioned", True),
        ("No fuss and no one sanctioned", True),
        ("no letter no call sanctioned", False),
        ("Nobody signs on and isn't sanctioned", False),
        ("At no point in all that time was I ever sanctioned", True),
        ("Nobody I know has been sanctioned", True),
        ("They did not get my form and sanctioned", False),
        ("I didn't get shouted at and sanctioned", True),
        ("They never read my notes and sanctioned", False),
        ("I was never cut off and sanctioned", True),
        ("It isn't true that they never sanctioned", False),
    ],
)
def test_a_denial_carries_over_its_clause(text, denied):
    words = words_of(text)
    assert is_denied(words, len(words) - 1) is denied


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("I was never sanctioned until the new adviser came", False),
        ("I was never sanctioned, until the new adviser came", False),
        ("I was never sanctioned, without that I'd have starved", True),
        ("never was I sanctioned as I was there", False),
        ("I was not sanctioned as a rule", True),
        ("I had never been sanctioned before the new adviser came", False),
        ("I was not sanctioned before Christmas", True),
        ("I had never been sanctioned before", True),
        ("nobody was sanctioned except my brother", False),
        ("nobody was sanctioned but they rang except on Mondays", True),
    ],
)
def test_a_denial_is_taken_back_within_its_clause(text, denied):
    words = words_of(text)
    at = next(i for i, word in enumerate(words) if word.text == "sanctioned")
    assert is_denied(words, at) is denied


def told(text, first="sanctioned", length=1):
    words = words_of(text)
    at = next(i for i, word in enumerate(words) if word.text == first)
    return not is_harm_denied(words, at, at + length)


@pytest.mark.parametrize(
    "text",
    [
        "I would not wish being sanctioned on anyone",
        "There is no doubt I have been sanctioned",
        "They won't admit it got me sanctioned",
        "I was not happy to be sanctioned",
        "That was not the first time they had me sanctioned",
        "I've never recovered from being sanctioned",
        "They never once apologised for having me sanctioned",
        "I cannot appeal against being sanctioned",
        "They did not overturn it for those sanctioned",
        "I never got over being sanctioned",
        "There was no letter about my being sanctioned",
        "They do not see that people are sanctioned",
        "They never got me sanctioned again",
        "It's not that they had me sanctioned, it's how",
        "Like it or not you get sanctioned",
        "It was nothing less than being sanctioned",
        "I'm not ashamed that I was sanctioned",
        "It wasn't the work that had me sanctioned",
        "They never sanctioned me in Leeds but they did in York",
        "Not signing means being sanctioned",
        "If you don't sign you get sanctioned",
        "If they hadn't got me sanctioned I'd have kept the flat",
        "Had they not got me sanctioned I'd have kept the flat",
        "Didn't they get me sanctioned?",
        "Why wouldn't they get me sanctioned?",
        "Was I not sanctioned?",
        "I can't live on a sanctioned claim",
        "Couldn't eat while sanctioned",
        "They said I would not be sanctioned but they did",
        "I wasn't sanctioned, but my brother was.",
        "I can't open the post without being sanctioned",
        "I just can't live on a sanctioned claim",
        "I honestly can't live on a sanctioned claim",
        "It's not as if they never had me sanctioned",
    ],
)
def test_a_harm_is_told_though_something_about_it_is_denied(text):
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Not that I was ever sanctioned",
        "It's not that I was ever sanctioned",
        "Didn't get sanctioned",
        "I wasn't sanctioned and that was that for the year and the next, the one when they all came but they did",
        "I was not asking to be told, I was not sanctioned",
        "Not being sanctioned was a relief",
        "They can't get me sanctioned",
        "I can't be sanctioned",
        "It is not true that I was sanctioned",
        "I can't say I was sanctioned",
        "I wasn't sanctioned, but I know how lucky I was.",
        "I wasn't sanctioned but neither was I helped",
        "They never explained that I had not been sanctioned",
    ],
)
def test_a_harm_that_is_denied_is_not_told(text):
    assert not told(text)


def test_a_text_without_a_full_stop_is_read_as_fast_as_another():
    words = words_of("sanctioned and " * 20_000)
    began = time.process_time()
    assert not any(is_harm_denied(words, at, at + 1) for at in range(0, len(words), 2))
    assert time.process_time() - began < 10


def test_a_harm_is_denied_within_its_own_words_too():
    assert not told("My money was never stopped", "money", 4)
    assert told("My money ran out and was stopped", "money", 6)
