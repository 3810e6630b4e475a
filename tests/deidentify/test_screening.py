from collections.abc import Sequence

import pytest

from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.screening import (
    Screen,
    released_columns,
    screened_answer,
    screened_file_names,
    screened_forms,
    screened_names,
    screened_places,
    screened_texts,
)
from themes.deidentify.vault.vault import Vault
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span
from themes.records.spec import CorpusSpec


@pytest.fixture
def screen(spec: CorpusSpec, vault: Vault) -> Screen:
    return Screen(spec, vault, RECOGNIZERS)


@pytest.mark.parametrize(
    "name",
    [
        "karen_smith_story.docx",
        "stories/KarenSmith.txt",
        "2014 letter from Brenda.txt",
        "mark-brown.txt",
        "wren@example.com.txt",
        "story-haworth surgery.txt",
        "QQ123456C.csv",
        "story-14-from-marjorie-pell.txt",
    ],
)
def test_a_file_name_that_names_somebody_is_not_shown(name: str, spec: CorpusSpec, vault: Vault) -> None:
    shown = screened_file_names([name], spec=spec, vault=vault)[name]
    assert shown in {"file 1.txt", "file 1.docx", "file 1.csv"}


@pytest.mark.parametrize(
    "name",
    [
        "survey_2013.csv",
        "page.html",
        "stories/story-07.docx",
        "000_e36cd05f27ae28d1.txt",
        "Answers Q3 (final).xlsx",
        "wordpress-export.xml",
    ],
)
def test_a_plain_file_name_is_shown(name: str, spec: CorpusSpec, vault: Vault) -> None:
    assert screened_file_names([name], spec=spec, vault=vault) == {name: name}


def test_numbers_run_over_all_names_and_not_in_their_order(spec: CorpusSpec, vault: Vault) -> None:
    names = ["karen.txt", "a.txt", "brenda.txt", "b.txt"]
    shown = screened_file_names(names, spec=spec, vault=vault)
    assert shown == screened_file_names(names[::-1], spec=spec, vault=vault)
    assert (shown["a.txt"], shown["b.txt"]) == ("a.txt", "b.txt")
    numbers = {shown["karen.txt"], shown["brenda.txt"]}
    assert len(numbers) == 2
    assert numbers <= {f"file {n}.txt" for n in (1, 2, 3, 4)}


def test_a_column_that_names_somebody_has_a_number(screen: Screen) -> None:
    assert (
        screened_names(["What did Karen do?"], "column", among=["Region"], screen=screen)
        .popitem()[1]
        .startswith("column ")
    )


@pytest.mark.parametrize("name", ["in_work", "age_band", "how_helpful", "prior_scheme", "Region", "prior_scheme.xlsx"])
@pytest.mark.parametrize("says", ["file", "sheet", "column"])
def test_words_tied_by_underscores_are_no_user_name(name: str, says: str, screen: Screen) -> None:
    assert screened_names([name], says, among=[], screen=screen) == {name: name}


@pytest.mark.parametrize(
    "name", ["karen_smith", "what_karen_did", "my_username_quietbadger", "@grumpy_badger", "wren_77"]
)
@pytest.mark.parametrize("says", ["file", "sheet", "column"])
def test_tied_words_that_name_somebody_are_not_shown(name: str, says: str, screen: Screen) -> None:
    assert screened_names([name], says, among=[], screen=screen) == {name: f"{says} 1"}


def test_columns_are_no_user_names_in_the_release_profile_and_stay_apart(screen: Screen) -> None:
    plain = ["age_band", "in_work", "Region", "what_helped"]
    assert released_columns(plain, screen) == {name: name for name in plain}
    telling = ["wren_77", "wren_78", "ingeus_rating", "Ingeus_rating", "Seetec rating"]
    shown = released_columns(telling, screen)
    assert len(set(shown.values())) == len(telling)
    assert shown["wren_77"].startswith("[user name] ")
    assert not [name for name in shown.values() if "ngeus" in name or "Seetec" in name or "wren" in name]
    assert shown == released_columns(telling, screen)


def test_a_question_is_shown_with_surrogates(screen: Screen, vault: Vault) -> None:
    karen = vault.surrogate("person", "person", "karen")
    assert screened_texts(["Was Karen kind?", "Why?", None], screen) == {
        "Was Karen kind?": f"Was {karen} kind?",
        "Why?": "Why?",
        None: None,
    }


def test_places_in_a_file_are_shown_unless_they_name_somebody(screen: Screen, vault: Vault) -> None:
    shown = screened_places(["row 12, column 5", "row 13, column 5", "sheet Karen Smith, row 3"], screen)
    person = vault.surrogate("person", "person", "karen smith")
    assert shown == {
        "row 12, column 5": "row 12, column 5",
        "row 13, column 5": "row 13, column 5",
        "sheet Karen Smith, row 3": f"sheet {person}, row 3",
    }


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("Age", "47", "40–49"),
        ("How old are you?", "93", "90 or over"),
        ("Age", "470", "withheld"),
        ("Age band", "45–54", "45–54"),
        ("Region", "Yorkshire", "Yorkshire"),
        ("Town", "Haworth", "withheld"),
        ("Town", "Leeds", "Leeds"),
        ("Town", "Halifax, West Yorks", "town in West Yorkshire"),
        ("Town", "halifax (W. Yorks)", "town in West Yorkshire"),
        ("Town", "Goole - E. Yorks.", "town in East Yorkshire"),
        ("Town", "Barrow-in-Furness, UK", "town in Cumbria"),
        ("Town", "Halifax, HX1 1AA", "town in West Yorkshire"),
        ("Town", "Haworth, West Yorkshire", "withheld"),
        ("Town", "Leeds, West Yorkshire", "Leeds, West Yorkshire"),
        ("Hobbies", "Reading, cooking", "Reading, cooking"),
        ("Hobbies", "Sale, rent", "Sale, rent"),
        ("First name", "karen", "withheld"),
        ("In work", "No", "No"),
        ("Condition", "Bipolar", "Bipolar"),
        ("Scheme", "Work Programme", "Work Programme"),
    ],
)
def test_a_closed_answer_stays_unless_it_points_at_somebody(key: str, value: str, kept: str) -> None:
    assert screened_answer(key, value, value) == kept


@pytest.mark.parametrize(
    ("answer", "strict"),
    [
        ("Ingeus", True),
        ("Leeds", True),
        ("How did Ingeus treat you?", True),
        ("Wales", False),
        ("North West", False),
        ("Muslim", False),
        ("18-24", False),
        ("Under £10,000", False),
        ("Work Programme", False),
    ],
)
def test_the_release_profile_takes_names_out_of_a_form_and_leaves_what_describes_many(
    answer: str, strict: bool, screen: Screen
) -> None:
    coding, release = screened_forms([answer], screen)[answer]
    assert coding == answer
    assert (release != answer) == strict
    assert not strict or "[" in release


def test_nothing_asked_gives_nothing_in_either_profile(screen: Screen) -> None:
    assert screened_forms(["Why?", None], screen) == {"Why?": ("Why?", "Why?"), None: (None, None)}


@pytest.mark.parametrize(("answer", "told"), [("Leeds", True), ("Quillon", False), ("Leeds again", False)])
def test_a_city_alone_is_a_place_though_somebody_only_holds_it_to_be_telling(
    answer: str, told: bool, spec: CorpusSpec, vault: Vault
) -> None:
    def find_all(documents: Sequence[RawDocument]) -> list[list[Finding]]:
        return [[Finding(Span(0, len(d.text)), "MISC", IdentifierKind.QUASI, 0.9, "all")] for d in documents]

    _, release = screened_forms([answer], Screen(spec, vault, {"all": find_all}))[answer]
    assert (release != answer) == told


def test_numbers_of_rows_are_nobodys_age(screen: Screen) -> None:
    assert screened_places(["0", "7", "47"], screen) == {"0": "0", "7": "7", "47": "47"}
