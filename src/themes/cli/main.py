"""The command `themes`. Each command is a module of its own; heavy imports wait inside it."""

import os
import sys
import traceback
from io import TextIOWrapper
from typing import Any

import typer
from typer.core import TyperGroup

from themes.cli.check import check
from themes.cli.code import code
from themes.cli.decisions import decisions
from themes.cli.deidentify import deidentify
from themes.cli.discover import discover
from themes.cli.export import export
from themes.cli.failure import failure
from themes.cli.forget import forget
from themes.cli.import_ import import_
from themes.cli.new import new
from themes.cli.release import release
from themes.cli.report import report
from themes.cli.review import review
from themes.cli.run import run
from themes.cli.serve import serve
from themes.cli.status import status
from themes.cli.user import user
from themes.cli.vault import vault
from themes.errors import ThemesError


class Commands(TyperGroup):
    """Prints errors that a reader can act on as one sentence, and never the words of a participant."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ThemesError as error:
            typer.secho(f"themes: {error}", err=True, fg="red")
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            typer.echo("themes: stopped. What was finished is kept; the same command continues from there.", err=True)
            raise typer.Exit(130) from None
        except (typer.Exit, typer.Abort, SystemExit):
            raise
        except Exception as error:
            if type(error).__module__.startswith(("click", "typer")):
                raise
            # Without the message: it may quote what somebody wrote.
            frames = "".join(traceback.format_tb(error.__traceback__)[-4:])
            typer.secho(
                f"themes: something we did not foresee went wrong ({type(error).__name__}). Its message is not shown, "
                f"since it may quote a participant. Where it happened:\n{frames}",
                err=True,
                fg="red",
            )
            raise typer.Exit(1) from None


# One thread for a process: our matrices are small, and threads that wait for one another took ten times the CPU time.
# Work is spread over processes instead (--workers). Set before anything imports numpy.
for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # Rich's help costs 0.4 s of imports at every call
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn what people say about back-to-work support into evidence: read, de-identify, code, find themes, report.",
)

for command in (new, check, run, status, serve, review, deidentify, code, discover, report, export, failure, forget):
    app.command()(command)
app.add_typer(user, name="user")
app.command(name="import")(import_)
app.add_typer(vault, name="vault")
app.add_typer(decisions, name="decisions")
app.add_typer(release, name="release")


def main() -> None:
    """The entry point."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    app()


if __name__ == "__main__":
    main()
