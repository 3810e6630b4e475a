"""Who may use the review page, and as what."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do. Each may do what those behind it may."""

    ADMIN = "admin"
    RESEARCHER = "researcher"
    ANALYST = "analyst"
    VIEWER = "viewer"
    NOBODY = "nobody"
    """Has not signed in."""


CODERS = frozenset({Role.ADMIN, Role.RESEARCHER, Role.ANALYST})
"""Who may decide about excerpts."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the page, by the pseudonym under which they code."""

    coder_id: str
    role: Role


SINGLE_USER = Person("analyst", Role.ADMIN)
"""Whoever sits at this machine, where there are no accounts."""
NOBODY = Person("", Role.NOBODY)
"""Somebody who has not signed in."""
