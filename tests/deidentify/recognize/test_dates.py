import pytest

from builders import a_raw_document
from themes.deidentify.decide.combine import combined
from themes.deidentify.recognize.dates import dates_in, find_dates
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span


def found(text: str) -> list[tuple[str, str]]:
    return [(f.label, f.span.of(text)) for f in combined(text, dates_in(text))]


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("born on 3 May 1971", [("DOB", "3 May 1971")]),
        ("born 3 v 1971", [("DOB", "3 v 1971")]),
        ("extension given to 30/06. Action", [("DATE", "30/06")]),
        ("moved back 09/02. Ct says", [("DATE", "09/02")]),
        ("deadline 23/9. Widowed", [("DATE", "23/9")]),
        ("meet her Weds 22/1. She", [("DATE", "Weds 22/1")]),
        ("seen 15/11 by phone", [("DATE", "15/11")]),
        ("on 1/2 pay, 7/10 for pain, bp 120/80, 24/7, a 11/12 score, phq 18/27, 50/50", []),
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
        ("since the 8th of last month.", [("DATE", "8th of last month")]),
        ("not home till the twentieth, I fear", [("DATE", "the twentieth")]),
        ("on the ward, 6/2 to 28/2, low mood", [("DATE", "6/2 to 28/2")]),
        ("Log\n3/6 rang him\n5/6: no answer", [("DATE", "3/6"), ("DATE", "5/6")]),
        ("Marks\n3/6 of them\n5/6", []),
        ("12/4 Phoned.\n13/4 Phoned again", [("DATE", "12/4"), ("DATE", "13/4")]),
        ("Marks\n7/10 good\n12/10 rang him\n4/5 would come again", [("DATE", "12/10")]),
        ("Doses\n1/2 tablet\n3/4 mile swum\n1/4 rang him", [("DATE", "1/4")]),
        ("seen on the 3rd by her, on the tenth my adviser rang", [("DATE", "3rd"), ("DATE", "the tenth")]),
        ("since the 3rd of last month like", [("DATE", "3rd of last month")]),
        ("between 1st and the 3rd they", [("DATE", "1st and the 3rd")]),
        ("away Sept 3rd–5th, mind", [("DATE", "Sept 3rd–5th")]),
        ("it was the third of this month", [("DATE", "the third of this month")]),
        ("Friday the third my adviser rang", [("DATE", "Friday the third")]),
        ("in June 12 I was out, on june 3 always", [("DATE", "June 12"), ("DATE", "june 3")]),
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
        "support for 24/7",
        "in june 10 of us went",
        "on the 3rd adviser, after the 2nd in a row, one of the 1st that came",
        "in june 3 letters came, in july 12 of the staff left",
        "they took a fifth of last month's money",
        "on Wednesday the second adviser rang",
        "on 8/9 people",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "It took 20m of rope.", "They cut £20m from it, or $20M.", "There are 20m unemployed.",
        "20m unemployed is a lot.",
        "The cuts cost 20M people dearly.", "I can walk 20m but not 50m.", "I'm 20m from the office.", "a 20m pool",
        "The debt was 20M, they said.", "It took me 20m to get there.", "In 20m I was out.",
        "It is 90F in that office.",
        "The queue was 30m long.", "I get 12f a week", "They hired 20 female advisers.", "from 20 female respondents",
        "20 male and 30 female staff were laid off.", "There were 20 male claimants in the room.", "only 20 male",
    ],
)  # fmt: skip
def test_a_measure_a_sum_or_a_crowd_is_no_age(text: str) -> None:
    assert [detail for detail in found(text) if detail[0] == "AGE"] == []


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("I (47M) was sanctioned.", ["47M"]), ("My wife (45F) and I (46m) live here.", ["45F", "46m"]),
        ("32M here.", ["32M"]),
        ("47F, single mum of two.", ["47F"]), ("I'm 52M and on ESA.", ["52M"]), ("me [23f] and him", ["23f"]),
        ("I am a 47F with MS.", ["47F"]), ("As a 32M I get nothing.", ["32M"]), ("i'm 24f looking for work", ["24f"]),
        ("My son, 19M, was sent there.", ["19M"]), ("Hi all. 29F with autism.", ["29F"]), ("(m, 47)", ["47"]),
        ("47 male, disabled.", ["47"]), ("47, female", ["47"]), ("47/male", ["47"]), ("Male, 52", ["52"]),
        ("I am 45 female and disabled", ["45"]), ("I'm 47 female.", ["47"]),
    ],
)  # fmt: skip
def test_an_age_beside_a_sex_is_found_where_somebody_is_described(text: str, ages: list[str]) -> None:
    assert found(text) == [("AGE", age) for age in ages]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("born on 3 May 1971", [("DOB", "3 May 1971", 1.0), ("DATE", "May 1971", 0.7)]),
        ("on 3 May 1971", [("DATE", "3 May 1971", 0.9), ("DATE", "May 1971", 0.7)]),
        ("dob 030571", [("DOB", "030571", 1.0)]),
        ("born in 1962", [("DOB", "1962", 0.9), ("DATETIME", "1962", 0.7)]),
        ("for four years", [("DATETIME", "four years", 0.6)]),
        ("aged 47", [("AGE", "47", 0.9)]),
        ("I was born. On 3 May they wrote", [("DATE", "3 May", 0.9)]),
        ("I was born.\nOn 3 May they wrote", [("DATE", "3 May", 0.9)]),
        ("born" + " " * 36 + "3 May", [("DOB", "3 May", 1.0)]),
        ("born" + " " * 37 + "3 May", [("DATE", "3 May", 0.9)]),
    ],
)
def test_a_date_says_what_it_is_and_how_sure(text: str, said: list[tuple[str, str, float]]) -> None:
    assert [(f.label, f.span.of(text), f.score) for f in dates_in(text)] == said


def test_only_a_date_of_birth_points_to_one_person_by_itself() -> None:
    assert find_dates([a_raw_document("born on 3 May"), a_raw_document("on 3 May"), a_raw_document("It rained.")]) == [
        [Finding(Span(8, 13), "DOB", IdentifierKind.DIRECT, 1.0, "dates")],
        [Finding(Span(3, 8), "DATE", IdentifierKind.QUASI, 0.9, "dates")],
        [],
    ]


def test_a_day_after_a_date_is_no_year_of_it() -> None:
    text = "three dates: 8 June, 15 June and 3 July"
    assert [f.span.of(text) for f in dates_in(text)] == ["8 June", "15 June", "3 July"]
