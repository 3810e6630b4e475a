import pytest

from themes.deidentify.recognize.ages import ages_in


def found(text: str) -> set[str]:
    return {text[start:end] for start, end in ages_in(text)}


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("I turned forty last March", "forty"),
        ("had to leave school at 13 cos of it", "13"),
        ("I came over at sixteen to work", "sixteen"),
        ("i was in care from six. ive had", "six"),
        ("I turned the big 6-0 in lockdown", "the big 6-0"),
        ("hitting the big five-oh", "the big five-oh"),
        ("im 20 n skint", "20"),
        ("hes 44 he is poorly", "44"),
        ("she is 80 herself", "80"),
        ("since ah wis fifteen, at sea", "fifteen"),
        ("LEFT SCHOOL AT SIXTEEN WITH NOTHING", "SIXTEEN"),
        ("they kicked me out at 14 so I went", "14"),
        ("I'm eighty-three on Saturday", "eighty-three"),
        ("a driver, sixty in ten days' time", "sixty"),
        ("I'm sixty-six and a half, and tired", "sixty-six and a half"),
        ("He's sixteen years and four days today", "sixteen years and four days"),
        ("we have the baby, who's 18 months", "18 months"),
        ("my nineteen-week-old", "nineteen-week-old"),
        ("my dad (77, COPD)", "77"),
        ("Karen was 52. She rang", "52"),
        ("My adviser is 23, I think", "23"),
        ("I'd been thirty-nine for a day", "thirty-nine"),
        ("hes 4", "4"),
        ("our Jack turned seven here", "seven"),
        ("getting on for sixty, me", "sixty"),
        ("a grandad of 70 now", "70"),
        ("am 19 been in care", "19"),
        ("F47 here, on ESA", "F47"),
        ("I'm F47 and on ESA", "F47"),
        ("I (47F) was sent", "47F"),
        ("I (m52) was sent", "m52"),
        ("47/f from up north", "47/f"),
        ("me and him 52/M", "52/M"),
        ("F/47 single", "F/47"),
        ("47f here on pip", "47f"),
        ("M52 disabled", "M52"),
        ("I'm 47 F", "47"),
        ("I'm a 47f from Leeds", "47f"),
        ("I'm a 52m from Hull", "52m"),
        ("ma maw's saxty-twa", "saxty-twa"),
        ("ah wis twinty wan when it shut", "twinty wan"),
        ("my da is seeventy an he", "seeventy"),
        ("the lad's six year auld", "six year auld"),
    ],
)
def test_an_age_is_found_however_it_is_told(text: str, age: str) -> None:
    assert age in found(text)


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("with my kids (9, 6 and 2) in one night", {"9", "6", "2"}),
        ("mine are 5 and 7 and more", {"5", "7"}),
        ("two lads aged 6 and 19", {"6", "19"}),
        ("Kids: 15, 12, 8, 3.", {"15", "12", "8", "3"}),
        ("kids are 2,4,7 and 13", {"2", "4", "7", "13"}),
        ("the twins were 3 years and 5 months", set()),
        ("she is 3 years and 5 months", {"3 years and 5 months"}),
        ("my son is ten years and two months", {"ten years and two months"}),
        ("happy 21st to me", {"21st"}),
        ("happy 10th anniversary", set()),
        ("ah wis saxty last week", {"saxty"}),
    ],
)
def test_each_age_of_a_row_is_found_by_itself(text: str, ages: set[str]) -> None:
    assert found(text) == ages


def test_nobody_leaves_school_at_three_but_may_come_into_care() -> None:
    assert found("she finished school at 3 every day") == set()
    assert found("I went into care at 3") == {"3"}
    assert found("I left school at 15") == {"15"}


@pytest.mark.parametrize(
    "text",
    [
        "I'm sixty-odd, forty-something, thirty-ish, 40 plus",
        "I was a chef, 30 years, and then a cleaner, 25 hrs",
        "the library computer, 30 minutes a go",
        "the best I'd had, 80 per cent of something",
        "the state pension's at 66, and I wait",
        "until he's 19 it is the other form",
        "it is like I'm five.",
        "I'm 14 stone, 6 foot and 20 quid short",
        "He was 12 miles away and I was 45 points up",
        "she is 18 weeks pregnant",
        "a room of eighteen year olds",
        "They left at 14 Elm Street, Section was 52.",
        "people aged 16 to 24, in my fifties",
        "I turned 30 people away",
        "the form, 20 May, was late",
        "I am in my mid-fifties, mid-50s, late forties",
        "M25 and M62 from Leeds. M25 on Monday",
        "the A47/F, 20/month, £20/m, 12/f",
        "the F45 gym, F16 jets",
        "my B12 5mg, F32 on my sick note. F41 on the note, I am F33 on my fit note",
        "the M60, M60 here, 47/m a week",
        "our house, 33 Kingsway",
    ],
)
def test_a_number_that_is_no_age_is_left_alone(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    "text", ["a 15 year old report", "a 9-year-old medical assessment", "my 12 year old dog", "a 50 year old building"]
)
def test_how_old_a_thing_is_is_nobodys_age(text: str) -> None:
    assert found(text) == set()
