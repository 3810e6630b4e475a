"""All shares of a run: of everybody, of groups, by question and by month, and how groups differ."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from themes.estimate.comparison import FEWEST_REVIEWED, Differences, compare
from themes.estimate.prevalence import Estimates, estimate
from themes.estimate.sampled import Sampled, sampled
from themes.estimate.shares import shares
from themes.estimate.standing import people_documents
from themes.estimate.withheld import why_withheld
from themes.records.coding import Coding
from themes.records.corpus import Case, Document
from themes.records.estimate import Difference, Prevalence
from themes.records.sample import SampledCase
from themes.records.segment import Segment

MOST_COMPARED = 6
"""So many groups of an attribute, the largest, are compared pair by pair: more make a table that nobody reads."""


@dataclass(frozen=True)
class Studied:
    """A run as its shares are estimated from it."""

    cases: Sequence[Case]
    documents: Sequence[Document]
    segments: Sequence[Segment]
    codings: Sequence[Coding]
    """As `sampled` takes them. The machine's are of a coder that learned nothing from the sample."""
    sample: Mapping[str, SampledCase]
    codes_of: Mapping[str, Sequence[str]]

    def sampled(self, among: Collection[str] | None = None) -> Sampled:
        return sampled(self.documents, self.segments, self.codings, self.sample, self.codes_of, among=among)


def all_shares(
    studied: Studied, whole: Sampled, *, changed: Collection[str] = (), drifted: Collection[str] = ()
) -> list[Prevalence]:
    """The shares of everybody, of each group, of who answered each question, and of each month's texts.

    Args:
        studied: The run.
        whole: Its cases by all of their texts.
        changed: As `why_withheld` takes it; the next likewise.
        drifted: As `why_withheld` takes it.

    Raises:
        NotConverged: If a calibration cannot be fitted.
    """
    groups = {group: whole.of(case_ids) for group, case_ids in groups_of(studied).items()}
    rows = shares(whole, groups, changed=changed, drifted=drifted)
    for question, among in _by(studied.documents, lambda d: d.prompt).items():
        rows += shares(studied.sampled(among), {}, question=question, changed=changed, drifted=drifted)
    for period, among in _by(studied.documents, lambda d: d.written).items():
        rows += shares(studied.sampled(among), {}, period=period, changed=changed, drifted=drifted)
    return rows


def groups_of(studied: Studied) -> dict[str, set[str]]:
    """Who is in each group, "attribute=value", by what is known of people, of who speaks and of what was written."""
    people = people_documents(studied.documents)
    wrote = {document.case_id for document in people}
    members: dict[str, set[str]] = defaultdict(set)
    for document in people:
        members[f"kind={document.kind}"].add(document.case_id)
        if document.speaker:
            members[f"speaker={document.speaker}"].add(document.case_id)
    for case in studied.cases:
        for name, value in case.attributes.items() if case.case_id in wrote else ():
            members[f"{name}={value}"].add(case.case_id)
    return dict(sorted(members.items()))


def _by(documents: Iterable[Document], told: Callable[[Document], str | None]) -> dict[str, set[str]]:
    """Documents by what is told of them; none where all are told the same, which tells nothing new."""
    found: dict[str, set[str]] = defaultdict(set)
    people = people_documents(documents)
    for document in people:
        if value := told(document):
            found[value].add(document.document_id)
    if len(found) == 1 and len(next(iter(found.values()))) == len(people):
        return {}
    return dict(sorted(found.items()))


def group_differences(
    studied: Studied,
    whole: Sampled,
    *,
    planned: Collection[str],
    changed: Collection[str] = (),
    drifted: Collection[str] = (),
) -> list[Difference]:
    """How far the groups of each attribute differ, pair by pair; what was planned apart from what was not.

    Args:
        studied: The run.
        whole: As for `all_shares`.
        planned: Attributes that were to be compared before anybody looked.
        changed: As `why_withheld` takes it; the next likewise.
        drifted: As `why_withheld` takes it.
    """
    attributes = {name for case in studied.cases for name in case.attributes}
    by_attribute: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    for group, case_ids in groups_of(studied).items():
        name = group.partition("=")[0]
        if name in attributes:
            by_attribute[name].append((group, case_ids))
    rows: list[Difference] = []
    for is_planned in (True, False):
        pairs = [
            (one, other)
            for name, groups in by_attribute.items()
            if (name in planned) is is_planned
            for one, other in combinations(_largest(groups), 2)
        ]
        told = {group: estimate(whole.reviewed, whole.of(members)) for pair in pairs for group, members in pair}
        reasons = {group: why_withheld(found, whole, changed=changed, drifted=drifted) for group, found in told.items()}
        found = compare([(told[one[0]], told[other[0]]) for one, other in pairs], planned=is_planned)
        for (one, other), differences in zip(pairs, found, strict=True):
            rows += as_records(differences, one[0], other[0], {**reasons[other[0]], **reasons[one[0]]})
    return rows


def run_differences(
    now: tuple[str, Estimates], before: tuple[str, Estimates], reasons: Mapping[str, str]
) -> list[Difference]:
    """How far shares moved since an earlier run.

    Args:
        now: The later run's id, and its shares.
        before: The same of the earlier.
        reasons: Themes of which no change may be told, with the reason.
    """
    (differences,) = compare([(now[1], before[1])], planned=True)
    return as_records(differences, now[0], before[0], reasons)


def as_records(found: Differences, one: str, other: str, reasons: Mapping[str, str]) -> list[Difference]:
    """Differences as a run keeps them; `reasons`: what is withheld, and why."""
    rows = []
    for column, theme_id in enumerate(found.theme_ids):
        difference, low, high, p = (
            float(each[column]) for each in (found.difference, found.low, found.high, found.adjusted)
        )
        reason = reasons.get(theme_id, "")
        if not reason and np.isnan(difference):
            reason = f"Fewer than {FEWEST_REVIEWED} were reviewed on one side."
        if reason:
            rows.append(Difference(theme_id, one, other, None, None, None, None, found.planned, reason))
        else:
            rows.append(Difference(theme_id, one, other, difference, low, high, p, found.planned))
    return rows


def _largest(groups: Iterable[tuple[str, set[str]]]) -> list[tuple[str, set[str]]]:
    large = [each for each in groups if len(each[1]) >= FEWEST_REVIEWED]
    return sorted(large, key=lambda each: (-len(each[1]), each[0]))[:MOST_COMPARED]
