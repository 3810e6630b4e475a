"""A run folder made anew beside the old one, which it then replaces.

A run is made in `.remaking-<run>`; once whole it is called `.remade-<run>`, and from then on it is the one that counts:
whoever finds it completes the exchange. So a reader sees the old run or the new one, and a crash loses neither.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from themes.errors import StoreError

MAKING, MADE, OLD = ".remaking-", ".remade-", ".before-"


def exchange(run: Path, make: Callable[[Path], None]) -> None:
    """Put in the place of a run what `make` writes into the folder it is given.

    Raises:
        StoreError: If the disk refuses; the old run then stays.
    """
    making, made = run.with_name(MAKING + run.name), run.with_name(MADE + run.name)
    try:
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        make(making)
        making.rename(made)
        complete_exchanges(run.parent)
    except OSError as trouble:
        raise StoreError(
            f"{run} could not be made anew: {trouble.strerror}. Make room or change the rights; the next command on "
            f"the corpus goes on from here."
        ) from None


def complete_exchanges(corpus_outputs: Path) -> None:
    """Finish what an interruption left half done in a corpus's outputs, and clear away what is not needed."""
    for made in sorted(corpus_outputs.glob(f"{MADE}*")):
        run = made.with_name(made.name.removeprefix(MADE))
        old = made.with_name(OLD + run.name)
        if run.exists():
            shutil.rmtree(old, ignore_errors=True)
            run.rename(old)
        made.rename(run)
    for name in (MAKING, OLD):
        for left in corpus_outputs.glob(f"{name}*"):
            shutil.rmtree(left)


def kept(source: Path, target: Path) -> None:
    """The same file at another place: the same bytes, without a copy where the disk allows it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
