"""The files behind the lists, each checked against the hash that was kept of it when it is read.

A list that is damaged or empty finds nothing, and what it should have found would pass: so it stops everything.
"""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from themes.errors import ModelError

LISTS = files("themes.deidentify") / "lists"
MANIFEST = files("themes.deidentify") / "lists.sha256"
"""A line for each list, as `sha256sum` writes it. Written by `scripts/keep_list_hashes.py`."""


def list_text(name: str) -> str:
    """What a list says.

    Raises:
        ModelError: If it is missing, empty, or not the one whose hash was kept.
    """
    return list_bytes(name).decode("utf-8")


def list_bytes(name: str) -> bytes:
    """What is in a list's file. Raises as `list_text`."""
    try:
        content = Path(str(LISTS / name)).read_bytes()
    except OSError:
        raise damaged(name) from None
    if not content.strip() or hashlib.sha256(content).hexdigest() != kept_hashes().get(name):
        raise damaged(name)
    return content


@cache
def kept_hashes() -> dict[str, str]:
    """List to the hash that was kept of it; none if they cannot be read, so that no list is taken for sound."""
    try:
        lines = MANIFEST.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines) if name}


def damaged(name: str) -> ModelError:
    return ModelError(
        f"A list of names is damaged: {name}. What it should find would pass unseen, so nothing was done. Install the "
        f"program again: delete .venv and run `make setup`. If you changed the list yourself, run "
        f"scripts/keep_list_hashes.py."
    )


def lexicon_files() -> list[Path]:
    """The files of the lists, those whose hash was kept and those that are there."""
    there = {entry.name for entry in LISTS.iterdir()} if LISTS.is_dir() else set()
    return [Path(str(LISTS / name)) for name in sorted(there | set(kept_hashes()))]


def manifest() -> str:
    """What the manifest should say of the lists as they are."""
    paths = sorted((Path(str(entry)) for entry in LISTS.iterdir()), key=lambda path: path.name)
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in paths)
