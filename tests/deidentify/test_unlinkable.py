"""What must hold for every surrogate: it stands in its place alone, and tells nobody without the key whose it is."""

import hashlib
import hmac
import re
from itertools import product

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from themes.deidentify.replace.persons import Cast, said
from themes.deidentify.replace.policy import PROFILES, rules
from themes.deidentify.replace.surrogate_form import TAG, surrogate_pattern
from themes.deidentify.replace.surrogates import surrogates
from themes.deidentify.vault.spelling import TAG_LENGTH, spelled_tag
from themes.deidentify.vault.vault import Vault
from themes.deidentify.wording.lexicon import given_names, ordinary_words, places, surnames
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

PIECES = st.sampled_from(
    [
        "Karen", "Karen Smith", "karens", "the Smiths", "an Anna", "a 47 year old", "3 May 2014", "31/02/1900",
        "Haworth", "Ingeus Leeds", "St Hilda’s", "’s", "'", "K.W.", "Dr. ", ". ", "\n\n", "é", "\u200b", "İ", "ß", "[",
        "]", "[person K7QX2M]", "£14,754", "1995", "王伟", "👍🏽", "4 years", "", " ",
    ]
)  # fmt: skip


def a_tag(surrogate: str) -> str:
    return surrogate.removesuffix("'s").removesuffix("]").split()[-1]


@st.composite
def texts_with_findings(draw: st.DrawFn) -> tuple[str, list[Finding]]:
    """Texts made of pieces, some of which are held to be a detail of some kind, rightly or not."""
    text, findings = "", []
    for piece, label in draw(st.lists(st.tuples(PIECES, st.sampled_from(["", *rules(), "SOMETHING_NEW"])), max_size=8)):
        if label and piece:
            span = Span(len(text), len(text) + len(piece))
            findings.append(Finding(span, label, IdentifierKind.QUASI, 1.0, draw(st.sampled_from(["test", "listed"]))))
        text += piece + draw(st.sampled_from([" ", "", ", "]))
    return text, findings


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marked=texts_with_findings())
@example(("a ]", [Finding(Span(2, 3), "PERSON", IdentifierKind.DIRECT, 1.0, "test")]))
def test_a_detail_becomes_a_surrogate_or_stays_and_all_else_stays(
    vault: Vault, marked: tuple[str, list[Finding]]
) -> None:
    text, findings = marked
    for profile in PROFILES:
        written = surrogates(text, findings, vault, profile=profile, thread=Cast([said("Karen Jones")]))
        assert len(written) == len(findings)
        for finding, words in zip(findings, written, strict=True):
            assert words == finding.span.of(text) or surrogate_pattern().fullmatch(words)
        again = surrogates(text, findings, vault, profile=profile, thread=Cast([said("Karen Jones")]))
        assert again == written


def test_two_corpora_give_the_same_names_other_tags() -> None:
    names = sorted(
        f"{given} {surname}" for given, surname in product(sorted(given_names())[:40], sorted(surnames())[:25])
    )
    with Vault.throw_away() as one, Vault.throw_away() as other, one.writing(), other.writing():
        ours = [a_tag(one.surrogate("person", "person", name)) for name in names]
        theirs = [a_tag(other.surrogate("person", "person", name)) for name in names]
    assert len(set(ours)) == len(names) == 1000
    assert [name for name, mine, yours in zip(names, ours, theirs, strict=True) if mine == yours] == []


def test_a_dictionary_of_100_000_names_finds_nobody_without_the_key(vault: Vault) -> None:
    dictionary = [
        f"{given} {surname}" for given, surname in product(sorted(given_names())[:400], sorted(surnames())[:250])
    ]
    with vault.writing():
        published = {name: a_tag(vault.surrogate("person", "person", name)) for name in dictionary[::500]}
    assert (len(set(dictionary)), len(published)) == (100_000, 200)
    guessed_key = bytes(32)
    found = 0
    for name in dictionary:
        said_so = f"tag person\0{name}".encode()
        for guess in (hashlib.sha256(said_so).digest(), hmac.digest(guessed_key, said_so, "sha256")):
            found += published.get(name) == spelled_tag(guess)[:TAG_LENGTH]
    assert found == 0


def test_the_dictionary_would_find_everybody_with_the_key() -> None:
    """So that the attack above is one: with the secret in hand, the same steps give the same tag."""
    secret = b"k" * 32
    lookup = hmac.digest(secret, b"tag person\0karen smith", "sha256")
    with Vault.throw_away() as vault:
        vault._secret = secret
        assert a_tag(vault.surrogate("person", "person", "karen smith")) == spelled_tag(lookup)[:TAG_LENGTH]


def test_a_tag_is_no_name_and_no_word() -> None:
    listed = given_names() | surnames() | ordinary_words() | set(places())
    assert [word for word in listed if re.fullmatch(TAG, word.upper())] == []
