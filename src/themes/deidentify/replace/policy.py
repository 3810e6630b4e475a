"""What each profile does with each kind of detail: policy.toml, read once."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from themes.deidentify.wording.lexicon import is_wide
from themes.deidentify.wording.listed import list_text
from themes.deidentify.wording.regions import kind_and_region
from themes.deidentify.wording.vaguer import age_band, decade_or_unit, month_of, names_a_day, sex_told
from themes.errors import WrongUse
from themes.records.privacy import Finding, IdentifierKind


class Action(StrEnum):
    MASK = "mask"
    GENERALISE = "generalise"
    TOWNS = "towns"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of policy.toml."""

    label: str
    kind: IdentifierKind
    actions: dict[str, Action]
    says: str
    tagged: bool
    rank: int
    """The row's place: where two details overlap, the upper one gives its name to what both cover."""
    about: str = ""
    """The detail in plain words, for people who read the policy."""


NEVER_KEPT = frozenset({"listed", "corrected"})
"""Recognisers that speak for the researchers themselves: what corpus.toml lists, and what analysts mark."""
PROFILES = ("coding", "release")


def rule_for(label: str) -> Rule:
    """The rule of a label. A label that a new recogniser brings along without a row is masked as "detail"."""
    return rules().get(label) or Rule(
        label, IdentifierKind.DIRECT, dict.fromkeys(PROFILES, Action.MASK), "detail", False, 99
    )


def labels() -> tuple[str, ...]:
    """Every label that has a row, the uppermost first."""
    return tuple(rules())


def has_rule(label: str) -> bool:
    """Whether policy.toml has a row for a label."""
    return label in rules()


def checked_profile(profile: str) -> str:
    """The profile, if there is one of that name.

    Raises:
        WrongUse: If not.
    """
    if profile not in PROFILES:
        raise WrongUse(f"There is no profile '{profile}': it is {' or '.join(PROFILES)}.")
    return profile


def action_for(label: str, words: str, profile: str) -> Action:
    """What a profile does with a detail: MASK, GENERALISE or KEEP.

    >>> str(action_for("LOCATION", "Leeds", "coding")), str(action_for("LOCATION", "Haworth", "coding"))
    ('keep', 'generalise')
    """
    action = rule_for(label).actions[profile]
    if action is Action.TOWNS:
        action = Action.KEEP if is_wide(words) else Action.GENERALISE
    if action is Action.GENERALISE:
        vaguer = kind_and_region(words) if label == "LOCATION" else generalised(label, words, profile)
        return Action.KEEP if vaguer == words else Action.GENERALISE if vaguer else Action.MASK
    return action


def action_on(finding: Finding, words: str, profile: str) -> Action:
    """What a profile does with a finding: as `action_for`, but what the corpus itself lists is never kept."""
    action = action_for(finding.label, words, profile)
    if action is not Action.KEEP or finding.recognizer not in NEVER_KEPT:
        return action
    return Action.GENERALISE if finding.label == "LOCATION" and kind_and_region(words) else Action.MASK


def generalised(label: str, words: str, profile: str) -> str:
    """Something vaguer in the place of an age, a date or a length of time; the words themselves if they are vague
    enough, and nothing if they cannot be read.

    >>> generalised("AGE", "47", "coding"), generalised("DATE", "3 May 2014", "coding")
    ('[age 40–49]', '[date: May 2014]')
    """
    if label == "AGE":
        band = age_band(words)
        sex = sex_told(words)
        return f"[age {band}{', ' if sex else ''}{sex}]" if band else ""
    if label == "DATETIME":
        vaguer = decade_or_unit(words)
        return f"[{vaguer}]" if vaguer else ""
    month = month_of(words)
    if profile == "release":
        year = next((part for part in month.split() if part.isdigit()), "")
        return f"[date: {year}]" if year else "[date: day and month]"
    if not names_a_day(words):
        return words
    return f"[date: {month}]" if month else ""


def release_keeps(group: str) -> bool:
    """Whether the release profile, too, keeps what a group of keep.toml lists."""
    return group in _table()["release_keeps"]


def policy_table() -> str:
    """The policy as a table in Markdown, one kind a row, in the order of policy.toml."""
    rows = [
        f"| {rule.label} | {rule.about} | {rule.kind} | {rule.actions['coding']} | {rule.actions['release']} |"
        f" {shown_as(rule)} |"
        for rule in rules().values()
    ]
    head = "| kind | what | points | coding | release | shown as |\n|---|---|---|---|---|---|"
    return "\n".join([head, *rows])


def shown_as(rule: Rule) -> str:
    """What a reader sees in the place of a detail of a kind, by an example."""
    shown = {
        "PERSON": "[adviser K7QX2M]",
        "BRANCH": "[Ingeus office K7QX2M]",
        "HOSPITAL": "[ward K7QX2M]",
        "LOCATION": "[place in West Yorkshire K7QX2M]",
        "AGE": "[age 40–49]",
        "DATE": "[date: May 2014]",
        "DATETIME": "[some years]",
    }
    return shown.get(rule.label, f"[{rule.says}{' K7QX2M' if rule.tagged else ''}]")


@cache
def rules() -> dict[str, Rule]:
    """Every row of policy.toml by its label, in order."""
    rows = _table()["labels"]
    return {
        label: Rule(
            label,
            IdentifierKind(row["kind"]),
            {profile: Action(row[profile]) for profile in PROFILES},
            row["says"],
            row["tagged"],
            rank,
            row["about"],
        )
        for rank, (label, row) in enumerate(rows.items())
    }


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(list_text("policy.toml"))
