"""Progress on standard error: drawn where somebody is looking, a plain line for each stage where nobody is."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator

COUNTED = {
    "look at the files": ("part", "parts"),
    "read, clean, de-identify": ("text", "texts"),
    "arrange the documents": ("part", "parts"),
    "take up decisions": ("decision that holds", "decisions that hold"),
    "fit the coder": ("part to code", "parts to code"),
    "segment and code": ("excerpt coded anew", "excerpts coded anew"),
    "find themes": ("theme", "themes"),
    "count people": ("row", "rows"),
    "estimate shares": ("share told", "shares told"),
    "say what was learned": ("piece of work on the codebook", "pieces of work on the codebook"),
    "look again": ("detail in doubt", "details in doubt"),
    "weigh what is left": ("finding", "findings"),
    "report and export": ("set of files", "sets of files"),
}
"""What the count of each stage is of: one of it, and several."""


def counted(stage: str, work: Callable[[], int]) -> int:
    """Do a stage. Where nobody is looking, one line says afterwards what it came to: its name, a count, seconds."""
    began = time.monotonic()
    count = work()
    if not sys.stderr.isatty():
        one, several = COUNTED[stage]
        told = f"{stage}: {count:,} {one if count == 1 else several}, {time.monotonic() - began:.1f} s\n"
        sys.stderr.write(told)
        sys.stderr.flush()
    return count


def tracked[T](what: str, items: Iterable[T], total: int) -> Iterator[T]:
    """The items, with a bar for whoever is looking."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, description=what, total=total, console=Console(stderr=True), transient=True)
