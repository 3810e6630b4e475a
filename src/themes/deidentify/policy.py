"""What each profile does with each kind of detail: policy.toml, read once."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from themes.deidentify.dates import age_band, month_of
from themes.deidentify.lexicon import LISTS, is_wide
from themes.errors import WrongUse
from themes.records.privacy import IdentifierKind


class Action(StrEnum):
    MASK = "mask"
    GENERALISE = "generalise"
    MASK_SMALL = "mask_small"
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


PROFILES = ("coding", "release")


def rule_for(label: str) -> Rule:
    """The rule of a label. A label that a new recogniser brings along without a row is masked as "detail"."""
    return _rules().get(label) or Rule(
        label, IdentifierKind.DIRECT, dict.fromkeys(PROFILES, Action.MASK), "detail", False, 99
    )


def labels() -> tuple[str, ...]:
    """Every label that has a row, the uppermost first."""
    return tuple(_rules())


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
    ('keep', 'mask')
    """
    action = rule_for(label).actions[profile]
    if action is Action.MASK_SMALL:
        return Action.KEEP if is_wide(words) else Action.MASK
    if action is Action.GENERALISE and generalised(label, words, profile) == words:
        return Action.KEEP
    return action


def generalised(label: str, words: str, profile: str) -> str:
    """Something vaguer in the place of an age or a date; the words themselves if they are vague enough.

    >>> generalised("AGE", "47", "coding"), generalised("DATE", "3 May 2014", "coding")
    ('[age 40–49]', '[date: May 2014]')
    """
    if label == "AGE":
        band = age_band(words)
        return f"[age {band}]" if band else "[detail]"
    month = month_of(words)
    year = next((part for part in month.split() if part.isdigit()), "")
    if profile == "release":
        return f"[date: {year}]" if year else "[date: day and month]"
    if words.casefold().split() == month.casefold().split() or (
        words.split() and words.split(maxsplit=1)[0].isalpha() and not _holds_day(words)
    ):
        return words
    return f"[date: {month}]" if month else "[detail]"


def release_keeps(group: str) -> bool:
    """Whether the release profile, too, keeps what a group of keep.toml lists."""
    return group in _table()["release_keeps"]


def _holds_day(words: str) -> bool:
    return any(
        part.strip("stndrh,.").isdigit() and len(part.strip("stndrh,.")) < 3
        for part in words.casefold().replace("-", " ").split()
    )


@cache
def _rules() -> dict[str, Rule]:
    rows = _table()["labels"]
    return {
        label: Rule(
            label,
            IdentifierKind(row["kind"]),
            {profile: Action(row[profile]) for profile in PROFILES},
            row["says"],
            row["tagged"],
            rank,
        )
        for rank, (label, row) in enumerate(rows.items())
    }


@cache
def _table() -> dict:  # type: ignore[type-arg]
    return tomllib.loads((LISTS / "policy.toml").read_text("utf-8"))
