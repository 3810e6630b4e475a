"""Who speaks of something, and how many of whom: one line for each kind of people whose number may be told."""

from collections.abc import Sequence
from dataclasses import dataclass

from themes.report.counts import Counts
from themes.report.words import capitalize_first, plain

WHO = ("speaker", "kind")
"""By who they are, as far as that is known; and by the kind of text they wrote."""


@dataclass(frozen=True, slots=True)
class Voices:
    """How many of the people of one kind speak of it."""

    who: str
    speak: int
    of: int
    """How many such people wrote at all."""

    @property
    def width(self) -> float:
        """Of the bar, 0 to 100."""
        return 100 * min(self.speak, self.of) / self.of


@dataclass(frozen=True, slots=True)
class WhoSays:
    """Who speaks of one thing."""

    told: tuple[Voices, ...]
    hidden: tuple[str, ...]
    """Who may speak of it and has no number: too few do, or it is hidden with another's."""

    def __bool__(self) -> bool:
        return bool(self.told)


def who_says(counts: Counts, about: str, *, attributes: Sequence[str] = WHO) -> WhoSays:
    """Who speaks of a theme or a question, from the counts of a release and nothing else.

    Args:
        counts: Of the release.
        about: The id of a theme or of a research question.
        attributes: What people are told apart by.

    Returns:
        The groups whose number may be told, the largest first within each attribute. Empty where nothing is counted.
    """
    told, hidden = [], []
    for attribute in attributes:
        for value in counts.values(attribute):
            group = f"{attribute}={value}"
            speak, of = counts.people(about, group=group), counts.people(group=group)
            name = _people(attribute, value)
            if of and speak:
                told.append(Voices(name, speak, of))
            elif of and value != "unknown":
                hidden.append(name)
    return WhoSays(tuple(told), tuple(hidden))


def _people(attribute: str, value: str) -> str:
    """A group as a line of a table names it.

    >>> _people("speaker", "claimant"), _people("kind", "story"), _people("scheme", "IPS")
    ('Person on benefits', 'Wrote a story', 'Scheme: IPS')
    """
    if attribute == "kind":
        return f"Wrote a {plain(value)}"
    if attribute == "speaker":
        return "Who they are is not known" if value == "unknown" else capitalize_first(plain(value))
    return f"{capitalize_first(plain(attribute))}: {plain(value)}"
