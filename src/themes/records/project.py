"""All of one run, and the same cleared for readers."""

from dataclasses import dataclass, field
from enum import StrEnum

from themes.records.codebook import Codebook
from themes.records.codebook_work import CodebookProposal
from themes.records.coding import Coding, RiskFlag
from themes.records.corpus import Case, Document, Quarantined
from themes.records.decision import CarriedDecision
from themes.records.estimate import Agreement, Difference, DriftFigure, Prevalence, SaturationPoint
from themes.records.residual import Residual
from themes.records.run import Run
from themes.records.segment import Segment
from themes.records.theme import Membership, Theme


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """The run before, as far as a later one is compared with it."""

    run_id: str
    started_at: str
    codebook_version: str
    coder: str
    """SHA-256 of the weights that coded; empty if it had none of its own."""
    read: int
    """Candidate texts."""
    documents: frozenset[str]
    """Ids of the texts that people wrote."""
    themes: tuple[Theme, ...]
    prevalences: tuple[Prevalence, ...]


@dataclass(frozen=True)
class Project:
    """A run and its records. Never shown to anyone: `disclosure.release` makes it a Release."""

    run: Run
    title: str
    codebook: Codebook
    cases: tuple[Case, ...]
    documents: tuple[Document, ...]
    segments: tuple[Segment, ...]
    codings: tuple[Coding, ...]
    themes: tuple[Theme, ...]
    memberships: tuple[Membership, ...]
    prevalences: tuple[Prevalence, ...]
    quarantined: tuple[Quarantined, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    flags: tuple[RiskFlag, ...] = ()
    notes: tuple[str, ...] = ()
    """What the run wants its readers to know, such as "too few excerpts for emergent themes"."""
    residual: tuple[Residual, ...] = ()
    decisions: tuple[CarriedDecision, ...] = ()
    codebook_work: tuple[CodebookProposal, ...] = ()
    differences: tuple[Difference, ...] = ()
    drift: tuple[DriftFigure, ...] = ()
    saturation: tuple[SaturationPoint, ...] = ()
    earlier: EarlierRun | None = None
    """None for the first run, or if the one before is gone."""


class Audience(StrEnum):
    TEAM = "team"
    PUBLIC = "public"


@dataclass(frozen=True)
class Release:
    """A project cleared for an audience: small groups blanked, risky excerpts withheld, quotes by rule.

    Reports and exporters accept nothing else. Has the fields of `Project`, so that what reads one reads the other.
    """

    audience: Audience
    fewest_cases: int
    reading_edition: bool
    """Fewer than `fewest_cases` cases in all: texts, codes and questions are shown, no counts."""
    run: Run
    title: str
    codebook: Codebook
    cases: tuple[Case, ...]
    documents: tuple[Document, ...]
    segments: tuple[Segment, ...]
    codings: tuple[Coding, ...]
    themes: tuple[Theme, ...]
    memberships: tuple[Membership, ...]
    prevalences: tuple[Prevalence, ...]
    quarantined: tuple[Quarantined, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    notes: tuple[str, ...] = ()
    residual: tuple[Residual, ...] = ()
    """What could still point to somebody: for the team alone."""
    decisions: tuple[CarriedDecision, ...] = ()
    """What analysts decided: for the team alone, as is all that was learned from it."""
    codebook_work: tuple[CodebookProposal, ...] = ()
    differences: tuple[Difference, ...] = ()
    """Those of which both shares are told."""
    drift: tuple[DriftFigure, ...] = ()
    """For the team alone."""
    saturation: tuple[SaturationPoint, ...] = ()
    """Without the first cases; for the team alone."""
    earlier: EarlierRun | None = None
    """Its counts hidden as those of this run are; for the team alone, who have its report."""
    withheld: frozenset[str] = field(default_factory=frozenset)
    """Ids of segments that must not be shown: flagged for risk to life."""
