from datetime import date

import pytest

from themes.read.dates import date_of_cell, find_date, only_date

D = date(2012, 4, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03/04/2012", D), ("3.4.2012", D), ("03-04-12", D), ("2012-04-03", D), ("2012-04-03T23:30:00+01:00", D),
        ("2012-04-03T23:30:00Z", D), ("3rd of April 2012", D), ("April 3, 2012 at 5:15 pm", D), ("Tue 3 Apr 2012", D),
        ("31/02/2012", None), ("01/01/1900", None), ("01/01/2099", None), ("04/13/2012", None), ("", None),
        ("soon", None),
        ("call 0700 900 461", None), ("in May we met", None),
    ],
)  # fmt: skip
def test_the_day_comes_before_the_month_and_nothing_is_guessed(text, expected):
    assert find_date(text) == expected


def test_excel_serials_are_dates_in_tables_only():
    assert (date_of_cell("41002"), date_of_cell("41002.75"), find_date("41002")) == (D, D, None)
    assert (date_of_cell("1"), date_of_cell("99999")) == (None, None)


@pytest.mark.parametrize(
    "line", ["3 April 2012", "Tuesday, 3 April 2012 at 5:15 pm", "03/04/2012 - 17:15", "April 3, 2012 at 5:15 pm"]
)
def test_a_line_may_be_a_date_alone(line):
    assert only_date(line) == D


@pytest.mark.parametrize("line", ["On 3 April 2012 they stopped my money", "Since 3 April 2012", "3"])
def test_a_line_with_words_is_no_date_alone(line):
    assert only_date(line) is None
