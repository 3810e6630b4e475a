from dataclasses import replace

import pytest

from builders import a_raw_document
from themes.deidentify.findings import details_of
from themes.deidentify.recognize.known_names import are_many, find_known_names, known_in, name_parts, with_first_names
from themes.deidentify.wording.words import words_of
from themes.records.spec import CorpusSpec


def found(text: str, *names: str) -> list[str]:
    return sorted({f.span.of(text) for f in known_in(text, frozenset(names))})


def test_a_known_name_is_found_in_any_case_possessive_and_misspelt() -> None:
    text = "KAREN, karen's, karens, Karne, Karem; not Karl, nor kar, nor Karan."
    assert found(text, "Karen W") == ["KAREN", "Karem", "Karne", "karen", "karens"]


def test_a_name_that_is_also_a_word_needs_a_capital() -> None:
    assert found("mark this: Mark is right", "Mark") == ["Mark"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("thanks grace", "Grace"),
        ("thank you so much, grace x", "Grace"),
        ("good luck joy", "Joy"),
        ("completely agree rose.", "Rose"),
        ("hope, you are right about that", "Hope"),
        ("well grace told me not to worry", "Grace"),
        ("rose wrote that they never pay", "Rose"),
        ("i know; hope said so", "Hope"),
        ("what rose wrote is right", "Rose"),
        ("i spoke to hope. She was kind", "Hope"),
        ("they told grace, not me", "Grace"),
        ("i agree with hope, it is bad", "Hope"),
        ("a reply to faith", "Faith"),
        ("the comment by joy", "Joy"),
        ("my adviser grace rang", "Grace"),
        ("grace at reception was rude", "Grace"),
        ("grace's comment", "Grace"),
        ("mr hope was there", "Hope"),
        ("THANKS GRACE, THAT WAS VERY KIND", "Grace"),
    ],
)
def test_a_name_that_is_also_a_word_is_found_small_where_somebody_is_meant(text: str, name: str) -> None:
    assert [each.casefold() for each in found(text, name, "Karen")] == [name.casefold()]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("i hope grace will be given", "Hope"),
        ("by the grace of god, a period of grace.", "Grace"),
        ("the mark said 40 on the form", "Mark"),
        ("my hope said nothing to them", "Hope"),
        ("i told them to hope", "Hope"),
        ("prices rose, and it gave me joy.", "Rose"),
        ("it gave me joy. they did it with joy.", "Joy"),
        ("hi hope you are well, thanks hope that helps", "Hope"),
        ("my adviser may ring, her son may say", "May"),
        ("i have no hope, grace's gone", "Grace"),
        ("hope was lost, and hope died", "Hope"),
    ],
)
def test_the_same_word_is_left_alone_where_it_is_a_word(text: str, name: str) -> None:
    assert found(text, name, "Karen") == []


def test_a_name_of_two_words_is_found_in_any_case() -> None:
    text = "grace hope was there, so was GRACE HOPE; there is hope, and grace"
    assert found(text, "Grace Hope") == ["GRACE", "GRACE HOPE", "HOPE", "grace hope"]


def test_a_place_that_a_corpus_lists_is_no_person() -> None:
    assert known_in("as hope says", frozenset({"Hope"}), label="LOCATION") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("i live in leeds.", ["leeds"]),
        ("from london to hull", ["london", "hull"]),
        ("the bath was cold, in bath too", ["bath"]),
        ("reading is fun", []),
    ],
)
def test_a_listed_place_is_found_in_small_letters_where_a_place_is_meant(text: str, found: list[str]) -> None:
    listed = frozenset({"Leeds", "London", "Hull", "Bath", "Reading"})
    assert [f.span.of(text) for f in known_in(text, listed, label="LOCATION", recognizer="listed")] == found


def test_a_handle_is_found_whole_and_by_the_name_in_it() -> None:
    assert found("jodie1984 is right, Jodie is", "jodie1984") == ["Jodie", "jodie1984"]


def test_nobody_is_not_a_name() -> None:
    assert found("Anonymous says the guest is anonymous", "Anonymous", "Guest") == []
    assert name_parts("A worried mum") == set()


def test_everybody_in_a_thread_is_known_in_all_of_it() -> None:
    thread = [
        a_raw_document("Zebedee is right.", author="Tamsel"),
        a_raw_document("No, tamsel is.", author="Zebedee"),
        a_raw_document("Zebedee who?", author="Wren", thread="another page"),
    ]
    spoken = [[f.span.of(d.text) for f in answer] for d, answer in zip(thread, find_known_names(thread), strict=True)]
    assert [sorted(set(names)) for names in spoken] == [["Zebedee"], ["tamsel"], []]


def test_a_stray_plural_is_heard_unless_it_is_a_word_of_its_own() -> None:
    assert found("I saw the wrens and the Wrens, and rosses, books", "Wren", "Book") == ["Wrens", "wrens"]


def test_names_with_other_letters_are_found_in_any_case() -> None:
    assert found("ZOË K said, zoë  k", "Zoë K") == ["ZOË", "ZOË K", "zoë", "zoë  k"]


def test_a_blank_name_names_nobody() -> None:
    assert found("Nobody is here", "  ") == []


@pytest.mark.parametrize("said", ["big sal", "Big Sal", "BIG SAL"])
def test_a_listed_name_of_two_words_is_masked_whole_whatever_words_it_is_made_of(said: str, spec: CorpusSpec) -> None:
    text = f"So {said} left, and it was a big sale"
    listed = replace(spec, extra_names=("Big Sal",))
    (found,) = details_of([a_raw_document(text)], spec=listed)
    assert [finding.span.of(text) for finding in found if finding.label == "PERSON"] == [said]


def test_a_byname_that_is_a_word_is_one_of_the_parts_of_a_name() -> None:
    assert name_parts("Robert (Sparky) Quillon") == {"robert", "sparky", "quillon"}
    assert name_parts('Robert "Tiny" Quillon') == {"robert", "tiny", "quillon"}
    assert name_parts("Robert Tiny Quillon") == {"robert", "quillon"}
    assert found("Tiny came, with a tiny dog", 'Robert "Tiny" Quillon') == ["Tiny"]


def test_whole_names_are_found_wherever_they_begin_and_with_any_joint() -> None:
    text = "sue_b, Sue.B and SUE  B; -bob- žofie O’Shea o'shea-quill \u212aelvin Q, Ann Ann Ann"
    assert [known_in(text, frozenset({name}))[0].span.of(text) for name in ("Sue B", "-bob-", "Žofie", "Kelvin Q")] == [
        "sue_b", "-bob-", "žofie", "\u212aelvin Q",
    ]  # fmt: skip
    assert [f.span.of(text) for f in known_in(text, frozenset({"Sue B"}))][:3] == ["sue_b", "Sue.B", "SUE  B"]
    assert known_in(text, frozenset({"Ann Ann"}))[0].span.of(text) == "Ann Ann"


def test_a_name_of_several_words_is_known_by_the_first() -> None:
    told = ["Ash Pickersgill", "Big Trev", "E. Throssell", "Jo", "Bo Fenwright", "Will Lyle"]
    assert with_first_names(told) == {*told, "Ash"}


@pytest.mark.parametrize(
    ("word", "many"),
    [("roses", True), ("Roses", False), ("ROSES", False), ("rose", False), ("karens", False), ("zibbets", False)],
)
def test_several_of_what_a_name_means_are_nobody(word: str, many: bool) -> None:
    assert are_many(words_of(f"the {word}")[1]) is many


def test_a_known_name_of_two_everyday_words_is_found_small() -> None:
    assert found("it was grace long who rang, not grace", "Grace Long") == ["grace long"]
