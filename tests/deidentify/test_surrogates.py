from typing import Any

import pytest

from themes.deidentify.combine import combined
from themes.deidentify.dates import dates_in
from themes.deidentify.names import names_in
from themes.deidentify.policy import action_for, checked_profile, generalised, rule_for
from themes.deidentify.surrogates import plain_form, surrogates
from themes.deidentify.units import units_in
from themes.deidentify.vault import Vault
from themes.errors import WrongUse


def masked(text: str, vault: Vault, **options: Any) -> str:
    findings = combined(text, [*names_in(text), *units_in(text), *dates_in(text)])
    written = surrogates(text, findings, vault, **{"profile": "coding", **options})
    for finding, words in reversed(list(zip(findings, written, strict=True))):
        text = text[: finding.span.start] + words + text[finding.span.end :]
    return text


def tag(vault: Vault, name: str) -> str:
    return vault.surrogate("x", "person", name).removeprefix("[x ").removesuffix("]")


def test_one_person_has_one_surrogate_and_the_grammar_stays(vault: Vault) -> None:
    karen = tag(vault, "karen")
    assert masked("My adviser Karen left. KAREN! karen's desk.", vault) == (
        f"My adviser [adviser {karen}] left. [adviser {karen}]! [adviser {karen}]'s desk."
    )


def test_a_first_name_is_completed_by_the_only_full_name_that_holds_it(vault: Vault) -> None:
    full = tag(vault, "karen smith")
    text = "Karen Smith came. I like Karen."
    assert masked(text, vault) == f"[person {full}] came. I like [person {full}]."
    assert masked("I like Karen.", vault, also=["Karen Smith"]) == f"I like [person {full}]."
    assert (
        masked("I like Karen.", vault, also=["Karen Smith", "Karen Jones"]) == f"I like [person {tag(vault, 'karen')}]."
    )


def test_an_office_keeps_its_provider_and_an_age_its_band(vault: Vault) -> None:
    office = vault.surrogate("Ingeus office", "branch", "ingeus leeds")
    assert masked("I'm 47, at Ingeus Leeds since 3 May 2014", vault) == (
        f"I'm [age 40–49], at {office} since [date: May 2014]"
    )


def test_the_strict_profile_keeps_the_year_alone(vault: Vault) -> None:
    assert masked("on 3 May 2014 and in June 2013", vault, profile="release") == "on [date: 2014] and in [date: 2013]"


@pytest.mark.parametrize(
    ("words", "plain"),
    [("Mrs  KAREN O’Shea's", "karen o'shea"), ("Karen", "karen"), ("Dr", "dr"), ("...", "...")],
)
def test_spellings_meet_in_one_form(words: str, plain: str) -> None:
    assert plain_form(words) == plain


@pytest.mark.parametrize(
    ("label", "words", "coding", "release"),
    [
        ("PERSON", "Karen", "mask", "mask"),
        ("LOCATION", "Leeds", "keep", "mask"),
        ("LOCATION", "Haworth", "mask", "mask"),
        ("ORG", "Atos", "keep", "mask"),
        ("CODE", "18403/91", "keep", "mask"),
        ("DATE", "3 May 2014", "generalise", "generalise"),
        ("DATE", "May 2014", "keep", "generalise"),
        ("AGE", "47", "generalise", "generalise"),
        ("SOMETHING_NEW", "x", "mask", "mask"),
    ],
)
def test_the_policy_says_what_becomes_of_a_detail(label: str, words: str, coding: str, release: str) -> None:
    assert (str(action_for(label, words, "coding")), str(action_for(label, words, "release"))) == (coding, release)


def test_what_cannot_be_made_vaguer_is_masked() -> None:
    assert (generalised("AGE", "?", "coding"), generalised("DATE", "99/99/99", "coding")) == ("[detail]", "[detail]")
    assert rule_for("SOMETHING_NEW").says == "detail"


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(WrongUse, match="coding or release"):
        checked_profile("loose")
