"""The versions of a codebook as the page works on them: the newest, what a change of it would do, the next one kept."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from themes.code.meaning import means_the_same
from themes.errors import StoreError, WrongUse
from themes.read.codebook import codebook_from
from themes.read.codebook_content import codebook_content
from themes.read.codebook_versions import MADE_OF, VersionFile, file_of_version, hash_of_file, version_files
from themes.records.codebook import Code, Codebook
from themes.records.review import EntryKind, NewEntry
from themes.review.codebook_edit import Content, next_version, restored, with_version
from themes.review.held import Held
from themes.store.review_log import ReviewLog
from themes.store.review_records import said_in

ABOUT = "codebook"
FIELDS = ("name", "definition", "clarification", "include", "exclude", "cues", "polarity", "parent_id")
_SAVING = Lock()


@dataclass(frozen=True)
class Edition:
    """One version of a codebook, with what it was read from."""

    number: int
    path: Path
    digest: str
    """SHA-256 of the file: a form names it, so that nobody works on a version that is no longer the newest."""
    content: Content
    codebook: Codebook


@dataclass(frozen=True, slots=True)
class Made:
    """Who made a version, and when; of one that was not made on the page all is empty."""

    number: int
    version: str
    by: str = ""
    at: str = ""
    what: tuple[str, ...] = ()
    """Such as "reworded waiting"."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one code."""

    code_id: str
    name: str
    what: str
    """ "new", "reworded", "means something else", "retired", "merged" or "moved"."""
    into: str = ""
    """The name of the code that it is merged into, or of the group that it is moved to."""
    fields: tuple[tuple[str, str, str], ...] = ()
    """What is said otherwise: field, before, after."""
    yes: int = 0
    """How many excerpts people gave the code."""
    no: int = 0
    """How many they said no to it for."""

    @property
    def told(self) -> str:
        """For the log: ids alone."""
        return f"{self.what} {self.code_id}"


def newest(first: Path) -> Edition:
    """The newest version.

    Args:
        first: The file that corpus.toml names.

    Raises:
        CodebookError: If a version cannot be read, or was changed since another was made of it.
    """
    return edition(version_files(first)[-1])


def edition(file: VersionFile) -> Edition:
    """One version.

    Raises:
        CodebookError: If it cannot be read.
    """
    content = codebook_content(file.path)
    return Edition(file.number, file.path, hash_of_file(file.path), content, codebook_from(content, file.path))


def earlier(first: Path, number: int) -> Edition:
    """The version of that number.

    Raises:
        WrongUse: If there is none.
        CodebookError: If it cannot be read.
    """
    found = next((each for each in version_files(first) if each.number == number), None)
    if found is None:
        raise WrongUse("The codebook has no such version.")
    return edition(found)


def again(first: Path, now: Edition, number: int) -> Content:
    """The content of the next version, if it says what an earlier one said.

    Raises:
        WrongUse: If there is no such version.
    """
    then = earlier(first, number)
    return restored(now.content, then.content, now.codebook, then.codebook)


def as_read(now: Edition, content: Content) -> Codebook:
    """The codebook that a changed content is, as the next version.

    Raises:
        CodebookError: If it contradicts itself.
    """
    return codebook_from(with_version(content, next_version(now.codebook.version)), now.path)


def effects(now: Codebook, after: Codebook, held: Held) -> list[Effect]:
    """What another version does, code by code; nothing if it says the same."""
    yes, no = _decided(held)
    found = []
    for code in after.codes:
        before = now.ever(code.code_id)
        if before is None or code.code_id not in now:
            found.append(Effect(code.code_id, code.name, "new" if before is None else "taken up again"))
        elif fields := _differing(before, code, now, after):
            same = means_the_same(code.code_id, now, after)
            only_moved = [field for field, _, _ in fields] == ["parent_id"]
            what = "moved" if only_moved else "reworded" if same else "means something else"
            into = after.groups.get(code.parent_id or "", "") if only_moved else ""
            told = tuple(fields)
            found.append(Effect(code.code_id, code.name, what, into, told, yes[code.code_id], no[code.code_id]))
    for code in now.codes:
        if code.code_id not in after:
            into = after.stands_for(code.code_id)
            what, name = ("merged", after[into].name) if into else ("retired", "")
            found.append(Effect(code.code_id, code.name, what, name, (), yes[code.code_id], no[code.code_id]))
    return found


def save(
    first: Path, log: ReviewLog, content: Content, *, base: str, entry_id: str, by: str, what: Sequence[str]
) -> VersionFile:
    """Keep a changed content as the next version: a file beside the others, and an entry of the log.

    Args:
        first: The file that corpus.toml names.
        log: The review log.
        content: From `codebook_edit`.
        base: The digest of the version that was changed.
        entry_id: Sent twice, it counts once.
        by: Who made it.
        what: From `Effect.told`.

    Raises:
        WrongUse: If somebody made another version meanwhile.
        CodebookError: If the content contradicts itself.
        StoreError: If the file cannot be written.
    """
    with _SAVING:
        now = newest(first)
        if any(entry.entry_id == entry_id for entry in log.entries(EntryKind.CODEBOOK)):
            return VersionFile(now.number, now.path)
        if now.digest != base:
            raise WrongUse("Somebody made another version meanwhile. Look at it, and make your change again.")
        version = next_version(now.codebook.version)
        new = {MADE_OF: now.digest, **{k: v for k, v in with_version(content, version).items() if k != MADE_OF}}
        target = file_of_version(first, now.number + 1)
        codebook_from(new, target)
        _write(target, new)
        told = {"by": by, "number": now.number + 1, "version": version, "sha256": hash_of_file(target)}
        log.append([NewEntry(EntryKind.CODEBOOK, entry_id, ABOUT, {**told, "what": list(what)})])
        return VersionFile(now.number + 1, target)


def history(first: Path, log: ReviewLog) -> list[Made]:
    """All versions, the newest first."""
    made: dict[tuple[int, str], Mapping[str, Any]] = {}
    for entry in log.entries(EntryKind.CODEBOOK):
        said = said_in(entry)
        made[said["number"], said["sha256"]] = {**said, "at": entry.written_at}
    found = []
    for file in reversed(version_files(first)):
        one = edition(file)
        said = made.get((one.number, one.digest), {})
        told = (said.get("by", ""), said.get("at", ""), tuple(said.get("what", ())))
        found.append(Made(one.number, one.codebook.version, *told))
    return found


def _write(target: Path, content: Content) -> None:
    import tomlkit

    try:
        # "x": two who save at once, in two processes, do not write over one another.
        with target.open("xb") as file:
            file.write(tomlkit.dumps(content).encode())
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise WrongUse("Somebody made another version meanwhile. Look at it, and make your change again.") from None
    except OSError as trouble:
        raise StoreError(f"The codebook could not be written to {target}: {trouble.strerror}.") from None


def _differing(before: Code, after: Code, now: Codebook, then: Codebook) -> list[tuple[str, str, str]]:
    """Field, before, after, of all that is said otherwise."""
    found = []
    for name in FIELDS:
        one, other = getattr(before, name), getattr(after, name)
        if one == other:
            continue
        if name == "parent_id":
            one, other = now.groups.get(one or "", one or ""), then.groups.get(other or "", other or "")
        found.append((name, _as_lines(one), _as_lines(other)))
    return found


def _as_lines(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _decided(held: Held) -> tuple[Counter[str], Counter[str]]:
    """For how many excerpts people hold together that a code applies, and that it does not."""
    yes: Counter[str] = Counter()
    no: Counter[str] = Counter()
    for one in held.together(held.decided_on()):
        yes.update(one.code_ids)
        no.update(one.asked - one.code_ids)
    return yes, no
