"""The probability sample: who was drawn for review, and with what chance everybody could have been."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a budget is counted in."""

    EXCERPTS = "excerpts"
    CASES = "cases"


@dataclass(frozen=True, slots=True)
class Batch:
    """How one batch was drawn. Batches have streams of their own, so that none knows of another."""

    batch_id: str
    """Also the name of its stream."""
    run_id: str
    """The run whose cases and scores it was drawn by."""
    codebook_version: str
    coder: str
    """The machine whose scores: its model's hash, or "codebook" without one."""
    code_ids: tuple[str, ...]
    priorities: tuple[float, ...]
    budget: float
    unit: Unit
    double_share: float
    """The share of drawn cases that two coders review, neither seeing the other's."""
    cases: int
    drawn_at: str = ""
    secret_mark: str = ""
    """By it whoever has the secret of the draw knows that it is this one; it tells nothing of the secret."""


@dataclass(frozen=True, slots=True)
class SampledCase:
    """One case, drawn or not."""

    case_id: str
    probability: float
    """Of being drawn in any batch, 0 to 1."""
    is_drawn: bool
    is_double: bool
    """Whether two coders are to review it blind."""
    batch_ids: tuple[str, ...] = ()
    """Those in which it was drawn."""
