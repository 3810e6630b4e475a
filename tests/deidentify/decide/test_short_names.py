import pytest

from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.decide.short_names import as_words, names_somebody, says_a_strange_word, says_nothing
from themes.deidentify.screening import Screen, screened_names
from themes.deidentify.vault.vault import Vault
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span
from themes.records.spec import CorpusSpec


def found(words: str, label: str, recognizer: str = "evidence") -> Finding:
    return Finding(Span(0, len(words)), label, IdentifierKind.QUASI, 0.9, recognizer)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("raw/karenSmith_2.docx", "Raw Karen Smith 2"),
        ("G4S_rating", "G4S Rating"),
        ("PeoplePlus-score3", "PeoplePlus Score 3"),
        ("__age__", "Age"),
        ("", ""),
    ],
)
def test_a_name_is_read_as_the_words_it_is_made_of(name: str, words: str) -> None:
    assert as_words(name) == words


def test_a_given_name_and_a_word_name_with_a_surname_name_somebody() -> None:
    assert names_somebody("karen rating")
    assert names_somebody("hope smith")
    assert not names_somebody("hope for the best")


def test_a_word_of_four_letters_that_is_no_everyday_one_is_strange() -> None:
    assert says_a_strange_word("Zorb rating")
    assert not says_a_strange_word("Rating Qxz wordpress")


@pytest.mark.parametrize(
    ("words", "label", "recognizer"),
    [
        ("age_band", "HANDLE", "patterns"),
        ("age_band_2", "HANDLE", "patterns"),
        ("Wordpress Export", "PERSON", "evidence"),
        ("Ingeus Rating", "EMPLOYER", "evidence"),
        ("Tesco Score", "EMPLOYER", "evidence"),
        ("Seetec", "BRANCH", "evidence"),
    ],
)
def test_what_says_nobody_in_a_short_name_is_passed_over(words: str, label: str, recognizer: str) -> None:
    assert says_nothing(found(words, label, recognizer), words)


@pytest.mark.parametrize(
    ("words", "label", "recognizer"),
    [
        ("age_band_77", "HANDLE", "patterns"),
        ("@age_band", "HANDLE", "patterns"),
        ("ageband", "HANDLE", "patterns"),
        ("Wordpress Export", "PERSON", "names"),
        ("Ingeus Rating", "BRANCH", "unit"),  # a rule knows it for an office
        ("Ingeus Rating", "PERSON", "evidence"),
        ("Ingeus Halifax", "BRANCH", "evidence"),
        ("Seetec Smith", "EMPLOYER", "evidence"),
        ("Ingeus Zorbl", "EMPLOYER", "evidence"),
        ("Bright Rating", "EMPLOYER", "evidence"),
    ],
)
def test_what_may_say_somebody_is_not_passed_over(words: str, label: str, recognizer: str) -> None:
    assert not says_nothing(found(words, label, recognizer), words)


def test_a_column_that_rates_a_famous_provider_keeps_its_name(spec: CorpusSpec, vault: Vault) -> None:
    screen = Screen(spec, vault, RECOGNIZERS)
    famous = ["Ingeus rating", "Seetec Rating", "G4S rating", "Tesco Rating", "Seetec_rating_2"]
    assert screened_names(famous, "column", among=famous, screen=screen) == {name: name for name in famous}
    telling = ["Ingeus Leeds Rating", "Seetec Halifax", "Hargreaves Plastics Rating", "Karen rating"]
    shown = screened_names(telling, "column", among=telling, screen=screen)
    assert all(says.startswith("column ") for says in shown.values())
