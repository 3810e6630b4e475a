import pytest

from builders import a_raw_document
from themes.deidentify.recognize.singled_out import find_singled_out
from themes.deidentify.wording.traits import kinds_told, traits_in
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("being a muslim lesbian with one leg in Wrenby", "muslim lesbian with one leg"),
        ("a deaf polish trans man", "deaf polish trans"),
        ("I'm deaf, Sikh and gay.", "deaf, Sikh and gay"),
        ("the Black, Jewish wheelchair user", "Black, Jewish wheelchair user"),
        ("a blind woman who is Somali and queer", "blind woman who is Somali and queer"),
        ("a deaf lesbian in Haworth", "deaf lesbian"),
        ("a deaf lesbian in Bere Regis", "deaf lesbian"),
        ("one-armed gay lad from Otley, one-armed gay lad from Leeds", "one-armed gay"),
    ],
)
def test_traits_of_several_kinds_single_somebody_out(text: str, phrase: str) -> None:
    found = list(traits_in(text))
    start = text.index(phrase)
    assert found == [Finding(Span(start, start + len(phrase)), "DEMOG", IdentifierKind.QUASI, 0.8, "traits")]


@pytest.mark.parametrize(
    "text",
    [
        "", "a deaf lesbian", "a deaf lesbian in Leeds", "a deaf lesbian in Hastings", "a deaf gay man from Boston",
        "a deaf lesbian in the office", "a Polish Catholic in Haworth",
        "deaf, Black or gay claimants", "deaf, Black, gay and trans people", "Black Muslim lesbian support group",
        "deaf. She is Sikh. He is gay.", "a white Christian wheelchair user in Haworth", "deafening Sikhism, gayest",
        "I went blind. My Sikh neighbour said a lesbian helped.",
    ],
)  # fmt: skip
def test_what_many_people_are_singles_nobody_out(text: str) -> None:
    assert list(traits_in(text)) == []


def test_they_are_found_among_those_who_are_singled_out() -> None:
    text = "a deaf Sikh lesbian with triplets"
    [found] = find_singled_out([a_raw_document(text)])
    assert sorted(finding.span.of(text) for finding in found) == ["deaf Sikh lesbian", "triplets"]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("muslim lesbian with one leg", "disability, religion and sexuality"),
        ("deaf gay", "disability and sexuality"),
        ("Kurdish", "ethnicity"),
        ("trans", "gender"),
        ("triplets", ""),
    ],
)
def test_traits_are_named_by_their_kinds(words: str, kinds: str) -> None:
    assert kinds_told(words) == kinds
