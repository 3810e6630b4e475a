import pytest

from themes.code.clause import clause_after, clause_up_to, opens_clause
from themes.code.wording import words_of


def clause(text):
    words = words_of(text)
    return clause_up_to(words, len(words) - 1)


@pytest.mark.parametrize(
    "text",
    [
        "I was never late |but still sanctioned",
        "I don't |want to be sanctioned",
        "I was not |sure why people got sanctioned",
        "He never listened |and I was sanctioned",
        "I wasn't well |and was sanctioned",
        "They wouldn't listen |and sanctioned",
        "They never read my notes |and sanctioned",
        "I had nothing left |after being sanctioned",
        "By week two without sleep |I was sanctioned",
        "Without sleep |it made me feel sanctioned",
        "It was no better, more |like being sanctioned",
    ],
)
def test_a_clause_goes_back_to_the_word_that_cuts_it_off(text):
    assert clause(text.replace("|", "")) == text.casefold().split("|")[1].split()


@pytest.mark.parametrize(
    "text",
    [
        "never so much as asked about being sanctioned",
        "they never made me feel like one sanctioned",
        "nobody i know was sanctioned",
        "not once did they get sanctioned",
        "nobody was late and was sanctioned",
        "i wasnt shouted at and sanctioned",
        "i was never cut off and sanctioned",
        "nobody after me was sanctioned",
        "i just cant be sanctioned",
    ],
)
def test_a_clause_goes_back_to_the_mark_if_no_word_cuts_it_off(text):
    assert clause(f"Well, {text}") == ["", *text.split()]


def test_a_pause_does_not_part_a_not_from_the_next_word():
    assert clause("I was not … sanctioned") == ["", "i", "was", "not", "sanctioned"]


def test_a_clause_goes_on_to_a_mark_or_the_next_clause():
    words = words_of("sanctioned without a letter, until May but")
    assert clause_after(words, 0) == ["without", "a", "letter", "until", "may"]
    assert clause_after(words_of("sanctioned there, without that"), 0) == ["there"]


@pytest.mark.parametrize(("text", "at"), [("Nobody came", 1), ("It was late but nobody came", 1), ("At no point", 2)])
def test_a_denial_opens_a_clause_behind_a_mark_or_a_word_that_begins_one(text, at):
    assert opens_clause(clause(text), at)


def test_a_denial_within_a_clause_does_not_open_it():
    assert not opens_clause(clause("I have never been"), 3)
    assert not opens_clause(clause("I want no more letters"), 1)
