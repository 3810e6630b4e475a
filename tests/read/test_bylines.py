from datetime import date

import pytest

from themes.read.bylines import author_in, byline, date_line


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ann Example", "Ann Example"), ("by Ann Example, Policy Officer", "Ann Example"),
        ("BY Ann Example | 9 October 2013", "Ann Example"), ("Posted on 9 October 2013 by Ann Example", "Ann Example"),
        ("9 October 2013 by Ann Example", "Ann Example"), ("Author: Ann van Example", "Ann van Example"),
        ("By bus it took two hours", None), ("By Monday we were all tired.", None),
        ("From Hackney with a bad back", None),
    ],
)  # fmt: skip
def test_a_byline_names_the_writer(line, name):
    assert byline(line) == name


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["(The below post by Ann Example is adapted from a proposal.)"], "Ann Example"),
        (["Ann Example, Policy and Campaigns Officer, talks about our report."], "Ann Example"),
        (["Ann B. Example, Example Trust Chief Executive, responds to today’s speech."], "Ann B. Example"),
        (["Words.", "Ann Example (@annexample) is development director of Example CIC."], "Ann Example"),
        (["Work Choice is a scheme that helps few.", "The minister says so."], None),
    ],
)
def test_the_text_itself_may_name_the_writer(lines, name):
    assert author_in(lines) == name


def test_a_line_with_nothing_but_a_date_or_a_byline_dates_the_page():
    lines = [
        "9 October 2013",
        "Posted on 9 October 2013 by Ann Example",
        "In October 2013 we met.",
        "On 9 October 2013 we met.",
    ]
    assert [date_line(line) for line in lines] == [date(2013, 10, 9), date(2013, 10, 9), None, None]
