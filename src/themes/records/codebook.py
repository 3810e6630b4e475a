"""The codes, the questions they answer, and the claims each question weighs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Code:
    """A label with a definition."""

    code_id: str
    name: str
    definition: str
    clarification: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    """Words and phrases that speak for the code: `*` at a word's end for any ending, by itself for up to three words,
    `?` at the end for a weak hint."""
    close_codes: Mapping[str, str] = field(default_factory=dict)
    polarity: str = "bipolar"
    """"bipolar": good and bad accounts take the code; "negative_only": a denial or a good account does not."""
    safety: bool = False
    """Excerpts may tell of risk to life: the flag's threshold is lower here."""
    parent_id: str | None = None
    """The group the code is shown under."""
    questions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    label: str = ""
    """The name in a few plain words, for readers of the report; empty: use `name`."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A plain statement that a research question weighs, and which codings speak for or against it.

    `table` maps (code_id, polarity) to "for", "against" or "context"; what it lacks does not bear on the claim.
    """

    claim_id: str
    text: str
    table: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A research question in plain words, and the claims it weighs."""

    question_id: str
    text: str
    short: str = ""
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class RetiredCode:
    """A code that is given no more. Its id stays its own: no later code may take it."""

    code: Code
    retired_in: str
    """The version of the codebook that was the first without it."""
    merged_into: str = ""
    """The code that counts in its place; empty if none does."""


@dataclass(frozen=True)
class Codebook:
    """All codes of a corpus. `codebook["sanctions"]` is a code, `codebook.children("A")` those of a group."""

    codes: tuple[Code, ...]
    questions: tuple[Question, ...] = ()
    version: str = "0"
    name: str = ""
    language: str = "en-GB"
    groups: Mapping[str, str] = field(default_factory=dict)
    """Group id to group name."""
    rules: tuple[str, ...] = ()
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """polarity, modality, speaker, service: the values each may take."""
    sources: Mapping[str, str] = field(default_factory=dict)
    glossary: Mapping[str, str] = field(default_factory=dict)
    """A word of the field and what it means, in plain English."""
    about: Mapping[str, str] = field(default_factory=dict)
    """What else the codebook says of itself, such as `unit`, `overlap` and `multi_label`."""
    uncoded: tuple[str, ...] = ()
    """Invented sentences that take no code: background, thanks, off-topic."""
    labelled: Path | None = None
    """A JSON-lines file of labelled excerpts that stands beside the codebook."""

    retired: tuple[RetiredCode, ...] = ()
    same_meaning: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Code id to hashes (`code.meaning.hash_of_meaning`) of earlier wordings that meant the same: what was decided by
    them still holds."""

    @cached_property
    def _by_id(self) -> dict[str, Code]:
        return {code.code_id: code for code in self.codes}

    def __getitem__(self, code_id: str) -> Code:
        return self._by_id[code_id]

    def __contains__(self, code_id: object) -> bool:
        return code_id in self._by_id

    def ever(self, code_id: str) -> Code | None:
        """A code, also one that was retired; None if there never was one of that id."""
        if code_id in self:
            return self[code_id]
        return next((each.code for each in self.retired if each.code.code_id == code_id), None)

    def stands_for(self, code_id: str) -> str:
        """The id of the code that counts where this one was given: itself, or what it was merged into; empty if none
        does."""
        merged = {each.code.code_id: each.merged_into for each in self.retired}
        for _ in range(len(merged) + 1):
            if code_id in self:
                return code_id
            code_id = merged.get(code_id, "")
        return ""

    def children(self, parent_id: str) -> tuple[Code, ...]:
        return tuple(code for code in self.codes if code.parent_id == parent_id)
