from pathlib import Path

import pytest

from themes.deidentify.replace.policy import (
    PROFILES,
    Action,
    Rule,
    action_for,
    action_on,
    checked_profile,
    generalised,
    has_rule,
    labels,
    policy_table,
    release_keeps,
    rule_for,
    rules,
    shown_as,
)
from themes.deidentify.replace.surrogate_form import surrogate_pattern
from themes.errors import WrongUse
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

PAGE = Path(__file__).parents[3] / "docs" / "data-protection.md"


@pytest.mark.parametrize(
    ("label", "words", "coding", "release"),
    [
        ("PERSON", "Karen", "mask", "mask"),
        ("LOCATION", "Leeds", "keep", "generalise"),
        ("LOCATION", "Kent", "keep", "generalise"),
        ("LOCATION", "Haworth", "generalise", "generalise"),
        ("LOCATION", "Nowheresby", "mask", "mask"),
        ("ORG", "Atos", "keep", "mask"),
        ("CODE", "18403/91", "keep", "mask"),
        ("DATE", "3 May 2014", "generalise", "generalise"),
        ("DATE", "May 2014", "keep", "generalise"),
        ("DATE", "99/99/99", "mask", "generalise"),
        ("DATETIME", "1995", "keep", "generalise"),
        ("DATETIME", "soon", "keep", "mask"),
        ("QUANTITY", "£14,754", "keep", "mask"),
        ("AGE", "47", "generalise", "generalise"),
        ("AGE", "?", "mask", "mask"),
        ("SOMETHING_NEW", "x", "mask", "mask"),
    ],
)
def test_the_policy_says_what_becomes_of_a_detail(label: str, words: str, coding: str, release: str) -> None:
    assert (str(action_for(label, words, "coding")), str(action_for(label, words, "release"))) == (coding, release)


@pytest.mark.parametrize(
    ("label", "words", "coding", "release"),
    [
        ("AGE", "47", "[age 40–49]", "[age 40–49]"),
        ("AGE", "47F", "[age 40–49, female]", "[age 40–49, female]"),
        ("AGE", "m/93", "[age 90 or over, male]", "[age 90 or over, male]"),
        ("DATE", "3 May 2014", "[date: May 2014]", "[date: 2014]"),
        ("DATE", "3 May", "[date: May]", "[date: day and month]"),
        ("DATE", "May 2014", "May 2014", "[date: 2014]"),
        ("DATETIME", "1995", "[date: 1990s]", "[date: 1990s]"),
        ("DATETIME", "soon", "", ""),
    ],
)
def test_a_detail_is_made_vaguer(label: str, words: str, coding: str, release: str) -> None:
    assert (generalised(label, words, "coding"), generalised(label, words, "release")) == (coding, release)


@pytest.mark.parametrize(
    ("label", "words", "recognizer", "action"),
    [
        ("LOCATION", "Leeds", "place", Action.KEEP),
        ("LOCATION", "Leeds", "listed", Action.GENERALISE),
        ("LOCATION", "Newport", "listed", Action.MASK),
        ("PERSON", "Karen", "listed", Action.MASK),
        ("CODE", "Haworth", "listed", Action.MASK),
    ],
)
def test_what_the_corpus_lists_is_never_kept(label: str, words: str, recognizer: str, action: Action) -> None:
    finding = Finding(Span(0, len(words)), label, IdentifierKind.QUASI, 1.0, recognizer)
    assert action_on(finding, words, "coding") is action


def test_every_kind_that_is_asked_for_has_a_row() -> None:
    asked = (
        "PERSON BRANCH LOCATION PHONE AGE HOSPITAL HANDLE DOB EMPLOYER CASE_REF BANK JOB EMAIL ADDRESS POSTCODE NINO "
        "NHS_NUMBER CONDITION URL EVENT DEMOG DATE SCHOOL VEHICLE IP ORG DATETIME CODE QUANTITY MISC DEM SCRIPT"
    )
    assert set(rules()) == set(asked.split())


def test_the_release_never_keeps_what_coding_takes_away() -> None:
    assert [label for label, rule in rules().items() if rule.actions["release"] is Action.KEEP] == []
    assert [label for label, rule in rules().items() if set(rule.actions) != set(PROFILES)] == []


def test_the_page_for_data_protection_officers_shows_the_policy() -> None:
    assert policy_table() in PAGE.read_text("utf-8")


def test_what_the_table_shows_is_what_is_written() -> None:
    assert [label for label, rule in rules().items() if not surrogate_pattern().fullmatch(shown_as(rule))] == []


def test_a_new_label_is_a_detail_and_an_unknown_profile_is_refused() -> None:
    masked = {"coding": Action.MASK, "release": Action.MASK}
    assert rule_for("SOMETHING_NEW") == Rule("SOMETHING_NEW", IdentifierKind.DIRECT, masked, "detail", False, 99)
    assert max(rule.rank for rule in rules().values()) < 99  # where it overlaps another detail, that one names both
    assert (has_rule("SOMETHING_NEW"), has_rule("PERSON")) == (False, True)
    assert checked_profile("release") == "release"
    with pytest.raises(WrongUse, match="coding or release"):
        checked_profile("loose")


def test_a_row_of_the_table_is_read_as_it_stands() -> None:
    both_vaguer = {"coding": Action.GENERALISE, "release": Action.GENERALISE}
    assert rule_for("AGE") == Rule(
        "AGE", IdentifierKind.QUASI, both_vaguer, "age", False, labels().index("AGE"), "ages, in figures and words"
    )
    assert (labels()[0], labels()[-1], len(labels())) == ("EMAIL", "MISC", len(rules()))


@pytest.mark.parametrize(
    ("group", "kept"),
    [("state", True), ("people", True), ("providers", False), ("employers", False), ("no such group", False)],
)
def test_the_release_keeps_some_groups_of_names_and_no_others(group: str, kept: bool) -> None:
    assert release_keeps(group) is kept
