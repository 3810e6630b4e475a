import pytest

from builders import a_raw_document
from themes.deidentify.recognize.births import births_in, find_births
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span


def found(text: str) -> list[str]:
    return [finding.span.of(text) for finding in births_in(text)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("I was born on 3/5/61.", ["3/5/61"]),
        ("my d.o.b. is 03.05.1961 ok", ["03.05.1961"]),
        ("DOB 3 5 61, they said", ["3 5 61"]),
        ("date of birth: 1961-05-03", ["1961-05-03"]),
        ("born 3May1961", ["3May1961"]),
        ("my birthday is the 3rd of May", ["the 3rd of May"]),
        ("dob 030561", ["030561"]),
        ("dob three four seventy one", ["three four seventy one"]),
        ("dob: oh four, no", []),
        (
            "born twenty one, twelve, nineteen fifty eight",
            ["twenty one, twelve, nineteen fifty eight"],
        ),
        ("dob nought three oh five sixty", ["nought three oh five sixty"]),
        ("born one or two years later, one two three", []),
        ("Date of birth O3/O5/l96l", ["O3/O5/l96l"]),
        ("she was born in Hull on the third of May nineteen sixty-one.", ["the third of May nineteen sixty-one"]),
        ("born the 3rd of the 5th 61", ["the 3rd of the 5th 61"]),
        ("birthdate May the third, 1961", ["May the third, 1961"]),
        ("born 3rd\nMay 1961", ["3rd\nMay 1961"]),
        ("3 May 1961 is my birthday", ["3 May 1961"]),
        ("I was born. In Hull is a mill. 3 May 1961 is my birthday", ["3 May 1961"]),
        ("born, say about 030561", ["030561"]),
        ("born in a small place which is not there any, on 3 May 1961", ["3 May 1961"]),
    ],
)
def test_a_date_of_birth_is_found_in_any_wording(text: str, dates: list[str]) -> None:
    assert found(text) == dates


@pytest.mark.parametrize(
    "text",
    [
        "I was born with it. On 3 May 2013 they wrote.",
        "born in Hull, moved in 2003, signed on 3 May 2013",
        "on 3 May 2013 they wrote",
        "my birthday is ruined",
        "born on or about 030561",
        "born in a small place which is not there any, on: 3 May 1961",
        "It was 3 May 2013; their daughter was born.",
        "Born to run, and text the word to win at 545454",
    ],
)
def test_a_date_that_is_no_birth_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_date_of_birth_points_to_one_person() -> None:
    assert find_births([a_raw_document("born on 3/5/61"), a_raw_document("It rained.")]) == [
        [Finding(Span(8, 14), "DOB", IdentifierKind.DIRECT, 1.0, "patterns")],
        [],
    ]
