"""Columns are told apart by their names and by what kind of values they hold."""

import pytest

from themes.read.guess_columns import guess_columns

NUMBERS = [str(number) for number in range(40)]
SENTENCES = [f"They told me {number} times that I would have to go there" for number in range(40)]
YES_NO = ["yes", "no"] * 20


def taken_for(name: str, values: list[str]) -> str:
    return guess_columns([name], [[value] for value in values])[0].taken_for


@pytest.mark.parametrize(
    "name", ["id", "ID", "Respondent ID", "respondent", "Ref", "reference", "case_no", "Response ID"]
)
def test_unique_short_values_under_the_name_of_an_id_tell_cases_apart(name: str) -> None:
    assert taken_for(name, NUMBERS) == "case"


def test_an_id_that_comes_twice_tells_nobody_apart() -> None:
    assert taken_for("id", [*NUMBERS, "7"]) == ""


def test_unique_values_under_another_name_are_no_id() -> None:
    assert taken_for("Weeks waited", NUMBERS) == ""


@pytest.mark.parametrize("name", ["Q1", "What happened?", "Did staff address your needs?", "Anything you want to add?"])
def test_sentences_of_their_own_are_open(name: str) -> None:
    assert taken_for(name, SENTENCES) == "open"


def test_a_column_mostly_answered_no_is_open_if_some_wrote_sentences() -> None:
    assert taken_for("Anything else?", ["no"] * 60 + SENTENCES[:10]) == "open"


def test_sentences_to_pick_from_are_closed() -> None:
    assert taken_for("How was it?", ["It was a lot of help to me", "It was of no help to me at all"] * 20) == "closed"


def test_few_answers_are_closed() -> None:
    assert taken_for("In work", YES_NO) == "closed"


def test_many_short_answers_are_not_read_since_they_single_people_out() -> None:
    assert taken_for("Age", NUMBERS) == ""


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Email", [f"p{number}@example.org" for number in range(40)]),
        ("Home address", [f"{number} Example Street, Exampleton, in the county of Example" for number in range(40)]),
        ("Postcode", ["ZZ1 1ZZ", "ZZ1 1ZY"] * 20),
        ("Date of birth", ["1/2/1970", "2/3/1980"] * 20),
        ("IP", ["192.0.2.1", "192.0.2.2"] * 20),
    ],
)
def test_contact_details_are_not_read(name: str, values: list[str]) -> None:
    assert taken_for(name, values) == ""


@pytest.mark.parametrize("name", ["Name", "Your name", "Full name"])
def test_names_are_authors(name: str) -> None:
    assert taken_for(name, [f"Ann Example{number}" for number in range(40)]) == "author"


def test_columns_of_consent_hiding_date_and_speaker_are_known_by_name() -> None:
    assert taken_for("May we quote you?", YES_NO) == "consent" or taken_for("Consent to quote", YES_NO) == "consent"
    assert taken_for("Hide my name", YES_NO) == "name_hidden"
    assert taken_for("Date submitted", ["03/04/2024", "4 May 2024"] * 20) == "written"
    assert taken_for("Role", ["carer", "claimant"] * 20) == "speaker"


def test_a_time_column_without_dates_is_no_date() -> None:
    assert taken_for("Time in work", ["a year", "none"] * 20) == "closed"


def test_an_option_takes_one_column() -> None:
    rows = [[number, f"R{number}"] for number in NUMBERS]

    assert [guess.taken_for for guess in guess_columns(["id", "ref"], rows)] == ["case", ""]


def test_nameless_empty_and_doubled_columns_are_not_read() -> None:
    rows = [[number, "", "yes", "no"] for number in NUMBERS]

    assert [(guess.column, guess.taken_for) for guess in guess_columns(["", "notes", "in", "in"], rows)] == [
        ("notes", "")
    ]


def test_reasons_quote_no_value() -> None:
    guesses = guess_columns(
        ["id", "Name", "Q1"], [[n, "Ann Example", s] for n, s in zip(NUMBERS, SENTENCES, strict=True)]
    )

    assert not any("Example" in guess.why or "told me" in guess.why for guess in guesses)
