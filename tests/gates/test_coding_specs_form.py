"""The specs file keeps its form. What a coder makes of it is measured elsewhere."""

import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from gates.coding_specs import (
    DIMENSIONS,
    Pair,
    SpecError,
    dimension_right,
    excerpts,
    pairs_right,
    read_pairs,
    share_right,
)

CODEBOOK = Path(__file__).parents[2] / "src" / "themes" / "codebooks" / "back-to-work" / "codebook.toml"
SHARED_WORDS = 6


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return read_pairs()


@pytest.fixture(scope="module")
def codebook() -> dict[str, str]:
    """The polarity of each code."""
    return {code["id"]: code["polarity"] for code in tomllib.loads(CODEBOOK.read_text("utf-8"))["code"]}


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + SHARED_WORDS]) for start in range(len(found) - SHARED_WORDS + 1)}


def test_all_codes_are_of_the_codebook(pairs: list[Pair], codebook: dict[str, str]) -> None:
    unknown = {
        pair.id: sorted(named - set(codebook))
        for pair in pairs
        if (named := {pair.code} | pair.first.codes | pair.second.codes) - set(codebook)
    }
    assert not unknown


def test_there_are_enough_pairs_of_each_trap_and_code(pairs: list[Pair], codebook: dict[str, str]) -> None:
    assert len(pairs) >= 140
    assert min(Counter(pair.trap for pair in pairs).values()) >= 8
    asked = Counter(pair.code for pair in pairs)
    taken = Counter(code for pair in pairs for code in pair.first.codes | pair.second.codes)
    assert {code for code in codebook if asked[code] < 6 or taken[code] < 6} == set()


def test_a_coder_that_always_says_the_same_gets_few_pairs(pairs: list[Pair]) -> None:
    for pair in pairs:
        assert pair.code in pair.first.codes | pair.second.codes, pair.id
    both = [pair for pair in pairs if pair.code in pair.first.codes & pair.second.codes]
    assert len(both) <= len(pairs) / 4
    told_apart = [pair for pair in both if pair.first.dimensions != pair.second.dimensions]
    assert [pair.id for pair in both if pair not in told_apart] == []
    only_first = sum(pair.code not in pair.second.codes for pair in pairs)
    only_second = sum(pair.code not in pair.first.codes for pair in pairs)
    assert min(only_first, only_second) >= len(pairs) / 4


def test_each_code_stands_on_both_sides(pairs: list[Pair], codebook: dict[str, str]) -> None:
    without: defaultdict[str, int] = defaultdict(int)
    for pair in pairs:
        without[pair.code] += sum(pair.code not in member.codes for member in pair.members)
    assert {code for code in codebook if without[code] < 5} == set()


def test_members_differ_and_no_excerpt_stands_twice(pairs: list[Pair]) -> None:
    for pair in pairs:
        first, second = ((words(member.prompt), words(member.text)) for member in pair.members)
        assert first != second, pair.id
        assert pair.first.text == pair.second.text or set(first[1]) & set(second[1]), pair.id
    asked = Counter((member.prompt, " ".join(words(member.text))) for member in excerpts(pairs))
    assert [text for text, count in asked.items() if count > 1] == []


def test_lengths_are_those_of_short_excerpts(pairs: list[Pair]) -> None:
    wrong = {member.id: len(words(member.text)) for member in excerpts(pairs)}
    assert {member: count for member, count in wrong.items() if not 5 <= count <= 35} == {}


def test_different_pairs_share_no_six_words(pairs: list[Pair]) -> None:
    holders: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for pair in pairs:
        for member in pair.members:
            for run in runs(member.text) | runs(member.prompt):
                holders[run].add(pair.id)
    assert {run: ids for run, ids in holders.items() if len(ids) > 1} == {}


def test_no_six_words_are_taken_from_the_codebook(pairs: list[Pair]) -> None:
    given = runs(CODEBOOK.read_text("utf-8"))
    assert {member.id for member in excerpts(pairs) if runs(member.text) & given} == set()


def test_negative_only_codes_are_positive_only_when_argued_for(pairs: list[Pair], codebook: dict[str, str]) -> None:
    for pair in pairs:
        for member in pair.members:
            if codebook[pair.code] == "negative_only" and member.dimensions.get("polarity") == "positive":
                assert member.dimensions["modality"] == "argued", pair.id


def test_pairs_about_polarity_state_it_in_both_members(pairs: list[Pair]) -> None:
    for pair in pairs:
        if pair.trap in {"polarity", "denial_bipolar"}:
            assert {member.dimensions["polarity"] for member in pair.members} == {"positive", "negative"}, pair.id


def test_each_dimension_is_asked_of_several_pairs(pairs: list[Pair]) -> None:
    for dimension in DIMENSIONS:
        assert sum(any(dimension in member.dimensions for member in pair.members) for pair in pairs) >= 8, dimension


def test_a_pair_counts_only_if_both_members_are_right(pairs: list[Pair]) -> None:
    right = {member.id: {code: dict[str, str]() for code in member.codes} for member in excerpts(pairs)}
    assert share_right(pairs_right(right)) == 1
    nothing: dict[str, dict[str, dict[str, str]]] = {member.id: {} for member in excerpts(pairs)}
    assert share_right(pairs_right(nothing)) == 0
    first = pairs[0]
    right[first.second.id] = right[first.first.id]
    assert [pair for pair, mark in pairs_right(right) if not mark] == [first.id]


def test_dimensions_are_marked_apart(pairs: list[Pair]) -> None:
    told = {member.id: {code: dict(member.dimensions) for code in member.codes} for member in excerpts(pairs)}
    bare = {member.id: {code: dict[str, str]() for code in member.codes} for member in excerpts(pairs)}
    for dimension in DIMENSIONS:
        assert share_right(dimension_right(told, dimension)) == 1
        assert share_right(dimension_right(bare, dimension)) == 0


def test_an_unanswered_excerpt_is_named() -> None:
    with pytest.raises(SpecError, match="pair denial-01: no answer for denial-01/first"):
        pairs_right({})


SOUND = """
[[pair]]
id = "a-01"
trap = "denial"
code = "sanctions"
why = "A rule."
first.text = "One."
first.codes = ["sanctions"]
second.text = "Two."
second.codes = []
"""


@pytest.mark.parametrize(
    ("change", "to", "says"),
    [
        ('why = "A rule."\n', "", "pair a-01: these keys are missing or unknown: why"),
        ('id = "a-01"\n', "", "pair number 1: these keys are missing or unknown: id"),
        ("second.codes = []\n", "", "pair a-01: second lacks codes"),
        ("second.codes = []\n", 'second.codes = "none"\n', "pair a-01: second.codes must be a list"),
        ("second.codes = []\n", 'second.codes = []\nsecond.mood = "x"\n', "pair a-01: second has unknown keys: mood"),
        (
            'first.text = "One."\n',
            'first.text = "One."\nfirst.polarity = "bad"\n',
            "pair a-01: first.polarity is 'bad'",
        ),
        ("second.codes = []\n", 'second.codes = []\nsecond.polarity = "negative"\n', "does not take sanctions"),
        ("second.codes = []\n", "second.codes = []\n" + SOUND, "pair a-01: two pairs have this id"),
        ("[[pair]]", "[pair", "no sound TOML"),
    ],
)
def test_errors_name_the_pair(tmp_path: Path, change: str, to: str, says: str) -> None:
    assert change in SOUND
    path = tmp_path / "specs.toml"
    path.write_text(SOUND.replace(change, to), encoding="utf-8")
    with pytest.raises(SpecError, match=re.escape(says)):
        read_pairs(path)
