"""`themes export`: a run for other programs."""

from typing import Annotated

import typer

from themes.cli.report import RunDir, team_release
from themes.errors import WrongUse


def export(
    run_dir: RunDir,
    to: Annotated[str, typer.Option("--to", help="csv, xlsx or quotes.")],
) -> None:
    """Write excerpts, codings and codebook as tables, or the quotes, into the run's folder `export`.

    No cell is a formula; what may tell of risk to life is blanked. Prints the folder.

    Example: `themes export outputs/my-corpus/20240108-060000 --to xlsx`
    """
    from themes.export.catalog import EXPORTERS

    if to not in EXPORTERS:
        raise WrongUse(f"There is no export to '{to}'. Choose one of: {', '.join(EXPORTERS)}.")
    folder = run_dir / "export"
    EXPORTERS[to](team_release(run_dir), folder)
    typer.echo(folder)
