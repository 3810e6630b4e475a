"""Read, clean and de-identify a chunk of the raw files; then arrange the documents into partitions.

Raw text is in memory here and nowhere else: what is written has surrogates in it.
"""

import heapq
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from flows.job import Job
from flows.work.corrections import take_up_corrections
from flows.work.reading import Given, looked_at, read_texts
from themes.clean.duplicates import exact_digest, link_duplicates, signature
from themes.deidentify.correct.corrected import Corrections
from themes.deidentify.document import deidentify
from themes.deidentify.fingerprint import fingerprints
from themes.deidentify.messages import screened_quarantine, shown_file_names
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import Tombstones
from themes.read.corpus import chunks
from themes.read.spec import read_spec
from themes.records.corpus import Case, Document, DocumentKind, Quarantined
from themes.records.privacy import LogEntry
from themes.records.spec import Chunk
from themes.review.sample import batches_in
from themes.store.files import read_json, write_json
from themes.store.review_place import review_log_if_any
from themes.store.run_folder import FOLDERS, RunFolder
from themes.store.tables import read_records, write_records

DOCUMENTS_PER_PARTITION = 2000  # about 5 MB of text: large enough to keep a model busy, small enough for any laptop
ROWS_WHILE_MERGING = 64  # per chunk file held open


def chunk_count(job: Job) -> int:
    """How many chunks there are to read. Corrections that wait are taken up first: from here on they are in force."""
    spec = read_spec(job.corpus)
    with closing(Vault.open(spec.folder)) as vault:
        in_force = take_up_corrections(spec, vault, now=datetime.fromisoformat(job.now))
    write_json(job.folder.path / "work" / "corrections.json", {"in_force": in_force})
    return len(_chunks(job.corpus, job.now))


@lru_cache(maxsize=4)
def _chunks(corpus: Path, now: str) -> Sequence[Chunk]:
    """The chunks, found once per run and process: it takes a pass over the raw files. Never stored: they name files."""
    return chunks(read_spec(corpus))


def ingest_chunk(job: Job, number: int) -> int:
    """Make documents of one chunk. Returns how many. Done once: a continued run finds the counts and goes on."""
    folder = job.folder.path / "work" / f"chunk-{number:05d}"
    if (folder / "counts.json").is_file():
        return int(read_json(folder / "counts.json")["documents"])
    spec, previous = read_spec(job.corpus), job.previous_folder
    with closing(Vault.open(spec.folder)) as vault:
        given = read_texts(spec, _chunks(job.corpus, job.now)[number], Tombstones(vault))
        prints = fingerprints(given.texts, spec=spec, vault=vault, beside=given.withdrawn)
        known = _known_already(previous, prints)
        # Who is who is told from all texts of a thread: one that is new brings the others along.
        anew = {raw.thread for raw, print_ in zip(given.texts, prints, strict=True) if print_ not in known}
        known = {p: known[p] for raw, p in zip(given.texts, prints, strict=True) if raw.thread not in anew}
        new = [raw for raw in given.texts if raw.thread in anew]
        made = deidentify(new, spec=spec, vault=vault, beside=given.withdrawn)
        shown = shown_file_names(spec, vault) if known else {}
        failed = screened_quarantine(given.quarantined, spec=spec, vault=vault)
        failed += [looked_at(q, raw) for q, raw in zip(made.quarantined, made.kept_out, strict=True)]
        lost = len(Corrections(vault).lost(given.texts))
    # A screened file's number runs over all files, so that it may be another than in the last run.
    taken_over = [
        replace(known[print_], source=replace(known[print_].source, file=shown[raw.source.file]))
        for raw, print_ in zip(given.texts, prints, strict=True)
        if print_ in known
    ]
    documents = sorted([*made.documents, *taken_over], key=lambda d: d.document_id)
    log = [*made.log, *_log(previous, {d.document_id for d in taken_over})]
    write_records(folder / "documents.parquet", Document, documents)
    write_records(folder / "cases.parquet", Case, _cases(previous, made.cases, taken_over))
    write_records(folder / "log.parquet", LogEntry, sorted(log, key=_by_document))
    write_records(folder / "quarantine.parquet", Quarantined, sorted(failed, key=_by_place))
    more = {"reused": len(taken_over), "corrections_lost": lost}
    write_json(folder / "counts.json", _counts(given, documents) | more)
    return len(documents)


def _counts(given: Given, documents: Sequence[Document]) -> dict[str, int]:
    """Candidate texts read, empty, quarantined and withdrawn; articles and documents beside them."""
    articles = sum(raw.kind is DocumentKind.ARTICLE for raw in given.texts)
    candidates = len(given.texts) - articles
    withdrawn = sum(raw.kind is not DocumentKind.ARTICLE for raw in given.withdrawn)
    refused = sum(q.candidates for q in given.quarantined)
    failed = candidates - sum(d.kind is not DocumentKind.ARTICLE for d in documents)
    return {
        "read": candidates + given.empty + refused + withdrawn,
        "empty": given.empty,
        "quarantined": refused + failed,
        "withdrawn": withdrawn,
        "articles": articles,
        "documents": len(documents),
    }


def arrange(job: Job) -> int:
    """Link duplicates and cut the documents, in the order of their ids, into partitions. Returns how many partitions.

    Ids are keyed hashes, so neither the order of rows nor of files shows in what is written.
    """
    run, folders = job.folder, _chunk_folders(job)
    originals = link_duplicates(
        (
            (d.document_id, d.written or "", signature(d.text), exact_digest(d.text, d.case_id, d.prompt))
            for folder in folders
            for d in read_records(folder / "documents.parquet", Document)
            if d.kind is not DocumentKind.ARTICLE
        ),
        counted=_counted_since_a_draw(job),
    )
    for record in (Document, Case, LogEntry, Quarantined):
        shutil.rmtree(run.path / FOLDERS[record], ignore_errors=True)
    documents = (
        replace(d, duplicate_of=originals.get(d.document_id))
        for d in _merged(folders, "documents.parquet", Document, key=lambda d: d.document_id)
    )
    partitions = 0
    for partition in _cut(documents, DOCUMENTS_PER_PARTITION):
        run.write(Document, partitions, partition)
        partitions += 1
    cases = _merged(folders, "cases.parquet", Case, key=lambda c: c.case_id)
    run.write(Case, 0, (next(same) for _, same in groupby(cases, key=lambda c: c.case_id)))
    run.write(LogEntry, 0, _merged(folders, "log.parquet", LogEntry, key=_by_document))
    run.write(
        Quarantined,
        0,
        _merged(folders, "quarantine.parquet", Quarantined, key=_by_place),
    )
    counts = [read_json(folder / "counts.json") for folder in folders]
    write_json(
        run.path / "work" / "counts.json", {key: sum(c[key] for c in counts) for key in counts[0]} if counts else {}
    )
    return partitions


def _counted_since_a_draw(job: Job) -> dict[str, int]:
    """The texts that had a chance in a drawn sample, to the number of the batch; then those of the run before.

    A copy sent in later must not take the place of a text that was drawn, whatever its month and id: the chance it was
    drawn with, and what people found in it, are that text's. Without a sample it is only month and id that count, so
    that a corpus gives the same whenever it is run.
    """
    with review_log_if_any(job.outputs) as log:
        drawn_by = [batch.run_id for batch in batches_in(log)] if log else []
    if not drawn_by:
        return {}
    before = [job.previous_folder.path.name] if job.previous_folder else []
    counted: dict[str, int] = {}
    for number, run_id in enumerate(dict.fromkeys([*drawn_by, *before])):
        for document in RunFolder(job.outputs / run_id).read(Document):
            if document.duplicate_of is None:
                counted.setdefault(document.document_id, number)
    return counted


def _chunk_folders(job: Job) -> list[Path]:
    return sorted((job.folder.path / "work").glob("chunk-*"))


def _by_document(entry: LogEntry) -> tuple[Any, ...]:
    return entry.document_id, entry.profile, entry.span, entry.label, entry.recognizer, entry.action


def _by_place(quarantined: Quarantined) -> tuple[str, str, str]:
    return quarantined.source.file, quarantined.source.place, quarantined.reason


def _known_already(previous: RunFolder | None, prints: Sequence[str]) -> dict[str, Document]:
    """Documents of the last run that were made of exactly the same, by fingerprint."""
    if previous is None:
        return {}
    return {d.fingerprint: d for d in previous.read(Document, where={"fingerprint": prints})}


def _cases(previous: RunFolder | None, made: Sequence[Case], known: Iterable[Document]) -> list[Case]:
    cases = {case.case_id: case for case in made}
    wanted = {document.case_id for document in known} - set(cases)
    if previous is not None and wanted:
        cases |= {case.case_id: case for case in previous.read(Case, where={"case_id": wanted})}
    return [cases[case_id] for case_id in sorted(cases)]


def _log(previous: RunFolder | None, reused: set[str]) -> Iterator[LogEntry]:
    if previous is not None and reused:
        yield from previous.read(LogEntry, where={"document_id": reused})


def _merged[R](folders: Sequence[Path], name: str, record: type[R], *, key: Callable[[R], Any]) -> Iterator[R]:
    """The records of all chunks in order, with a few rows of each in memory."""
    streams = [read_records(folder / name, record, rows_at_once=ROWS_WHILE_MERGING) for folder in folders]
    return heapq.merge(*streams, key=key)


def _cut[R](records: Iterator[R], size: int) -> Iterator[list[R]]:
    while partition := list(islice(records, size)):
        yield partition
