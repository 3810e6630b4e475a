"""Patterns of meaning across cases."""

from dataclasses import dataclass
from enum import StrEnum


class ThemeOrigin(StrEnum):
    GUIDED = "guided"
    EMERGENT = "emergent"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with its name, where it came from and the excerpts that show it best."""

    theme_id: str
    name: str
    summary: str
    origin: ThemeOrigin
    code_ids: tuple[str, ...] = ()
    exemplar_ids: tuple[str, ...] = ()
    """Segment ids, the most typical first, at most one per case."""
    words: tuple[str, ...] = ()
    """Distinctive words, each used by at least three cases."""
    first_seen: str | None = None
    """The id of the run that first saw it."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A segment belongs to a theme with a weight, 0 to 1."""

    segment_id: str
    theme_id: str
    weight: float
