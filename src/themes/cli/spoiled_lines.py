"""What is said of the lines of a file that could not be used."""

from collections.abc import Sequence
from pathlib import Path

import typer

_MOST = 10


def say_spoiled_lines(source: Path, problems: Sequence[str], target: Path) -> None:
    """Say file, line and reason of the first ten, and that the answers have them all. Nothing if there are none.

    Args:
        source: The file that was read.
        problems: "line 3 is not UTF-8", one a line, in order; no words of the text.
        target: The file with the answers.
    """
    for problem in problems[:_MOST]:
        typer.echo(f"{source}: {problem}", err=True)
    if len(problems) > _MOST:
        typer.echo(f"{source}: {len(problems) - _MOST} more; {target} has all of them.", err=True)


def about_labelled_lines(source: Path, problems: Sequence[str]) -> list[str]:
    """The same of labelled excerpts, of which no answer tells: the first ten, and how many more there are."""
    told = [f"Not learned from, in {source}: {problem}." for problem in problems[:_MOST]]
    return told + ([f"Not learned from, in {source}: {len(problems) - _MOST} more."] if problems[_MOST:] else [])
