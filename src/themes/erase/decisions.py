"""Analysts' decisions without those about texts that go: they name a text's id, and what it was held to be about."""

import json
import re
from collections.abc import Collection
from pathlib import Path

from themes.errors import StoreError
from themes.read.decisions import FILE
from themes.store.files import whole_file


def forget_decisions(corpus_outputs: Path, document_ids: Collection[str]) -> int:
    """Take the lines out of a corpus's decisions that name such a text, whether or not they can be used.

    The other lines stay as they are, byte for byte; done twice, it does no more.

    Args:
        corpus_outputs: `outputs/<corpus>`.
        document_ids: Ids of the texts that go.

    Returns:
        How many lines were taken out.

    Raises:
        StoreError: If the file cannot be read or written.
    """
    path = corpus_outputs / FILE
    if not path.is_file() or not document_ids:
        return 0
    named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(document_ids)))})(?!\w)")
    try:
        lines = path.read_bytes().splitlines(keepends=True)
    except OSError as trouble:
        raise StoreError(f"{path} cannot be read: {trouble.strerror}. Nothing was taken out of it.") from None
    kept = [line for line in lines if not named.search(_in_full(line))]
    if len(kept) < len(lines):
        with whole_file(path) as partial:
            partial.write_bytes(b"".join(kept))
    return len(lines) - len(kept)


def _in_full(line: bytes) -> str:
    """A line as it is written, and as it reads once what JSON escapes is undone."""
    written = line.decode("utf-8", "replace")
    try:
        return f"{written} {json.dumps(json.loads(written), ensure_ascii=False)}"
    except (ValueError, RecursionError):
        return written
