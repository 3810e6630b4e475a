"""What stands against a public edition, and who let it through."""

from dataclasses import dataclass, field
from enum import StrEnum


class Against(StrEnum):
    """Why something stands against a public edition."""

    SECOND_LOOK = "second_pass"
    INTRUDER = "intruder"
    SEARCHABLE_QUOTE = "searchable_quote"
    SMALL_CELL = "small_cell"
    LOW_THRESHOLD = "low_threshold"
    CONSENT = "consent"
    RISK_TO_LIFE = "risk_to_life"
    PROFILE = "release_profile"
    CORRECTED = "corrected_since"
    NOT_MEASURED = "not_measured"
    SUBTRACTION = "subtraction"
    EARLIER_EDITION = "earlier_edition"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands against a public edition, in plain words. Quotes nobody."""

    obstacle_id: str
    """What is given to `--accept`. Another once what it is about has changed, so that an old yes covers nothing new."""
    against: Against
    says: str
    acceptable: bool = True
    """False for what nobody may wave through: then something must be put right."""
    findings: tuple[str, ...] = ()
    """Ids of the residual findings, segments or documents it is about."""
    texts: int = 0
    """How many whole texts are let through with it; whoever accepts it says so. 0 for all that is not about texts."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Somebody took it upon themselves."""

    obstacle_id: str
    by: str
    at: str
    """ISO 8601 with zone."""
    reason: str


@dataclass(frozen=True, slots=True)
class Approval:
    """What a public edition may show. Made by `publication.approve`, once nothing stands against the edition."""

    by: str
    at: str
    quotable: frozenset[str] = field(default_factory=frozenset)
    """Ids of the segments that may be quoted; all others are blocked out."""
