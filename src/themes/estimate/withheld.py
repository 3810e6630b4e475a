"""Whether a share or a change may be told, and if not, why: in words for the reader, one reason for each theme."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from themes.estimate.comparison import FEWEST_REVIEWED
from themes.estimate.prevalence import Estimates
from themes.estimate.sampled import Sampled

MOST_UNFINISHED = 0.1
"""The part of the drawn cases that may be unfinished. Those finished first need not be like the rest, and nobody can
tell: a survey of which a tenth is missing can be a tenth of that off, and no interval says so."""
FEWEST_CASES_IN_FRAME = 0.9
"""The part of all cases that must have had a chance to be drawn."""


def why_withheld(
    found: Estimates, sampled: Sampled, *, changed: Collection[str] = (), drifted: Collection[str] = ()
) -> dict[str, str]:
    """Themes of which no share may be told, with the reason.

    Args:
        found: Of everybody or a group.
        sampled: What it was estimated from.
        changed: Themes of which a code has changed its meaning since the sample was reviewed.
        drifted: Themes in which new reviews contradict what the earlier ones taught (`drift.residual_drift`).
    """
    reasons = {}
    everybody = sampled.came_later + len(sampled.reviewed.case_ids)
    for column, theme_id in enumerate(found.theme_ids):
        reviewed, unfinished = int(found.reviewed[column]), int(sampled.unfinished[column])
        if theme_id in changed:
            reasons[theme_id] = "The codebook changed after the review: review its cases again."
        elif reviewed < FEWEST_REVIEWED:
            reasons[theme_id] = f"Too few were reviewed: {reviewed}, and it takes {FEWEST_REVIEWED}."
        elif unfinished > MOST_UNFINISHED * sampled.drawn:
            reasons[theme_id] = (
                f"Of {sampled.drawn} who were drawn by chance {unfinished} are not reviewed yet, and they may be "
                f"unlike the others."
            )
        elif len(sampled.reviewed.case_ids) < FEWEST_CASES_IN_FRAME * everybody:
            reasons[theme_id] = (
                f"{sampled.came_later} of {everybody} came after the sample was drawn: draw a batch that can hold them."
            )
        elif theme_id in drifted:
            reasons[theme_id] = "New reviews contradict what the earlier ones taught: draw a new sample."
    return reasons


@dataclass(frozen=True)
class Conditions:
    """What has to stay the same for shares of two runs to lie on one line."""

    meanings: Mapping[str, str]
    """Of each theme a mark that changes when one of its codes changes its meaning."""
    coder: str
    """The machine whose scores were calibrated."""
    wordings: Mapping[str, str] = field(default_factory=dict)
    """Of each question that was asked a mark that changes with its wording."""


def why_broken(earlier: Conditions, later: Conditions, *, bridged: Collection[str] = ()) -> dict[str, str]:
    """Themes of which the line between two runs is broken, with the reason: a difference may be ours, not people's.

    Args:
        earlier: Of the one run; a theme that only one of the two has is passed over.
        later: Of the other.
        bridged: Themes of which a sample was coded under both: these are compared by that, as paired cases.
    """
    both = [t for t in later.meanings if t in earlier.meanings and t not in bridged]
    reworded = any(later.wordings.get(q, mark) != mark for q, mark in earlier.wordings.items())
    reasons = {}
    for theme_id in both:
        if earlier.meanings[theme_id] != later.meanings[theme_id]:
            reasons[theme_id] = "The codebook changed between the two."
        elif reworded:
            reasons[theme_id] = "A question was worded otherwise."
        elif earlier.coder != later.coder:
            reasons[theme_id] = "Another model made the suggestions."
    return reasons
