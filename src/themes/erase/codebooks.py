"""The codebook without what those who go said and are called: somebody may have copied it into a definition.

All versions and the labelled examples beside them: each version says what the one before it hashes to, and hashes stand
for wordings that meant the same. Both are told anew, so that what was decided by a wording holds by the blanked one.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from themes.code.meaning import hash_of_meaning
from themes.deidentify.withdraw.tombstones import BLANK
from themes.erase.repeated import TheirWords
from themes.errors import CodebookError, ProtectionError, StoreError
from themes.read.codebook import codebook_from, read_codebook
from themes.read.codebook_content import Flaw, codebook_content, content_in
from themes.read.codebook_versions import files_there, hash_of_file, version_files
from themes.records.codebook import Codebook
from themes.records.review import EntryKind, NewEntry
from themes.records.spec import CorpusSpec
from themes.store.files import read_json, whole_file
from themes.store.review_log import ReviewLog
from themes.store.tables import from_plain

CODEBOOK = "codebook.json"
"""The codebook that a run coded by, in its folder."""
ABOUT = "codebook"


@dataclass(frozen=True, slots=True)
class Place:
    """Where words of somebody stand in the codebook. Says ids and names of fields, never the words."""

    file: str
    field: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field}"


def places_in_codebook(spec: CorpusSpec, theirs: TheirWords) -> list[Place]:
    """Where they stand, version by version, field by field.

    Raises:
        CodebookError: If a version cannot be read, or was changed since another was made of it.
    """
    found = []
    for path in _files(spec):
        text = _text(path)
        if not theirs.are_in(text):
            continue
        if path.suffix == ".jsonl":
            lines = [f"line {at}" for at, line in enumerate(text.split("\n"), 1) if theirs.are_in(line)]
            found += [Place(path.name, line) for line in lines or ["from one line to the next"]]
        else:
            fields = [field for field, told in _fields(codebook_content(path), theirs) if theirs.are_in(told)]
            # A remark, or a run of words that goes on from one field into the next.
            found += [Place(path.name, field) for field in fields or ["beside or between its fields"]]
    return found


def refuse_what_cannot_be_reworded(spec: CorpusSpec, theirs: TheirWords) -> None:
    """Stop before anything is done where blanking would not do.

    Raises:
        ProtectionError: If an id is among it, or the rest would not be a codebook.
    """
    for path in _files(spec):
        blanked = theirs.blanked(_text(path))
        if theirs.are_in(blanked):
            raise ProtectionError(_cannot(path))
        if path.suffix != ".jsonl":
            _meanings(path, blanked)


def reword_codebook(spec: CorpusSpec, theirs: TheirWords, logs: Iterable[ReviewLog] = ()) -> list[Path]:
    """Blank their words in all versions and in the labelled examples. Done twice, it does no more.

    Args:
        spec: The corpus.
        theirs: What goes.
        logs: Review logs of the corpus: each version that was changed is written down there as it now is.

    Returns:
        The files that were changed. Nothing is, if one of them cannot be.

    Raises:
        ProtectionError: If an id is among it, or the rest would not be a codebook.
        StoreError: If a file cannot be read or written.
    """
    paths = _files(spec, linked=False)
    before = {path: _text(path) for path in paths}
    after = {path: theirs.blanked(text) for path, text in before.items()}
    if after == before and not any(BLANK in text for text in before.values()):
        return []
    meant: dict[str, str] = {}
    for path in paths:
        if path.suffix != ".jsonl":
            meant |= _meanings(path, after[path])
    last, hashes = "", {}
    for path in paths:
        for then, now in meant.items():
            after[path] = after[path].replace(then, now)
        if path.suffix == ".toml" and last:
            after[path] = _made_of(codebook_content(path).get("made_of", ""), last, after[path])
        last = hashes[path] = hashlib.sha256(after[path].encode()).hexdigest()
    changed = [path for path in paths if after[path] != before[path]]
    for log in logs:
        _write_down(log, {hash_of_file(path): hashes[path] for path in changed})
    # The newest first: whatever interrupts it, what the earlier ones meant can still be told from them.
    for path in reversed(changed):
        _write(path, after[path])
    return changed


def codebook_of_run_repeats(run: Path, theirs: TheirWords) -> bool:
    """Whether the codebook that a run coded by holds words of theirs, or did, so that it is made anew."""
    path = run / CODEBOOK
    return path.is_file() and (BLANK in (text := _text(path)) or theirs.are_in(text))


def reword_codebook_of_run(run: Path, theirs: TheirWords) -> bool:
    """Blank their words in the codebook that a run coded by; whether it is another one than it was, then or before.

    Raises:
        ProtectionError: If an id is among it.
    """
    path = run / CODEBOOK
    if not path.is_file():
        return False
    before = _text(path)
    after = theirs.blanked(before)
    if after != before:
        then = from_plain(Codebook, read_json(path))
        try:
            now = from_plain(Codebook, json.loads(after))
        except (ValueError, TypeError, KeyError):
            raise ProtectionError(_cannot(path)) from None
        if _ids(then) != _ids(now):
            raise ProtectionError(_cannot(path))
        for old, new in _pairs(then, now).items():
            after = after.replace(old, new)
        _write(path, after)
    return BLANK in after


def _files(spec: CorpusSpec, *, linked: bool = True) -> list[Path]:
    """All versions, the first one first, and the labelled examples; those that are there."""
    first = spec.folder / spec.codebook
    if not first.is_file():
        return []
    # Interrupted, some were told anew and others not.
    versions = [each.path for each in (version_files(first) if linked else files_there(first))]
    labelled = {book.labelled for book in map(read_codebook, versions) if book.labelled is not None}
    return [*versions, *sorted(labelled)]


def _fields(content: Mapping[str, Any], theirs: TheirWords, before: str = "") -> Iterator[tuple[str, str]]:
    """Each field by a name that somebody finds, with what it says; what is called by their words goes by its place."""
    for number, (key, value) in enumerate(content.items(), 1):
        shown = f"entry {number}" if theirs.are_in(key) else key
        name = f"{before}, {shown}" if before else shown
        if shown != key:
            yield name, key
        if isinstance(value, Mapping):
            yield from _fields(value, theirs, name)
        elif isinstance(value, list):
            for at, each in enumerate(value, 1):
                if isinstance(each, Mapping):
                    known = str(each.get("id", ""))
                    called = f"'{known}'" if known and not theirs.are_in(known) else str(at)
                    yield from _fields(each, theirs, f"{name} {called}")
                else:
                    yield f"{name} {at}", str(each)
        else:
            yield name, str(value)


def _meanings(path: Path, text: str) -> dict[str, str]:
    """Hash of what each code of a version means to the hash of what it means with the words blanked."""
    try:
        then, now = read_codebook(path), codebook_from(content_in(text.removeprefix("\ufeff"), path.suffix), path)
    except (Flaw, CodebookError):
        raise ProtectionError(_cannot(path)) from None
    if _ids(then) != _ids(now):
        raise ProtectionError(_cannot(path))
    return _pairs(then, now)


def _pairs(then: Codebook, now: Codebook) -> dict[str, str]:
    pairs = {
        hash_of_meaning(code): hash_of_meaning(other)
        for code in (*then.codes, *(each.code for each in then.retired))
        if (other := now.ever(code.code_id)) is not None
    }
    return {old: new for old, new in pairs.items() if old != new}


def _ids(book: Codebook) -> list[str]:
    return [code.code_id for code in (*book.codes, *(each.code for each in book.retired))]


def _cannot(path: Path) -> str:
    return (
        f"Nothing was changed in {path.name}: what stands there of them is part of an id, or the rest would not be a "
        f"codebook. Reword it by hand, in every version and with the hash of each in the next, and forget again."
    )


def _made_of(then: str, now: str, text: str) -> str:
    return text.replace(f'made_of = "{then}"', f'made_of = "{now}"', 1) if then else text


def _write_down(log: ReviewLog, became: Mapping[str, str]) -> None:
    """That a version was blanked: under the hash that it has now, by whoever made it."""
    entries = []
    for entry in log.entries(EntryKind.CODEBOOK):
        said = dict(entry.content or {})
        if said.get("sha256") in became:
            now = became[said["sha256"]]
            told = {**said, "sha256": now, "what": [*said.get("what", ()), "words of somebody taken out"]}
            entries.append(NewEntry(EntryKind.CODEBOOK, f"blanked {now}", ABOUT, told))
    log.append(entries)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise StoreError(f"{path} cannot be read, so nobody can tell whose words stand in it.") from None


def _write(path: Path, text: str) -> None:
    with whole_file(path) as partial:
        partial.write_bytes(text.encode())
