"""Whether a vault was there before: one that is made anew in the place of a lost one forgets who withdrew.

Beside the key stands a register, one line for each vault that a corpus was opened with and that holds something:
hashes of where the corpus is and where the vault is, and a keyed one that tells vaults apart. By it a first run is told
from a loss, and another vault from the one that holds the corpus's ids and marks.
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from themes.deidentify.vault.key import make_private_folder, refuse_open_permissions, refuse_together, replace_private
from themes.deidentify.vault.place import holds_secret
from themes.errors import VaultError, VaultLost

WHAT_A_NEW_VAULT_LACKS = (
    "those who asked to be forgotten are no longer recognised when their texts come back, corrections are undone, no "
    "surrogate of an earlier run can be traced back, the log of who did so is gone, and every id and tag changes"
)
MARKS = "marks"
HOLDS_SOMETHING = """
SELECT 1 WHERE EXISTS (SELECT 1 FROM ids) OR EXISTS (SELECT 1 FROM surrogates) OR EXISTS (SELECT 1 FROM tombstones)
    OR EXISTS (SELECT 1 FROM corrections) OR EXISTS (SELECT 1 FROM erasures)
"""
"""A vault without any of these can be made anew and nothing is lost."""
BESIDE = ("vault.db-wal", "vectors.db", "failures")
"""What only a vault that was in use leaves in its folder."""


def register_of(key_place: Path) -> Path:
    """Where the register of the vaults stands that a key opens."""
    return key_place.with_name(f"{key_place.name}.vaults")


def refuse_lost(corpus_folder: Path, folder: Path, key_place: Path) -> None:
    """Stop if a vault has to be made where one was before, or the key lies in its folder or the corpus's.

    Raises:
        VaultError: Says what is missing, where, and what to do.
    """
    refuse_together(key_place, folder, corpus_folder)
    # What a vault leaves is looked for first: whoever makes one meanwhile makes its file before it leaves anything.
    was_there = any((folder / name).exists() for name in BESIDE) or bool(_lines(corpus_folder, folder, key_place))
    if was_there and not (folder / "vault.db").exists():
        raise lost(folder, "is not there")


def refuse_another(corpus_folder: Path, key_place: Path, mark: str) -> None:
    """Stop if a corpus is registered with other vaults than the one of this mark.

    Raises:
        VaultLost: If it was opened with other vaults before, and never with this one.
    """
    known = {line.split()[2] for line in _read(key_place) if line.split()[0] == _hash(corpus_folder)}
    if known and mark not in known:
        raise VaultLost(
            f"The corpus {corpus_folder} was run with another vault than the one in use: with this one, "
            f"{WHAT_A_NEW_VAULT_LACKS}. So nothing was done. Set THEMES_VAULT to where the right one is; only if that "
            f"is lost for good, `themes vault start-anew {corpus_folder}`."
        )


def note(corpus_folder: Path, folder: Path, key_place: Path, mark: str) -> None:
    """Write into the register that a corpus goes with the vault of this mark."""
    line = f"{_hash(corpus_folder)} {_hash(folder)} {mark}"
    if line in _read(key_place):
        return
    _append(key_place, line)


def _append(key_place: Path, line: str) -> None:
    place = register_of(key_place)
    try:
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as trouble:
        raise VaultError(f"{place} could not be written: {trouble.strerror}. It says which vaults there are.") from None


def refuse_older(folder: Path, key_place: Path, mark: str, count: Callable[[], int]) -> None:
    """Stop if a vault had more marks of who withdrew before: it is a copy from before an erasure, or lost some.

    Args:
        folder: The vault's.
        key_place: Its key's, beside which the register is.
        mark: Of the vault.
        count: Counts the marks that it holds now; asked last. More than ever before are noted.

    Raises:
        VaultLost: If it had more.
    """
    known = max((int(line.split()[2]) for line in _read(key_place) if line.startswith(f"{MARKS} {mark} ")), default=0)
    marks = count()
    if marks < known:
        raise VaultLost(
            f"The vault {folder} holds {marks} marks by which those who asked to be forgotten are known again, and "
            f"held {known} before: it is an older copy, or lost some. With it, some of them come back. So nothing was "
            f"done. Bring the newest copy back from your backup. If this is the newest, `themes vault start-anew` on "
            f"the corpus folder goes on with it; then forget again whoever withdrew since, before the next run."
        )
    if marks > known:
        _append(key_place, f"{MARKS} {mark} {marks}")


def lost(folder: Path, what: str) -> VaultLost:
    """The error for a vault that is not there, or holds nothing."""
    return VaultLost(
        f"The vault {folder / 'vault.db'} {what}, and it was in use before. If a new one were made, "
        f"{WHAT_A_NEW_VAULT_LACKS}. So nothing was done. Bring the whole folder back from your backup, or set "
        f"THEMES_VAULT to where it is. Only if there is no backup, `themes vault start-anew` on the corpus folder says "
        f"what is lost and makes an empty one."
    )


def wrong_key(folder: Path) -> VaultError:
    """The error for a vault that the key in use does not open."""
    return VaultError(
        f"The vault {folder} was encrypted with another key than the one in use. Bring that key back, or set "
        f"THEMES_KEY_FILE to where it is; a vault cannot be opened without it."
    )


def set_aside(corpus_folder: Path, folder: Path, key_place: Path, *, now: datetime) -> Path | None:
    """Make way for a new vault: what is left of a lost one's file goes into its own folder, and out of the register.

    Accounts of failures, temporary files and vectors are deleted: they may hold anybody's words, and no erasure would
    find them there.

    A vault that holds something stays where it is, and is the corpus's from now on.

    Returns:
        That folder; None if nothing was left, or the vault stays.
    """
    aside = folder / f"lost-{now:%Y%m%dT%H%M%S}"
    moved = not holds_secret(folder / "vault.db") and folder.is_dir()
    left = sorted(folder.glob("vault.db*")) if moved else []
    for path in left:
        path.rename(make_private_folder(aside) / path.name)
    for path in [*folder.glob("vectors.db*"), folder / "failures", folder / "tmp"] if moved else ():
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    gone = _lines(corpus_folder, folder, key_place)
    vaults = {line.split()[2] for line in gone}
    if gone:
        kept = [line for line in _read(key_place) if line not in gone and line.split()[1] not in vaults]
        replace_private(register_of(key_place), "".join(f"{line}\n" for line in kept).encode())
    return aside if left else None


def _lines(corpus_folder: Path, folder: Path, key_place: Path) -> list[str]:
    about = {_hash(corpus_folder), _hash(folder)}
    return [line for line in _read(key_place) if about & set(line.split()[:2])]


def _read(key_place: Path) -> list[str]:
    place = register_of(key_place)
    if not place.exists():
        return []
    refuse_open_permissions(place, "register of vaults")
    return [line for line in place.read_text("ascii", "replace").splitlines() if len(line.split()) == 3]


def _hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()
