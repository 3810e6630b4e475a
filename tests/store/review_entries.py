"""Entries for tests of the review log."""

from themes.records.review import EntryKind, NewEntry


def an_entry(entry_id: str = "1", about: str = "d7k2q", kind: EntryKind = EntryKind.MEMO, **said: object) -> NewEntry:
    return NewEntry(kind, entry_id, about, said or {"text": "Ask her again."})
