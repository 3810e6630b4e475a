"""A person forgotten, from the vault to the last export, and the proof of it."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from themes.deidentify.messages import shown_file_names
from themes.deidentify.vault.vault import Vault
from themes.deidentify.vault.vectors import kept_vectors
from themes.deidentify.withdraw.tombstones import Tombstones
from themes.erase.belonging import refuse_runs_of_another_vault
from themes.erase.codebooks import Place, places_in_codebook, refuse_what_cannot_be_reworded, reword_codebook
from themes.erase.decisions import forget_decisions
from themes.erase.journal import Erasure, begin, end, erasure_of, unfinished
from themes.erase.matching import Found, Wanted, find
from themes.erase.others import Others, others_of
from themes.erase.proof import Needles, Proof, needles_of, prove
from themes.erase.releases import forget_in_ledger
from themes.erase.repeated import TheirWords
from themes.erase.review import forget_in_review, review_log_opened
from themes.erase.run_again import make_runs_again, runs_to_make_again, unmark
from themes.erase.settings_lines import lines_that_repeat
from themes.erase.swap import complete_exchanges
from themes.erase.theme_names import forget_theme_decisions
from themes.errors import ProtectionError, WrongUse
from themes.publication.log import sealed_by
from themes.records.spec import CorpusSpec
from themes.store.review_place import review_log_if_any
from themes.store.run_folder import ERASING, IN_PROGRESS, corpus_lock


@dataclass(frozen=True)
class Plan:
    """What would go, before anybody has said yes."""

    wanted: Wanted
    found: Found
    others: Others
    missing: tuple[Path, ...]
    """Outputs folders that the vault remembers and that are not there."""
    needles: Needles = field(repr=False)
    codebook: tuple[Place, ...] = ()
    """Where the codebook repeats what they said or are called."""
    settings: tuple[int, ...] = ()
    """Lines of corpus.toml that do."""
    rewritten: Mapping[Path, Sequence[str]] = field(default_factory=dict)
    """Each `outputs/<corpus>` that is there, to the names of its runs that would be made anew."""


@dataclass(frozen=True)
class Done:
    """What was done, and the proof."""

    runs: tuple[Path, ...]
    """Runs made anew."""
    taken_away: tuple[Path, ...]
    """Files that the program cannot write again, and an interrupted run."""
    proof: Proof
    decisions: int = 0
    """How many lines of decisions.jsonl were about what went."""
    entries: int = 0
    """How many entries of the review log were."""
    theme_decisions: int = 0
    """How many decisions about themes repeated them."""
    codebook: tuple[Path, ...] = ()
    """Versions of the codebook in which words of theirs were blanked."""


def corpus_outputs_of(spec: CorpusSpec, vault: Vault) -> list[Path]:
    """`outputs/<corpus>` in every outputs folder that the vault remembers, whether it is there or not."""
    return [outputs / spec.name for outputs in vault.outputs()]


@contextmanager
def nothing_else_runs(spec: CorpusSpec, vault: Vault) -> Iterator[list[Path]]:
    """The corpus's outputs, each held so that no run of it begins.

    Raises:
        RunBusy: If one is under way.
    """
    with ExitStack() as locks:
        folders = [folder for folder in corpus_outputs_of(spec, vault) if folder.is_dir()]
        for folder in folders:
            locks.enter_context(corpus_lock(folder))
            complete_exchanges(folder)
        yield folders


def plan(wanted: Wanted, *, spec: CorpusSpec, vault: Vault, folders: Sequence[Path]) -> Plan:
    """What would go, read from the raw files and the runs; nothing is changed.

    Raises:
        VaultError: If a run was made with another vault: what is forgotten now would not be known again.
    """
    if not wanted.document_ids:
        for folder in folders:
            refuse_runs_of_another_vault(folder, vault)
    found = find(wanted, spec=spec, vault=vault, corpus_outputs=folders)
    others = others_of(found, spec=spec, vault=vault, corpus_outputs=folders)
    missing = tuple(outputs for outputs in vault.outputs() if not outputs.is_dir())
    needles = needles_of(found, others, vault, whole_rows=wanted.whole_rows)
    if not found.texts or wanted.document_ids:
        return Plan(wanted, found, others, missing, needles)
    theirs = TheirWords(needles)
    places = tuple(places_in_codebook(spec, theirs))
    erasure = replace(erasure_of(found, wanted, others, shown_file_names(spec, vault)), reword=bool(places))
    rewritten = {folder: runs_to_make_again(folder, erasure, theirs) for folder in folders}
    return Plan(wanted, found, others, missing, needles, places, lines_that_repeat(spec, theirs), rewritten)


def leave_out(outputs: Path, vault: Vault) -> None:
    """Have the vault remember an outputs folder no more: it is another project's, and is never written again from here.

    Raises:
        WrongUse: If the vault does not remember it.
    """
    place = outputs.resolve()
    if place not in vault.outputs():
        raise WrongUse(f"The vault remembers no outputs folder {place}, so there is none to leave out.")
    with vault.writing() as database:
        database.execute("DELETE FROM outputs WHERE lookup = ?", (vault.keyed("outputs", str(place)),))


def refuse_codebook_that_repeats(planned: Plan, *, reword: bool) -> None:
    """Stop before anything is done if the codebook repeats their words and nobody said that these may be blanked.

    Raises:
        ProtectionError: If so: as long as they stand there, nobody is forgotten.
    """
    if planned.codebook and not reword:
        raise ProtectionError(
            f"NOT FORGOTTEN, and nothing was changed: words of theirs stand in {len(planned.codebook)} places of the "
            f"codebook, which `themes forget` names. Say --reword to have them blanked in every version, or reword "
            f"them there, and forget again."
        )


def forget(planned: Plan, *, spec: CorpusSpec, vault: Vault, folders: Sequence[Path], reword: bool = False) -> Done:
    """Do it, and search every byte afterwards.

    Args:
        planned: What goes.
        spec: The corpus.
        vault: Its vault.
        folders: From `nothing_else_runs`, whose block is still open.
        reword: Blank their words in the codebook, in all its versions.

    Raises:
        ProtectionError: If the codebook repeats them and may not be reworded: then nothing was done. Or if something
            cannot be searched. What the search finds is in the proof.
    """
    refuse_codebook_that_repeats(planned, reword=reword)
    theirs = TheirWords(planned.needles)
    if planned.codebook:
        refuse_what_cannot_be_reworded(spec, theirs)
    erasure = replace(
        erasure_of(planned.found, planned.wanted, planned.others, shown_file_names(spec, vault)),
        reword=bool(planned.codebook),
    )
    number = begin(
        erasure,
        planned.found,
        planned.others,
        vault=vault,
        corpus_outputs=folders,
        listed=spec.extra_names,
        blanked=theirs.blanked,
    )
    return _carried_out(number, erasure, planned.needles, spec=spec, vault=vault, folders=folders)


def finish_unfinished(spec: CorpusSpec, vault: Vault) -> list[Done]:
    """Complete every erasure that was interrupted, and prove it from what the raw files still tell.

    Raises:
        RunBusy: If a run of the corpus is under way.
    """
    done = []
    if unfinished(vault):
        with nothing_else_runs(spec, vault) as folders:
            for number, erasure in unfinished(vault).items():
                planned = plan(Wanted(document_ids=erasure.document_ids), spec=spec, vault=vault, folders=folders)
                needles = needles_of(planned.found, planned.others, vault, whole_rows=bool(erasure.case_ids))
                done.append(_carried_out(number, erasure, needles, spec=spec, vault=vault, folders=folders))
    return done


def _carried_out(
    number: int, erasure: Erasure, needles: Needles, *, spec: CorpusSpec, vault: Vault, folders: Sequence[Path]
) -> Done:
    tombstones, theirs, keyed = Tombstones(vault), TheirWords(needles), sealed_by(vault.keyed)
    retold: list[Path] = []
    if erasure.reword:
        with ExitStack() as logs:
            held = [logs.enter_context(review_log_if_any(folder)) for folder in folders]
            retold = reword_codebook(spec, theirs, [log for log in held if log is not None])
    runs: list[Path] = []
    taken_away: list[Path] = []
    decisions = entries = about_themes = 0
    for folder in folders:
        (folder / ERASING).touch()
        decisions += forget_decisions(folder, erasure.document_ids)
        entries += forget_in_review(folder, erasure, theirs)
        about_themes += forget_theme_decisions(folder, theirs)
        forget_in_ledger(folder, erasure, theirs, keyed)
        if (folder / IN_PROGRESS).exists():
            shutil.rmtree(folder / IN_PROGRESS)
            taken_away.append(folder / IN_PROGRESS)
        made = make_runs_again(folder, erasure, spec=spec, tombstones=tombstones, theirs=theirs, keyed=keyed)
        for run, lost in made.items():
            runs.append(run)
            taken_away += [run / name for name in lost]
    # Accounts of failures may quote anybody, and temporary files are left by runs that were killed.
    for beside in ("failures", "tmp"):
        shutil.rmtree(vault.folder / beside, ignore_errors=True)
    kept_vectors(vault).clear()
    end(number, vault)
    vault.compact()
    for folder in folders:
        unmark(folder)
        (folder / ERASING).unlink(missing_ok=True)
    proof = prove(needles, folders, vault, also=review_log_opened(folders))
    # Said of the codebook apart: the folder of a corpus holds the raw files too, which are its owner's.
    left = tuple(map(str, places_in_codebook(spec, theirs)))
    proof = replace(proof, hits=(*proof.hits, *left))
    return Done(tuple(runs), tuple(taken_away), proof, decisions, entries, about_themes, tuple(retold))
