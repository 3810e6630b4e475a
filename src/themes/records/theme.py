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
    edge_ids: tuple[str, ...] = ()
    """Segment ids from the theme's edge, the furthest first: where it stops."""
    dissent_ids: tuple[str, ...] = ()
    """Segment ids of those who speak of it in the other way than most."""
    found_again: float | None = None
    """Share of resamples of the texts in which it was found again, 0 to 1."""
    former_names: tuple[str, ...] = ()
    """Names it had before, and those of themes merged into it."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A segment belongs to a theme with a weight, 0 to 1."""

    segment_id: str
    theme_id: str
    weight: float


class What(StrEnum):
    """What may happen to an emergent theme."""

    BIRTH = "birth"
    DEATH = "death"
    """Nobody speaks of it any more; its id and name are kept."""
    RETURN = "return"
    SPLIT = "split"
    MERGE = "merge"
    RENAME = "rename"
    PROMOTE = "promote"
    """It has become a code."""
    KEEP_APART = "keep apart"
    """An analyst decided that two themes that lie close together are two."""
    TAKE_BACK = "take back"
    """Somebody took back a decision that no run has carried out yet. Never an event."""


@dataclass(frozen=True, slots=True)
class ThemeEvent:
    """What happened to an emergent theme in a run. Holds ids, counts and analysts' words, never a participant's."""

    what: What
    theme_id: str
    run_id: str
    on: str
    """The date, as the caller gave it."""
    texts: int | None = None
    """How many texts it was about: of a split, of the part split off; of a death 0. None where it is not known."""
    others: tuple[str, ...] = ()
    """Ids of the other themes: what was split off, what it was merged into, what it is kept apart from; of a death,
    where its texts are now."""
    by: str | None = None
    """The analyst who decided it; None: found by the program."""
    decision_id: str | None = None


@dataclass(frozen=True, slots=True)
class ThemeDecision:
    """What an analyst decided about an emergent theme. Later runs honour it, once."""

    decision_id: str
    what: What
    """RENAME, MERGE, SPLIT, PROMOTE, KEEP_APART or TAKE_BACK."""
    theme_id: str
    by: str
    made_at: str
    name: str = ""
    """Of a renaming."""
    other_id: str = ""
    """The theme it is merged into, or kept apart from."""
    code_id: str = ""
    """The code it is promoted to."""
    takes_back: str = ""
    """The id of the decision that is taken back."""
