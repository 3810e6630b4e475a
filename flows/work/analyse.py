"""Segment and code a partition; then find themes and count people over the whole corpus."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from flows.job import Job
from flows.plan import code_version, codebook_digest, models_of
from flows.work.advice import advise_if_asked, notes_on_advice, spec_digest, told
from flows.work.codebook import codebook_of, labelled_examples, notes_on_labelled
from flows.work.decisions import learned_from, notes_on_decisions, stretches
from flows.work.encoding import encoder_of
from themes.code.decided import codings_of_people, opinions
from themes.code.frozen import digest_of, fingerprint, fitted
from themes.code.risk import flag_risk
from themes.code.segments import code
from themes.embedding import embed
from themes.estimate.breakdowns import count_breakdowns
from themes.estimate.fates import fates
from themes.estimate.standing import standing
from themes.read.spec import read_spec
from themes.records.anchor import SegmentMove
from themes.records.codebook import Codebook
from themes.records.coding import Coding, LabelledSegment, RiskFlag, is_machine
from themes.records.corpus import Case, Document, DocumentKind
from themes.records.decision import CarriedDecision
from themes.records.estimate import Prevalence
from themes.records.segment import Segment
from themes.records.span import Span
from themes.records.spec import CorpusSpec
from themes.records.theme import Membership, Theme
from themes.review.anchors import segment_moves
from themes.segment import segment
from themes.store.files import read_json, write_json
from themes.store.run_folder import RunFolder, write_codebook
from themes.store.vectors import read_vectors, write_vectors
from themes.theme.another_encoder import carried_over
from themes.theme.decisions import read_decisions
from themes.theme.emergent import emergent_themes
from themes.theme.guided import guided_themes
from themes.theme.identity import Registry
from themes.theme.leaning import POLES, leanings
from themes.theme.registry_file import read_registry, write_registry

FROZEN = "coder"
"""The folder of a run that keeps its fitted coder."""


def fit_coder(job: Job) -> int:
    """Keep the codebook, and what coding depends on, beside the codings to come. Returns how many partitions await.

    A coder that learns from labelled examples and from decisions is fitted and frozen here, before it codes; without
    new ones the last run's is taken over. Too few to fit one are examples of their codes: which, is kept as a hash.
    """
    spec = read_spec(job.corpus)
    codebook = codebook_of(spec)
    write_codebook(job.folder, codebook)
    digest, examples, labelled, folder = "", "", _labelled(job, codebook), job.folder.path / FROZEN
    if labelled:
        earlier = job.previous_folder.path / FROZEN if job.previous_folder else None
        with encoder_of(spec):
            fitted(labelled, codebook, seed=spec.seed, folder=folder, earlier=earlier)
            digest = digest_of(labelled, codebook, seed=spec.seed, folder=folder)
            examples = "" if digest else fingerprint(labelled, codebook)
    write_json(job.folder.path / "coder.json", {**_coder(spec), "coder": digest, "examples": examples})
    return len(job.folder.parts(Document))


def code_partition(job: Job, number: int) -> int:
    """Segment and code one partition of documents. Returns how many segments were coded anew.

    Documents that the last run coded in the same way are taken over. Done once: a continued run goes on behind the
    last partition whose counts are written.
    """
    done = job.folder.path / "work" / f"coded-{number:05d}.json"
    if done.is_file():
        return int(read_json(done)["segments"])
    spec = read_spec(job.corpus)
    codebook = codebook_of(spec)
    everything = job.folder.read_part(Document, number)
    documents = [d for d in everything if d.duplicate_of is None]
    before = _before(job.previous_folder, everything)
    marked = stretches(job.folder)
    earlier = _earlier(job, documents, before, marked)
    new = [
        s
        for d in documents
        if d.document_id not in earlier.documents
        for s in segment(d, also=marked.get(d.document_id, ()))
    ]
    with encoder_of(spec):
        codings = (
            code(new, codebook, labelled=_labelled(job, codebook), seed=spec.seed, frozen=job.folder.path / FROZEN)
            if new
            else []
        )
        flags = flag_risk(new, codings, codebook)
        vectors = dict(zip((s.segment_id for s in new), embed([s.text for s in new]), strict=True))
    advice = advise_if_asked(spec, new, codebook, flags)

    run, order = job.folder, {d.document_id: at for at, d in enumerate(documents)}
    segments = sorted([*new, *earlier.segments], key=lambda s: (order[s.document_id], s.span))
    place = {s.segment_id: at for at, s in enumerate(segments)}
    run.write(Segment, number, segments)
    run.write(SegmentMove, number, _moves(job.previous_folder, everything, before))
    people = codings_of_people(opinions(run.read(CarriedDecision)), segments, codebook)
    run.write(Coding, number, _in_order([*codings, *advice.codings, *earlier.codings, *people], place))
    run.write(RiskFlag, number, sorted([*flags, *earlier.flags], key=lambda f: place[f.segment_id]))
    vectors |= earlier.vectors
    write_vectors(
        run.path, number, [s.segment_id for s in segments], np.array([vectors[s.segment_id] for s in segments])
    )
    write_json(done, {"segments": len(new), "advice": told(advice)})
    return len(new)


def _in_order(codings: Sequence[Coding], place: Mapping[str, int]) -> list[Coding]:
    """By excerpt, code and coder: ours, a language model, people in the order in which they decided."""
    return sorted(
        codings,
        key=lambda c: (place[c.segment_id], c.code_id, c.made_at or "", c.is_advice, c.coder_id),
    )


class _Earlier:
    """What the last run holds on documents that have not changed since."""

    def __init__(self) -> None:
        self.documents: set[str] = set()
        self.segments: list[Segment] = []
        self.codings: list[Coding] = []
        self.flags: list[RiskFlag] = []
        self.vectors: dict[str, npt.NDArray[np.float32]] = {}


def _before(previous: RunFolder | None, documents: Sequence[Document]) -> dict[str, Document]:
    """The documents as they were in the last run, where they were in it."""
    if previous is None:
        return {}
    ids = [d.document_id for d in documents]
    return {d.document_id: d for d in previous.read(Document, where={"document_id": ids})}


def _moves(
    previous: RunFolder | None, documents: Iterable[Document], before: Mapping[str, Document]
) -> list[SegmentMove]:
    """Where the last run's segments are now, in documents whose text is another: a mask was corrected, say."""
    pairs = {d.document_id: (before[d.document_id], d) for d in documents if d.document_id in before}
    changed = {i: (old, new) for i, (old, new) in pairs.items() if old.text != new.text}
    if previous is None or not changed:
        return []
    return segment_moves(changed, (s.segment_id for s in previous.read(Segment, where={"document_id": changed})))


def _earlier(
    job: Job, documents: Iterable[Document], before: Mapping[str, Document], marked: Mapping[str, set[Span]]
) -> _Earlier:
    earlier, previous = _Earlier(), job.previous_folder
    if previous is None or read_json(previous.path / "coder.json") != read_json(job.folder.path / "coder.json"):
        return earlier
    now, then = {d.document_id: d for d in documents}, stretches(previous)
    # A document that was a duplicate then was not coded then; in one with other decisions, other stretches were marked.
    earlier.documents = {
        i
        for i, d in before.items()
        if i in now and d.fingerprint == now[i].fingerprint and d.duplicate_of is None
        if marked.get(i) == then.get(i)
    }
    if earlier.documents:
        earlier.segments = list(previous.read(Segment, where={"document_id": earlier.documents}))
        ids = {s.segment_id for s in earlier.segments}
        earlier.codings = [c for c in previous.read(Coding, where={"segment_id": ids}) if is_machine(c.coder_id)]
        earlier.flags = list(previous.read(RiskFlag, where={"segment_id": ids}))
        earlier.vectors = dict(read_vectors(previous.path, wanted=ids))
    return earlier


def find_themes(job: Job) -> int:
    """Guided and emergent themes over the whole corpus. Returns how many."""
    spec, run = read_spec(job.corpus), job.folder
    codebook = codebook_of(spec)
    articles = {d.document_id for d in run.read(Document) if d.kind is DocumentKind.ARTICLE}
    segments = [s for s in run.read(Segment) if s.document_id not in articles]
    codings = standing(run.read(Coding))
    withheld = {flag.segment_id for flag in run.read(RiskFlag)}
    vectors = dict(read_vectors(run.path, wanted={s.segment_id for s in segments}))
    matrix = np.array([vectors[s.segment_id] for s in segments]) if segments else np.empty((0, 0), np.float32)
    run_id = str(read_json(run.path / "plan.json")["run_id"])
    earlier = list(job.previous_folder.read(Theme)) if job.previous_folder else []
    guided, guided_members = guided_themes(
        codebook, segments, codings, withheld=withheld, run_id=run_id, earlier=earlier
    )
    previous = _known_themes(job, segments, matrix)
    with encoder_of(spec):
        leaning = leanings(matrix, embed(POLES))
    emergent = emergent_themes(
        segments,
        matrix,
        seed=spec.seed,
        known=previous,
        run_id=run_id,
        on=job.now[:10],
        decisions=read_decisions(job.outputs),
        leaning=leaning,
        withheld=withheld,
    )
    run.write(Theme, 0, [*guided, *emergent.themes])
    run.write(Membership, 0, [*guided_members, *emergent.memberships])
    if emergent.registry is not None:
        write_registry(run.path / "registry", emergent.registry)
    notes = [emergent.note] if emergent.note else []
    write_json(run.path / "work" / "notes.json", [*notes, *map(str, emergent.passed_over)])
    return len(guided) + len(emergent.themes)


def _known_themes(job: Job, segments: Sequence[Segment], vectors: npt.NDArray[np.float32]) -> Registry | None:
    """The registry of the last run, carried over if that run had another encoder."""
    before = job.previous_folder
    known = read_registry(before.path / "registry") if before else None
    if before is None or known is None or not segments or _encoder_in(before) == _encoder_in(job.folder):
        return known
    ours = {theme.theme_id for theme in known.themes}
    theme_of = {m.segment_id: m.theme_id for m in before.read(Membership) if m.theme_id in ours}
    return carried_over(known, vectors, [theme_of.get(s.segment_id) for s in segments])


def _encoder_in(run: RunFolder) -> str:
    models = read_json(run.path / "coder.json")["models"]
    return str(models.get("chosen_encoder", models["encoder"]))


def count_people(job: Job) -> int:
    """How many people each theme is suggested for, and what became of every candidate text. Returns the rows."""
    spec, run = read_spec(job.corpus), job.folder
    documents, codings = list(run.read(Document)), list(run.read(Coding))
    prevalences = count_breakdowns(
        list(run.read(Case)),
        documents,
        list(run.read(Segment)),
        codings,
        themes=list(run.read(Theme)),
        memberships=run.read(Membership),
        codebook=codebook_of(spec),
    )
    run.write(Prevalence, 0, prevalences)
    counts = fates(documents, codings, read_json(run.path / "work" / "counts.json"))
    notes = [*read_json(run.path / "work" / "notes.json"), *notes_on_advice(spec, run), *notes_on_decisions(run)]
    notes += notes_on_labelled(codebook_of(spec))
    write_json(run.path / "notes.json", {"title": spec.title or spec.name, "notes": notes})
    write_json(run.path / "work" / "fates.json", counts)
    return len(prevalences)


def _labelled(job: Job, codebook: Codebook) -> Sequence[LabelledSegment]:
    """All that the coder learns from: the codebook's examples, then what people have decided."""
    return [*labelled_examples(codebook), *learned_from(job.folder)]


def _coder(spec: CorpusSpec) -> dict[str, object]:
    return {
        "codebook": codebook_digest(spec),
        "code": code_version(),
        "models": models_of(spec),
        "language_model": spec_digest(spec),
        "seed": spec.seed,
    }
