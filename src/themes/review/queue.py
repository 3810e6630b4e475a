"""Which excerpt a coder looks at next: by a reason, within a filter, without what is done."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt

from themes.records.anchor import Hold
from themes.records.segment import Segment
from themes.review.reasons import REASONS, Around
from themes.review.study import Study

ALL = "all"
"""What may tell of risk to life first, in plain words before what may be meant; then what has most reasons, then the
rest."""
READING = "reading"
"""As the texts stand."""
SAMPLE = "sample"
"""The cases that were drawn by chance, each as a whole."""
MINE = "mine"
"""What was given to whoever asks, in the order in which it was."""
LEAST_DRIFT = 2.0
"""Standard errors below which a difference is taken for chance."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter. What is empty lets everything pass."""

    reason: str = ALL
    code_id: str = ""
    kind: str = ""
    prompt: str = ""
    speaker: str = ""
    theme_id: str = ""


@dataclass(frozen=True)
class Queue:
    """The excerpts of a run in the orders in which they may be reviewed."""

    study: Study
    _orders: dict[str, list[str]] = field(default_factory=dict, init=False)

    @cached_property
    def scores(self) -> Mapping[str, Mapping[str, float]]:
        """Reason to the excerpts for which it holds, with how much."""
        shares, drifts, first = self._shares(), self._drifts(), self.study.run_id
        new_themes = (
            {t.theme_id for t in self.study.themes.values() if t.first_seen == first and not t.code_ids}
            if self.study.earlier_documents is not None
            else set()
        )
        stale = Counter(c.segment_id for c in self.study.carried.values() if c.hold is Hold.STALE and c.code_id)
        found: dict[str, dict[str, float]] = {reason: {} for reason in REASONS}
        for segment in self.study.segments.values():
            member = self.study.theme_of.get(segment.segment_id)
            flag = self.study.flags.get(segment.segment_id)
            around = Around(
                risk=flag.is_plain + flag.score if flag else 0.0,
                stale=stale[segment.segment_id],
                shares=shares,
                drift=drifts if self._is_new(segment) else {},
                new_theme=member.weight if member and member.theme_id in new_themes else 0.0,
            )
            said = self.study.codings.get(segment.segment_id, ())
            for reason, function in REASONS.items():
                if (score := function(said, around)) > 0:
                    found[reason][segment.segment_id] = score
        return found

    @cached_property
    def by_code(self) -> Mapping[str, Collection[str]]:
        """Code to the excerpts for which it is suggested."""
        found: dict[str, set[str]] = {}
        for segment_id in self.study.segments:
            for coding in self.study.suggested(segment_id):
                found.setdefault(coding.code_id, set()).add(segment_id)
        return found

    def reasons_for(self, segment_id: str) -> list[str]:
        """The reasons that hold for an excerpt."""
        return [reason for reason, held in self.scores.items() if segment_id in held]

    def order(self, reason: str) -> Sequence[str]:
        """All excerpts in the order of a reason: the greatest number first, of equal ones as they stand."""
        if reason not in self._orders:
            ids = list(self.study.segments)
            if reason in self.scores:
                held = self.scores[reason]
                ids = sorted((i for i in ids if i in held), key=lambda i: -held[i])
            elif reason == ALL:
                risk = self.scores["risk"]
                weight = dict.fromkeys(ids, 0.0)
                for name, held in self.scores.items():
                    for segment_id, score in held.items():
                        weight[segment_id] += min(score, 1.0) if name != "risk" else 0.0
                ids.sort(key=lambda i: (-risk.get(i, 0.0), -weight[i]))
            self._orders[reason] = ids
        return self._orders[reason]

    def found(
        self, wanted: Wanted, first: Sequence[str] = (), cases: Sequence[str] = (), mine: Sequence[str] = ()
    ) -> list[str]:
        """The excerpts that pass a filter, in its order.

        Args:
            wanted: The filter.
            first: Excerpts that come before all others, such as those that somebody holds to be worrying.
            cases: Those that were drawn by chance.
            mine: The excerpts that were given to whoever asks.
        """
        if wanted.reason == SAMPLE:
            order: Sequence[str] = [each for case_id in cases for each in self.study.by_case.get(case_id, ())]
        elif wanted.reason == MINE:
            order = mine
        else:
            order = self.order(wanted.reason)
        if wanted == Wanted(reason=wanted.reason) and not first:
            return list(order)
        if first and wanted.reason == ALL:
            at_first = dict.fromkeys(each for each in first if each in self.study.segments)
            order = [*at_first, *(each for each in order if each not in at_first)]
        return [each for each in order if self._passes(self.study.segments[each], wanted)]

    def _passes(self, segment: Segment, wanted: Wanted) -> bool:
        document = self.study.documents[segment.document_id]
        member = self.study.theme_of.get(segment.segment_id)
        return (
            (not wanted.code_id or segment.segment_id in self.by_code.get(wanted.code_id, ()))
            and (not wanted.kind or document.kind == wanted.kind)
            and (not wanted.prompt or document.prompt == wanted.prompt)
            and (not wanted.speaker or document.speaker == wanted.speaker)
            and (not wanted.theme_id or (member is not None and member.theme_id == wanted.theme_id))
        )

    def _is_new(self, segment: Segment) -> bool:
        earlier = self.study.earlier_documents
        return earlier is not None and segment.document_id not in earlier

    def _shares(self) -> Mapping[str, float]:
        counts = self._counts(self.study.segments.values())
        return {code_id: number / max(1, len(self.study.segments)) for code_id, number in counts.items()}

    def _drifts(self) -> Mapping[str, float]:
        """Standard errors by which the share of each code differs between new and earlier texts, if beyond chance."""
        new = [s for s in self.study.segments.values() if self._is_new(s)]
        old = [s for s in self.study.segments.values() if not self._is_new(s)]
        if not new or not old:
            return {}
        here, there, drifts = self._counts(new), self._counts(old), {}
        for code_id in {*here, *there}:
            one, other = here.get(code_id, 0) / len(new), there.get(code_id, 0) / len(old)
            whole = (here.get(code_id, 0) + there.get(code_id, 0)) / (len(new) + len(old))
            error = sqrt(whole * (1 - whole) * (1 / len(new) + 1 / len(old)))
            if error and abs(one - other) / error >= LEAST_DRIFT:
                drifts[code_id] = abs(one - other) / error
        return drifts

    def _counts(self, segments: Iterable[Segment]) -> dict[str, int]:
        counts: dict[str, int] = {}
        for segment in segments:
            for coding in self.study.codings.get(segment.segment_id, ()):
                if coding.applies and not coding.is_advice:
                    counts[coding.code_id] = counts.get(coding.code_id, 0) + 1
        return counts


def next_open(order: Sequence[str], done: Collection[str], after: str = "") -> str | None:
    """The first excerpt that is not done behind another one, from the beginning again if there is none behind it."""
    start = order.index(after) + 1 if after in order else 0
    for segment_id in (*order[start:], *order[:start]):
        if segment_id not in done and segment_id != after:
            return segment_id
    return None
