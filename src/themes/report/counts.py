"""The numbers of a release, looked up and put into words. Nothing in a report counts people by itself."""

from collections.abc import Iterable

from themes.coarser import is_count
from themes.estimate.breakdowns import EVERYONE
from themes.records.estimate import GROUPINGS, Prevalence
from themes.records.project import Release
from themes.report.share_words import estimates_in, in_words
from themes.suppression import OVERLAPPING

NUMBER_HIDDEN = "suggested, unchecked; how many people it is cannot be shown"

# The fields of a breakdown that are not attributes of the people.
NOT_ATTRIBUTES = GROUPINGS | {""}


class Counts:
    """The counts of a release. None where a number is hidden, or was never counted."""

    def __init__(self, release: Release) -> None:
        self.fewest_cases = release.fewest_cases
        self.reading_edition = release.reading_edition
        self._rows: dict[tuple[str, str, str], Prevalence] = {
            (p.theme_id, p.group, p.period): p for p in release.prevalences if not p.question and is_count(p)
        }
        self._estimates = estimates_in(release)

    def people(self, theme_id: str = EVERYONE, *, group: str = "", period: str = "") -> int | None:
        row = self._rows.get((theme_id, group, period))
        return row.cases_with if row else None

    def is_counted(self, theme_id: str, *, group: str = "", period: str = "") -> bool:
        return (theme_id, group, period) in self._rows

    def periods(self) -> list[str]:
        return sorted({period for _, group, period in self._rows if period and not group})

    def values(self, attribute: str) -> list[str]:
        """The values of "kind", "speaker" or an attribute, the most frequent first; hidden ones last, by name."""
        found = {
            group.partition("=")[2]: row.cases_with
            for (theme_id, group, _), row in self._rows.items()
            if theme_id == EVERYONE and group.partition("=")[0] == attribute
        }
        return sorted(found, key=lambda value: (-(found[value] or 0), value))

    def attributes(self) -> list[str]:
        """What is known of the people and was counted, by name."""
        named = {group.partition("=")[0] for theme_id, group, _ in self._rows if theme_id == EVERYONE}
        return sorted(named - NOT_ATTRIBUTES)

    def suggested(self, theme_id: str, *, group: str = "", found: bool = True) -> str:
        """The sentence that stands wherever a theme is counted: its share, where a reviewed sample tells one.

        Empty in a reading edition, and where nothing was `found`: there the reader is told so, and "fewer than ten
        people" beside it would sound as if there were some.
        """
        if self.reading_edition or not self.is_counted(EVERYONE):
            return ""
        estimate = self._estimates.get((theme_id, group, "", ""))
        if estimate is not None and (share := in_words(estimate)):
            return share
        people = self.people(theme_id, group=group)
        if people is None and not found:
            return ""
        if people is None and group and group.partition("=")[0] not in OVERLAPPING:
            return NUMBER_HIDDEN  # it may be large, and hidden so that another cannot be worked out
        return suggested_in_texts(people, self.fewest_cases)

    def largest_first(self, theme_ids: Iterable[str], *, group: str = "") -> list[str]:
        """Shown ones by size, then hidden ones in the order given, which tells nothing of their size."""
        return sorted(theme_ids, key=lambda theme_id: -(self.people(theme_id, group=group) or 0))


def suggested_in_texts(people: int | None, fewest_cases: int) -> str:
    """How a count is worded until people have checked it.

    >>> suggested_in_texts(43, 10)
    'suggested in texts from 43 people, unchecked'
    >>> suggested_in_texts(None, 10)
    'suggested in texts from fewer than 10 people, unchecked'
    """
    return f"suggested in texts from {f'{people:,}' if people else f'fewer than {fewest_cases}'} people, unchecked"
