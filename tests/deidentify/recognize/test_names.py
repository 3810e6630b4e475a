from pathlib import Path

import pytest

from builders import a_raw_document
from themes.deidentify.findings import details_of
from themes.deidentify.recognize.names import misspelt_name, names_in
from themes.deidentify.recognize.signatures import find_signatures
from themes.records.spec import CorpusSpec


def found(text: str) -> list[str]:
    (details,) = details_of([a_raw_document(text)], spec=CorpusSpec(Path("nowhere"), "invented", ()))
    return [finding.span.of(text) for finding in details if finding.label == "PERSON"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("My adviser Sadiqa was kind", ["Sadiqa"]),
        ("my adviser, a lady called Trixibelle, was kind", ["Trixibelle"]),
        ("my work coach was Tina", ["Tina"]),
        ("my brother mark said so", ["mark"]),
        ("a bloke called daz", ["daz"]),
        ("Dr Ogunleye saw me", ["Ogunleye"]),
        ("mrs bickerdike next door", ["bickerdike"]),
        ("Mr J said no", ["J"]),
        ("MR Bickerdike and MR QUILLON and MR J", ["Bickerdike", "QUILLON", "J"]),
        ("MR bickerdike said no", ["bickerdike"]),
        ("I saw Rev Bickerdike", ["Bickerdike"]),
        ("Rev. Quillon and Revd Bickerdike", ["Quillon", "Bickerdike"]),
        ("the Reverend Quillon came", ["Quillon"]),
        ("rev bickerdike, then reverend quillon", ["bickerdike", "quillon"]),
        ("Brother Quillon and Sister Bickerdike", ["Quillon", "Bickerdike"]),
        ("Pastor Quillon, Imam Bickerdike and pastor dave", ["Quillon", "Bickerdike", "dave"]),
        ("the pastor Quillon and rabbi quillon", ["Quillon", "quillon"]),
        ("big Dave and big dave", ["big Dave", "big dave"]),
        ("I met little Will and old Mark Tester", ["little Will", "Mark Tester"]),
        ("Old Bill and young May left", ["Old Bill", "May"]),
        ("our Lee's boss", ["Lee"]),
        ("thanks debs, that helps", ["debs"]),
        ("Hello Priyanka", ["Priyanka"]),
        ("my name is michael john farrow", ["michael john farrow"]),
        ("I'm Grace", ["Grace"]),
        ("spoke to mark about it", ["mark"]),
        ("my coach karren said no", ["karren"]),
        ("Karen, Steve and Zibby all left", ["Karen", "Steve", "Zibby"]),
        ("Mark from the jobcentre rang", ["Mark"]),
        ("My son Will and my aunt May", ["Will", "May"]),
        ("Jean-Paul Okeke wrote", ["Jean-Paul Okeke"]),
        ("Dave W was there", ["Dave W"]),
        ("Seán said", ["Seán"]),
        ("I asked Margaret\nHolloway about it", ["Margaret\nHolloway"]),
        ("KAREN IS A LIAR AND SO IS STEVE", ["KAREN", "STEVE"]),
        ("My adviser, A.B., left", ["A.B"]),
        ("the initials are TM", ["TM"]),
        ("It was long.\nRegards,\nMo", ["Mo"]),
        ("It was long. Thanks, Sue x", ["Sue"]),
        ("It was long.\n- Quillon (carer)", ["Quillon"]),
        ("By Wren Quillon\nIt rained.", ["Wren Quillon"]),
        ("1. pebble says:\nIt rained.", ["pebble"]),
        ("Wren Quillon, Policy and Campaigns Officer, writes", ["Wren Quillon"]),
    ],
)
def test_a_name_is_found_by_what_stands_around_it(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "I will mark it in May",
        "Will you help? May I ask? Mark my words.",
        "full of hope and grace",
        "It is called Universal Credit",
        "a scheme called Restart",
        "my adviser was great and my manager is English",
        "Iain Duncan Smith, Yvette Cooper and Dame Carol Black",
        "Parkinson's, Crohn's and Asperger's",
        "The DWP, Atos and Mind",
        "Thanks. Bye",
        "the MR decision, an MR Notice, my MR was late and the MR form",
        "THE MR DECISION WAS LATE",
        "The pastor said so, and the imam agreed",
        "rev up the car, a rev counter",
        "it left a big mark and little hope, in old age and young people",
        "the Old Bill came",
        "the Big Issue and Old Trafford",
        "Thanks for nothing",
        "Monday and Tuesday in April and June",
        "He said that she said",
        "I rob Peter to pay Paul",
    ],
)
def test_what_is_no_private_persons_name_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_context_outweighs_a_ministers_surname() -> None:
    assert found("Cameron and Osborne did this") == []
    assert found("my adviser Cameron did this") == ["Cameron"]


def test_a_famous_name_stays_unless_it_is_said_of_somebody_met() -> None:
    assert found("Tom Jones sang it, and Stephen King wrote that") == []
    assert found("my adviser Tom Jones said no") == ["Tom Jones"]


def test_a_signature_speaks_for_a_name_before_anything_is_weighed() -> None:
    text = "It was long.\nRegards,\nQuillon"
    (said,) = find_signatures([a_raw_document(text)])
    assert {(f.span.of(text), f.recognizer) for f in said} == {("Quillon", "name-context"), ("Quillon", "signature")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("my adviser called A.B. said", {("A.B.", "name-context", 1.0)}),
        ("my adviser is called", set()),
        ("my adviser was. Then", set()),
        ("our hope was gone", set()),
        ("his name is unknown", set()),
        ("his name is zibbet", {("zibbet", "name-context", 1.0)}),
        ("Thanks all", set()),
        ("Thanks all\nQuillon", set()),
        ("Hello Trixibelle", {("Trixibelle", "name-context", 0.7)}),
        ("Hello. Trixibelle", set()),
        ("mark was my adviser", {("mark", "name-context", 1.0)}),
        ("mark was my problem", set()),
        ("my coach karren said no", {("karren", "name-context", 0.8)}),
        ("I told zib", set()),
        ("I told karren", {("karren", "name-context", 0.8)}),
    ],
)
def test_rules_say_how_sure_they_are(text: str, names: set[tuple[str, str, float]]) -> None:
    assert {(f.span.of(text), f.recognizer, f.score) for f in names_in(text)} == names


@pytest.mark.parametrize(
    ("word", "misspelt"),
    [("karren", True), ("kaern", True), ("karen", False), ("jon", False), ("lisaa", False), ("march", False)],
)
def test_a_long_name_one_letter_off_is_misspelt_and_a_short_one_could_be_anything(word: str, misspelt: bool) -> None:
    assert misspelt_name(word) is misspelt
