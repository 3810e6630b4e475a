import pytest

from builders import a_raw_document
from themes.deidentify.recognize.singled_out import find_singled_out, singled_out_in


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("I was the only deaf man in the office", "the only deaf man in the office"),
        ("I am the first deaf woman to drive a crane on the dock", "the first deaf woman to drive a crane on the dock"),
        ("I'm known as the weaver with the goats, you see", "the weaver with the goats"),
        ("I'm the vicar's ex-wife so you can imagine", "the vicar's ex-wife"),
        ("she is the Kurdish woman at the car wash.", "the Kurdish woman at the car wash"),
        ("one of two left-handed surgeons in the town", "one of two left-handed surgeons in the town"),
        ("one of three people in Wales with the condition", "one of three people in Wales with the condition"),
        ("a mother of quads", "mother of quads"),
        ("one of the last four from Hut Nine.", "one of the last four from Hut Nine"),
        ("Chief toxicologist for the port authority.", "Chief toxicologist for the port authority"),
        ("I was a stonemason on the cathedral west front.", "a stonemason on the cathedral west front"),
        ("he was the bassoonist in the silver quills", "the bassoonist in the silver quills"),
        ("he was the last indigo dyer in the valley.", "the last indigo dyer in the valley"),
        ("the first woman bus conductor in Wrenby", "the first woman bus conductor in Wrenby"),
        ("There are nine of us in Wrenby.", "There are nine of us in Wrenby"),
        ("one of three women in the yard", "one of three women in the yard"),
        ("I was the falconer at Quill Castle", "the falconer at Quill Castle"),
        ("he is a thatcher", "a thatcher"),
        ("my dad was church organist at St Quill's once", "church organist at St Quill's"),
        ("she is Miss Wrenby 1983", "Miss Wrenby 1983"),
        ("the Rabbi in Wrenby", "the Rabbi in Wrenby"),
    ],
)
def test_a_phrase_that_singles_somebody_out_is_found(text: str, phrase: str) -> None:
    assert phrase in {finding.span.of(text) for finding in singled_out_in(text)}


@pytest.mark.parametrize(
    "text",
    [
        "the only thing in the post was a letter",
        "only one stop from my house to the office",
        "the last time at the jobcentre, the first day in work",
        "I was a cleaner at Asda and a driver for Tesco",
        "my adviser at Ingeus, the manager of it",
        "the Minister for Work, the minister of State",
        "one of the letters",
        "one of two forms in the post, one of the three letters",
        "the first woman to speak to me, the only person to ring me",
        "PIP, formerly known as DLA",
        "my oldest lad, the oldest person in the room",
        "I was the carer for my mum, the driver on the bus",
        "the Polish shop on the corner",
        "there are eighty of us",
        "There were five of us on that scheme",
        "the first person in the building who listened, my last employer for an hour",
        "last winter I stood on the platform, the first quarter in the job",
    ],
)
def test_what_many_are_stays(text: str) -> None:
    assert list(singled_out_in(text)) == []


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("First woman I spoke to was rude.", []),
        ("The only man for the job.", []),
        ("I was the only woman on the course and they laughed", ["the only woman on the course"]),
        ("I'm the only black man in Hawick so everyone knows", ["the only black man in Hawick"]),
    ],
)
def test_a_phrase_ends_where_another_clause_begins(text: str, phrases: list[str]) -> None:
    assert [finding.span.of(text) for finding in singled_out_in(text)] == phrases


def test_each_document_has_its_own() -> None:
    documents = [a_raw_document("fine"), a_raw_document("a ghillie")]
    assert [[f.label for f in found] for found in find_singled_out(documents)] == [[], ["JOB"]]
