import pytest

from themes.deidentify.wording.vaguer import age_band, decade_or_unit, month_of, names_a_day, sex_told


@pytest.mark.parametrize(
    ("words", "month"),
    [
        ("3/4/13", "April 2013"),
        ("03/05/71", "May 1971"),
        ("31-12-99", "December 1999"),
        ("2014-05-01", "May 2014"),
        ("2014/05/01", "May 2014"),
        ("05/2014", "May 2014"),
        ("30/06", "June"),
        ("1st and 3rd", ""),
        ("Weds 22/1", "January"),
        ("31/13", ""),
        ("12th of March", "March"),
        ("3rd of May", "May"),
        ("the third of May 1971", "May 1971"),
        ("Sept 3rd, 2012", "September 2012"),
        ("3 May '71", "May 1971"),
        ("03-May-14", "May 2014"),
        ("31/02/2013", "February 2013"),  # no such day, but that month
        ("01/01/1900", "January 1900"),
        ("12/25/2013", "December 2013"),  # the month first, for there is no 25th
        ("14 and 27 July 1999", "July 1999"),
        ("4.iv.23", "April 2023"),
        ("27 viii 1938", "August 1938"),
        ("Christmas Eve 2018", "December 2018"),
        ("New Year’s Day", "January"),
        ("the week after Whitsun 2019", ""),
        ("June 12", "June"),
        ("June 31", "June"),
        ("June 98", "June 1998"),
        ("June '14", "June 2014"),
        ("3 June 14", "June 2014"),
        ("the third of June 14", "June 2014"),
        ("99/99/99", ""),
        ("1/2/3/4", ""),
        ("00/00/2013", ""),
        ("New Years Eve 2012", "December 2012"),
    ],
)
def test_an_exact_date_becomes_its_month(words: str, month: str) -> None:
    assert month_of(words) == month


@pytest.mark.parametrize(
    ("words", "exact"),
    [
        ("3 May", True),
        ("the third of May", True),
        ("May 3rd 2014", True),
        ("03/05/71", True),
        ("30/06", True),
        ("05/2014", False),
        ("Good Friday", True),
        ("Boxing Day 2019", True),
        ("the last Friday in January", True),
        ("May 2014", False),
        ("May", False),
        ("May '14", False),
        ("05/2014", False),
    ],
)
def test_a_date_is_exact_to_the_day_or_not(words: str, exact: bool) -> None:
    assert names_a_day(words) is exact


@pytest.mark.parametrize(
    ("words", "band"),
    [
        ("47", "40–49"),
        ("18 months", "0–9"),
        ("sixteen years and four days", "10–19"),
        ("sixty", "60–69"),
        ("sixty one", "60–69"),
        ("saxty fower", "60–69"),
        ("eleeven", "10–19"),
        ("fifty-three", "50–59"),
        ("fortieth", "40–49"),
        ("nineteen", "10–19"),
        ("a 9 yr old", "0–9"),
        ("93", "90 or over"),
        ("104", "90 or over"),
        ("?", ""),
        ("none", ""),
        ("the big 5-0", "50–59"),
        ("the big 6.0", "60–69"),
        ("the big FIVE-OH", "50–59"),
        ("thurty-wan", "30–39"),
    ],
)
def test_an_age_becomes_its_band(words: str, band: str) -> None:
    assert age_band(words) == band


@pytest.mark.parametrize(
    ("words", "vaguer"),
    [
        ("1995", "date: 1990s"),
        ("1998-99", "date: 1990s"),
        ("2004", "date: 2000s"),
        ("four years and six months", "some years"),
        ("18 months", "some months"),
        ("?", ""),
    ],
)
def test_a_year_becomes_its_decade_and_a_length_of_time_its_unit(words: str, vaguer: str) -> None:
    assert decade_or_unit(words) == vaguer


def test_a_letter_beside_an_age_tells_the_sex() -> None:
    assert [sex_told(words) for words in ("47F", "f/47", "m52", "52/M")] == ["female", "female", "male", "male"]
    assert [sex_told(words) for words in ("47", "forty", "20 months", "m")] == [""] * 4
