"""The files of a corpus, found below `raw/` and opened with care: no links, no devices, no pipes."""

import os
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from themes.errors import CorpusError
from themes.records.spec import CorpusSpec, SourceSpec

LARGEST_BYTES = 20_000_000  # of a page or story: some ten thousand times what a person writes


class Unreadable(CorpusError):
    """A file cannot be taken in. The message is the reason, to be shown beside the file's name."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file below `raw/`: the path to open, the path below `raw/` and why it is refused, if it is."""

    path: Path
    below: str
    refused: str = ""


def files_of(spec: CorpusSpec, source: SourceSpec) -> list[Found]:
    """The files that a source's glob matches, by name. Folders and hidden files (".x", "~$x") are passed over."""
    found = {path.relative_to(spec.raw).as_posix(): path for path in spec.raw.glob(source.files)}
    return [
        Found(path, below, _refusal(spec.raw, path))
        for below, path in sorted(found.items())
        if not path.name.startswith((".", "~$")) and (path.is_symlink() or not path.is_dir())
    ]


def _refusal(raw: Path, path: Path) -> str:
    links = [part for part in (path, *path.parents) if part.is_relative_to(raw) and part != raw and part.is_symlink()]
    if links:
        return "is a link, or lies behind one. Copy the file itself into raw/"
    try:
        mode = path.lstat().st_mode
    except OSError as trouble:
        return _trouble(trouble)
    return "" if stat.S_ISREG(mode) else "is a device or a pipe, not a file. Remove it from raw/"


def shown(below: str) -> str:
    """A path below `raw/` as records carry it: NFC, line breaks and undecodable bytes escaped, so that it can be
    printed and stored. The same on every system, since keys are made of it."""
    text = below.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in unicodedata.normalize("NFC", text)
    )


def stamp(path: Path) -> str:
    """What changes when a file changes: size, time, inode.

    Raises:
        Unreadable: If the file is gone or may not be looked at.
    """
    try:
        status = path.stat(follow_symlinks=False)
    except OSError as trouble:
        raise Unreadable(_trouble(trouble)) from None
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ino}"


def open_file(path: Path) -> int:
    """A file descriptor for reading an ordinary file.

    Never follows a link and never waits for a pipe, whatever the path has become since it was listed.

    Raises:
        Unreadable: If it is not an ordinary file, is gone, or may not be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as trouble:
        raise Unreadable(_trouble(trouble)) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable("is a device or a pipe, not a file. Remove it from raw/")
    return descriptor


def read_bytes(path: Path, *, largest: int = LARGEST_BYTES) -> bytes:
    """All bytes of an ordinary file.

    Raises:
        Unreadable: If it cannot be opened, is empty, or is larger than `largest` bytes.
    """
    with os.fdopen(open_file(path), "rb") as file:
        try:
            content = file.read(largest + 1)
        except OSError as trouble:
            raise Unreadable(_trouble(trouble)) from None
    if not content:
        raise Unreadable("is empty (0 bytes). Put the file there again, or remove it")
    if len(content) > largest:
        raise Unreadable(f"is larger than {largest // 1_000_000} MB. Split it, or remove it")
    return content


def _trouble(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "was deleted while it was to be read. Put it back, or run again"
    return f"cannot be read: {error.strerror}. Check who may read it"
