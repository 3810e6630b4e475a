"""Records as entries of the review log, and back. Here it stands what an entry of each kind says."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from themes.records.coding import Memo
from themes.records.decision import Decision, Verdict
from themes.records.review import Entry, EntryKind, NewEntry
from themes.store.review_log import ReviewLog


def add_decisions(log: ReviewLog, decisions: Iterable[Decision]) -> None:
    """Write decisions down, all or none. One without a time is made when it is written.

    Raises:
        EntryTaken: If the id of one is that of another entry.
        StoreError: If the log cannot be written.
    """
    log.append(as_entry(each) for each in decisions)


def as_entry(decision: Decision) -> NewEntry:
    """A decision as an entry, about its document; what is not told is left out."""
    said = {key: value for key, value in asdict(decision).items() if key != "decision_id" and value not in ("", None)}
    return NewEntry(EntryKind.DECISION, decision.decision_id, document_of(decision.segment_id), said)


def decisions_in(log: ReviewLog, *, after: int = 0) -> list[Decision]:
    """All decisions that are not erased, in the order in which they were written down."""
    return [_decision(entry) for entry in log.entries(EntryKind.DECISION, after=after)]


def add_memo(log: ReviewLog, memo_id: str, memo: Memo) -> None:
    """Write a memo down. It may repeat what a participant wrote: `themes forget` takes it out with them.

    One of the same author about the same thing replaces an earlier one; an empty one takes it back.
    """
    log.append([NewEntry(EntryKind.MEMO, memo_id, memo.about, {"author": memo.author, "text": memo.text})])


def memos_in(log: ReviewLog, about: str | None = None) -> list[Memo]:
    """The memos that stand, by time: of each author the last about each thing."""
    last: dict[tuple[str, str], Memo] = {}
    for entry in log.entries(EntryKind.MEMO, about=about):
        said = said_in(entry)
        last.pop((entry.about, said["author"]), None)
        last[entry.about, said["author"]] = Memo(entry.about, said["author"], said["text"], entry.written_at)
    return [memo for memo in last.values() if memo.text]


def add_concern(log: ReviewLog, entry_id: str, segment_id: str, *, by: str, worrying: bool = True) -> None:
    """Write down that an excerpt is worrying and needs a person, or that somebody has seen to it."""
    said = {"segment_id": segment_id, "by": by, "worrying": worrying}
    log.append([NewEntry(EntryKind.CONCERN, entry_id, document_of(segment_id), said)])


def concerns_in(log: ReviewLog) -> dict[str, str]:
    """Excerpts that need a person, with whoever said so last, by the time at which they said it."""
    held: dict[str, str] = {}
    for entry in log.entries(EntryKind.CONCERN):
        said = said_in(entry)
        held.pop(said["segment_id"], None)
        if said["worrying"]:
            held[said["segment_id"]] = said["by"]
    return held


def document_of(segment_id: str) -> str:
    """The id of the document of which an excerpt is a part.

    >>> document_of("d7k2q:118-240")
    'd7k2q'
    """
    return segment_id.rpartition(":")[0]


def _decision(entry: Entry) -> Decision:
    said = said_in(entry)
    return Decision(
        **{
            "decision_id": entry.entry_id,
            "made_at": entry.written_at,
            "code_id": "",
            **said,
            "verdict": Verdict(said["verdict"]),
        }
    )


def said_in(entry: Entry) -> Mapping[str, Any]:
    """What an entry says that the log gave, which gives no erased ones."""
    assert entry.content is not None, "the log gives no erased entries"
    return entry.content
