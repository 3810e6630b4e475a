"""What each release of a corpus published, and what somebody could work out from all of them together.

The ledger is a log like those of the runs (`publication.log`), in the corpus's outputs: it outlives the runs. It holds
counts as they were published and names of groups, and nothing of anybody's texts.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from themes.coarser import is_count
from themes.disclosure import ROUNDED_TO
from themes.publication.log import Keyed, append, read_log
from themes.records.estimate import Prevalence
from themes.records.project import Audience, Project, Release
from themes.release_text import answers_as_released
from themes.subtraction import Contradiction, Recovered, attack

MANY_TO_ONE = frozenset({"question", "period", "kind", "speaker"})
"""Of these one person may be in several groups: such counts do not add up."""


@dataclass(frozen=True, slots=True)
class Published:
    """The counts of one release."""

    run_id: str
    counts: tuple[Prevalence, ...]
    """Hidden ones are None."""
    complete: Mapping[str, frozenset[str]]
    """Attributes of which everybody has one of these groups."""


@dataclass(frozen=True, slots=True)
class Given:
    """A hidden count that could be worked out."""

    run_id: str
    theme_id: str
    group: str
    question: str
    period: str


def as_published(edition: Release, project: Project) -> Published:
    """What an edition would publish. Shares from a sample are no counts: who was drawn is known to nobody outside."""
    values: dict[str, set[str]] = defaultdict(set)
    people: dict[str, int] = defaultdict(int)
    for case in project.cases:
        for name, value in answers_as_released(case).items():
            values[name].add(f"{name}={value}")
            people[name] += 1
    return Published(
        edition.run.run_id,
        tuple(p for p in edition.prevalences if is_count(p)),
        {name: frozenset(groups) for name, groups in values.items() if people[name] == len(project.cases)},
    )


def in_ledger(corpus_outputs: Path, keyed: Keyed | None = None) -> list[Published]:
    """What was published of a corpus, oldest first; of a run that was approved again, each time.

    Raises:
        StoreError: If the ledger was changed by hand, or is sealed with a vault that is not at hand.
    """
    return [
        Published(
            entry["run"],
            tuple(Prevalence(*row) for row in entry["counts"]),
            {name: frozenset(groups) for name, groups in entry["complete"].items()},
        )
        for entry in read_log(corpus_outputs, keyed)
        if entry["did"] == "published"
    ]


def note_published(corpus_outputs: Path, published: Published, *, at: str, keyed: Keyed | None = None) -> None:
    """Add a release to the ledger, on disk when this returns.

    Raises:
        StoreError: As `in_ledger`; if it cannot be written.
    """
    counts = [[p.theme_id, p.group, p.question, p.period, p.cases, p.cases_with] for p in published.counts]
    complete = {name: sorted(groups) for name, groups in published.complete.items()}
    entry = {"did": "published", "run": published.run_id, "at": at, "counts": counts, "complete": complete}
    append(corpus_outputs, entry, keyed)


def given_away(new: Published, ledger: Sequence[Published]) -> list[Given]:
    """Hidden counts that could be worked out once the new release is out, and not before.

    Raises:
        Contradiction: If the counts of a release contradict one another.
    """
    earlier = [each for each in ledger if each.counts != new.counts]
    found = _attacked([*earlier, new])
    if any(each.count[0] < len(earlier) for each in found):
        known = {each.count for each in _attacked(earlier)}
        found = [each for each in found if each.count not in known]
    runs = [each.run_id for each in earlier] + [new.run_id]
    return [Given(runs[each.count[0]], *each.count[1:]) for each in found]


def _attacked(releases: Sequence[Published]) -> list[Recovered]:
    complete = {
        name: frozenset[str]().union(*(each.complete[name] for each in releases))
        for name in releases[-1].complete
        if all(name in each.complete for each in releases)
    }
    tables = [each.counts for each in releases]
    attacked = partial(attack, tables, round_to=ROUNDED_TO[Audience.PUBLIC], complete=complete, overlapping=MANY_TO_ONE)
    try:
        return attacked(nobody_leaves=True)
    except Contradiction:
        # Somebody has left, or is coded otherwise: then nobody outside can know that counts only grow.
        return attacked(nobody_leaves=False)
