"""`themes vault`: where it is, what a tag stands for, a new key."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from themes.deidentify.vault.vault import Vault

REVEALS_SHOWN = 10
NONE_YET = "There is no vault in {}: the first run of the corpus makes it. If there was one, set THEMES_VAULT to it."

vault = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The vault: the only place that can turn surrogates back. Nothing of it is exported.",
)

CorpusDir = Annotated[Path, typer.Argument(help="The corpus folder.")]


@vault.command()
def status(corpus_dir: CorpusDir) -> None:
    """Say where the vault and its key lie, what the vault holds, and who last turned a surrogate back.

    Example: `themes vault status corpora/my-study`
    """
    from contextlib import closing

    from themes.cli.forget import complete_erasures
    from themes.deidentify.vault.place import vault_folder
    from themes.deidentify.vault.vault import Vault

    complete_erasures(corpus_dir.resolve())
    found = Vault.find(corpus_dir.resolve())
    if found is None:
        typer.echo(NONE_YET.format(vault_folder(corpus_dir.resolve())))
        return
    with closing(found) as opened:
        for line in described(opened):
            typer.echo(line)


def described(opened: "Vault") -> Iterator[str]:
    """The vault's state, a line a fact; no words from it."""
    from themes.deidentify.vault.key import WHAT_LOSS_MEANS, key_file
    from themes.deidentify.vault.reveals import reveals
    from themes.deidentify.vault.rotation import is_unfinished

    yield f"vault      {opened.folder}  (mode {_mode(opened.folder)}; its file {_mode(opened.folder / 'vault.db')})"
    yield f"key        {key_file()}  (mode {_mode(key_file())})"
    if is_unfinished(opened):
        yield "           a rotation was interrupted: until `themes vault rotate-key` completes it, both keys count"
    counts = {
        "SELECT count(*) FROM ids": "ids given to texts and people",
        "SELECT count(*) FROM surrogates": "surrogates, with the words they stand for",
        "SELECT count(*) FROM tombstones": "keyed marks by which withdrawn texts and names are known again",
        "SELECT count(*) FROM outputs": "outputs folders remembered",
    }
    for query, meaning in counts.items():
        ((rows,),) = opened.rows(query)
        yield f"holds      {rows} {meaning}"
    accounts = len(list(opened.folder.glob("failures/*.sealed")))
    yield f"           {accounts} sealed accounts of failures"
    log = reveals(opened)
    yield f"reveals    {len(log)}" + (", the last ones:" if log else "")
    for entry in log[-REVEALS_SHOWN:]:
        yield f"           {entry.at}  {entry.tag or '(forgotten)'}  by {entry.by}: {entry.reason}"
    yield f"the key    {WHAT_LOSS_MEANS}"


@vault.command()
def reveal(
    corpus_dir: CorpusDir,
    tag: Annotated[str, typer.Argument(help='A tag, such as K7QX2 or "[adviser K7QX2]".')],
    reason: Annotated[str, typer.Option(help="Why it has to be known. Kept in the vault.")] = "",
    by: Annotated[str, typer.Option(help="Who asks. Kept in the vault.")] = "",
) -> None:
    """Show what a surrogate stands for. Who asked, when and why is written down in the vault first, for good.

    Example: `themes vault reveal corpora/my-study K7QX2 --reason "The writer may be at risk" --by "A. Reader"`
    """
    from contextlib import closing

    from themes.cli.forget import complete_erasures
    from themes.deidentify.vault.reveals import reveal as turned_back

    complete_erasures(corpus_dir.resolve())
    with closing(vault_there(corpus_dir.resolve())) as opened:
        found = turned_back(opened, tag, reason=reason, by=by, now=datetime.now(UTC))
    typer.echo("What follows is somebody's personal detail. Keep it here.", err=True)
    for each in found:
        typer.echo(f"{each.family}: {each.words or '(forgotten at the wish of whom it named)'}")


@vault.command("rotate-key")
def rotate_key(corpus_dir: CorpusDir) -> None:
    """Make a new key, encrypt the vault with it, and destroy the old key. Ids and tags stay the same.

    The old key still opens copies of the vault that were made before: delete those too. Run again if it is interrupted.

    Example: `themes vault rotate-key corpora/my-study`
    """
    from contextlib import closing

    from themes.cli.forget import complete_erasures
    from themes.deidentify.vault.key import WHAT_LOSS_MEANS, key_file
    from themes.deidentify.vault.rotation import rotate_key as rotated

    complete_erasures(corpus_dir.resolve())
    with closing(vault_there(corpus_dir.resolve())) as opened:
        for folder in rotated(opened):
            typer.echo(f"encrypted anew: {folder}", err=True)
    typer.echo(f"The key in {key_file()} is new. {WHAT_LOSS_MEANS}", err=True)


@vault.command("start-anew")
def start_anew(
    corpus_dir: CorpusDir,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Make an empty vault where the old one is lost and no backup of it is left. Says what is lost with it, and asks.

    What is left of the old one is kept in a folder beside. A vault that holds anything is never replaced: an older
    copy, or another vault, is taken as it is.

    Example: `themes vault start-anew corpora/my-study`
    """
    from contextlib import closing

    from themes.deidentify.vault.key import key_file
    from themes.deidentify.vault.loss import WHAT_A_NEW_VAULT_LACKS, set_aside
    from themes.deidentify.vault.place import holds_secret, vault_folder
    from themes.deidentify.vault.vault import Vault
    from themes.deidentify.withdraw.tombstones import Tombstones
    from themes.errors import VaultLost, WrongUse

    corpus, place = corpus_dir.resolve(), key_file()
    folder = vault_folder(corpus)
    try:
        with closing(vault_there(corpus)) as opened:
            Tombstones(opened)
    except VaultLost as trouble:
        typer.echo(str(trouble), err=True)
    else:
        raise WrongUse(f"The vault of {corpus} is there and opens: there is nothing to start anew.")
    stays = holds_secret(folder / "vault.db")
    what = "What this vault lacks stays lost" if stays else f"With an empty vault, {WHAT_A_NEW_VAULT_LACKS}"
    typer.echo(f"{what}. Delete the raw rows of those who withdrew first, or forget them again.", err=True)
    if not yes:
        typer.confirm(f"Go on with {'this' if stays else 'an empty'} vault? This cannot be undone", abort=True)
    aside = set_aside(corpus, folder, place, now=datetime.now(UTC))
    with closing(Vault.open(corpus)) as opened:
        typer.echo(f"{'in use' if stays else 'made'}: {opened.folder}")
    if aside is not None:
        typer.echo(f"what was left of the old one: {aside}")
    if not stays:
        typer.echo("Move the outputs of this corpus away before the next run: it can continue none of them.")


def vault_there(corpus: Path) -> "Vault":
    """The vault of a corpus, which is not made to be looked at.

    Raises:
        VaultError: If it has none, or it cannot be opened.
    """
    from themes.deidentify.vault.place import vault_folder
    from themes.deidentify.vault.vault import Vault
    from themes.errors import VaultError

    found = Vault.find(corpus)
    if found is None:
        raise VaultError(NONE_YET.format(vault_folder(corpus)))
    return found


def _mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:04o}"
