"""Giving excerpts and cases to people, in turn or by hand; a share of them to two, who code blind."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from itertools import cycle
from math import ceil

from themes.errors import WrongUse
from themes.records.assignment import Assignment
from themes.records.review import EntryKind, NewEntry
from themes.store.review_log import ReviewLog
from themes.store.review_records import document_of, said_in


def in_turn(
    unit_ids: Sequence[str],
    coder_ids: Sequence[str],
    *,
    of_case: bool,
    double_share: float = 0.0,
    double: Collection[str] | None = None,
    seed: str | None = None,
) -> list[Assignment]:
    """Units given to people one after the other, so that nobody has more than one more than another.

    Args:
        unit_ids: Ids of excerpts, or of cases, in the order in which they are to be given.
        coder_ids: The people, in turn.
        of_case: Whether the units are cases.
        double_share: The share of units that goes to two people, 0 to 1; chosen by lot, and never none if above 0.
        double: The units that go to two people, where that was decided before, as it is in the sample.
        seed: Of the lot; default: one that nobody knows.

    Raises:
        WrongUse: If there is nobody to give to, or fewer than two where two are needed.

    >>> [a.coder_ids for a in in_turn(["d1:0-9", "d1:9-12", "d2:0-4"], ["ada", "ben"], of_case=False)]
    [('ada',), ('ben',), ('ada',)]
    """
    if not 0 <= double_share <= 1:
        raise WrongUse("The share that two people read is between none and all.")
    lot = secrets.token_hex(16) if seed is None else seed
    if double is None:
        shuffled = sorted(unit_ids, key=lambda unit_id: sha256(f"{lot}\0{unit_id}".encode()).digest())
        double = set(shuffled[: ceil(double_share * len(unit_ids))])
    people = list(dict.fromkeys(coder_ids))
    if not people or (len(people) < 2 and any(each in double for each in unit_ids)):
        raise WrongUse("Choose two people or more, or let nothing be read twice." if people else "Choose somebody.")
    turn = cycle(people)
    return [
        Assignment(each, of_case, (next(turn), next(turn)) if each in double else (next(turn),)) for each in unit_ids
    ]


def add_assignments(log: ReviewLog, assignments: Iterable[Assignment], *, act_id: str, by: str) -> None:
    """Write down who is to code what, all or none.

    Args:
        log: The corpus's.
        assignments: What is given, or taken back.
        act_id: From a form: sent twice, it counts once.
        by: The pseudonym of whoever gives.

    Raises:
        EntryTaken: If the id of one is that of another entry.
        StoreError: If the log cannot be written.
    """
    log.append(
        NewEntry(
            EntryKind.ASSIGNMENT,
            f"g{act_id}.{number}",
            each.unit_id if each.of_case else document_of(each.unit_id),
            {"unit": each.unit_id, "case": each.of_case, "to": list(each.coder_ids), "by": by},
        )
        for number, each in enumerate(assignments)
    )


def assignments_in(log: ReviewLog, *, after: int = 0) -> list[Assignment]:
    """All that was given or taken back, in that order."""
    found = []
    for entry in log.entries(EntryKind.ASSIGNMENT, after=after):
        said = said_in(entry)
        found.append(Assignment(said["unit"], said["case"], tuple(said["to"])))
    return found
