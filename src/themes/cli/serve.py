"""`themes serve`: every scheduled corpus, at its time, until stopped."""

import os
from pathlib import Path
from typing import Annotated

import typer

from themes.errors import CorpusError, ThemesError


def serve(
    corpora_dir: Annotated[Path, typer.Argument(help="The folder whose corpora are served.")] = Path("corpora"),
    outputs: Annotated[Path | None, typer.Option(help="Where runs land; default: outputs/ beside the folder.")] = None,
    port: Annotated[int, typer.Option(help="Port of the Prefect server, on this machine only.")] = 4200,
) -> None:
    """Start a Prefect server on this machine alone and run every corpus whose corpus.toml has a `schedule`.

    Open http://127.0.0.1:4200 to see the runs. Runs missed while nothing was serving are caught up on by one.
    Stop with Ctrl-C.

    Example: `themes serve corpora --port 4200`
    """
    import asyncio

    from flows.environment import prepare
    from themes.cli.status import corpora_below

    specs = []
    for place, spec in corpora_below(corpora_dir.resolve()):
        if isinstance(spec, ThemesError):
            typer.secho(f"{place.name} is not served: {spec}", err=True, fg="red")
        elif spec.schedule:
            specs.append(spec)
    if not specs:
        raise CorpusError(
            f"No corpus in {corpora_dir} has a schedule. Add one to its corpus.toml, such as "
            'schedule = "0 6 * * 1" (Mondays at six) and timezone = "Europe/London".'
        )
    os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    prepare()
    from flows.deployments import serve as serve_on_schedule
    from flows.server import server

    landing = (outputs or corpora_dir.resolve().parent / "outputs").resolve()
    with server(port) as address:
        for spec in specs:
            typer.echo(f"{spec.name}: {spec.schedule} ({spec.timezone})", err=True)
        served = "1 corpus" if len(specs) == 1 else f"{len(specs)} corpora"
        typer.echo(f"Serving {served}; runs show at {address.removesuffix('/api')}. Ctrl-C stops.", err=True)
        asyncio.run(serve_on_schedule(specs, landing))
