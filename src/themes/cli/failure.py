"""`themes failure`: what happened when a stage failed."""

from pathlib import Path
from typing import Annotated

import typer


def failure(
    corpus_dir: Annotated[Path, typer.Argument(help="The corpus folder.")],
    account: Annotated[Path, typer.Argument(help="The sealed account that the error named.")],
) -> None:
    """Show the sealed account of a failure. It may quote participants: do not paste it anywhere.

    Example: `themes failure corpora/my-study ~/.local/share/themes/…/failures/20260105T060000-1a2b3c.sealed`
    """
    from contextlib import closing

    from themes.cli.vault import vault_there
    from themes.deidentify.vault.failures import read_failure

    with closing(vault_there(corpus_dir.resolve())) as vault:
        told = read_failure(vault, account)
    typer.echo("What follows may quote participants. Keep it here.", err=True)
    typer.echo(told)
