import pytest

from themes.deidentify.weigh.forms import (
    FEATURES,
    cell,
    forms_of,
    hashed,
    known,
    neighbour_features,
    own_features,
    pair_features,
    part,
    style_of,
)
from themes.deidentify.wording.words import words_of


def forms(text: str) -> list[tuple[str, str]]:
    return [(form.written, form.shape) for form in forms_of(text, words_of(text))]


def test_user_names_tags_and_addresses_have_a_form_of_their_own() -> None:
    assert forms("RT @wren see #hull www.wren.org now") == [
        ("RT", "upper"), ("@", "wire"), ("see", "lower"), ("#", "wire"), (":", "wire"), (":", "wire"), (":", "wire"),
        ("now", "lower"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "lists"), [("grace", "GWsO"), ("jobcentre", ""), ("leeds", "sOPX"), ("monday", "sON"), ("zibbet", "")]
)
def test_a_word_is_told_by_the_lists_that_hold_it(word: str, lists: str) -> None:
    assert cell(word) == lists


@pytest.mark.parametrize(("word", "parts"), [("mum", "K"), ("adviser", "R"), ("mr", "T"), ("said", "VU"), ("bus", "")])
def test_a_word_is_told_by_what_it_does_to_its_neighbours(word: str, parts: str) -> None:
    assert part(word) == parts


def test_a_name_that_is_nothing_else_does_not_stand_in_the_weights_by_itself() -> None:
    assert (known("karen"), known("the"), known("zibbet")) == ("", "the", "")
    (form,) = forms_of("Karen", words_of("Karen"))
    assert "karen" not in " ".join(f for f in own_features(form) if not f.startswith(("begins", "ends", "letters")))
    assert "karen" not in " ".join(neighbour_features(form, -1))


def test_features_are_hashed_into_the_places_there_are_and_the_same_ever_after() -> None:
    assert hashed(["shape title", "shape lower"]) == [77039, 77735]
    assert all(0 <= place < FEATURES for place in hashed([f"word {n}" for n in range(1000)]))


def test_a_pair_speaks_of_either_of_its_words() -> None:
    mum, jo = forms_of("mum Jo", words_of("mum Jo"))
    about_jo = set(pair_features(mum, " ", jo, about_first=False))
    about_mum = set(pair_features(mum, " ", jo, about_first=True))
    assert "last part K   title" in about_jo
    assert "last part K   title" not in about_mum
    assert not about_jo & about_mum


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("i was late again", "none plain"),
        ("I WAS LATE AGAIN", "loud plain"),
        ("I was late, again.", "some plain"),
        ("late again #jobs", "none wired"),
        ("It 's late , again .", "some spaced"),
    ],
)
def test_the_style_of_a_text_is_told_by_its_capitals_and_marks(text: str, style: str) -> None:
    assert style_of(text, words_of(text)) == style
