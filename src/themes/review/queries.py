"""Searches that somebody kept, each known by its number in the log: what was looked for is in no address."""

from dataclasses import asdict, dataclass
from typing import Any

from themes.records.review import Entry, EntryKind, NewEntry
from themes.review.search import Query
from themes.store.review_log import ReviewLog
from themes.store.review_records import said_in

ABOUT = "search"


@dataclass(frozen=True, slots=True)
class KeptQuery:
    """A search that was kept."""

    number: int
    """Its entry in the log."""
    by: str
    at: str
    query: Query


def keep(log: ReviewLog, entry_id: str, query: Query, *, by: str) -> int:
    """Keep a search; returns its number. It may repeat what somebody wrote: `themes forget` takes it out with them.

    Raises:
        EntryTaken: If the id is that of another entry.
        StoreError: If the log cannot be written.
    """
    said = {"by": by, **{name: value for name, value in asdict(query).items() if value}}
    return log.append([NewEntry(EntryKind.QUERY, entry_id, ABOUT, said)])[0].number


def kept(log: ReviewLog) -> list[KeptQuery]:
    """All searches that were kept and not erased, the newest first; of two that look for the same the newer."""
    found = {each.query: each for each in map(_kept, log.entries(EntryKind.QUERY))}
    return sorted(found.values(), key=lambda each: -each.number)


def kept_under(log: ReviewLog, number: int) -> KeptQuery | None:
    """The search of that number; None if there is none, or it was erased."""
    entries = log.entries(EntryKind.QUERY, after=number - 1)
    return _kept(entries[0]) if entries and entries[0].number == number else None


def _kept(entry: Entry) -> KeptQuery:
    said = dict(said_in(entry))
    by = said.pop("by")
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return KeptQuery(entry.number, by, entry.written_at, Query(**fields))
