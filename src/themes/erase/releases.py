"""The logs of releases without what tells of those who go: who let through what, and when, stays.

Lines are sealed anew from the first that changes; those before it keep their bytes. An edition that was out is taken
away with them, and the log of its run says so.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from themes.deidentify.withdraw.tombstones import BLANK
from themes.erase.journal import Erasure
from themes.erase.repeated import TheirWords
from themes.errors import StoreError
from themes.publication.approve import FOLDER
from themes.publication.log import Keyed, is_out, read_log, write_anew
from themes.records.corpus import Case
from themes.release_text import answers_as_released
from themes.store.run_folder import finished_runs

WHY = (
    "Somebody whose texts were in this run was forgotten: the edition was taken away, and waits for its approval anew."
)
ABOUT = frozenset({"obstacle", "segment", "says", "reason"})
"""What a line says of the thing that was decided."""


def release_log_without(
    run: Path,
    new: Path,
    erasure: Erasure,
    theirs: TheirWords | None,
    keyed: Keyed | None,
    *,
    now: datetime | None = None,
) -> None:
    """Take a run's log to the folder in which the run is made anew.

    A log that was changed by hand vouches for nothing and is not taken over.

    Args:
        run: The run as it was.
        new: Where it is made anew, without its public edition.
        erasure: What goes.
        theirs: What those who go said and are called.
        keyed: By the vault of the corpus.
        now: When the edition is taken away; default: the clock.
    """
    known = _as_sealed(run, keyed)
    if known is None:
        return
    entries, seal = known
    anew = [_without_them(entry, erasure, theirs) for entry in entries]
    if is_out(entries) or (run / FOLDER).exists():
        at = (now or datetime.now(UTC)).isoformat(timespec="seconds")
        anew.append({"did": "withdrawn", "by": "themes forget", "at": at, "reason": WHY})
    if anew:
        write_anew(new, anew, seal)


def forget_in_ledger(corpus_outputs: Path, erasure: Erasure, theirs: TheirWords, keyed: Keyed) -> None:
    """Blank in a corpus's ledger of releases what nobody but those who go answered, and their words.

    What was published stays in it otherwise: others have read it. To be called before the runs are made anew, which
    tell what those who go answered. Done twice, it does no more.
    """
    known = _as_sealed(corpus_outputs, keyed)
    if known is None or not known[0]:
        return
    entries, seal = known
    alone = _answers_of_theirs_alone(corpus_outputs, erasure)

    def changed(said: str) -> str:
        return _blank_answer(said) if said in alone else _blanked(said, theirs)

    anew = [_mapped(entry, changed) for entry in entries]
    if anew != entries:
        write_anew(corpus_outputs, anew, seal)


def _as_sealed(folder: Path, keyed: Keyed | None) -> tuple[list[dict[str, Any]], Keyed | None] | None:
    """The lines of a log and what they are sealed with; None if they were changed by hand."""
    for seal in (keyed, None):
        try:
            return read_log(folder, seal), seal
        except StoreError:
            continue
    return None


def _without_them(entry: Mapping[str, Any], erasure: Erasure, theirs: TheirWords | None) -> dict[str, Any]:
    """A line as it was, or without what it was about: then who decided, what and when is left."""
    ids = erasure.document_ids | erasure.case_ids
    named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(ids)))})(?!\w)")
    about = {key: value for key, value in entry.items() if key in ABOUT}
    if ids and any(named.search(str(value)) for value in about.values()):
        return {**entry, **dict.fromkeys(about, ""), "forgotten": True}
    return {key: _mapped(value, lambda said: _blanked(said, theirs)) for key, value in entry.items()}


def _blanked(said: str, theirs: TheirWords | None) -> str:
    return theirs.blanked(said) if theirs is not None and theirs.are_in(said) else said


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_mapped(each, change) for each in value]
    return {key: _mapped(each, change) for key, each in value.items()} if isinstance(value, dict) else value


def _answers_of_theirs_alone(corpus_outputs: Path, erasure: Erasure) -> set[str]:
    """Answers, as "column=answer", that nobody else gave in any run."""
    theirs: set[str] = set()
    others: set[str] = set()
    for run in finished_runs(corpus_outputs):
        for case in run.read(Case):
            told = {f"{name}={value}" for name, value in answers_as_released(case).items()}
            (theirs if case.case_id in erasure.case_ids else others).update(told)
    return theirs - others


def _blank_answer(said: str) -> str:
    name, equals, _ = said.partition("=")
    return f"{name}{equals}{BLANK}"
