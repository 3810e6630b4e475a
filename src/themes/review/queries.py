"""Searches that somebody kept, each known by its number in the log: what was looked for is in no address."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
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
    name: str = ""
    """What somebody called it; empty: nobody did."""


def keep(log: ReviewLog, entry_id: str, query: Query, *, by: str) -> int:
    """Keep a search; returns its number. It may repeat what somebody wrote: `themes forget` takes it out with them.

    Raises:
        EntryTaken: If the id is that of another entry.
        StoreError: If the log cannot be written.
    """
    said = {"by": by, **{name: value for name, value in asdict(query).items() if value}}
    return log.append([NewEntry(EntryKind.QUERY, entry_id, ABOUT, said)])[0].number


def named(log: ReviewLog, entry_id: str, number: int, name: str, *, by: str) -> None:
    """Call a search that was kept by a name; an empty one takes its name back. Raises as `keep`."""
    log.append([NewEntry(EntryKind.QUERY, entry_id, ABOUT, {"by": by, "kept": number, "name": name})])


def deleted(log: ReviewLog, entry_id: str, number: int, *, by: str) -> None:
    """Keep a search no longer: it is in no list, and its number leads to nothing. Raises as `keep`."""
    log.append([NewEntry(EntryKind.QUERY, entry_id, ABOUT, {"by": by, "kept": number, "deleted": True})])


def kept(log: ReviewLog) -> list[KeptQuery]:
    """All searches that are kept, neither deleted nor erased, the newest first; of two that look for the same the
    newer, by the name of either."""
    found, _ = _kept(log.entries(EntryKind.QUERY))
    return sorted(found.values(), key=lambda each: -each.number)


def kept_under(log: ReviewLog, number: int) -> KeptQuery | None:
    """The search of that number, or the newer one that looks for the same; None if it was deleted or erased, or there
    never was one."""
    found, newer = _kept(log.entries(EntryKind.QUERY))
    return found.get(newer.get(number, 0))


def _kept(entries: Iterable[Entry]) -> tuple[Mapping[int, KeptQuery], Mapping[int, int]]:
    """Those that are kept, by number; and every number that ever was one, with the one that stands for it."""
    found: dict[int, KeptQuery] = {}
    newer: dict[int, int] = {}
    for entry in entries:
        said = dict(said_in(entry))
        by = said.pop("by")
        if "kept" in said:
            number = newer.get(said["kept"], 0)
            if said.get("deleted"):
                found.pop(number, None)
            elif number in found:
                found[number] = replace(found[number], name=said["name"])
            continue
        fields: dict[str, Any] = {n: tuple(value) if isinstance(value, list) else value for n, value in said.items()}
        one = KeptQuery(entry.number, by, entry.written_at, Query(**fields))
        same = next((each for each in found.values() if each.query == one.query), None)
        if same is not None:
            one = replace(one, name=found.pop(same.number).name)
            newer |= {number: entry.number for number, to in newer.items() if to == same.number}
        found[entry.number], newer[entry.number] = one, entry.number
    return found, newer
