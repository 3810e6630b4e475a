"""Decisions handed in as lines of `decisions.jsonl`, the way in for what was decided elsewhere."""

import json
from collections.abc import Iterable
from pathlib import Path

from themes.read.decisions import as_line
from themes.records.decision import Decision
from themes.store.files import whole_file


def hand_in(decisions: Iterable[Decision], path: Path) -> None:
    """Add the decisions behind the lines that the file has, all or none. Hold the corpus's lock.

    Raises:
        StoreError: If it cannot be written.
    """
    new = [json.dumps(as_line(decision), ensure_ascii=False) + "\n" for decision in decisions]
    if not new:
        return
    before = path.read_bytes() if path.is_file() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    with whole_file(path) as partial:
        partial.write_bytes(before + "".join(new).encode("utf-8"))
