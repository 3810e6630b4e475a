"""Corrections of masks, taken up by a run or at once: what the raw text says where an analyst marked it."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

from flows.guard import guarded
from flows.work.reading import Given, read_texts
from themes.deidentify.corrected import Corrections
from themes.deidentify.corrections import waiting
from themes.deidentify.corrections_in_force import in_force, settle, take_up
from themes.deidentify.document import deidentify
from themes.deidentify.tombstones import Tombstones
from themes.deidentify.vault import Vault
from themes.read.corpus import chunks
from themes.read.spec import read_spec
from themes.records.corpus import Document
from themes.records.raw import RawDocument
from themes.records.spec import CorpusSpec
from themes.store.run_folder import corpus_lock, finished_runs


def take_up_corrections(spec: CorpusSpec, vault: Vault, *, now: datetime) -> int:
    """Put the corrections in force that wait. Returns how many are in force.

    The raw files are read up to the last text that one waits for; where none waits, not at all. What waits for a text
    that is no longer below raw/ is refused.
    """
    if waiting(vault):
        for given in _read_again(spec, vault):
            settle(vault, given.texts, now=now)
            if not waiting(vault):
                break
    take_up(vault, now=now)
    return len(in_force(vault))


def correct_now(corpus: Path, outputs: Path, *, now: datetime) -> dict[str, Document]:
    """Take up the corrections that wait, and make the documents they were asked for anew, without a run.

    Nothing is written but the vault: the next run makes the same documents again, and what follows from them.

    Args:
        corpus: The corpus folder.
        outputs: The outputs folder, where its runs lie.
        now: When, with zone.

    Returns:
        Each document by its id; one that is gone or quarantined is not among them.

    Raises:
        RunBusy: If a run of the corpus is under way.
        ThemesError: With a message that quotes nobody.
    """
    work = partial(_corrected_now, read_spec(corpus), outputs, now)
    return guarded("correct", "the documents that corrections wait for", work, corpus=corpus)


def runs_that_show(corpus: Path, outputs: Path) -> dict[str, list[str]]:
    """Finished runs whose texts show words that a correction masks by now: run id to the ids of the documents.

    No run is rewritten for a correction. Delete those that are listed, once a later run has taken their place.
    """
    spec = read_spec(corpus)
    with closing(Vault.open(corpus)) as vault:
        corrections = Corrections(vault)
        found = {
            run.path.name: [d.document_id for d in run.read(Document) if corrections.shown_in(d)]
            for run in finished_runs(outputs / spec.name)
        }
    return {run_id: documents for run_id, documents in found.items() if documents}


def _corrected_now(spec: CorpusSpec, outputs: Path, now: datetime) -> dict[str, Document]:
    with corpus_lock(outputs / spec.name), closing(Vault.open(spec.folder)) as vault:
        wanted = waiting(vault)
        take_up_corrections(spec, vault, now=now)
        made: dict[str, Document] = {}
        for given in _read_again(spec, vault) if wanted else ():
            threads = {d.thread for d in given.texts if vault.keyed_id("document", d.document_key) in wanted}
            texts: list[RawDocument] = [d for d in given.texts if d.thread in threads]
            anew = deidentify(texts, spec=spec, vault=vault, beside=given.withdrawn)
            made |= {d.document_id: d for d in anew.documents if d.document_id in wanted}
        return made


def _read_again(spec: CorpusSpec, vault: Vault) -> Iterator[Given]:
    tombstones = Tombstones(vault)
    for chunk in chunks(spec):
        yield read_texts(spec, chunk, tombstones)
