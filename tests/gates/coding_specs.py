"""Reads `coding_specs.toml`, pairs of short excerpts that differ as little as possible, and marks a coder's answers.

A coder answers each of `excerpts(pairs)` with the codes that it gives, each with the dimensions that it suggests:
`{"denial-01/first": {"sanctions": {"polarity": "negative", "modality": "experienced"}}, "denial-01/second": {}, ...}`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("coding_specs.toml")

DIMENSIONS = {
    "polarity": {"negative", "positive", "mixed", "neutral"},
    "modality": {"experienced", "witnessed", "threatened", "feared", "hypothetical", "wished_for", "argued"},
    "speaker": {
        "claimant", "carer_family", "provider_adviser", "jcp_staff", "health_professional", "employer",
        "policy_campaigner", "politician", "researcher", "public", "unknown",
    },
}  # fmt: skip
PAIR_KEYS = {"id", "trap", "code", "why", "first", "second"}
MEMBER_KEYS = {"text", "prompt", "codes", *DIMENSIONS}

type Codings = Mapping[str, Mapping[str, Mapping[str, str]]]


class SpecError(ValueError):
    """A pair that cannot be read, or that a coder left unanswered; the message names it."""


@dataclass(frozen=True)
class Member:
    """One excerpt of a pair with what it takes; the dimensions are those of the code in question."""

    id: str
    text: str
    prompt: str
    codes: frozenset[str]
    dimensions: Mapping[str, str]


@dataclass(frozen=True)
class Pair:
    """Two excerpts and the code that they are about."""

    id: str
    trap: str
    code: str
    why: str
    first: Member
    second: Member

    @property
    def members(self) -> tuple[Member, Member]:
        """Both excerpts."""
        return self.first, self.second


def read_pairs(path: Path = PATH) -> list[Pair]:
    """All pairs of the file, in its order."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SpecError(f"{path.name} is no sound TOML: {error}") from error
    if set(content) != {"pair"}:
        raise SpecError(f"{path.name} holds [[pair]] blocks and nothing else; found {sorted(content)}")
    pairs = [_pair(number, block) for number, block in enumerate(content["pair"], start=1)]
    seen: set[str] = set()
    for pair in pairs:
        if pair.id in seen:
            raise SpecError(f"pair {pair.id}: two pairs have this id")
        seen.add(pair.id)
    return pairs


def excerpts(pairs: Sequence[Pair]) -> list[Member]:
    """What to give to a coder: id, text and prompt of each member."""
    return [member for pair in pairs for member in pair.members]


def pairs_right(codings: Codings, pairs: Sequence[Pair] | None = None) -> list[tuple[str, bool]]:
    """Per pair, whether the code in question is given where it applies and left out where not, in both members."""
    return [
        (
            pair.id,
            all((pair.code in _answer(codings, pair, member)) == _applies(pair, member) for member in pair.members),
        )
        for pair in (read_pairs() if pairs is None else pairs)
    ]


def dimension_right(codings: Codings, dimension: str, pairs: Sequence[Pair] | None = None) -> list[tuple[str, bool]]:
    """The same for a dimension of the code in question, of the pairs that state it: right in each member that does."""
    marks: list[tuple[str, bool]] = []
    for pair in read_pairs() if pairs is None else pairs:
        stated = [member for member in pair.members if dimension in member.dimensions]
        if stated:
            answers = [_answer(codings, pair, member).get(pair.code, {}).get(dimension) for member in stated]
            expected = [member.dimensions[dimension] for member in stated]
            marks.append((pair.id, answers == expected))
    return marks


def share_right(marks: Sequence[tuple[str, bool]]) -> float:
    """The share of pairs that are right."""
    return sum(right for _, right in marks) / len(marks)


def _applies(pair: Pair, member: Member) -> bool:
    return pair.code in member.codes


def _answer(codings: Codings, pair: Pair, member: Member) -> Mapping[str, Mapping[str, str]]:
    if member.id not in codings:
        raise SpecError(f"pair {pair.id}: no answer for {member.id}; an excerpt without a code is answered with {{}}")
    return codings[member.id]


def _pair(number: int, block: Mapping[str, Any]) -> Pair:
    name = f"pair {block['id']}" if "id" in block else f"pair number {number}"
    if wrong := PAIR_KEYS ^ set(block):
        raise SpecError(f"{name}: these keys are missing or unknown: {', '.join(sorted(wrong))}")
    for key in ("id", "trap", "code", "why"):
        if not isinstance(block[key], str) or not block[key].strip():
            raise SpecError(f"{name}: {key} must be a text")
    first, second = (_member(name, block, which) for which in ("first", "second"))
    return Pair(block["id"], block["trap"], block["code"], block["why"], first, second)


def _member(name: str, block: Mapping[str, Any], which: str) -> Member:
    member = block[which]
    if not isinstance(member, Mapping):
        raise SpecError(f"{name}: {which} must hold a text and its codes")
    if unknown := set(member) - MEMBER_KEYS:
        raise SpecError(f"{name}: {which} has unknown keys: {', '.join(sorted(unknown))}")
    if missing := {"text", "codes"} - set(member):
        raise SpecError(f"{name}: {which} lacks {', '.join(sorted(missing))}")
    if not isinstance(member["codes"], list) or not all(isinstance(code, str) for code in member["codes"]):
        raise SpecError(f"{name}: {which}.codes must be a list of code ids")
    for key in ("text", "prompt"):
        if not isinstance(member.get(key, ""), str):
            raise SpecError(f"{name}: {which}.{key} must be a text")
    dimensions = {key: member[key] for key in DIMENSIONS if key in member}
    for key, value in dimensions.items():
        if value not in DIMENSIONS[key]:
            raise SpecError(f"{name}: {which}.{key} is {value!r}; known are {', '.join(sorted(DIMENSIONS[key]))}")
    if dimensions and block["code"] not in member["codes"]:
        raise SpecError(f"{name}: {which} states {', '.join(dimensions)} but does not take {block['code']}")
    if len(set(member["codes"])) != len(member["codes"]):
        raise SpecError(f"{name}: {which}.codes names a code twice")
    codes = frozenset(member["codes"])
    return Member(f"{block['id']}/{which}", member["text"], member.get("prompt", ""), codes, dimensions)
