"""Invented reviewers: they draw a sample through the review log, and judge every excerpt of whoever was drawn."""

from collections.abc import Callable, Collection
from pathlib import Path

from themes.estimate.frame import frame_of
from themes.read.codebook import read_codebook
from themes.records.coding import MACHINE_ID, Coding
from themes.records.corpus import Document, DocumentKind
from themes.records.decision import Decision, Verdict
from themes.records.sample import SampledCase, Unit
from themes.records.segment import Segment
from themes.review.sample import draw_batch, sample_in
from themes.store.review_place import review_log
from themes.store.review_records import add_decisions
from themes.store.run_folder import RunFolder

SECRET = b"r" * 32

type Judge = Callable[[Segment], Collection[str]]
"""The codes that an excerpt has, as reviewers see it."""


def draw(run: Path, corpus: Path, *, cases: float, secret: bytes = SECRET) -> dict[str, SampledCase]:
    """One more batch of whole cases of a finished run; the sample so far."""
    folder, book = RunFolder(run), read_codebook(corpus / "codebook.toml")
    people = {d.document_id for d in folder.read(Document) if d.kind is not DocumentKind.ARTICLE}
    segments = [s for s in folder.read(Segment) if s.document_id in people]
    codings = [c for c in folder.read(Coding) if c.coder_id == MACHINE_ID]
    frame = frame_of(segments, codings, [code.code_id for code in book.codes])
    with review_log(run.parent) as log:
        draw_batch(
            log,
            frame,
            budget=cases,
            secret=secret,
            run_id=run.name,
            codebook_version=book.version,
            coder="codebook",
            unit=Unit.CASES,
        )
        return sample_in(log)


def review(
    run: Path, sample: dict[str, SampledCase], judge: Judge, *, coder: str = "A1", at: str, most: int = 0
) -> int:
    """Judge all excerpts of the drawn cases, or of the first so many. Returns how many excerpts were judged."""
    folder = RunFolder(run)
    version = str(folder.manifest["codebook_version"])
    drawn = sorted(case_id for case_id, one in sample.items() if one.is_drawn)
    wanted = set(drawn[:most] if most else drawn)
    segments = [s for s in folder.read(Segment) if s.case_id in wanted]
    said = [(s, code_id, Verdict.ADD) for s in segments for code_id in sorted(judge(s))]
    said += [(s, "", Verdict.COMPLETE) for s in segments]
    decisions = [
        Decision(f"{coder} {at} {n}", run.name, s.segment_id, code_id, verdict, coder, at, version, "probability")
        for n, (s, code_id, verdict) in enumerate(said)
    ]
    with review_log(run.parent) as log:
        add_decisions(log, decisions)
    return len(segments)
