import re

import numpy as np
import pytest

from builders import a_raw_document
from themes.deidentify.decide.combine import combined, weighed_up
from themes.deidentify.findings import details_of
from themes.deidentify.recognize.names import names_in
from themes.deidentify.recognize.places import places_in
from themes.deidentify.recognize.singled_out import find_singled_out
from themes.deidentify.recognize.towns import TOWNS
from themes.deidentify.recognize.units import units_in
from themes.deidentify.weigh.evidence import look
from themes.deidentify.weigh.weights import FAMILIES
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span
from themes.records.spec import CorpusSpec


def a_finding(text: str, words: str, label: str = "PERSON", score: float = 1.0, recognizer: str = "spacy") -> Finding:
    start = text.index(words)
    return Finding(Span(start, start + len(words)), label, IdentifierKind.DIRECT, score, recognizer)


def found(text: str, *findings: Finding, keep_words: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(f.label, f.span.of(text)) for f in combined(text, findings, keep_words=keep_words) if f.label != "ORG"]


def test_what_taggers_say_is_weighed_with_what_the_words_say() -> None:
    text = "we ate couscous there"
    assert found(text, a_finding(text, "couscous")) == []
    text = "then thistle rang me"
    unsure = combined(text, [], tagged=())
    sure = combined(text, [a_finding(text, "thistle", "person", 0.99, "own-tagger")], tagged=[Span(0, len(text))])
    assert (unsure, [f.span.of(text) for f in sure]) == ([], ["thistle"])


def test_without_the_voters_they_were_trained_with_the_weights_say_nothing() -> None:
    text = "my adviser Brenda Bickerdike"
    assert [f.span.of(text) for f in combined(text, names_in(text))] == ["Brenda Bickerdike"]
    assert combined(text, names_in(text), weighed=False) == []


def test_a_tagger_is_heard_only_where_it_was_asked() -> None:
    text = "then thistle rang me"
    tagger = a_finding(text, "thistle", "person", 0.99, "own-tagger")
    assert found(text, tagger) == []
    heard = combined(text, [tagger], tagged=[Span(0, len(text))])
    assert [(f.label, f.span.of(text)) for f in heard] == [("PERSON", "thistle")]


def test_a_recogniser_from_elsewhere_is_believed() -> None:
    text = "then Zibbet came"
    assert found(text, a_finding(text, "Zibbet", recognizer="presidio")) == [("PERSON", "Zibbet")]


def test_titles_and_possessives_stay_outside() -> None:
    text = "Mrs Zibbet's dog"
    assert found(text, a_finding(text, "Mrs Zibbet's", recognizer="presidio")) == [("PERSON", "Zibbet")]


def test_a_name_found_once_is_found_in_all_of_the_text() -> None:
    text = "My boss Zibbet left. ZIBBET! zibbet's desk. Zibet again."
    named = a_finding(text, "Zibbet", recognizer="name-context")
    assert found(text, named) == [("PERSON", w) for w in ("Zibbet", "ZIBBET", "zibbet", "Zibet")]


def test_what_overlaps_goes_to_the_stronger_and_the_rest_stays_masked() -> None:
    text = "write to wren@example.com Tester"
    email = a_finding(text, "wren@example.com", "EMAIL", recognizer="patterns")
    person = a_finding(text, "wren@example.com Tester", recognizer="presidio")
    assert found(text, email, person) == [("EMAIL", "wren@example.com"), ("PERSON", "Tester")]


def test_what_is_kept_outweighs_the_taggers_but_not_a_known_name() -> None:
    text = "I saw Theresa May there"
    taggers = [a_finding(text, "Theresa May"), a_finding(text, "Theresa May", "person", 0.98, "own-tagger")]
    assert found(text, *taggers) == []
    assert found(text, *taggers, a_finding(text, "Theresa May", recognizer="known-name")) == [("PERSON", "Theresa May")]


def test_words_that_the_corpus_wants_kept_are_kept() -> None:
    text = "Zibbet and Zibbeta"
    named = [a_finding(text, "Zibbet", recognizer="presidio"), a_finding(text, "Zibbeta", recognizer="presidio")]
    assert found(text, *named, keep_words=("zibbet",)) == [("PERSON", "Zibbeta")]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Karens and karen's and KAREN’S", []),
        ("Roberts said so", ["Roberts"]),  # another name, not Robert's
        ("Robert's and robert’s", []),
        ("Karenza said so", ["Karenza"]),
    ],
)
def test_a_word_that_is_kept_is_kept_with_an_ending_that_makes_no_other_name_of_it(
    text: str, masked: list[str]
) -> None:
    named = [Finding(Span(*m.span()), "PERSON", IdentifierKind.DIRECT, 1.0, "own") for m in re.finditer(r"\w+", text)]
    kept = ("Karen", "Robert", "and", "said", "so", "S")
    assert [text[f.span.start : f.span.end] for f in combined(text, named, keep_words=kept)] == masked


def test_beside_a_word_that_is_kept_no_everyday_word_is_masked_as_an_office() -> None:
    text = "in Karens office and Karens Quillon office"
    offices = [
        a_finding(text, "Karens office", "BRANCH", recognizer="own"),
        a_finding(text, "Karens Quillon office", "BRANCH", recognizer="own"),
    ]
    assert unweighed(text, *offices, keep_words=("Karen",)) == [("BRANCH", "Quillon office")]


def test_no_word_is_kept_that_names_somebody_who_withdrew() -> None:
    text = "Karen said, and Karen Tester"
    named = [a_finding(text, "Karen", recognizer="known-name"), a_finding(text, "Karen Tester", recognizer="own")]
    kept = combined(text, named, keep_words=("Karen", "Karen Tester"), withdrawn=[Span(0, 5)])
    assert [f.span for f in kept] == [Span(0, 5)]
    kept = combined(text, named, keep_words=("Karen", "Karen Tester"), withdrawn=[Span(0, 5), Span(16, 21)])
    assert [f.span for f in kept] == [Span(0, 5), Span(16, 28)]


def test_names_and_places_of_the_corpus_are_found(spec: CorpusSpec) -> None:
    listed = CorpusSpec(spec.folder, "invented", (), extra_names=("Quill Unit",), extra_places=("Leeds",))
    document = a_raw_document("at quill unit in Leeds")
    answer = details_of([document], spec=listed, recognizers={"singled_out": find_singled_out})[0]
    assert [(f.recognizer, f.span.of(document.text)) for f in answer] == [("listed", "quill unit"), ("listed", "Leeds")]


def test_a_surrogate_is_left_alone() -> None:
    text = "[adviser K7QX2] and [age 40–49] and [Ingeus office K7QX2] and [phone] and [date: May 2014]"
    assert found(text, a_finding(text, text, recognizer="presidio")) == [("PERSON", "and")] * 0


def unweighed(text: str, *findings: Finding, **options) -> list[tuple[str, str]]:
    return [(f.label, f.span.of(text)) for f in combined(text, findings, weighed=False, **options)]


def test_a_pattern_stands_from_an_even_chance_on() -> None:
    text = "ref 1234 and 5678"
    even = a_finding(text, "1234", "CODE", 0.5, recognizer="patterns")
    less = a_finding(text, "5678", "CODE", 0.49, recognizer="patterns")
    assert unweighed(text, even, less) == [("CODE", "1234")]


def test_organisations_are_those_of_the_taggers_and_those_on_the_list_that_the_release_masks() -> None:
    text = "Ingeus and Zibbet Supplies for the DWP"
    said = [a_finding(text, words, "ORG", 0.8) for words in ("Ingeus", "Zibbet Supplies", "DWP")]
    listed = Finding(Span(0, 6), "ORG", IdentifierKind.QUASI, 1.0, "keep-list")
    assert combined(text, said, weighed=False) == [listed, said[1]]


@pytest.mark.parametrize(
    ("label", "score", "found"),
    [
        ("HOSPITAL", 0.9, [("HOSPITAL", "Wren Grange")]),
        ("HOSPITAL", 0.89, [("PERSON", "Wren"), ("HOSPITAL", "Grange")]),
        ("BRANCH", 0.89, [("BRANCH", "Wren Grange")]),
        ("EMPLOYER", 0.9, [("PERSON", "Wren"), ("EMPLOYER", "Grange")]),
        ("PHONE", 0.6, [("PHONE", "Wren Grange")]),
    ],
)
def test_a_name_gives_way_to_a_unit_that_is_sure(label: str, score: float, found: list[tuple[str, str]]) -> None:
    text = "at Wren Grange"
    unit = a_finding(text, "Wren Grange", label, score, recognizer="presidio")
    assert unweighed(text, unit, a_finding(text, "Wren", recognizer="presidio")) == found


def test_what_the_coding_profile_keeps_gives_way_to_what_it_masks() -> None:
    text = "the Leeds fire, the Haworth fire"
    findings = [
        a_finding(text, words, label, recognizer="presidio")
        for words, label in {
            "Leeds fire": "EVENT",
            "Leeds": "LOCATION",
            "Haworth fire": "EVENT",
            "Haworth": "LOCATION",
        }.items()
    ]
    assert unweighed(text, *findings) == [("EVENT", "Leeds fire"), ("LOCATION", "Haworth"), ("EVENT", "fire")]


def test_of_words_that_are_kept_the_longest_counts() -> None:
    text = "Quill Unit, Wren"
    named = [a_finding(text, "Quill Unit", recognizer="presidio"), a_finding(text, "Wren", recognizer="presidio")]
    assert unweighed(text, *named, keep_words=("quill", "Quill Unit", "", "wren")) == []
    assert unweighed(text, *named, keep_words=("quill",)) == [("PERSON", "Unit"), ("PERSON", "Wren")]


def test_units_and_places_are_weighed_each_by_their_own() -> None:
    text = "I was at Ingeus Leeds and live in Haworth"
    findings = [f for f in combined(text, [*units_in(text), *places_in(text)]) if f.label != "ORG"]
    assert [(f.label, f.span.of(text), f.recognizer) for f in findings] == [
        ("BRANCH", "Ingeus Leeds", "unit"),
        ("LOCATION", "Haworth", "place"),
    ]


@pytest.mark.parametrize("kept", ["CODE", "ORG", "MISC", "QUANTITY", "DATETIME", "DEM"])
@pytest.mark.parametrize("masked", ["PHONE", "NINO", "CASE_REF", "BRANCH", "EMPLOYER", "CONDITION", "SCRIPT"])
def test_a_detail_that_stays_never_takes_the_place_of_one_that_is_masked(kept: str, masked: str) -> None:
    text = "I wrote qqx 7700 900123 zzy to them"
    for words in ("7700 900123", "qqx 7700", "900123 zzy", "900123", "qqx 7700 900123 zzy"):
        both = [a_finding(text, words, kept, recognizer="own"), a_finding(text, "7700 900123", masked, 0.9, "own")]
        held = [f.span for f in combined(text, both, weighed=False) if f.label == masked]
        assert any(span.contains(both[1].span) for span in held)


def test_a_place_that_the_corpus_lists_is_masked_though_it_is_a_city() -> None:
    text = "I live in the Leeds now"
    both = [a_finding(text, "the Leeds", "MISC", recognizer="own"), a_finding(text, "Leeds", "LOCATION", 1.0, "listed")]
    assert ("LOCATION", "Leeds") in found(text, *both)


def test_a_helplines_number_stays_whatever_finds_it_unless_somebody_marked_it() -> None:
    text = "ring 116123 now"
    for recognizer, left in (("patterns", []), ("corrected", ["116123"])):
        said = [Finding(Span(5, 11), "CODE", IdentifierKind.QUASI, 0.9, recognizer)]
        assert [f.span.of(text) for f in combined(text, said, strict=True)] == left


def test_a_number_in_a_name_that_everybody_knows_is_no_age(spec: CorpusSpec) -> None:
    text = "Jobs 22 were fine. My mum is 71, she liked them."
    (details,) = details_of([a_raw_document(text)], spec=spec)
    assert [f.span.of(text) for f in details if f.label == "AGE"] == ["71"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Goole is a long way from it", []),
        ("the ward at Goole is a long way", ["Goole"]),
        ("A ward shut. Goole is a long way", []),
    ],
)
def test_a_town_alone_is_an_office_only_where_its_sentence_speaks_of_one(text: str, found: list[str]) -> None:
    seen = look(text)
    odds = np.full((len(seen.words), len(FAMILIES)), -9.0, np.float32)
    odds[[word.plain == "goole" for word in seen.words], FAMILIES.index("unit")] = 9.0
    at = text.index("Goole")
    town = Finding(Span(at, at + 5), "LOCATION", IdentifierKind.QUASI, 0.9, TOWNS)
    details = weighed_up(text, [town], odds)
    assert [each.span.of(text) for each in details if each.label in {"HOSPITAL", "BRANCH", "EMPLOYER"}] == found
