"""`themes decisions`: where people's decisions are kept."""

from pathlib import Path
from typing import Annotated

import typer

from themes.errors import WrongUse
from themes.reader_words import number

decisions = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="People's decisions on excerpts: kept in a review log, in the corpus's outputs or in PostgreSQL.",
)


@decisions.callback()
def _subcommands() -> None:
    """Keeps `move` a command of its own name while it is the only one."""


@decisions.command()
def move(
    corpus_dir: Annotated[Path, typer.Argument(help="The corpus folder.")],
    to: Annotated[str, typer.Option(help="postgresql://name@host/database; default: THEMES_REVIEW_DB.")] = "",
    outputs: Annotated[
        Path | None,
        typer.Option(help="Where its runs land; default: outputs/ beside the folder that holds the corpus."),
    ] = None,
) -> None:
    """Move the decisions on a corpus from its SQLite file to PostgreSQL, entry by entry, and delete the file.

    From then on every command finds them there. Close the review page first. An address on the command line can be
    read by others on this machine: leave the password out, and keep it in ~/.pgpass or in THEMES_REVIEW_DB.

    Example: `themes decisions move corpora/my-study --to postgresql://reviewers@localhost/reviews`
    """
    from themes.cli.forget import complete_erasures
    from themes.cli.run import default_outputs
    from themes.read.spec import read_spec
    from themes.settings import settings
    from themes.store.moving import move as moved
    from themes.store.run_folder import corpus_lock

    if not (address := to or settings().review_db or ""):
        raise WrongUse("Say where to, with --to or THEMES_REVIEW_DB: postgresql://name@host/database.")
    spec = read_spec(corpus_dir.resolve())
    complete_erasures(spec.folder)
    corpus_outputs = (outputs or default_outputs(corpus_dir)).resolve() / spec.name
    with corpus_lock(corpus_outputs):
        entries, place = moved(corpus_outputs, address)
    typer.echo(f"{number(entries, 'entry of the review log is', 'entries of the review log are')} now in {place}.")
