"""The review log of a corpus moved from its SQLite file to PostgreSQL, entry by entry as they are, hashes and all."""

from dataclasses import asdict
from pathlib import Path

from sqlalchemy import insert, text

from themes.errors import StoreError
from themes.store.database import address_of, patiently, shown, take_away
from themes.store.review_check import check_log
from themes.store.review_log import TABLE, ReviewLog
from themes.store.review_place import FILE, note_place

_CLOSED = (
    "CREATE TRIGGER IF NOT EXISTS review_log_was_moved BEFORE INSERT ON review_log "
    "BEGIN SELECT RAISE(ABORT, 'the review log was moved'); END"
)


def move(corpus_outputs: Path, to: str) -> tuple[int, str]:
    """Move the log. From the moment of copying nothing is added at the old place, and afterwards it is not there.

    Interrupted at any moment, it can be done again: the file goes last.

    Args:
        corpus_outputs: `outputs/<corpus>`.
        to: "postgresql://name@host/database".

    Returns:
        How many entries there are, and where they are now.

    Raises:
        StoreError: If there is no such file, the new place holds other entries of this corpus, or either log does not
            fit its chain. Nothing is taken away then.
    """
    target, file = address_of(to), corpus_outputs / FILE
    if target.drivername == "sqlite":
        raise StoreError("Decisions are moved to PostgreSQL: give an address such as postgresql://name@host/database.")
    if not file.is_file():
        raise StoreError(f"There is no {file}: nobody has decided anything yet, or it was moved before.")
    old = ReviewLog(str(file), corpus_outputs.name)
    try:
        check_log(old)
        new = ReviewLog(target.render_as_string(hide_password=False), corpus_outputs.name)
        try:
            entries = _copied(old, new)
        finally:
            new.close()
    finally:
        old.close()
    note_place(corpus_outputs, target)
    take_away(old.address)
    return entries, shown(target)


def _copied(old: ReviewLog, new: ReviewLog) -> int:
    """Copy what the new log lacks, hold the copy against the old log, and close that one for ever."""

    def work() -> int:
        with old.writing.begin() as source, new.writing.begin() as target:
            new.hold(target)
            links, there = old.links(source), new.links(target)
            if links[: len(there)] != there:
                raise StoreError(
                    f"{new.place} holds entries of '{new.corpus}' that {old.place} does not have. Was another study "
                    f"of this name kept there? Nothing was moved."
                )
            if missing := links[len(there) :]:
                target.execute(insert(TABLE), [asdict(link) for link in missing])
            if new.links(target) != links:
                raise StoreError(f"{new.place} does not give back what was written to it. Nothing was moved.")
            source.execute(text(_CLOSED))
            return len(links)

    return patiently(new.engine, work)
