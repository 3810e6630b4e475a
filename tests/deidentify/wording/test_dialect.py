"""Dialect, words as they are heard, slips: nobody's names, so they stay."""

from pathlib import Path

import pytest

from builders import a_raw_document
from themes.deidentify.findings import details_of
from themes.deidentify.replace.policy import action_for
from themes.deidentify.wording.dialect import is_a_slip, is_dialect, says_nothing_else
from themes.deidentify.wording.lexicon import context, listed_names, places
from themes.deidentify.wording.words import words_of
from themes.records.spec import CorpusSpec

SAID = (
    "There was nae chance of that. Wheesht, says the man.",
    "Dinnae ask me, naebody wid help us.",
    "Haud on, ye havenae heard the half of it.",
    "Glaikit so they were, the lot of thaim.",
    "Mek of it what tha will, they nivver listened.",
    "She were mardy wi me from the off. Mithering me every week.",
    "Sithee, it's not reet. Gerron with it they said.",
    "Sendin us miles away for nothin, askin daft questions.",
    "Howay, what did they expect? Gizza job then, I told her.",
    "Tryna get a job is long, bruv. Innit tho, nuff rubbish.",
    "Coz i was poorly they stopt me money. Shoulda told them.",
    "my adviser was horrible, my anxeity is throo the roof",
    "Orrible man on the desk, propper nasty.",
)
"""Invented; each but the last two lost a word or more as a person or a detail."""


@pytest.mark.parametrize("profile", ["coding", "release"])
@pytest.mark.parametrize("said", SAID)
def test_what_is_said_in_dialect_or_with_slips_stays(said: str, profile: str) -> None:
    [found] = details_of([a_raw_document(said)], spec=CorpusSpec(Path("nowhere"), "study", ()))
    masked = [f.span.of(said) for f in found if str(action_for(f.label, f.span.of(said), profile)) != "keep"]
    assert masked == []


def the_word(text: str, plain: str):
    return next(word for word in words_of(text) if word.plain == plain)


@pytest.mark.parametrize(
    ("text", "plain", "so"),
    [
        ("they said nowt", "nowt", True),
        ("Nowt was said", "nowt", True),
        ("I met Nowt there", "nowt", False),  # whoever is called so
        ("Fink came", "fink", False),  # a surname too, with a capital
        ("i fink so", "fink", True),
        ("they were askin me", "askin", True),
        ("makin me wait", "makin", False),  # a rare surname: left to the weights
        ("sittin there", "sittin", True),
        ("usin us", "usin", True),
        ("orrible", "orrible", True),
        ("arry came", "arry", False),
        ("martin came", "martin", False),
        ("the cabin", "cabin", False),
        ("asked", "asked", False),
    ],
)
def test_dialect_is_told_from_names(text: str, plain: str, so: bool) -> None:
    assert is_dialect(the_word(text, plain)) is so


@pytest.mark.parametrize(
    ("text", "plain", "so"),
    [
        ("a horible place", "horible", True),
        ("Horible place", "horible", True),
        ("I met Horible there", "horible", False),
        ("proffesional", "proffesional", True),
        ("the apointment", "apointment", True),
        ("becuase", "becuase", True),
        ("horrible", "horrible", False),
        ("smyth", "smyth", False),
        ("wren", "wren", False),
        ("hav", "hav", False),
        ("horible" * 20_000, "horible" * 20_000, False),  # would take all the memory there is
        ("h0rible", "h0rible", False),
        ("ogunleye", "ogunleye", False),
    ],
)
def test_a_slip_is_one_letter_from_an_everyday_word(text: str, plain: str, so: bool) -> None:
    assert is_a_slip(the_word(text, plain)) is so


def test_several_words_say_nothing_else_if_each_does() -> None:
    assert says_nothing_else(list(words_of("nowt horible")))
    assert not says_nothing_else(list(words_of("nowt smyth")))
    assert not says_nothing_else([])


def test_a_name_that_is_known_is_masked_though_it_is_a_word_of_dialect() -> None:
    text = "i told reet that"
    [found] = details_of([a_raw_document(text)], spec=CorpusSpec(Path("nowhere"), "study", (), extra_names=("reet",)))
    assert [finding.span.of(text) for finding in found] == ["reet"]


def test_no_word_of_dialect_is_in_the_lists_of_names_and_places() -> None:
    assert {word for word in context("dialect") if word in listed_names() or word in places()} == set()
