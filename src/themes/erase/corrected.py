"""What people have marked since a run was made: it may not be published any more as it is."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from themes.deidentify.correct.corrected import Corrections
from themes.deidentify.correct.corrections import corrections
from themes.deidentify.vault.vault import Vault
from themes.erase.belonging import vault_for_runs
from themes.records.corpus import Case, Document
from themes.records.correction import CorrectionAction, Standing
from themes.records.spec import CorpusSpec
from themes.release_text import answers_as_released, as_released
from themes.store.run_folder import RunFolder, finished_runs


def runs_that_show(spec: CorpusSpec, corpus_outputs: Path) -> dict[str, list[str]]:
    """Finished runs whose texts show words that a correction masks by now: run id to the ids of the documents.

    No run is rewritten for a correction. Delete those that are listed, once a later run has taken their place.
    """
    vault = Vault.find(spec.folder)
    if vault is None:
        return {}
    with closing(vault):
        corrections = Corrections(vault)
        found = {
            run.path.name: [d.document_id for d in run.read(Document) if corrections.shown_in(d)]
            for run in (finished_runs(corpus_outputs) if corrections else ())
        }
    return {run_id: documents for run_id, documents in found.items() if documents}


def corrected_since(spec: CorpusSpec, run: RunFolder) -> set[str]:
    """The documents of a run that show what somebody has marked as a personal detail since, taken up by a run or not;
    and those beside which a closed answer does.

    Raises:
        VaultError: If the vault cannot be used, or is not the one with which the run was made.
    """
    with closing(vault_for_runs(spec.folder, run.path.parent)) as vault:
        held, asked = Corrections(vault), corrections(vault)
        marked = {c.document_id for c in asked if c.standing is Standing.WAITING and c.action is CorrectionAction.MASK}

        def names(words: Iterable[str | None]) -> bool:
            return any(held.on_form(text).names for text in set(words) if text)

        cases = {case.case_id for case in run.read(Case) if names(answers_as_released(case).values())}
        return {
            d.document_id
            for d in run.read(Document)
            if d.document_id in marked
            or d.case_id in cases
            or held.shown_in(d)
            or names((as_released(d).prompt, as_released(d).speaker))
        }
