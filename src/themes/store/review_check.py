"""Whether a review log is what was written: its chain of hashes, and what earlier runs saw of it."""

import json
from collections.abc import Mapping
from pathlib import Path

from themes.errors import StoreError
from themes.records.review import EntryKind
from themes.store.chain import START, fits
from themes.store.review_log import ReviewLog
from themes.store.run_folder import finished_runs


def check_log(log: ReviewLog, heads: Mapping[int, str] | None = None) -> int:
    """Hold every entry against the chain. Returns how many there are.

    Args:
        log: The log.
        heads: What `log.head` said at earlier times: entries that were there then must be there still. Without them,
            nobody can tell that the last entries were cut off, or that all were written anew.

    Raises:
        StoreError: If an entry was changed, added, taken out or emptied other than by the log itself; it names the
            first.
    """
    before, number = START, 0
    known = {head: chained for head, chained in (heads or {}).items() if head}
    blank: set[int] = set()
    told: set[int] = set()
    for number, link in enumerate(log.links(), 1):
        if not fits(link, after=before, number=number):
            raise _broken(log, number, "is not what was written, or does not follow from the one before")
        before = link.chained
        if known.pop(number, before) != before:
            raise _broken(log, number, "is not what it was when a run read the log")
        if link.content is None:
            blank.add(number)
        elif link.kind == EntryKind.ERASURE:
            told.update(json.loads(link.content)["said"]["entries"])
    if known:
        raise _broken(log, number + 1, f"is missing, and so are all up to {max(known)}, which a run has read")
    if unexplained := sorted(blank - told):
        raise _broken(log, unexplained[0], "was emptied, and no erasure says so")
    return number


def heads_seen(corpus_outputs: Path) -> dict[int, str]:
    """What finished runs saw of the log, as `check_log` takes it."""
    seen = (run.manifest.get("review_log") for run in finished_runs(corpus_outputs))
    return {int(head["entries"]): str(head["head"]) for head in seen if head}


def _broken(log: ReviewLog, number: int, what: str) -> StoreError:
    return StoreError(
        f"The review log {log.place} was tampered with, or is damaged: entry {number} of '{log.corpus}' {what}. "
        f"Nothing should be decided on its strength: bring it back from a backup. If that is older "
        f"than a run, delete that run."
    )
