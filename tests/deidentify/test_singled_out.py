import pytest

from builders import a_raw_document
from themes.deidentify.singled_out import find_singled_out, singled_out_in


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("I was the only deaf man in the office", "the only deaf man in the office"),
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
        "the last time at the jobcentre, the first day in work",
        "I was a cleaner at Asda and a driver for Tesco",
        "my adviser at Ingeus, the manager of it",
        "the Minister for Work, the minister of State",
        "one of the letters",
        "there are eighty of us",
        "There were five of us on that scheme",
        "the first person in the building who listened, my last employer for an hour",
        "last winter I stood on the platform, the first quarter in the job",
    ],
)
def test_what_many_are_stays(text: str) -> None:
    assert list(singled_out_in(text)) == []


def test_each_document_has_its_own() -> None:
    documents = [a_raw_document("fine"), a_raw_document("a ghillie")]
    assert [[f.label for f in found] for found in find_singled_out(documents)] == [[], ["JOB"]]
