"""Who let what through, when and why: lines that are only ever added, each holding the hash of the one before."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from themes.errors import StoreError
from themes.records.release import Acceptance

NAME = "release-log.jsonl"
START = "0" * 64


def read_log(run_dir: Path) -> list[dict[str, Any]]:
    """The decisions on a run's public edition, oldest first; none if nobody took one.

    Raises:
        StoreError: If a line was changed, added or taken out other than by `append`.
    """
    path, entries, before = run_dir / NAME, [], START
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    except (OSError, UnicodeDecodeError):
        raise StoreError(f"{path} cannot be read.") from None
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            sound = entry.pop("before") == before
        except (ValueError, KeyError, AttributeError):
            sound, entry = False, {}
        if not sound:
            raise StoreError(
                f"{path} was changed by hand: line {number} does not follow from the one before. Nothing is published "
                f"on its strength; restore it from a backup."
            )
        entries.append(entry)
        before = _digest(line)
    return entries


def append(run_dir: Path, entry: Mapping[str, Any]) -> None:
    """Add a line, on disk when this returns.

    Raises:
        StoreError: If the log was changed by hand, or cannot be written.
    """
    read_log(run_dir)
    path = run_dir / NAME
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    whole = {**entry, "before": _digest(lines[-1]) if lines else START}
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(whole, ensure_ascii=False, sort_keys=True) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as trouble:
        raise StoreError(f"{path} could not be written: {trouble.strerror}. Nothing was published.") from None


def accepted(run_dir: Path) -> dict[str, Acceptance]:
    """By obstacle, who accepted it last and why."""
    return {
        entry["obstacle"]: Acceptance(entry["obstacle"], entry["by"], entry["at"], entry["reason"])
        for entry in read_log(run_dir)
        if entry["did"] == "accepted"
    }


def left_out(run_dir: Path) -> frozenset[str]:
    """Segments that somebody decided not to quote."""
    return frozenset(entry["segment"] for entry in read_log(run_dir) if entry["did"] == "left out")


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()
