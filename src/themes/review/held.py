"""What people hold of the excerpts of the newest run, kept up with the review log entry by entry."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from threading import RLock

from themes.code.decided import DecidedExcerpt, Opinion, decided_excerpts, opinions
from themes.records.anchor import Hold
from themes.records.assignment import Assignment
from themes.records.coding import Memo, is_adjudicator
from themes.records.decision import CarriedDecision, Decision, Verdict
from themes.records.review import EntryKind
from themes.records.sample import SampledCase
from themes.review.acts import Act, Acts
from themes.review.anchors import hash_of_words, span_of
from themes.review.assigning import assignments_in
from themes.review.blind import Blind
from themes.review.sample import sample_in
from themes.review.study import Study
from themes.store.review_log import ReviewLog
from themes.store.review_records import concerns_in, decisions_in, memos_in

AWAITS = "It was made on an earlier run; the next run will say where it stands."
BESIDE = (EntryKind.CONCERN, EntryKind.MEMO, EntryKind.BATCH, EntryKind.ASSIGNMENT)


class Held:
    """Decisions of all coders on one run. May be used from several threads."""

    def __init__(self, log: ReviewLog, study: Study) -> None:
        """All that is in the log, as it stands in a run."""
        self.study = study
        self._log = log
        self._lock = RLock()
        self._read = 0
        self._every = tuple(code.code_id for code in study.codebook.codes)
        self._by_excerpt: dict[str, list[CarriedDecision]] = defaultdict(list)
        self._complete: dict[str, dict[str, bool]] = defaultdict(dict)
        self._by_topic: dict[tuple[str, str, str], list[Decision]] = defaultdict(list)
        self._acts: dict[str, Acts] = defaultdict(Acts)
        gone = {Verdict.COMPLETE, Verdict.TAKE_BACK}
        self._stale = [c for c in study.carried.values() if c.hold is Hold.STALE and c.verdict not in gone]
        self._blind = Blind()
        self._given: dict[tuple[str, bool], Assignment] = {}
        self._hidden: frozenset[str] | None = None
        self._several = False
        self.given: Mapping[str, tuple[str, ...]] = {}
        """The excerpts that were given to people, with these, in the order in which they were given."""
        self.concerns: Mapping[str, str] = {}
        """Excerpts that are worrying and need a person, with whoever said so."""
        self.memos: Mapping[str, list[Memo]] = defaultdict(list)
        """The memos that stand, by what they are about."""
        self.sample: Mapping[str, SampledCase] = {}
        """The cases that were drawn for review, by id."""
        self.catch_up()

    @property
    def read(self) -> int:
        """The number of the last entry of the log that it knows: what is worked out of it holds until that changes."""
        return self._read

    def catch_up(self) -> None:
        """Read what was written since."""
        with self._lock:
            number, _ = self._log.head()
            if number == self._read:
                return
            for decision in decisions_in(self._log, after=self._read):
                self._take(decision)
            new = {e.kind for e in self._log.entries(*BESIDE, after=self._read)}
            if EntryKind.CONCERN in new:
                self.concerns = concerns_in(self._log)
            if EntryKind.MEMO in new:
                memos = defaultdict(list)
                for memo in memos_in(self._log):
                    memos[memo.about].append(memo)
                self.memos = memos
            if EntryKind.BATCH in new:
                self.sample = {c.case_id: c for c in sample_in(self._log).values() if c.is_drawn}
            if EntryKind.ASSIGNMENT in new:
                self._give(assignments_in(self._log, after=self._read))
            self._hidden = None
            self._read = number

    def _give(self, assignments: Iterable[Assignment]) -> None:
        for each in assignments:
            self._given.pop((each.unit_id, each.of_case), None)
            self._given[each.unit_id, each.of_case] = each
        given = {}
        # What was said of an excerpt goes before what was said of its case.
        for each in sorted(self._given.values(), key=lambda a: not a.of_case):
            for segment_id in self.study.by_case.get(each.unit_id, ()) if each.of_case else [each.unit_id]:
                if segment_id in self.study.segments:
                    given[segment_id] = each.coder_ids
        self.given = {segment_id: to for segment_id, to in given.items() if to}

    def several_code(self, several: bool) -> None:
        """Say whether two people or more code: else nobody could be the second, and nothing of the sample is hidden."""
        with self._lock:
            if several != self._several:
                self._several, self._hidden = several, None

    def hidden(self) -> frozenset[str]:
        """Excerpts that two people judge blind and have not both decided on."""
        with self._lock:
            if self._hidden is None:
                self._hidden = frozenset(
                    each for each in self._twice() if not self._blind.is_open(each, self._to(each))
                )
            return self._hidden

    def is_hidden(self, segment_id: str) -> bool:
        """Whether nobody may see yet what others say of an excerpt, or of a stretch that touches such a one."""
        hidden = self.hidden()
        if not hidden or segment_id in self.study.segments:
            return segment_id in hidden
        document_id, span = span_of(segment_id)
        near = (each for each in self.study.by_document.get(document_id, ()) if each in hidden)
        return any(self.study.segments[each].span.overlaps(span) for each in near)

    def judged_blind(self) -> list[Opinion]:
        """What each of two held of an excerpt when both had decided and neither had seen the other's."""
        with self._lock:
            return [one for each in self._twice() for one in self._blind.judgements(each, self._to(each))]

    def _twice(self) -> list[str]:
        """Excerpts that two people are to judge: as they were given, else as they were drawn."""
        drawn = [c.case_id for c in self.sample.values() if c.is_double] if self._several else []
        of_sample = (each for case_id in drawn for each in self.study.by_case.get(case_id, ()))
        return [
            *(each for each, to in self.given.items() if len(to) > 1),
            *(each for each in of_sample if each not in self.given),
        ]

    def _to(self, segment_id: str) -> tuple[str, ...]:
        return self.given.get(segment_id, ())

    def sampling_of(self, segment_id: str) -> str:
        """How the case of an excerpt came to be reviewed: "probability" if it was drawn, else "purposive"."""
        document = self.study.documents[span_of(segment_id)[0]]
        return "probability" if document.case_id in self.sample else "purposive"

    def _take(self, decision: Decision) -> None:
        carried = self.study.carried.get(decision.decision_id) or self._as_it_stands(decision)
        if carried.hold is not Hold.STALE:
            self._by_excerpt[carried.segment_id].append(carried)
            if not carried.code_id:
                whole = carried.verdict is Verdict.COMPLETE
                self._complete[carried.coder_id][carried.segment_id] = whole
                self._tell_blind(carried.segment_id, carried.coder_id, whole)
        self._by_topic[decision.coder_id, decision.segment_id, decision.code_id].append(decision)
        self._acts[decision.coder_id].take(decision)

    def last_undone(self, coder_id: str) -> Act | None:
        """What a coder undid last and can do once more; None once they did something else."""
        with self._lock:
            return self._acts[coder_id].last_undone()

    def _tell_blind(self, place: str, coder_id: str, whole: bool) -> None:
        if is_adjudicator(coder_id):
            return
        for each in [place] if place in self.study.segments else self._stands_for(place):
            self._blind.tell(each, place, coder_id, decided=whole, held=partial(self.opinions_on, each))

    def _as_it_stands(self, decision: Decision) -> CarriedDecision:
        words = self.study.words(decision.segment_id)
        same = bool(words) and decision.text_hash in {"", hash_of_words(words)}
        if decision.run_id != self.study.run_id:
            same = same and bool(decision.text_hash) and decision.codebook_version == self.study.codebook.version
        known = not decision.code_id or decision.code_id in self.study.codebook
        return CarriedDecision(
            decision_id=decision.decision_id,
            made_on=decision.segment_id,
            segment_id=decision.segment_id,
            code_id=decision.code_id,
            verdict=decision.verdict,
            coder_id=decision.coder_id,
            made_at=decision.made_at,
            codebook_version=decision.codebook_version,
            sampling=decision.sampling,
            hold=Hold.SAME if same and known else Hold.STALE,
            reason="" if same and known else AWAITS,
            covers=self._every if decision.verdict is Verdict.COMPLETE else (),
        )

    def opinions_on(self, segment_id: str) -> list[Opinion]:
        """What each coder holds of an excerpt."""
        with self._lock:
            return opinions(self._by_excerpt.get(segment_id, ()))

    def by_coder(self, segment_id: str, coder_id: str) -> Mapping[str, bool]:
        """Whether a coder says that a code applies, for each code that they said anything of."""
        return {o.code_id: o.applies for o in self.opinions_on(segment_id) if o.coder_id == coder_id}

    def stale(self) -> list[CarriedDecision]:
        """What people decided and holds no more, since a text or a code was changed, unless they decided anew."""
        with self._lock:
            return [
                one
                for one in self._stale
                if self._by_topic[one.coder_id, one.made_on, one.code_id][-1].decision_id == one.decision_id
            ]

    def together(self, segment_ids: Iterable[str]) -> list[DecidedExcerpt]:
        """What people hold of excerpts together."""
        with self._lock:
            return decided_excerpts(o for each in segment_ids for o in self.opinions_on(each))

    def is_complete(self, segment_id: str, coder_id: str) -> bool:
        """Whether a coder has said all there is to say of an excerpt."""
        with self._lock:
            return self._complete[coder_id].get(segment_id, False)

    def completed(self, coder_id: str) -> set[str]:
        """The excerpts of which a coder has said all there is to say, there or of a stretch that stands for them."""
        with self._lock:
            whole = {segment_id for segment_id, is_whole in self._complete[coder_id].items() if is_whole}
            own = whole - self.study.segments.keys()
            return whole.union(*(self._stands_for(stretch) for stretch in own))

    def _stands_for(self, stretch: str) -> set[str]:
        """The excerpts that a stretch which somebody marked takes the place of: those of which it has half."""
        document_id, span = span_of(stretch)
        found = set()
        for segment_id in self.study.by_document.get(document_id, ()):
            other = self.study.segments[segment_id].span
            common = min(span.end, other.end) - max(span.start, other.start)
            if 2 * common >= other.end - other.start:
                found.add(segment_id)
        return found

    def marked(self, document_id: str) -> list[str]:
        """Excerpts and stretches of a document on which anybody decided anything."""
        with self._lock:
            return [each for each in self._by_excerpt if each.rpartition(":")[0] == document_id]

    def decided_on(self) -> list[str]:
        """Excerpts and stretches on which anybody decided anything."""
        with self._lock:
            return list(self._by_excerpt)

    def disputed(self) -> set[str]:
        """Excerpts on which as many people say yes to a code as no."""
        with self._lock:
            several = [each for each, said in self._by_excerpt.items() if len({one.coder_id for one in said}) > 1]
            return {one.segment_id for one in self.together(several) if one.disputed}

    def begun(self) -> set[str]:
        """Excerpts of which somebody has said all there is to say."""
        with self._lock:
            return set().union(*(self.completed(coder_id) for coder_id in list(self._complete)))

    def last_act(self, coder_id: str) -> Act | None:
        """What a coder did last and has not undone."""
        with self._lock:
            return self._acts[coder_id].last()

    def before(self, decision: Decision) -> Decision | None:
        """What the same coder had said of the same excerpt and code just before."""
        with self._lock:
            said = self._by_topic[decision.coder_id, decision.segment_id, decision.code_id]
            at = next(i for i, one in enumerate(said) if one.decision_id == decision.decision_id)
            return said[at - 1] if at else None
