"""Whose texts are meant: found in the raw files, read again in memory, and in the runs. Nothing is changed here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from themes.clean.document import clean
from themes.deidentify.replace.surrogates import plain_form
from themes.deidentify.vault.reveals import TAG
from themes.deidentify.vault.spelling import spelled_tag
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import said_words
from themes.read.corpus import read_corpus
from themes.records.corpus import Document, Quarantined, SourceRef
from themes.records.raw import RawDocument
from themes.records.spec import CorpusSpec
from themes.store.run_folder import RunFolder, finished_runs


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who or what is to be forgotten: one of the four."""

    case_id: str = ""
    author: str = field(default="", repr=False)
    """A name as written, or the tag that stands for it."""
    words: str = field(default="", repr=False)
    document_ids: frozenset[str] = frozenset()
    """Texts by their ids: those of an erasure that was interrupted."""

    @property
    def whole_rows(self) -> bool:
        """Whether people are to be forgotten, and not single texts."""
        return not self.words


@dataclass(slots=True)
class Text:
    """A text that is meant, by what may be shown of it."""

    document_id: str
    case_id: str
    kind: str
    written: str = ""
    """Month or day."""
    places: list[SourceRef] = field(default_factory=list, repr=False)
    """Where it stands below raw/: for the terminal, never for a log."""
    runs: list[Path] = field(default_factory=list)


@dataclass(slots=True)
class Found:
    """All texts that are meant."""

    texts: dict[str, Text] = field(default_factory=dict)
    raw: dict[str, RawDocument] = field(default_factory=dict, repr=False)
    """As they are in the raw files, cleaned; only of those that are still there."""
    masked: dict[str, set[str]] = field(default_factory=dict, repr=False)
    """As they are in the runs."""
    fingerprints: set[str] = field(default_factory=set)

    @property
    def case_ids(self) -> set[str]:
        return {text.case_id for text in self.texts.values()}

    @property
    def names(self) -> set[str]:
        """Those under which they were written."""
        return {raw.author for raw in self.raw.values() if raw.author}


def raw_texts(spec: CorpusSpec) -> Iterator[RawDocument | Quarantined]:
    """Every text of the raw files, cleaned where it can be; nothing if all files have been deleted.

    Raises:
        CorpusError: If there are files and they cannot be read.
    """
    if not any(path.is_file() for path in spec.raw.rglob("*")):
        return
    for item in read_corpus(spec):
        if isinstance(item, RawDocument):
            cleaned = clean(item)
            yield cleaned if isinstance(cleaned, RawDocument) else item
        elif isinstance(item, Quarantined):
            yield item


def find(wanted: Wanted, *, spec: CorpusSpec, vault: Vault, corpus_outputs: Iterable[Path]) -> Found:
    """The texts that are meant. Where a person is, everything of each case that matches.

    Args:
        wanted: Who or what.
        spec: The corpus; its raw files are read.
        vault: Tells the ids of raw texts; nothing is written to it.
        corpus_outputs: Each `outputs/<corpus>`.
    """
    found = Found()
    for raw in raw_texts(spec):
        if isinstance(raw, RawDocument) and _is_wanted(raw, wanted, vault):
            document_id = vault.known_id("document", raw.document_key)
            text = found.texts.setdefault(
                document_id, Text(document_id, vault.known_id("case", raw.case_key), raw.kind.value)
            )
            text.written = str(raw.written or "")
            text.places.append(raw.source)
            found.raw[document_id] = raw
    cases = found.case_ids | {wanted.case_id} if wanted.whole_rows and not wanted.document_ids else set()
    for folder in corpus_outputs:
        for run in finished_runs(folder):
            for document in run.read(Document):
                if document.document_id in found.texts or document.case_id in cases or _holds(document, wanted):
                    _note(document, run, found)
    return found


def _is_wanted(raw: RawDocument, wanted: Wanted, vault: Vault) -> bool:
    if wanted.case_id:
        return vault.known_id("case", raw.case_key) == wanted.case_id
    if wanted.author:
        return bool(raw.author) and _same_name(raw.author or "", wanted.author, vault)
    if wanted.words:
        return _says(raw.text, wanted.words)
    return vault.known_id("document", raw.document_key) in wanted.document_ids


def _same_name(author: str, wanted: str, vault: Vault) -> bool:
    if plain_form(author) == plain_form(wanted):
        return True
    tag = TAG.fullmatch(wanted.strip())
    return tag is not None and spelled_tag(vault.keyed("tag person", plain_form(author))).startswith(tag["tag"])


def _holds(document: Document, wanted: Wanted) -> bool:
    return document.document_id in wanted.document_ids or bool(wanted.words and _says(document.text, wanted.words))


def _says(text: str, words: str) -> bool:
    """Whether the words stand in the text in a row, in any case and spacing."""
    looked_for = " ".join(said_words(words))
    return bool(looked_for) and f" {looked_for} " in f" {' '.join(said_words(text))} "


def _note(document: Document, run: RunFolder, found: Found) -> None:
    text = found.texts.setdefault(
        document.document_id, Text(document.document_id, document.case_id, document.kind.value)
    )
    text.written = text.written or document.written or ""
    text.runs.append(run.path)
    found.masked.setdefault(document.document_id, set()).add(document.text)
    found.fingerprints.add(document.fingerprint)
