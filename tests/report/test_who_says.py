from dataclasses import replace

from builders import a_case, a_prevalence, a_project
from themes.disclosure import release
from themes.records.project import Audience
from themes.report.counts import Counts
from themes.report.who_says import Voices, who_says

CASES = tuple(a_case(f"c{n}") for n in range(100))
NUMBERS = (
    a_prevalence("", 100),
    a_prevalence("RQ1", 60),
    *(
        a_prevalence(about, people, group=group, cases=of)
        for group, of, speaks in (
            ("speaker=claimant", 55, 40),
            ("speaker=carer_family", 25, 12),
            ("speaker=public", 20, 8),
            ("kind=answer", 60, 40),
            ("kind=story", 40, 20),
        )
        for about, people in (("", of), ("RQ1", speaks))
    ),
)


def told(audience_of=Audience.TEAM, numbers=NUMBERS, cases=CASES):
    cleared = release(a_project(cases=cases, prevalences=numbers), audience_of)
    return who_says(Counts(cleared), "RQ1")


def test_each_kind_of_people_is_counted_of_how_many_wrote():
    numbers = [p for p in NUMBERS if "public" not in p.group and "carer" not in p.group]
    assert told(numbers=numbers).told == (
        Voices("Person on benefits", 40, 55),
        Voices("Wrote a survey answer", 40, 60),
        Voices("Wrote a story", 20, 40),
    )


def test_a_small_number_is_hidden_and_so_is_one_that_would_tell_it():
    found = told()
    assert [row.who for row in found.told] == ["Person on benefits", "Wrote a survey answer", "Wrote a story"]
    assert found.hidden == ("Carer or family", "Member of the public")


def test_a_bar_is_as_long_as_the_part_that_speaks():
    assert Voices("Carer", 10, 40).width == 25
    assert Voices("Carer", 45, 40).width == 100  # both were rounded for the public


def test_who_is_not_known_is_not_said_to_be_hidden():
    numbers = [replace(p, group="speaker=unknown") if p.group == "speaker=public" else p for p in NUMBERS]
    assert "not known" not in " ".join(told(numbers=numbers).hidden)


def test_nothing_is_said_where_nothing_is_counted():
    found = told(cases=CASES[:9])
    assert not found
    assert (found.told, found.hidden) == ((), ())
