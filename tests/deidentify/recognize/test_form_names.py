import pytest

from themes.deidentify.recognize.form_names import form_names_in


def found(text: str) -> list[str]:
    return [finding.span.of(text) for finding in form_names_in(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Forename(s) QUILLA\nSurname BRACKETT", ["QUILLA", "BRACKETT"]),
        ("Surname: BAKER\nForename: Mark\nTitle: Mr", ["BAKER", "Mark"]),
        ("Surname\nBRACKETT\nForename\nQuilla Jane", ["BRACKETT", "Quilla Jane"]),
        ("First name(s) JOHN Last name SMITH", ["JOHN"]),
        ("Claimant name: Quilla Brackett, 3 May", ["Quilla Brackett"]),
        ("Full name | Quilla Brackett Unknown", ["Quilla Brackett"]),
        ("my first name Karen", ["Karen"]),
        ("Surnames (as on passport): QUILLA", ["QUILLA"]),
    ],
)
def test_what_stands_in_the_field_of_a_name_is_one(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Surname and Initials\nForename(s)\nDate of Birth",
        "Surname Required\nFirst Name Please",
        "Put your Surname and Forename on the Form",
        "They spelled my surname WRONG. First name Terms!",
        "Surname: As above\nForenames: None\nOther names: N/A",
        "my first name Xqz is odd",
        "surname: brackett",
        "Surname: Mrs",
    ],
)
def test_what_a_form_says_itself_is_no_name(text: str) -> None:
    assert found(text) == []
