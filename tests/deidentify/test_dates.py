import pytest

from themes.deidentify.combine import combined
from themes.deidentify.dates import age_band, dates_in, month_of


def found(text: str) -> list[tuple[str, str]]:
    return [(f.label, f.span.of(text)) for f in combined(text, dates_in(text))]


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("born on 3 May 1971", [("DOB", "3 May 1971")]),
        ("dob 03/05/71", [("DOB", "03/05/71")]),
        ("d.o.b: 3.5.1971", [("DOB", "3.5.1971")]),
        ("I was born in 1962", [("DOB", "1962")]),
        ("on 12th of March", [("DATE", "12th of March")]),
        ("on 2014-05-01", [("DATE", "2014-05-01")]),
        ("June 3rd was bad", [("DATE", "June 3rd")]),
        ("in May 2014", [("DATE", "May 2014")]),
        ("I'm 52 and tired", [("AGE", "52")]),
        ("im 58", [("AGE", "58")]),
        ("aged forty-seven", [("AGE", "forty-seven")]),
        ("a 59 year old man", [("AGE", "59 year old")]),
        ("my 14-year-old", [("AGE", "14-year-old")]),
        ("at 61 nobody wants me", [("AGE", "61")]),
        ("my wife, 44, cares", [("AGE", "44")]),
        ("me (54) and him (61)", [("AGE", "54"), ("AGE", "61")]),
        ("she turned sixty last year", [("AGE", "sixty")]),
        ("my son is 7.", [("AGE", "7")]),
        ("a single mum of 29", [("AGE", "29")]),
        ("her 60th birthday", [("AGE", "60th")]),
    ],
)
def test_a_date_or_an_age_is_found(text: str, details: list[tuple[str, str]]) -> None:
    assert found(text) == details


@pytest.mark.parametrize(
    "text",
    [
        "I'm 100% sure",
        "I was 20 minutes late",
        "I am 1 of 30",
        "in 47 years",
        "the form is 40 pages",
        "they may be right",
        "march on, I say",
        "it was 9 at night",
        "in his 50s",
        "she is one of them",
        "2 of 3 forms",
        "1.5 of 2.5",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("words", "month"),
    [
        ("3/4/13", "April 2013"),
        ("31-12-99", "December 1999"),
        ("2014-05-01", "May 2014"),
        ("12th of March", "March"),
        ("Sept 3rd, 2012", "September 2012"),
        ("the 99/99/99", ""),
    ],
)
def test_an_exact_date_becomes_its_month(words: str, month: str) -> None:
    assert month_of(words) == month


@pytest.mark.parametrize(
    ("words", "band"),
    [
        ("47", "40–49"),
        ("sixty", "60–69"),
        ("sixty one", "60–69"),
        ("a 9 yr old", "0–9"),
        ("93", "90 or over"),
        ("?", ""),
    ],
)
def test_an_age_becomes_its_band(words: str, band: str) -> None:
    assert age_band(words) == band
