"""Personal details: what was found, and what stands in its place."""

from dataclasses import dataclass
from enum import StrEnum

from themes.records.span import Span


class IdentifierKind(StrEnum):
    """Whether a detail points to one person by itself, or only together with others."""

    DIRECT = "direct"
    QUASI = "quasi"


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of raw text that a recogniser holds to be a personal detail. Carries no plaintext.

    `label` is one of PERSON, LOCATION, POSTCODE, ADDRESS, PHONE, EMAIL, URL, HANDLE, NINO, NHS_NUMBER, DOB,
    DATE, AGE, BRANCH, HOSPITAL, SCHOOL, EMPLOYER, CONDITION, JOB, EVENT, DEMOG, CASE_REF, BANK, VEHICLE, IP, ORG, CODE.
    `score` is 0 to 1.
    """

    span: Span
    label: str
    kind: IdentifierKind
    score: float
    recognizer: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """A surrogate and the stretch of text it stands for."""

    span: Span
    label: str
    surrogate: str


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the de-identification log: what was done and why, without the words."""

    document_id: str
    span: Span
    label: str
    recognizer: str
    score: float
    action: str
    """masked, generalised, or kept (found, but the profile's policy or the keep list lets it stand)."""
    profile: str
