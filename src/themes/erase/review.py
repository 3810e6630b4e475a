"""The review log without what tells of those who go: decisions and memos on their texts, memos that repeat their words,
their cases in the sample. Numbers, times and hashes of these entries stay, and so the chain does."""

import re
from collections.abc import Iterable
from pathlib import Path

from themes.erase.journal import Erasure
from themes.erase.repeated import TheirWords
from themes.records.review import EntryKind
from themes.store.review_place import review_log_if_any

WRITTEN = frozenset({EntryKind.MEMO, EntryKind.QUERY})
"""Kinds in which people write what they like: there it is their words that are looked for as well."""


def forget_in_review(corpus_outputs: Path, erasure: Erasure, theirs: TheirWords) -> int:
    """Take out of the review log of a corpus what tells of those who go. Done twice, it does no more.

    Args:
        corpus_outputs: `outputs/<corpus>`.
        erasure: What goes.
        theirs: Their names and words.

    Returns:
        How many entries were emptied.

    Raises:
        StoreError: If the log cannot be reached or written, or somebody else holds its file.
    """
    ids = sorted(erasure.document_ids | erasure.case_ids)
    with review_log_if_any(corpus_outputs) as log:
        if log is None or not ids:
            return 0
        named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ids))})(?!\w)")
        gone = [
            link.number
            for link in log.links()
            if link.content and (named.search(link.content) or (link.kind in WRITTEN and theirs.are_in(link.content)))
        ]
        emptied = log.erase(gone)
        log.compact()
        return emptied


def review_log_opened(folders: Iterable[Path]) -> dict[str, bytes]:
    """All that the logs of some corpora's outputs say, by where they are: for the proof, which cannot search the files
    of a server."""
    opened = {}
    for folder in folders:
        with review_log_if_any(folder) as log:
            if log is not None:
                said = (f"{link.about} {link.content}" for link in log.links() if link.content)
                opened[f"the review log {log.place}"] = "\n".join(said).encode("utf-8", "surrogatepass")
    return opened
