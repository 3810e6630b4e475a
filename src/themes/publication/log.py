"""Who let what through, when and why: lines that are only ever added. Erasing somebody alone blanks what names them.

Each line holds the hash of the one before and a seal over itself and that hash, keyed by the vault of the corpus where
there is one: a line changed by hand is noticed, the last one too, and nobody without the vault can seal it anew.
Lines cut off at the end are not noticed: what was accepted in them stands again, what was left out is not any more.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from themes.errors import StoreError
from themes.records.release import Acceptance
from themes.store.files import whole_file

NAME = "release-log.jsonl"
VAULT, PLAIN = "vault:", "sha256:"
START = "0" * 64

type Keyed = Callable[[str], str]
"""Keyed hash of a text by the vault of the corpus."""


def read_log(run_dir: Path, keyed: Keyed | None = None) -> list[dict[str, Any]]:
    """The decisions on a run's public edition, oldest first; none if nobody took one.

    Args:
        run_dir: The run.
        keyed: By the vault of its corpus; None where the corpus is not at hand.

    Raises:
        StoreError: If a line was changed, added or taken out other than by `append`; if it was sealed with the vault
            and is read without, or the other way round.
    """
    path, entries, before = run_dir / NAME, [], START
    try:
        lines = _lines(path)
    except (OSError, UnicodeDecodeError):
        raise StoreError(f"{path} cannot be read.") from None
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            seal = str(entry.pop("seal"))
            _refuse_other_seal(path, number, seal, keyed)
            sound = entry["before"] == before and seal == _seal(entry, keyed)
            del entry["before"]
        except (ValueError, KeyError, AttributeError, TypeError):
            sound, entry = False, {}
        if not sound:
            raise StoreError(
                f"{path} was changed by hand: line {number} does not follow from the one before, or is not "
                f"what was sealed. Nothing is published "
                f"on its strength; restore it from a backup."
            )
        entries.append(entry)
        before = _digest(line)
    return entries


def append(run_dir: Path, entry: Mapping[str, Any], keyed: Keyed | None = None) -> None:
    """Add a line, on disk when this returns. Arguments as of `read_log`.

    Raises:
        StoreError: If the log was changed by hand, or cannot be written.
    """
    read_log(run_dir, keyed)
    path = run_dir / NAME
    lines = _lines(path)
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(_line(entry, lines[-1] if lines else None, keyed) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as trouble:
        raise StoreError(f"{path} could not be written: {trouble.strerror}. Nothing was published.") from None


def write_anew(run_dir: Path, entries: Iterable[Mapping[str, Any]], keyed: Keyed | None = None) -> None:
    """Put a log of these entries in the place of the one there is: for somebody's erasure alone. Arguments as of
    `read_log`.

    Lines up to the first that differs are the same, byte for byte.
    """
    lines: list[str] = []
    for entry in entries:
        lines.append(_line(entry, lines[-1] if lines else None, keyed))
    with whole_file(run_dir / NAME) as partial:
        partial.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def is_out(entries: Sequence[Mapping[str, Any]]) -> bool:
    """Whether, by the log, an edition was approved and not withdrawn since."""
    last = [entry["did"] for entry in entries if entry["did"] in ("approved", "withdrawn")][-1:]
    return last == ["approved"]


def sealed_by(hashed: Callable[[str, str], bytes]) -> Keyed:
    """The keyed hash that seals a log of releases, by `keyed` of the corpus's vault."""
    return lambda text: hashed("release log", text).hex()


def accepted(run_dir: Path, keyed: Keyed | None = None) -> dict[str, Acceptance]:
    """By obstacle, who accepted it last and why."""
    return {
        entry["obstacle"]: Acceptance(entry["obstacle"], entry["by"], entry["at"], entry["reason"])
        for entry in read_log(run_dir, keyed)
        if entry["did"] == "accepted" and entry["obstacle"]
    }


def left_out(run_dir: Path, keyed: Keyed | None = None) -> frozenset[str]:
    """Segments that somebody decided not to quote, but for those of people who are forgotten."""
    told = read_log(run_dir, keyed)
    return frozenset(entry["segment"] for entry in told if entry["did"] == "left out" and entry["segment"])


def _line(entry: Mapping[str, Any], before: str | None, keyed: Keyed | None) -> str:
    whole = {**entry, "before": START if before is None else _digest(before)}
    whole["seal"] = _seal(whole, keyed)
    return json.dumps(whole, ensure_ascii=False, sort_keys=True)


def _seal(entry: Mapping[str, Any], keyed: Keyed | None) -> str:
    written = json.dumps(entry, ensure_ascii=False, sort_keys=True)
    return f"{VAULT}{keyed(written)}" if keyed else f"{PLAIN}{_digest(written)}"


def _refuse_other_seal(path: Path, number: int, seal: str, keyed: Keyed | None) -> None:
    if seal.startswith(VAULT) and keyed is None:
        raise StoreError(
            f"Line {number} of {path} is sealed with the vault of the corpus, and cannot be checked without it. Name "
            f"the corpus: --corpus."
        )
    if seal.startswith(PLAIN) and keyed is not None:
        raise StoreError(
            f"Line {number} of {path} was written without the vault of the corpus, so anybody could have written it. "
            f"Nothing is published on its strength: move the file away, and accept anew what it says."
        )


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()


def _lines(path: Path) -> list[str]:
    """At line feeds alone: a reason may hold what Unicode calls the end of a line as well."""
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.is_file() else []
