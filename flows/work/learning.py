"""What the coder learned from decisions, per code, and what they say of the codebook."""

import numpy as np

from flows.job import Job
from flows.work.analyse import FROZEN
from flows.work.codebook import codebook_of, labelled_examples
from flows.work.decisions import Decided, decided_in
from flows.work.encoding import encoder_of
from themes.code.codebook_work import confused, disputed, misleading, uncovered
from themes.code.crossfit import before_and_after, without_decisions
from themes.code.frozen import fitted
from themes.code.wording import own_words, says_nothing
from themes.estimate.agreement import WITH, WITHOUT, agreements
from themes.estimate.standing import people_documents
from themes.read.spec import read_spec
from themes.records.codebook import Codebook
from themes.records.codebook_work import CodebookProposal, Work
from themes.records.coding import Coding
from themes.records.corpus import Document
from themes.records.decision import CarriedDecision
from themes.records.estimate import Agreement
from themes.records.run import REFLEXIVE
from themes.records.segment import Segment
from themes.records.spec import CorpusSpec
from themes.records.theme import Membership, Theme, ThemeOrigin
from themes.store.files import read_json
from themes.store.run_folder import RunFolder


def say_what_was_learned(job: Job) -> int:
    """Write how well the coder agrees with people before and after, and the proposals. Returns how many proposals.

    The first are taken over where neither the coder nor a decision has changed since the last run. A reflexive study
    is told no figure of agreement, nor is one of fewer than `fewest_cases` people's excerpts: none is worked out there.
    """
    spec, run = read_spec(job.corpus), job.folder
    codebook, decided = codebook_of(spec), decided_in(job.folder)
    if decided.excerpts and _unchanged(job, spec):
        agreed, work = _taken_over(job.previous_folder)
    elif decided.excerpts:
        with encoder_of(spec):
            agreed, work = _worked_out(job, spec, codebook, decided)
    else:
        agreed, work = [], []
    run.write(Agreement, 0, [] if spec.approach == REFLEXIVE else agreed)
    proposals = [*work, *_uncovered(run, decided)] if decided.excerpts else []
    run.write(CodebookProposal, 0, proposals)
    return len(proposals)


def _worked_out(
    job: Job, spec: CorpusSpec, codebook: Codebook, decided: Decided
) -> tuple[list[Agreement], list[CodebookProposal]]:
    proposals = disputed(decided.opinions, decided.segments)
    proposals += misleading(decided.excerpts, decided.segments, codebook)
    if not any(one.complete for one in decided.excerpts):
        return [], proposals
    labelled, taught = decided.labelled(codebook), labelled_examples(codebook)
    folder = job.folder.path / FROZEN
    if taught and job.previous_folder:
        earlier = job.previous_folder.path / FROZEN
        fitted(taught, codebook, seed=spec.seed, folder=folder, earlier=earlier)
    row_of = {one.segment.segment_id: row for row, one in enumerate(labelled)}
    complete = [one for one in decided.excerpts if one.complete]
    rows = [row_of[one.segment_id] for one in complete]
    case_ids = [decided.segments[one.segment_id].case_id for one in complete]
    if spec.approach == REFLEXIVE or len(set(case_ids)) < spec.fewest_cases:
        # How far the two agree would not be told, and takes five more fits to work out: by far the most of a small run.
        before = without_decisions(labelled, taught, codebook, seed=spec.seed, frozen=folder)
        return [], [*confused(complete, before[rows], decided.segments, codebook), *proposals]
    before, after = before_and_after(labelled, taught, codebook, seed=spec.seed, frozen=folder)
    code_ids = [code.code_id for code in codebook.codes]
    people = np.array([[code_id in one.code_ids for code_id in code_ids] for one in complete])
    counted = np.array([[code_id in one.complete for code_id in code_ids] for one in complete])
    agreed = [
        each
        for name, applied in ((WITHOUT, before), (WITH, after))
        for each in agreements(
            people,
            applied[rows],
            counted,
            code_ids=code_ids,
            case_ids=case_ids,
            coders=("people", name),
            seed=spec.seed,
        )
    ]
    return agreed, [*confused(complete, after[rows], decided.segments, codebook), *proposals]


def _unchanged(job: Job, spec: CorpusSpec) -> bool:
    """Whether the last run had this very coder, these decisions on these excerpts, and has told of them."""
    before, now = job.previous_folder, job.folder
    return (
        before is not None
        and bool(before.parts(CodebookProposal))
        and read_json(before.path / "coder.json") == read_json(now.path / "coder.json")
        and list(before.read(CarriedDecision)) == list(now.read(CarriedDecision))
        and any(before.read(Agreement))
    )


def _taken_over(before: RunFolder | None) -> tuple[list[Agreement], list[CodebookProposal]]:
    assert before is not None
    proposals = [one for one in before.read(CodebookProposal) if one.what is not Work.UNCOVERED]
    return list(before.read(Agreement)), proposals


def _uncovered(run: RunFolder, decided: Decided) -> list[CodebookProposal]:
    """What no code covers in this run, as people and the coder see it."""
    people = {document.document_id for document in people_documents(run.read(Document))}
    segments = [each for each in run.read(Segment) if each.document_id in people]
    spoken = {coding.segment_id for coding in run.read(Coding) if not coding.is_advice}
    emergent = {
        theme.theme_id for theme in run.read(Theme) if theme.origin is ThemeOrigin.EMERGENT and not theme.code_ids
    }
    return uncovered(
        segments,
        {m.segment_id: m.theme_id for m in run.read(Membership) if m.theme_id in emergent},
        left_uncoded=[one.segment_id for one in decided.excerpts if one.complete and not (one.code_ids | one.disputed)],
        untouched=[one.segment_id for one in segments if one.segment_id not in spoken and _says_something(one)],
    )


def _says_something(segment: Segment) -> bool:
    own = own_words(segment)
    return bool(own.strip()) and not says_nothing(own, segment.prompt)
