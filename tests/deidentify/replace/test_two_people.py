"""Who is two people and who is one: every case worked out by hand."""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from themes.deidentify.replace.persons import Cast, said
from themes.deidentify.replace.surrogates import cast_of, surrogates
from themes.deidentify.replace.two_people import told_apart
from themes.deidentify.vault.vault import Vault
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span


def people_in(text: str, names: Sequence[str]) -> list[Finding]:
    pattern = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    places = [Span(*found.span()) for found in re.finditer(rf"\b(?:{pattern})\b", text)]
    return [Finding(place, "PERSON", IdentifierKind.DIRECT, 1.0, "test") for place in places]


def called(text: str, names: Sequence[str], vault: Vault, **options: Any) -> list[tuple[str, str]]:
    """What stands for each mention of somebody, in order: the role and the tag."""
    written = surrogates(text, people_in(text, names), vault, profile="coding", **options)
    pieces = [each.strip("[]").casefold().rpartition(" ") for each in written]
    return [(role, tag) for role, _, tag in pieces]


def tags(text: str, names: Sequence[str], vault: Vault, **options: Any) -> list[str]:
    return [tag for _, tag in called(text, names, vault, **options)]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("My wife Sue and my adviser Susan. Sue hates Susan.", "Sue", "Susan"),
        ("I have a friend Chris. My adviser Christine rang. Chris cannot stand Christine.", "Chris", "Christine"),
        ("My mum Margaret and my coach Maggie get on.", "Margaret", "Maggie"),
        ("My manager is Michael. I told Mike, my brother.", "Michael", "Mike"),
        ("Jo and Joanne are sisters. Jo left.", "Jo", "Joanne"),
        ("Jo & Joanne are sisters", "Jo", "Joanne"),
        ("Ask Jo or Joanne", "Jo", "Joanne"),
        ("With Sue, Susan, all of them", "Sue", "Susan"),
        ("Jo and my adviser Joanne came", "Jo", "Joanne"),
        ("Sue, Bob and Susan came", "Sue", "Susan"),
        ("Uncle Mike and Auntie Michael came", "Mike", "Michael"),
        ("Mike's brother Michael signs on too", "Mike", "Michael"),
        ("Mike’s big brother, Michael, signs on too. Mike left", "Mike", "Michael"),
        ("My advisers were Steve and Stephen", "Steve", "Stephen"),
        ("Olu and Oluwaseun came", "Olu", "Oluwaseun"),
        ("Quilliam and Quilliamo came", "Quilliam", "Quilliamo"),
        ("My wife Sue Tarn and my adviser Susan Tarn. Sue hates Susan.", "Sue", "Susan"),
        ("Jo and Joanne Tarn came. Jo left, Joanne Tarn stayed", "Jo", "Joanne"),
        ("Jo and Joanne Tarn came. Jo left.", "Jo", "Joanne Tarn"),
    ],
)
def test_two_who_are_named_beside_each_other_or_by_unlike_roles_are_two(
    vault: Vault, text: str, one: str, other: str
) -> None:
    wholes = re.findall(rf"(?:{one}|{other}) Tarn", text)
    names = [one, other, *wholes, "Bob"]
    said_so = [finding.span.of(text) for finding in people_in(text, names)]
    given = tags(text, names, vault)
    ones, others = (
        {tag for name, tag in zip(said_so, given, strict=True) if name.removesuffix(" Tarn") == who}
        for who in (one, other.removesuffix(" Tarn"))
    )
    assert len(ones) == len(others) == 1
    assert ones != others


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Liz (Elizabeth) came. Liz left", "Liz", "Elizabeth"),
        ("Elizabeth, Liz to her friends, came", "Elizabeth", "Liz"),
        ("Elizabeth Tarn, Liz for short, came", "Elizabeth Tarn", "Liz"),
        ("Michael or Mike as we call him came", "Michael", "Mike"),
        ("Michael Smith came. Mike said no", "Michael Smith", "Mike"),
        ("Michael Smith came and Mike said no.", "Michael Smith", "Mike"),
        ("my coach Margaret rang. Maggie was kind", "Margaret", "Maggie"),
        ("my coach Margaret rang. My adviser Maggie was kind", "Margaret", "Maggie"),
        ("my mum Margaret rang. My friend Maggie was kind", "Margaret", "Maggie"),
        ("I saw Jo. Joanne sat down", "Jo", "Joanne"),
        ("I saw Jo and left. Joanne sat down", "Jo", "Joanne"),
        ("Karen and Karne came", "Karen", "Karne"),
    ],
)
def test_one_who_is_called_by_a_short_form_stays_one(vault: Vault, text: str, one: str, other: str) -> None:
    given = tags(text, [one, other], vault)
    assert len(given) > 1
    assert len(set(given)) == 1


def test_the_adviser_is_no_relative(vault: Vault) -> None:
    text = "My wife Sue and my adviser Susan. Sue hates Susan."
    sue, susan, again, too = called(text, ["Sue", "Susan"], vault)
    assert (sue[0], susan[0]) == ("relative", "adviser")
    assert (again, too) == (sue, susan)


def test_a_possessive_without_apostrophe_tells_of_two(vault: Vault) -> None:
    mikes, michael, mike = tags("mikes brother michael came. mike left", ["mikes", "michael", "mike"], vault)
    assert mikes.removesuffix("]'s") == mike.removesuffix("]'s") != michael


def test_what_may_be_either_of_two_is_neither(vault: Vault) -> None:
    assert len(set(tags("Liz and Lizzie came. Elizabeth left", ["Liz", "Lizzie", "Elizabeth"], vault))) == 3
    text = "Liz and Lizzie came. Elizabeth Tarn left"
    assert len(set(tags(text, ["Liz", "Lizzie", "Elizabeth Tarn"], vault))) == 3


def test_two_people_are_two_in_every_text_of_their_thread(vault: Vault) -> None:
    text, later = "Jo and Joanne came.", "Jo left. Joanne stayed."
    thread = Cast([*cast_of(text, people_in(text, ["Jo", "Joanne"])).said, said("Jo"), said("Joanne")])
    assert len(set(tags(later, ["Jo", "Joanne"], vault, thread=thread))) == 2
    assert tags(later, ["Jo", "Joanne"], vault, thread=thread) == tags(text, ["Jo", "Joanne"], vault, thread=thread)
    assert len(set(tags(later, ["Jo", "Joanne"], vault))) == 1


def apart(text: str, *names: str) -> list[tuple[tuple[str, str], ...]]:
    people = people_in(text, names)
    named = told_apart(text, people, {f.span.start: said(f.span.of(text)) for f in people})
    return [one.apart for one in named.values()]


def both_ways(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({pair for one, other in pairs for pair in ((one, other), (other, one))}))


def test_names_are_told_apart_in_all_their_spellings_and_without_the_s_of_a_known_one() -> None:
    told = both_ways(("mike", "michael"), ("mikes", "michael"))
    assert apart("mikes brother michael came", "mikes", "michael") == [told, ()]
    told = both_ways(("quillias", "quilliaso"))
    assert apart("Quillias and Quilliaso came", "Quillias", "Quilliaso") == [told, told]
    told = both_ways(("jo", "joann"), ("jo", "joanne"))
    assert apart("Jo Tarn and Joanne Louise Tarn came", "Jo Tarn", "Joanne Louise Tarn") == [told, told]


def test_only_names_that_may_be_taken_for_one_are_told_apart() -> None:
    text = "Jo and Joanne and Karen came"
    people = people_in(text, ["Jo", "Joanne", "Karen"])
    named = told_apart(text, people, {f.span.start: said(f.span.of(text)) for f in people})
    assert {one.key: bool(one.apart) for one in named.values()} == {"jo": True, "joanne": True, "karen": False}
    assert ("jo", "joanne") in named[0].apart
    text = "Mike Smith and Michael Jones came"
    people = people_in(text, ["Mike Smith", "Michael Jones"])
    named = told_apart(text, people, {f.span.start: said(f.span.of(text)) for f in people})
    assert [one.apart for one in named.values()] == [(), ()]
