"""The second pass of a run: done once, and only on what is new."""

import pytest

from builders import a_masked_document, a_residual
from flows.job import Job
from flows.work import residual
from flows_small_corpus import make_corpus
from themes.records.corpus import Case, Document
from themes.records.residual import Measure, Residual, Severity
from themes.records.span import Span
from themes.store.files import write_json


@pytest.fixture
def job(tmp_path):
    corpus = make_corpus(tmp_path / "corpora" / "small", extra='consent_to_quote = ["yes"]')
    outputs = tmp_path / "outputs" / "small"
    job = Job(corpus, outputs, "2026-01-05T06:00:00+00:00", previous="before")
    for run in (job.folder, job.previous_folder):
        write_json(run.path / "coder.json", {"code": "same"})
    return job


@pytest.fixture
def looked_at(monkeypatch):
    """Ids of the documents that were looked at again; each gives one finding."""
    seen = []

    def stand_in(documents, *, spec):
        seen.extend(document.document_id for document in documents)
        return [a_residual(document_id=d.document_id, span=Span(0, 4)) for d in documents]

    monkeypatch.setattr(residual, "second_pass", stand_in)
    return seen


def story(document_id, mark):
    return a_masked_document(document_id, "They were kind.", fingerprint=mark, case_id=f"c{document_id}")


def test_only_what_has_changed_is_looked_at_again(job, looked_at):
    before, now = job.previous_folder, job.folder
    before.write(Document, 0, [story("d1", "same"), story("d2", "old"), story("d3", "gone")])
    kept = a_residual(finding_id="second_pass-1", document_id="d1", span=Span(2, 6))
    other = a_residual(Measure.PHRASES, "also", document_id="d1", span=Span(0, 9))
    gone = a_residual(document_id="d3", span=Span(0, 1))
    before.write(Residual, 0, [kept, other, gone])
    now.write(Document, 0, [story("d1", "same"), story("d2", "new"), story("d4", "new")])
    assert residual.look_again(job, 0) == 3
    assert looked_at == ["d2", "d4"]
    assert [(f.document_id, f.measure) for f in now.read_part(Residual, 0)] == [
        (document_id, Measure.SECOND_LOOK) for document_id in ("d1", "d2", "d4")
    ]
    assert now.read_part(Residual, 0)[0] == kept


def test_another_program_looks_at_everything_again(job, looked_at):
    job.previous_folder.write(Document, 0, [story("d1", "same")])
    job.previous_folder.write(Residual, 0, [])
    write_json(job.previous_folder.path / "coder.json", {"code": "older"})
    job.folder.write(Document, 0, [story("d1", "same")])
    residual.look_again(job, 0)
    assert looked_at == ["d1"]


def test_a_last_run_that_did_not_measure_is_no_reason_to_skip(job, looked_at):
    job.previous_folder.write(Document, 0, [story("d1", "same")])
    job.folder.write(Document, 0, [story("d1", "same")])
    residual.look_again(job, 0)
    assert looked_at == ["d1"]


def test_a_partition_is_looked_at_once(job, looked_at):
    job.folder.write(Document, 0, [story("d1", "new")])
    assert residual.look_again(job, 0) == residual.look_again(job, 0) == 1
    assert looked_at == ["d1"]


def test_the_corpus_is_weighed_beside_the_partitions(job, looked_at):
    from builders import a_case

    for number in range(2):
        job.folder.write(Document, number, [story(f"d{number}", "new")])
        residual.look_again(job, number)
    job.folder.write(Case, 0, [a_case(f"cd{number}", region="Wales") for number in range(2)])
    count = residual.weigh_what_is_left(job)
    found = list(job.folder.read(Residual))
    assert len(found) == count + 2
    assert job.folder.parts(Residual) == [0, 1, 2]
    assert all(finding.finding_id for finding in found)
    assert {f.measure for f in found} == {Measure.SECOND_LOOK, Measure.GROUPS, Measure.INTRUDER, Measure.MASKED}


def test_the_closed_answers_that_would_be_published_are_looked_through(job, looked_at):
    told = [Case(f"cd{n}", {"adviser": "Ring 01632 960123"}) for n in range(12)]
    job.folder.write(Document, 0, [story(f"d{n:02}", "new") for n in range(12)])
    job.folder.write(Case, 0, told)
    residual.weigh_what_is_left(job)
    found = [f for f in job.folder.read(Residual) if f.column]
    assert [(f.column, f.kind, f.severity) for f in found] == [("adviser", "PHONE", Severity.HIGH)]
