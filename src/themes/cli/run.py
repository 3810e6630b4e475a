"""`themes run`: the whole pipeline over one corpus."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from themes.errors import CorpusError, WrongUse

if TYPE_CHECKING:
    from themes.store.run_folder import RunFolder


def run(
    corpus_dir: Annotated[Path, typer.Argument(help="The corpus folder: corpus.toml, codebook.toml and raw/.")],
    outputs: Annotated[
        Path | None, typer.Option(help="Where runs land; default: outputs/ beside the folder that holds the corpus.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes to work with.")] = 1,
    engine: Annotated[str, typer.Option(help="'local', or 'dask://host:port' for many machines.")] = "local",
    now: Annotated[str | None, typer.Option(help="When the run begins, ISO 8601; default: the clock.")] = None,
) -> None:
    """Read, de-identify, code, find themes, count and report. Only what changed since the last run is done again.

    The last line of standard output is the run folder; its report is report/index.html.

    Example: `themes run corpora/back-to-work-sample`
    """
    folder, landing = corpus_dir.resolve(), (outputs or default_outputs(corpus_dir)).resolve()
    from themes.cli.forget import complete_erasures
    from themes.read.spec import read_spec
    from themes.store.run_folder import settle

    check_options(engine, now)
    complete_erasures(read_spec(folder).folder)
    if (done := already_done(folder, landing)) is not None:
        settle(done.parent)
        typer.echo("Nothing has changed since the last run, so there is nothing to do.", err=True)
        typer.echo(done)
        return

    from flows.environment import prepare

    prepare()
    typer.echo("Starting …", err=True)
    from flows.server import server_beside

    with server_beside():
        from flows.pipeline import run_corpus

        finished = Path(run_corpus(str(folder), str(landing), now, workers, engine))
    show_summary(finished)
    typer.echo(finished)


def default_outputs(corpus_dir: Path) -> Path:
    """`outputs/` beside `corpora/`."""
    return corpus_dir.resolve().parent.parent / "outputs"


def check_options(engine: str, now: str | None) -> None:
    """Raise WrongUse for an engine or a time that cannot be."""
    from datetime import datetime

    if engine != "local" and not engine.startswith("dask://"):
        raise WrongUse(f"--engine is 'local' or 'dask://host:port', not '{engine}'.")
    if now is not None:
        try:
            datetime.fromisoformat(now)
        except ValueError:
            raise WrongUse(f"--now takes a time such as 2026-03-02T06:00:00+00:00, not '{now}'.") from None


def already_done(corpus: Path, outputs: Path) -> Path | None:
    """The last run, if it did exactly what is to be done. Found without Prefect and without a model.

    Raises:
        ThemesError: If the corpus or its codebook cannot be used; said here, before anything is started.
    """
    from contextlib import closing

    from flows.plan import input_files, nothing_new, work_of
    from themes.erase.belonging import vault_for_runs
    from themes.read.codebook import read_codebook
    from themes.read.codebook_versions import codebook_file
    from themes.read.spec import read_spec
    from themes.store.run_folder import last_run

    spec = read_spec(corpus)
    read_codebook(codebook_file(spec))
    if not input_files(spec):
        raise CorpusError(f"There is nothing to read in {spec.raw}. Put files there, or use `themes new --from`.")
    last = last_run(outputs / spec.name)
    with closing(vault_for_runs(corpus, outputs / spec.name)) as vault:
        if last is not None and nothing_new(work_of(spec, vault, outputs / spec.name), last.path):
            return last.path
    return None


def show_summary(run_dir: Path) -> None:
    """What became of the texts, as a table on standard error."""
    from rich.console import Console
    from rich.table import Table

    from themes.store.run_folder import RunFolder

    manifest = RunFolder(run_dir).manifest
    table = Table(title=f"Run {run_dir.name} of {manifest['corpus']}", title_justify="left")
    table.add_column("Texts")
    table.add_column("", justify="right")
    words = {
        "read": "read",
        "coded": "with at least one code suggested",
        "no_code": "without a code",
        "empty": "empty, or “n/a”",
        "quarantined": "set aside: could not be read",
        "duplicate": "say the same as an earlier one",
        "withdrawn": "withdrawn by their writers",
        "articles": "articles (what organisations say), counted apart",
    }
    for fate, meaning in words.items():
        table.add_row(meaning, str(manifest["counts"].get(fate, 0)))
    table.add_section()
    table.add_row("taken over from the last run", str(manifest["documents"]["taken_over"]))
    for stage, seconds in manifest["seconds"].items():
        table.add_row(f"{stage}, seconds", f"{seconds:.1f}")
    Console(stderr=True).print(table)
    if manifest["counts"].get("quarantined"):
        typer.echo("Some rows were set aside; the report and `themes status` say which, and why.", err=True)
    if told := worrying(RunFolder(run_dir)):
        typer.echo(told, err=True)
    sys.stderr.flush()


def worrying(run: "RunFolder") -> str:
    """That texts which were set aside may tell of a risk to life, and where they are; empty if none does."""
    from themes.records.corpus import Quarantined

    places = [f"{q.source.file} {q.source.place}".strip() for q in run.read(Quarantined) if q.risk]
    if not places:
        return ""
    one = len(places) == 1
    return (
        f"{len(places)} {'text that was' if one else 'texts that were'} set aside may tell of a risk to life. A person "
        f"must read {'it' if one else 'them'} in the raw files now: {'; '.join(places)}."
    )
