"""`themes report`: the team edition of a run, written again."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from themes.errors import WrongUse

if TYPE_CHECKING:
    from themes.records.project import Release

FORMATS = ("html", "pdf", "docx")

RunDir = Annotated[Path, typer.Argument(help="A finished run, such as outputs/my-corpus/20240108-060000.")]


def report(
    run_dir: RunDir,
    file_format: Annotated[str, typer.Option("--format", help=f"One of: {', '.join(FORMATS)}.")] = "html",
    pack: Annotated[
        str | None,
        typer.Option(
            metavar="CODE_OR_THEME", help="Instead: the evidence pack of one theme, two pages; its id or name."
        ),
    ] = None,
) -> None:
    """Write the report of a run again, marked "not for publication", or the evidence pack of one theme.

    html: one page that needs no network; every run writes it by itself. pdf: the same, printed by Chromium, Chrome or
    Edge of this machine. docx: for a word processor. All go to the run's folder `report`; the path is printed.

    Example: `themes report outputs/my-corpus/20240108-060000 --format pdf --pack sanctions`
    """
    from themes.report.document import compose
    from themes.report.documents import write_pack, write_report_as
    from themes.report.pdf import find_browser

    if file_format not in FORMATS:
        raise WrongUse(f"There is no report in the format '{file_format}'. Formats: {', '.join(FORMATS)}.")
    if file_format == "pdf":
        find_browser()  # before the run is read
    release, folder = team_release(run_dir), run_dir / "report"
    if pack is None:
        typer.echo(write_report_as(release, folder, file_format=file_format))
    else:
        typer.echo(write_pack(compose(release), pack, folder, file_format=file_format))


def team_release(run_dir: Path) -> "Release":
    """The run as the team may see it, with the corpus's own threshold if the manifest holds one.

    Raises:
        StoreError: If it is not a run folder, or somebody is being forgotten.
    """
    from themes.disclosure import release
    from themes.errors import StoreError
    from themes.records.project import Audience
    from themes.store.run_folder import ERASING, RunFolder, read_project

    if (run_dir.resolve().parent / ERASING).exists():
        raise StoreError(
            f"Somebody is being forgotten in {run_dir.resolve().parent}, or an erasure there was interrupted. Wait, or "
            f"complete it: `themes status` with the corpus folder does."
        )
    project = read_project(run_dir)
    fewest_cases = int(RunFolder(run_dir).manifest.get("fewest_cases", 10))
    return release(project, Audience.TEAM, fewest_cases=fewest_cases)
