"""What each release of a corpus published, and what somebody could work out from all of them together.

The ledger is a log like those of the runs (`publication.log`), in the corpus's outputs: it outlives the runs. It holds
counts as they were published and names of groups, and nothing of anybody's texts.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from themes.coarser import ESTIMATED, HIDDEN, is_count
from themes.disclosure import ROUNDED_TO, bearing_of
from themes.estimate.standing import people_documents
from themes.publication.log import Keyed, append, read_log
from themes.records.estimate import Prevalence
from themes.records.project import Audience, Project, Release
from themes.release_text import answers_as_released
from themes.subtraction import attack
from themes.whole_numbers import Contradiction, Recovered

MANY_TO_ONE = frozenset({"question", "period", "kind", "speaker"})
"""Of these one person may be in several groups: such counts do not add up."""


@dataclass(frozen=True, slots=True)
class Published:
    """The counts of one release."""

    run_id: str
    counts: tuple[Prevalence, ...]
    """Hidden ones are None. Shares of everybody are among them, those estimated from a sample are not."""
    complete: Mapping[str, frozenset[str]]
    """Attributes of which everybody has one of these groups; "kind" and "speaker", "question" and "period", if every
    text has one. Of the last two all groups are named, whatever their size."""
    bearing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The codes of each research question."""
    wrote_once: bool = False
    """Whether nobody wrote more than one text."""
    fewest: int = 0
    """No shown count is below this."""


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
    complete = {name: frozenset(groups) for name, groups in values.items() if people[name] == len(project.cases)}
    texts = people_documents(project.documents)
    told = {
        "kind": [f"kind={text.kind}" for text in texts],
        "speaker": [f"speaker={text.speaker}" for text in texts if text.speaker],
        "question": [text.prompt for text in texts if text.prompt],
        "period": [text.written for text in texts if text.written],
    }
    complete |= {
        name: frozenset(each for each in groups if "=" in each)
        for name, groups in told.items()
        if len(groups) == len(texts)
    }
    in_full = any(_is_exact(p) for p in edition.prevalences)
    if len({p.question for p in edition.prevalences if p.question}) < len(set(told["question"])):
        complete.pop("question", None)  # one is not named
    return Published(
        edition.run.run_id,
        tuple(p for p in edition.prevalences if is_count(p) or _is_exact(p) or (in_full and p.method == HIDDEN)),
        complete,
        {question: tuple(codes) for question, codes in bearing_of(project.codebook).items()},
        len({document.case_id for document in texts}) == len(texts),
        edition.fewest_cases,
    )


def _is_exact(p: Prevalence) -> bool:
    """Whether it is a share of people who were all reviewed."""
    return not is_count(p) and p.share is not None and p.low == p.high


def in_ledger(corpus_outputs: Path, keyed: Keyed | None = None) -> list[Published]:
    """What was published of a corpus, oldest first; of a run that was approved again, each time.

    Raises:
        StoreError: If the ledger was changed by hand, or is sealed with a vault that is not at hand.
    """
    return [
        Published(
            entry["run"],
            tuple(_row(*row) for row in entry["counts"]),
            {name: frozenset(groups) for name, groups in entry["complete"].items()},
            {question: tuple(codes) for question, codes in entry.get("bearing", {}).items()},
            entry.get("wrote_once", False),
            entry.get("fewest", 0),
        )
        for entry in read_log(corpus_outputs, keyed)
        if entry["did"] == "published"
    ]


def _row(*told: Any) -> Prevalence:
    """A count, or with a seventh figure a share of everybody."""
    if len(told) == 6:
        return Prevalence(*told)
    *row, share = told
    method = HIDDEN if share is None else ESTIMATED
    return replace(Prevalence(*row), share=share, low=share, high=share, method=method)


def note_published(corpus_outputs: Path, published: Published, *, at: str, keyed: Keyed | None = None) -> None:
    """Add a release to the ledger, on disk when this returns.

    Raises:
        StoreError: As `in_ledger`; if it cannot be written.
    """
    counts = [
        [p.theme_id, p.group, p.question, p.period, p.cases, p.cases_with, *([] if is_count(p) else [p.share])]
        for p in published.counts
    ]
    entry = {
        "did": "published",
        "run": published.run_id,
        "at": at,
        "counts": counts,
        "complete": {name: sorted(groups) for name, groups in published.complete.items()},
        "bearing": {question: list(codes) for question, codes in published.bearing.items()},
        "wrote_once": published.wrote_once,
        "fewest": published.fewest,
    }
    append(corpus_outputs, entry, keyed)


def given_away(new: Published, ledger: Sequence[Published]) -> list[Given]:
    """Hidden counts that could be worked out once the new release is out, and not before.

    Raises:
        Contradiction: If the counts of a release contradict one another.
    """
    earlier = [each for each in ledger if each.counts != new.counts]
    found = attacked([*earlier, new])
    if any(each.count[0] < len(earlier) for each in found):
        known = {each.count for each in attacked(earlier)}
        found = [each for each in found if each.count not in known]
    runs = [each.run_id for each in earlier] + [new.run_id]
    return [Given(runs[each.count[0]], *each.count[1:]) for each in found]


def attacked(
    releases: Sequence[Published], *, audience: Audience = Audience.PUBLIC, within: int = 0
) -> list[Recovered]:
    """The hidden counts that somebody could work out who has all these releases, oldest first.

    Args:
        releases: What was published each time.
        audience: For whom: says how counts were rounded.
        within: As `subtraction.attack` takes it.

    Raises:
        Contradiction: If the counts of a release contradict one another.
    """
    complete = {
        name: frozenset[str]().union(*(each.complete[name] for each in releases))
        for name in releases[-1].complete
        if all(name in each.complete for each in releases)
    }
    once = all(each.wrote_once for each in releases)
    shown = [p for each in releases for p in each.counts]
    ask = partial(
        attack,
        within=within,
        round_to=ROUNDED_TO[audience],
        complete=complete,
        overlapping=() if once else MANY_TO_ONE,
        fewest=min([*(each.fewest for each in releases), *(p.cases_with for p in shown if p.cases_with is not None)]),
        bearing={q: c for q, c in releases[-1].bearing.items() if all(each.bearing.get(q) == c for each in releases)},
    )
    together = [each.counts for each in releases]
    suggested = [[p for p in each.counts if is_count(p)] for each in releases]
    reviewed = [[p for p in each.counts if not is_count(p)] for each in releases]
    # Somebody may have left, or be coded otherwise: then nobody outside can know that counts only grow. And reviewers
    # may hold something else than was suggested: then what is told twice is two numbers.
    for tables in ([together], [suggested, reviewed]):
        for grows in (True, False):
            try:
                return [each for table in tables for each in ask(table, nobody_leaves=grows, wrote_once=once and grows)]
            except Contradiction as contradiction:
                last = contradiction
    raise last
