"""A motivated intruder, played: how many people could somebody who knows them pick out of what is there?

After the "motivated intruder" test of the Information Commissioner's Office ("How do we ensure anonymisation is
effective?", guidance on anonymisation, 2025): somebody reasonably competent, with access to ordinary sources and a
wish to find out, but no special skill. Here it is a neighbour, who knows some closed answers of a person, not all of
them rightly, and one event, half remembered and partly in other words. They weigh each text by how much better it
fits than a stranger's would (Fellegi and Sunter, 1969), and name somebody once it is more likely than not.

The people are invented (`residual.invented`). The intruder knows the odds by which they were, so that no other
intruder with the same knowledge does better.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from themes.records.residual import Measure, Residual, Severity
from themes.residual.invented import RIGHT, SAME_WORD, Person, Seen, invented_people, marginals, people_texts, writers

MORE_LIKELY_THAN_NOT = 0.5
TAKES_PART = 0.5
"""Half of the invented people did, and the intruder knows that."""

TOO_MANY = 0.09
"""A share of people rightly named above this is too many for a public edition: the threshold of the European
Medicines Agency's Policy 0070 on publishing clinical data."""

KEPT = 20
"""Likeliest cases remembered for each person from one partition to the next."""

ANSWERS, EVENT = "knows some answers", "knows some answers and one event"
NAMED, RIGHTLY, STRANGERS = "somebody named", "rightly named", "strangers named"

Numbers = npt.NDArray[np.float64]


@dataclass(slots=True)
class Search:
    """What the intruder holds of one person: the weight of everything seen so far, and the likeliest cases."""

    total: float = 0.0
    likeliest: dict[str, float] | None = None

    def add(self, weights: Numbers, cases: Sequence[str]) -> None:
        """Take in cases with the weight of each."""
        self.total += float(weights.sum())
        known = self.likeliest or {}
        first = np.argsort(-weights, kind="stable")[:KEPT]
        for at in first:
            known[cases[at]] = known.get(cases[at], 0.0) + float(weights[at])
        self.likeliest = dict(heapq.nsmallest(KEPT, known.items(), key=lambda item: (-item[1], item[0])))

    def named(self) -> str | None:
        """The case that is more likely than not, given that the person may have taken no part."""
        if not self.likeliest:
            return None
        case_id, weight = min(self.likeliest.items(), key=lambda item: (-item[1], item[0]))
        sure = TAKES_PART * weight / (TAKES_PART * self.total + 1 - TAKES_PART)
        return case_id if sure > MORE_LIKELY_THAN_NOT else None


def intruder_findings(seen: Seen, *, seed: int, published: bool) -> list[Residual]:
    """What the intruder achieves, with answers alone and with an event besides.

    Args:
        seen: What they have before them.
        seed: Of the invented people.
        published: Whether anybody may come to see it: then more than `TOO_MANY` people rightly named is HIGH.

    Returns:
        Shares with 95 % intervals (Wilson): of people who took part, for how many somebody was named, and for how
        many the right one; of strangers, for how many somebody was named, always wrongly. None without people.
    """
    people = invented_people(seen, seed=seed)
    rows = []
    for knows, searches in ((ANSWERS, by_answers(seen, people)), (EVENT, by_event(seen, people))):
        named = [(person, search.named()) for person, search in zip(people, searches, strict=True)]
        part = [(person, case_id) for person, case_id in named if person.case_id is not None]
        strangers = [case_id for person, case_id in named if person.case_id is None]
        for what, hits, of in (
            (NAMED, sum(case_id is not None for _, case_id in part), len(part)),
            (RIGHTLY, sum(case_id == person.case_id for person, case_id in part), len(part)),
            (STRANGERS, sum(case_id is not None for case_id in strangers), len(strangers)),
        ):
            if of:
                too_many = what == RIGHTLY and hits / of > TOO_MANY
                severity = Severity.HIGH if published else Severity.MEDIUM
                rows.append(
                    _share(f"{seen.name} and {knows}: {what}", hits, of, severity if too_many else Severity.LOW)
                )
    return rows


def _share(kind: str, hits: int, of: int, severity: Severity) -> Residual:
    from scipy.stats import binomtest

    ends = binomtest(hits, of).proportion_ci(method="wilson")
    return Residual(
        Measure.INTRUDER,
        kind,
        round(hits / of, 4),
        severity,
        out_of=of,
        low=round(float(ends.low), 4),
        high=round(float(ends.high), 4),
    )


def by_answers(seen: Seen, people: Sequence[Person]) -> list[Search]:
    """Weigh every case by its answers alone."""
    cases = sorted(writers(seen.partitions))
    columns = _Columns(seen)
    codes = columns.codes(cases)
    searches = [Search() for _ in people]
    for person, search in zip(people, searches, strict=True):
        search.add(np.exp(columns.weights(person, codes, len(cases))) / max(len(cases), 1), cases)
    return searches


def by_event(seen: Seen, people: Sequence[Person]) -> list[Search]:
    """Weigh every text by the words of the event, and its writer's answers, partition by partition."""
    wanted = {word for person in people for word in person.event}
    texts_of: Counter[str] = Counter()
    texts_with: Counter[str] = Counter()
    for case_id, stretches in people_texts(seen.partitions()):
        texts_of[case_id] += 1
        texts_with.update({word for stretch in stretches for word in stretch} & wanted)
    shares = {word: texts_with[word] / texts_of.total() for word in wanted if texts_with[word]}
    columns = _Columns(seen)
    searches = [Search() for _ in people]
    for part in seen.partitions():
        texts = list(people_texts([part]))
        if not texts:
            continue
        written_by = [case_id for case_id, _ in texts]
        cases, place = np.unique(written_by, return_inverse=True)
        codes, holders = columns.codes(written_by), _holders(texts, wanted)
        prior = np.array([1 / (len(texts_of) * texts_of[case_id]) for case_id in written_by])
        for person, search in zip(people, searches, strict=True):
            weights = columns.weights(person, codes, len(texts)) + _event_weights(person, holders, shares, len(texts))
            search.add(np.bincount(place, np.exp(weights) * prior, minlength=len(cases)), cases.tolist())
    return searches


def _holders(texts: Sequence[tuple[str, list[list[str]]]], wanted: set[str]) -> Mapping[str, list[int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for at, (_, stretches) in enumerate(texts):
        for word in {word for stretch in stretches for word in stretch} & wanted:
            holders[word].append(at)
    return holders


def _event_weights(
    person: Person, holders: Mapping[str, list[int]], shares: Mapping[str, float], texts: int
) -> Numbers:
    """The log likelihood ratio of each text, by the words remembered."""
    known = sorted(word for word in person.event if word in shares)
    weights = np.full(texts, len(known) * log(1 - SAME_WORD))
    for word in known:
        weights[holders.get(word, [])] += log(SAME_WORD / shares[word] + 1 - SAME_WORD) - log(1 - SAME_WORD)
    return weights


class _Columns:
    """The answers as numbers, and how often each is given."""

    def __init__(self, seen: Seen) -> None:
        self._answers = seen.answers
        self._shares = marginals(seen.answers)
        self._code = {
            column: {value: at for at, (value, _) in enumerate(shares)} for column, shares in self._shares.items()
        }

    def codes(self, cases: Sequence[str]) -> dict[str, npt.NDArray[np.int32]]:
        """By column, the answer of each case; -1 where there is none."""
        rows = [self._answers.get(case_id, {}) for case_id in cases]
        return {
            column: np.array([code.get(row.get(column, ""), -1) for row in rows], np.int32)
            for column, code in self._code.items()
        }

    def weights(self, person: Person, codes: Mapping[str, npt.NDArray[np.int32]], rows: int) -> Numbers:
        """The log likelihood ratio of each row, by the answers known. A row without an answer says nothing."""
        weights = np.zeros(rows)
        for column, value in person.answers.items():
            at = self._code[column][value]
            share = self._shares[column][at][1]
            weights[codes[column] == at] += log(RIGHT / share + 1 - RIGHT)
            weights[(codes[column] != at) & (codes[column] != -1)] += log(1 - RIGHT)
        return weights
