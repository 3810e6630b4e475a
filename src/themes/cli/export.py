"""`themes export`: a run for other programs."""

from typing import Annotated

import typer

from themes.cli.report import RunDir, team_release
from themes.errors import WrongUse


def export(
    run_dir: RunDir,
    to: Annotated[
        str, typer.Option("--to", "--format", help="csv, xlsx, quotes, cases, sav, refi-codebook or refi-project.")
    ],
    profile: Annotated[
        str, typer.Option(help="With refi-project: spec, nvivo or maxqda, as the other program wants it.")
    ] = "spec",
) -> None:
    """Write a run into its folder `export`, for other programs. Prints the folder.

    csv, xlsx: excerpts, codings, codebook. quotes: what may be said beside each quote. cases, sav: a row for each case,
    0 or 1 under each code, for R, Stata, SPSS. refi-codebook, refi-project: REFI-QDA, for NVivo, MAXQDA, ATLAS.ti,
    QualCoder, with a note of what they will not show. No cell is a formula; what may tell of risk to life is blanked.

    Example: `themes export outputs/my-corpus/20240108-060000 --to refi-project --profile nvivo`
    """
    from themes.export.catalog import EXPORTERS, REFI_PROFILES

    if to not in EXPORTERS:
        raise WrongUse(f"There is no export to '{to}'. Choose one of: {', '.join(EXPORTERS)}.")
    if profile not in REFI_PROFILES:
        raise WrongUse(f"There is no profile '{profile}'. Choose one of: {', '.join(REFI_PROFILES)}.")
    if profile != "spec" and to != "refi-project":
        raise WrongUse(f"A profile is for `--to refi-project` alone; '{to}' has none.")
    write = REFI_PROFILES[profile] if to == "refi-project" else EXPORTERS[to]
    folder = run_dir / "export"
    write(team_release(run_dir), folder)
    typer.echo(folder)
