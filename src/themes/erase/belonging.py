"""Whether the runs of a corpus were made with the vault in use: no other can continue them, or forget from them."""

from collections.abc import Callable
from pathlib import Path

from themes.deidentify.vault.loss import WHAT_A_NEW_VAULT_LACKS
from themes.deidentify.vault.place import vault_folder
from themes.deidentify.vault.vault import Vault
from themes.errors import VaultError
from themes.records.corpus import Document
from themes.store.run_folder import last_run


def refuse_runs_of_another_vault(corpus_outputs: Path, vault: Vault) -> None:
    """Stop if the vault gave none of the ids in the last run: it was emptied, or is another.

    Args:
        corpus_outputs: `outputs/<corpus>`; nothing need be there.
        vault: The vault in use.

    Raises:
        VaultError: If so. Says what that would mean and what to do.
    """
    known = "SELECT 1 FROM ids WHERE given = ?"
    _refuse(corpus_outputs, vault.folder, lambda document_id: bool(vault.rows(known, document_id)))


def refuse_runs_without_vault(corpus_outputs: Path, corpus_folder: Path) -> None:
    """Stop if there are runs of a corpus that has no vault where it should be. Raises as the function above."""
    _refuse(corpus_outputs, vault_folder(corpus_folder), lambda _: False)


def vault_for_runs(corpus_folder: Path, *corpus_outputs: Path) -> Vault:
    """The vault of a corpus to work with, made at its first run; neither made nor registered if it is not the one
    that the runs were made with.

    Args:
        corpus_folder: The corpus.
        corpus_outputs: Folders of its runs, `outputs/<corpus>`; nothing need be there.

    Raises:
        VaultError: As `Vault.open` and `refuse_runs_of_another_vault`.
    """
    vault = Vault.find(corpus_folder)
    if vault is None:
        for folder in corpus_outputs:
            refuse_runs_without_vault(folder, corpus_folder)
        return Vault.open(corpus_folder)
    try:
        for folder in corpus_outputs:
            refuse_runs_of_another_vault(folder, vault)
        vault.register(corpus_folder)
    except VaultError:
        vault.close()
        raise
    return vault


def _refuse(corpus_outputs: Path, vault: Path, knows: Callable[[str], bool]) -> None:
    run = last_run(corpus_outputs)
    if run is None:
        return
    empty = True
    for document in run.read(Document):  # as a rule the first is known
        if knows(document.document_id):
            return
        empty = False
    if empty:
        return
    raise VaultError(
        f"The runs in {corpus_outputs} were made with another vault than {vault}, or it was emptied: it gave "
        f"none of their ids. With it, {WHAT_A_NEW_VAULT_LACKS}. So nothing was done. Bring the right vault back from "
        f"your backup, or set THEMES_VAULT to where it is. Only if it is lost for good, move {corpus_outputs} away: "
        f"these runs can neither be continued, nor can somebody be forgotten from them and known again."
    )
