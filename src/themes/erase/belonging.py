"""Whether the runs of a corpus were made with the vault in use: no other can continue them, or forget from them."""

from pathlib import Path

from themes.deidentify.vault import Vault
from themes.deidentify.vault_loss import WHAT_A_NEW_VAULT_LACKS
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
    run = last_run(corpus_outputs)
    if run is None:
        return
    empty = True
    for document in run.read(Document):  # as a rule the first is known
        if vault.rows("SELECT 1 FROM ids WHERE given = ?", document.document_id):
            return
        empty = False
    if empty:
        return
    raise VaultError(
        f"The runs in {corpus_outputs} were made with another vault than {vault.folder}, or it was emptied: it gave "
        f"none of their ids. With it, {WHAT_A_NEW_VAULT_LACKS}. So nothing was done. Bring the right vault back from "
        f"your backup, or set THEMES_VAULT to where it is. Only if it is lost for good, move {corpus_outputs} away: "
        f"these runs can neither be continued, nor can somebody be forgotten from them and known again."
    )
