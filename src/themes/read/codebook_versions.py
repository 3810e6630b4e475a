"""The versions of a corpus's codebook: the file that corpus.toml names, and beside it those made of it, in order.

`codebook.toml` is the first, `codebook.v2.toml` the second. None is changed once there is a later one: each says what
the one before it hashes to, and one that was changed behind its successor's back stops a run.
"""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from themes.errors import CodebookError
from themes.records.spec import CorpusSpec

MADE_OF = "made_of"
"""The key under which a version names the hash of the one before it."""


@dataclass(frozen=True, slots=True)
class VersionFile:
    """One version of a codebook."""

    number: int
    """From 1."""
    path: Path


def codebook_file(spec: CorpusSpec) -> Path:
    """The newest version of the codebook of a corpus.

    Raises:
        CodebookError: If an earlier version was changed since a later one was made of it, or one is missing.
    """
    return version_files(spec.folder / spec.codebook)[-1].path


def version_files(first: Path) -> list[VersionFile]:
    """All versions, the first one first, each held against the next.

    Args:
        first: The file that corpus.toml names; whether it is there is not looked at.

    Raises:
        CodebookError: If one was changed since the next was made of it, or one is missing.
    """
    files = files_there(first)
    for before, after in pairwise(files):
        if after.number != before.number + 1:
            raise CodebookError(f"{after.path.name} is there, but no version {after.number - 1}. Put it back.")
        if _made_of(after.path) != hash_of_file(before.path):
            raise CodebookError(
                f"{before.path.name} was changed after {after.path.name} was made of it, so it is not clear which "
                f"counts. Put {before.path.name} back as it was and make the change in {after.path.name}; or, to go on "
                f"from {before.path.name}, take {after.path.name} and later versions out of the folder."
            )
    return files


def files_there(first: Path) -> list[VersionFile]:
    """All versions by number, not held against one another."""
    named = re.compile(rf"{re.escape(first.stem)}\.v([1-9]\d{{0,5}})\.toml")
    later = sorted(
        (int(found[1]), path) for path in first.parent.glob("*.toml") if (found := named.fullmatch(path.name))
    )
    return [VersionFile(1, first), *(VersionFile(number, path) for number, path in later)]


def file_of_version(first: Path, number: int) -> Path:
    """Where a version goes."""
    return first if number == 1 else first.with_name(f"{first.stem}.v{number}.toml")


def hash_of_file(path: Path) -> str:
    """SHA-256 of what a file holds.

    Raises:
        CodebookError: If it cannot be read.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as trouble:
        raise CodebookError(f"{path.name} cannot be read ({trouble.strerror}). Check the path {path}.") from None


def _made_of(path: Path) -> str:
    try:
        return str(tomllib.loads(path.read_text(encoding="utf-8")).get(MADE_OF, ""))
    except (OSError, ValueError):
        raise CodebookError(f"{path.name} cannot be read as TOML. Correct it, or take it out of the folder.") from None
