"""Where the review log of a corpus is: one place, which everybody finds, or is told about.

By default `outputs/<corpus>/review.db`. Once it is elsewhere, `review-log.json` beside the runs says where, without a
password: so neither a run nor an erasure can pass decisions over because a setting was forgotten.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

from themes.errors import StoreError
from themes.settings import settings
from themes.store.database import address_of, shown
from themes.store.files import read_json, write_json
from themes.store.review_log import ReviewLog

FILE = "review.db"
NOTE = "review-log.json"


@contextmanager
def review_log(corpus_outputs: Path) -> Iterator[ReviewLog]:
    """The log of a corpus, made if there is none, and closed when the block ends.

    Args:
        corpus_outputs: `outputs/<corpus>`.

    Raises:
        StoreError: If it cannot be opened, or it is not clear which one it is.
    """
    with _opened(corpus_outputs) as log:
        _note(corpus_outputs, log)
        yield log


@contextmanager
def review_log_if_any(corpus_outputs: Path) -> Iterator[ReviewLog | None]:
    """The same for whoever only reads; None where there is none. In the corpus's outputs nothing is made for want of
    an entry."""
    address = address_for(corpus_outputs)
    if address.drivername == "sqlite" and not Path(str(address.database)).is_file():
        yield None
        return
    with _opened(corpus_outputs) as log:
        if log.head()[0]:
            _note(corpus_outputs, log)
        yield log


@contextmanager
def _opened(corpus_outputs: Path) -> Iterator[ReviewLog]:
    address = address_for(corpus_outputs)
    log = ReviewLog(address.render_as_string(hide_password=False), corpus_outputs.name)
    try:
        yield log
    finally:
        log.close()


def _note(corpus_outputs: Path, log: ReviewLog) -> None:
    if not _same(log.address, _usual(corpus_outputs)):
        note_place(corpus_outputs, log.address)


def address_for(corpus_outputs: Path) -> URL:
    """Where the log is, or will be.

    Raises:
        StoreError: If what is set, what is noted and what is there do not agree.
    """
    usual, told = _usual(corpus_outputs), settings().review_db
    chosen, noted = address_of(told) if told else None, _noted(corpus_outputs)
    if noted is not None and chosen is not None and not _same(noted, chosen):
        raise StoreError(
            f"Decisions on {corpus_outputs.name} are in {shown(noted)}, as {corpus_outputs / NOTE} says, and "
            f"THEMES_REVIEW_DB names {shown(chosen)}. Set it to the former, or unset it."
        )
    address = chosen or noted or usual
    if not _same(address, usual) and (corpus_outputs / FILE).exists():
        raise StoreError(
            f"{corpus_outputs / FILE} holds decisions, and the review log is to be in {shown(address)}. Move them: "
            f"themes decisions move CORPUS_DIR --to {shown(address)}"
        )
    return address


def note_place(corpus_outputs: Path, address: URL) -> None:
    """Write down where the log is, for whoever does not know. A password is not written."""
    if _noted(corpus_outputs) is None:
        write_json(corpus_outputs / NOTE, {"review_log": shown(address)})


def _noted(corpus_outputs: Path) -> URL | None:
    path = corpus_outputs / NOTE
    return address_of(str(read_json(path)["review_log"])) if path.is_file() else None


def _usual(corpus_outputs: Path) -> URL:
    return address_of(str(corpus_outputs / FILE))


def _same(one: URL, other: URL) -> bool:
    """Whether two addresses lead to one database, whoever asks and however."""

    def place(address: URL) -> tuple[object, ...]:
        host = address.host or address.query.get("host")
        return address.drivername, host, address.port or address.query.get("port") or 5432, address.database

    return place(one) == place(other)
