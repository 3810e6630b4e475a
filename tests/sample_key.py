"""The key of the sample corpus, as invented reviewers of its excerpts."""

import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from themes.clean.document import clean
from themes.deidentify.vault.vault import Vault
from themes.read.corpus import read_corpus
from themes.read.spec import read_spec
from themes.records.corpus import Document
from themes.records.raw import RawDocument
from themes.records.segment import Segment
from themes.store.run_folder import RunFolder

TOUCHES = 10
"""Characters of an excerpt of the key that an excerpt of a run must share to have its codes."""


def codes_by_key(run: Path, corpus: Path, vault: Vault) -> Mapping[str, frozenset[str]]:
    """The codes of each excerpt of a run that has any, by segment id."""
    key = {}
    for part in sorted((corpus / "key").glob("*.jsonl")):
        for line in part.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            key.setdefault(_same(entry["text"]), entry)
    folder = RunFolder(run)
    documents = {d.document_id: d for d in folder.read(Document)}
    segments: dict[str, list[Segment]] = {}
    for segment in folder.read(Segment):
        segments.setdefault(segment.document_id, []).append(segment)
    found: dict[str, frozenset[str]] = {}
    for raw in read_corpus(read_spec(corpus)):
        cleaned = clean(raw) if isinstance(raw, RawDocument) else None
        entry = key.get(_same(cleaned.text)) if isinstance(cleaned, RawDocument) else None
        document = documents.get(vault.keyed_id("document", cleaned.document_key)) if entry else None
        if entry is None or document is None:
            continue
        shift = max(0, cleaned.text.find(entry["text"]))
        for excerpt in entry["excerpts"]:
            start, end = (moved(document, excerpt[edge] + shift) for edge in ("start", "end"))
            for one in segments.get(document.document_id, []):
                if min(end, one.span.end) - max(start, one.span.start) >= TOUCHES:
                    found[one.segment_id] = found.get(one.segment_id, frozenset()) | set(excerpt["codes"])
    return found


def moved(document: Document, offset: int) -> int:
    """An offset of the cleaned text, in the text with surrogates."""
    shift = 0
    for r in document.replacements:
        if r.span.end <= offset:
            shift += len(r.surrogate) - (r.span.end - r.span.start)
    return offset + shift


def _same(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
