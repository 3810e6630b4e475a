"""Before anything is done: that nothing which is read, or kept for the next call, would be written over."""

from collections.abc import Iterable
from pathlib import Path

from themes.errors import WrongUse


def refuse_to_write_over(written: Iterable[Path], read: Iterable[Path | None]) -> None:
    """Let pass only files to be written that are none of those read, by whatever name or link, and no folders.

    Args:
        written: The files to be written.
        read: The files that are read; None: not given.

    Raises:
        WrongUse: If one is both, or is a folder.
    """
    written = list(written)
    for path in written:
        if path.is_dir():
            raise WrongUse(f"{path} is a folder, and a file is needed. Name a file in it.")
    kept = [path for path in read if path is not None and path.exists()]
    for path in written:
        for one in kept:
            if path.exists() and path.samefile(one):
                raise WrongUse(f"{one} is a file that is read: what it holds would be lost. Write to another.")


def refuse_to_write_into(folder: Path, written: Iterable[Path]) -> None:
    """Let pass only files to be written that are outside a folder in which something is kept from call to call.

    Raises:
        WrongUse: If one is in the folder, or below it, by whatever name; or if what is in the folder is a link to it.
    """
    held = [each for each in folder.glob("*") if each.is_file()]
    for path in written:
        inside = _is_below(path, folder) or _is_below(path.resolve(), folder)
        if inside or (path.exists() and any(path.samefile(each) for each in held)):
            raise WrongUse(
                f"{path} is inside {folder}, where themes and decisions about them are kept: they could be lost. "
                f"Write to another folder."
            )


def files_of_encoder(encoder: str) -> list[Path]:
    """The files of an encoder that somebody named by its folder; none of one that comes with the program."""
    from themes.encoders.catalog import ENCODERS

    return [] if encoder in ENCODERS else [each for each in Path(encoder).rglob("*") if each.is_file()]


def _is_below(path: Path, folder: Path) -> bool:
    if not folder.exists():
        return path.resolve().is_relative_to(folder.resolve())
    # Not by name alone: where capitals do not count, one folder has many names.
    return any(each.exists() and each.samefile(folder) for each in path.absolute().parents)


def refuse_what_is_no_folder(path: Path) -> None:
    """Let pass only what is a folder, or can become one.

    Raises:
        WrongUse: If it, or what it is to be in, is a file.
    """
    there = next(each for each in (path, *path.absolute().parents) if each.exists())
    if not there.is_dir():
        raise WrongUse(f"{there} is a file, and a folder is needed. Name a folder; it is made if it is missing.")
