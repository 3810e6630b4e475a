"""Shares of people from the reviewed sample: written beside the counts of what the machine suggests."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flows.job import Job
from flows.work.codebook import codebook_of, labelled_examples
from flows.work.decisions import OTHER_CODE, codebook_in, learned_from, stretches
from flows.work.encoding import encoder_of
from themes.code.meaning import hash_of_meaning
from themes.code.segments import judge
from themes.estimate.all_shares import Studied, all_shares, group_differences, run_differences
from themes.estimate.calibration import NotConverged
from themes.estimate.comparison import FEWEST_REVIEWED
from themes.estimate.late import drift_figures, drifted_in, saturation_points
from themes.estimate.prevalence import estimate
from themes.estimate.sampled import BY_CHANCE, Sampled
from themes.estimate.withheld import MOST_UNFINISHED, Conditions, why_broken, why_withheld
from themes.read.spec import read_spec
from themes.records.anchor import Hold
from themes.records.codebook import Codebook
from themes.records.coding import MACHINE_ID, Coding, LabelledSegment, is_machine
from themes.records.corpus import Case, Document
from themes.records.decision import CarriedDecision, Verdict
from themes.records.estimate import Difference, DriftFigure, Prevalence, SaturationPoint
from themes.records.run import REFLEXIVE
from themes.records.sample import SampledCase
from themes.records.segment import Segment
from themes.records.spec import CorpusSpec
from themes.review.sample import first_frame_in, sample_in
from themes.segment import segment
from themes.store.files import read_json, write_json
from themes.store.review_place import review_log_if_any
from themes.store.run_folder import RunFolder
from themes.store.vectors import read_vectors

PART = 1
"""The part of the prevalences that holds shares; 0 holds the counts of what is suggested."""
NO_FIT = "No share could be worked out: the scores could not be set against the reviews. Please report this."


@dataclass(frozen=True)
class _Drawn:
    """The sample as two runs knew it."""

    now: Mapping[str, SampledCase]
    before: Mapping[str, SampledCase]
    first_frame: frozenset[str]


def estimate_shares(job: Job) -> int:
    """Write shares with intervals, differences, drift and saturation. Returns how many shares are told.

    Without a drawn sample there are no shares. Decisions and sample are those that the run took up at its beginning.
    The scores are of a coder that never saw a decision on anybody in the sample: it must not be asked about what it
    was told.
    """
    spec, run = read_spec(job.corpus), job.folder
    drawn = _drawn(job)
    saturated = (
        [] if spec.approach == REFLEXIVE else saturation_points(run.read(Document), run.read(Coding), seed=spec.seed)
    )
    run.write(SaturationPoint, 0, saturated)
    shares: list[Prevalence] = []
    differences: list[Difference] = []
    drift: list[DriftFigure] = []
    if any(case.is_drawn for case in drawn.now.values()):
        with encoder_of(spec):
            shares, differences, drift = _estimated(job, spec, drawn)
    run.write(Prevalence, PART, shares)
    run.write(Difference, 0, differences)
    run.write(DriftFigure, 0, drift)
    if drifted := drifted_in(drift):
        notes = read_json(run.path / "notes.json")
        names = ", ".join(codebook_of(spec)[i].name for i in drifted if i in codebook_of(spec)) or "a research question"
        asks = (
            f"What people find of late contradicts what earlier reviews taught, of: {names}. So no shares of these are "
            f"told. Draw a new sample on the review page."
        )
        write_json(run.path / "notes.json", {**notes, "notes": [*notes["notes"], asks]})
    return sum(row.share is not None for row in shares)


def _drawn(job: Job) -> _Drawn:
    until = int(read_json(job.folder.path / "work" / "decisions.json")["review_log"]["entries"])
    before = int(job.previous_folder.manifest.get("review_log", {}).get("entries", 0)) if job.previous_folder else 0
    with review_log_if_any(job.outputs) as log:
        if log is None:
            return _Drawn({}, {}, frozenset())
        return _Drawn(sample_in(log, until=until), sample_in(log, until=before), first_frame_in(log))


def _estimated(
    job: Job, spec: CorpusSpec, drawn: _Drawn
) -> tuple[list[Prevalence], list[Difference], list[DriftFigure]]:
    run, codebook = job.folder, codebook_of(spec)
    coder = _Unknowing(job, spec, codebook, {case_id for case_id, one in drawn.now.items() if one.is_drawn})
    studied = _studied(run, codebook, drawn.now, coder)
    whole = studied.sampled()
    vectors = dict(read_vectors(run.path, wanted={s.segment_id for s in studied.segments}))
    late = {d.case_id for d in studied.documents} - drawn.first_frame
    try:
        drift = drift_figures(studied, whole, late, vectors, seed=spec.seed)
        drifted = drifted_in(drift)
        changed = _changed(run, codebook, whole)
        shares = all_shares(studied, whole, changed=changed, drifted=drifted)
        differences = group_differences(studied, whole, planned=spec.compare, changed=changed, drifted=drifted)
        differences += _since(job, codebook, studied, whole, drawn, coder, changed, drifted)
    except NotConverged:
        none = [
            Prevalence(t, "", "", "", len(whole.reviewed.case_ids), None, method=f"withheld: {NO_FIT}")
            for t in studied.codes_of
        ]
        return none, [], []
    return shares, differences, drift


def subjects(codebook: Codebook) -> dict[str, list[str]]:
    """What shares are estimated of: each code, and each research question by the codes that speak to it."""
    found = {code.code_id: [code.code_id] for code in codebook.codes}
    for question in codebook.questions:
        bearing = [code.code_id for code in codebook.codes if question.question_id in code.questions]
        if bearing and question.question_id not in found:
            found[question.question_id] = bearing
    return found


class _Unknowing:
    """Scores by a coder that learned from nobody in the sample."""

    def __init__(self, job: Job, spec: CorpusSpec, codebook: Codebook, drawn: set[str]) -> None:
        self._spec, self._codebook = spec, codebook
        learned = [one for one in learned_from(job.folder) if one.segment.case_id not in drawn]
        self._labelled: Sequence[LabelledSegment] = [*labelled_examples(codebook), *learned]
        self._frozen = job.folder.path / "work" / "coder-for-shares"
        self._known: dict[tuple[str, str], list[Coding]] = {}

    def codings(self, segments: Iterable[Segment], documents: Iterable[Document]) -> list[Coding]:
        """For each document and code the highest score of its excerpts, as a coding of the first."""
        fingerprints = {d.document_id: d.fingerprint for d in documents}
        by_document: dict[str, list[Segment]] = defaultdict(list)
        for one in segments:
            by_document[one.document_id].append(one)
        new = [s for i, each in by_document.items() if (i, fingerprints[i]) not in self._known for s in each]
        self._judge(new, fingerprints)
        return [coding for i in by_document for coding in self._known[i, fingerprints[i]]]

    def _judge(self, segments: Sequence[Segment], fingerprints: Mapping[str, str]) -> None:
        if not segments:
            return
        judged = judge(
            segments, self._codebook, labelled=self._labelled, seed=self._spec.seed, frozen=self._frozen
        ).probabilities
        rows: dict[str, list[int]] = defaultdict(list)
        for row, one in enumerate(segments):
            rows[one.document_id].append(row)
        for document_id, at in rows.items():
            most = judged[at].max(axis=0)
            self._known[document_id, fingerprints[document_id]] = [
                Coding(segments[at[0]].segment_id, code.code_id, MACHINE_ID, applies=False, probability=float(chance))
                for code, chance in zip(self._codebook.codes, most, strict=True)
            ]


def _studied(run: RunFolder, codebook: Codebook, sample: Mapping[str, SampledCase], coder: _Unknowing) -> Studied:
    people = [coding for coding in run.read(Coding) if not is_machine(coding.coder_id)]
    documents = list(run.read(Document))
    segments = _as_cut(run, documents)
    return Studied(
        cases=list(run.read(Case)),
        documents=documents,
        segments=segments,
        codings=[*coder.codings(segments, documents), *people],
        sample=sample,
        codes_of=subjects(codebook),
    )


def _as_cut(run: RunFolder, documents: Iterable[Document]) -> list[Segment]:
    """The excerpts without stretches that people marked: nobody else was asked about those, nor has the machine a score
    of its own where it was shown the place."""
    decided = stretches(run)
    cut = {s.segment_id for d in documents if d.document_id in decided for s in segment(d)}
    return [s for s in run.read(Segment) if s.document_id not in decided or s.segment_id in cut]


def _changed(run: RunFolder, codebook: Codebook, whole: Sampled) -> set[str]:
    """Subjects that are not reviewed enough since a code of theirs means something else than when it was."""
    decisions = [one for one in run.read(CarriedDecision) if one.sampling == BY_CHANCE]
    codes = {one.code_id for one in decisions if one.hold is Hold.STALE and one.reason == OTHER_CODE}
    for one in decisions:
        if one.hold is not Hold.STALE and one.verdict is Verdict.COMPLETE:
            codes |= {code.code_id for code in codebook.codes} - set(one.covers)
    found = estimate(whole.reviewed)
    lacking = {
        subject
        for column, subject in enumerate(found.theme_ids)
        if whole.unfinished[column] > MOST_UNFINISHED * whole.drawn or found.reviewed[column] < FEWEST_REVIEWED
    }
    return {subject for subject, of in subjects(codebook).items() if subject in lacking and codes & set(of)}


def _since(
    job: Job,
    codebook: Codebook,
    studied: Studied,
    whole: Sampled,
    drawn: _Drawn,
    coder: _Unknowing,
    changed: set[str],
    drifted: Sequence[str],
) -> list[Difference]:
    """What moved since the last run. Both are scored by the same coder, so that it is people who differ."""
    previous = job.previous_folder
    if previous is None or not any(case.is_drawn for case in drawn.before.values()):
        return []
    earlier = _studied(previous, codebook, drawn.before, coder)
    then = earlier.sampled()
    broken = why_broken(_conditions(codebook_in(previous), earlier.documents), _conditions(codebook, studied.documents))
    now_found, then_found = estimate(whole.reviewed), estimate(then.reviewed)
    reasons = {
        **{t: f"In the run before: {why}" for t, why in why_withheld(then_found, then).items()},
        **why_withheld(now_found, whole, changed=changed, drifted=drifted),
        **broken,
    }
    run_id = str(read_json(job.folder.path / "plan.json")["run_id"])
    return run_differences((run_id, now_found), (previous.path.name, then_found), reasons)


def _conditions(codebook: Codebook, documents: Iterable[Document]) -> Conditions:
    meanings = {
        subject: repr([hash_of_meaning(codebook[code_id]) for code_id in of])
        for subject, of in subjects(codebook).items()
    }
    asked = {f"{d.source.file} {d.source.without_row.place}": d.prompt for d in documents if d.prompt}
    return Conditions(meanings, "the same", asked)
