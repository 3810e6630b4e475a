import pytest

from themes.deidentify.combine import combined
from themes.deidentify.dates import dates_in


def found(text: str) -> list[tuple[str, str]]:
    return [(f.label, f.span.of(text)) for f in combined(text, dates_in(text))]


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("born on 3 May 1971", [("DOB", "3 May 1971")]),
        ("born 3 v 1971", [("DOB", "3 v 1971")]),
        ("died on 4.iv.23, you know", [("DATE", "4.iv.23")]),
        ("til the 28th and no money", [("DATE", "28th")]),
        ("on the thirtieth.", [("DATE", "the thirtieth")]),
        ("come monday 4th but", [("DATE", "monday 4th")]),
        ("on Thursday the ninth, they", [("DATE", "Thursday the ninth")]),
        ("on the last Friday in January", [("DATE", "the last Friday in January")]),
        ("dated 3rd inst.", [("DATE", "3rd inst")]),
        ("since Good Friday I", [("DATE", "Good Friday")]),
        ("on Christmas Eve 2018 they", [("DATE", "Christmas Eve 2018")]),
        ("the week after Whitsun 2019", [("DATE", "the week after Whitsun 2019")]),
        ("between 12th and 29th August", [("DATE", "12th and 29th August")]),
        ("Sent: 02/11/2021 16:42", [("DATE", "02/11/2021 16:42")]),
        ("attend on 9 February next at", [("DATE", "9 February next")]),
        ("born on the third of May 1971", [("DOB", "third of May 1971")]),
        ("DoB 3rd May '71", [("DOB", "3rd May '71")]),
        ("d/o/b 03051971", [("DOB", "03051971")]),
        ("I was born in '62", [("DOB", "62")]),
        ("on the twenty-first of June 2013", [("DATE", "twenty-first of June 2013")]),
        ("on 3rd of May", [("DATE", "3rd of May")]),
        ("on 03/05/71", [("DATE", "03/05/71")]),
        ("on 31/02/2013", [("DATE", "31/02/2013")]),
        ("on 01/01/1900", [("DATE", "01/01/1900")]),
        ("on 12/25/2013", [("DATE", "12/25/2013")]),
        ("on 2014/05/01", [("DATE", "2014/05/01")]),
        ("from 3-5 May 2014", [("DATE", "3-5 May 2014")]),
        ("between 3 and 5 May", [("DATE", "3 and 5 May")]),
        ("on May the fourth", [("DATE", "May the fourth")]),
        ("in 05/2014", [("DATE", "05/2014")]),
        ("July and December 1995", [("DATE", "July and December 1995")]),
        ("in 1998 I", [("DATETIME", "1998")]),
        ("(1998-99)", [("DATETIME", "1998-99")]),
        ("for four years and six months", [("DATETIME", "four years and six months")]),
        ("I'm fifty-three", [("AGE", "fifty-three")]),
        ("he is 104 years old", [("AGE", "104 years old")]),
        ("her fortieth birthday", [("AGE", "fortieth")]),
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
        "on the 3rd floor, for the 4th time, on the 2nd attempt",
        "on the 1st and 2nd floors",
        "I failed on the first, passed on the second",
        "before Christmas, at Easter, the week before Christmas",
        "Good Friday is a holiday",
        "I was 20 minutes late",
        "I am 1 of 30",
        "the form is 40 pages",
        "they may be right",
        "march on, I say",
        "it was 9 at night",
        "in his 50s",
        "in my 50s, in her early fifties",
        "at first may seem good",
        "2 may be late",
        "the 1st of many",
        "2000 people in 3 weeks",
        "on page 3/4",
        "from 1998 forms",
        "she is one of them",
        "2 of 3 forms",
        "1.5 of 2.5",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert found(text) == []
