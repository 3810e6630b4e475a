"""Decisions of a file taken over into the review log, from which alone runs read decisions.

The file `decisions.jsonl` in a corpus's outputs is a way in: each of its lines is taken over once, known again by its
id. What was taken over is changed by a later decision, not by changing its line.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from themes.errors import EntryTaken
from themes.read.decisions import FILE, Decisions, read_decisions
from themes.records.decision import Decision
from themes.store.review_place import review_log, review_log_if_any
from themes.store.review_records import add_decisions, decisions_in

TAKEN = "has the 'id' of an entry in the review log that says something else"


def known_decisions(corpus_outputs: Path) -> Decisions:
    """All decisions on a corpus: those in the log, then those of the file that are not in it yet; nothing is written.

    Args:
        corpus_outputs: `outputs/<corpus>`.

    Returns:
        The decisions, and what is wrong with lines of the file.

    Raises:
        StoreError: If the log cannot be read.
    """
    with review_log_if_any(corpus_outputs) as log:
        held = decisions_in(log) if log else []
    new, problems = _new(held, read_decisions(corpus_outputs / FILE))
    return Decisions((*held, *(one for one, _ in new)), problems)


def feed(corpus_outputs: Path) -> tuple[str, ...]:
    """Take over what the file has and the log has not. Returns what is wrong with lines that were passed over.

    Raises:
        StoreError: If the log cannot be written.
    """
    read = read_decisions(corpus_outputs / FILE)
    if not read.decisions:
        return read.problems
    with review_log(corpus_outputs) as log:
        new, problems = _new(decisions_in(log), read)
        while new:
            try:
                add_decisions(log, [one for one, _ in new])
                break
            except EntryTaken as taken:  # by a memo, say, or by somebody who decides at this moment
                problems += tuple(f"line {line} {TAKEN}" for one, line in new if one.decision_id == taken.entry_id)
                new = [(one, line) for one, line in new if one.decision_id != taken.entry_id]
    return problems


def digest_of_decisions(corpus_outputs: Path) -> str:
    """Changes whenever a run would be told other decisions; empty if there are none, and no line with a problem."""
    known = known_decisions(corpus_outputs)
    if not (known.decisions or known.problems):
        return ""
    told = json.dumps([[asdict(one) for one in known.decisions], known.problems], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _new(held: Iterable[Decision], read: Decisions) -> tuple[list[tuple[Decision, int]], tuple[str, ...]]:
    """What the log does not have, with its line; and what is wrong with lines."""
    by_id = {one.decision_id: one for one in held}
    lines = list(zip(read.decisions, read.lines, strict=True))
    changed = [line for one, line in lines if by_id.get(one.decision_id, one) != one]
    new = [(one, line) for one, line in lines if one.decision_id not in by_id]
    return new, (*read.problems, *(f"line {line} {TAKEN}" for line in changed))
