"""Progress on the terminal, on standard error, and only where somebody is looking."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


@contextmanager
def working(what: str) -> Iterator[None]:
    """Say what is being done while it is."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what} …"):
        yield


def tracked[T](what: str, items: Iterable[T], total: int) -> Iterator[T]:
    """The items, with a bar."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, description=what, total=total, console=Console(stderr=True), transient=True)
