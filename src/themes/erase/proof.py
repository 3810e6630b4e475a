"""The proof of an erasure: every byte of every folder searched for what told of the person, the vault opened up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from themes.deidentify.vault.failures import read_failure
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import FEWEST_WORDS
from themes.erase.journal import tells
from themes.erase.matching import Found
from themes.erase.name_parts import parts_to_look_for
from themes.erase.needles import FEWEST_SIGNS, FEWEST_SIGNS_IN_BINARY, squeeze
from themes.erase.others import Others, phrases
from themes.erase.search import Hit, Scanner
from themes.errors import ProtectionError


@dataclass(frozen=True)
class Needles:
    """What is looked for. Plaintext: it stays in memory."""

    keys: frozenset[str]
    names: frozenset[str]
    phrases: frozenset[str]
    left_out: int
    """Runs of words that other people say too, in their own words: those are theirs."""
    parts: frozenset[str] = frozenset()
    """Surnames and given names by themselves."""
    parts_left_out: int = 0
    """Those that others bear as well, or that cannot be told from other words."""


@dataclass(frozen=True)
class Proof:
    """What was searched for what, and found: no hit, or the erasure is not done."""

    keys: int
    names: int
    phrases: int
    left_out: int
    files: int
    bytes_searched: int
    places: tuple[Path, ...]
    hits: tuple[str, ...]
    """Where, never what."""
    parts: int = 0
    parts_left_out: int = 0


def needles_of(found: Found, others: Others, vault: Vault, *, whole_rows: bool) -> Needles:
    """Ids and fingerprints of the texts, names and row ids of their writers, every eight words in a row.

    A name is looked for if it points to somebody; a run of words if it is long enough to be told from chance and nobody
    who stays says the same.

    Args:
        found: The texts, as they are in the raw files and were in the runs.
        others: What is other people's.
        vault: Not yet changed: of whom it holds surrogates.
        whole_rows: Whether their writers go, and not these texts alone.
    """
    keys = set(found.texts) | found.fingerprints
    names: set[str] = set()
    parts: frozenset[str] = frozenset()
    parts_left_out = 0
    if whole_rows:
        parts, parts_left_out = parts_to_look_for(found.names, others.writers, vault)
        keys |= found.case_ids | {row for raw in found.raw.values() if (row := _row_id(raw.case_key))}
        names = {name for name in found.names if tells(name) and _signs(name) >= FEWEST_SIGNS}
    said: dict[str, set[str]] = {}
    for text in [*(raw.text for raw in found.raw.values()), *(t for texts in found.masked.values() for t in texts)]:
        for key, written in phrases(text).items():
            if _signs(written) >= FEWEST_SIGNS_IN_BINARY:
                said.setdefault(key, set()).add(written)
    looked_for = frozenset(written for key, spellings in said.items() if key not in others.own for written in spellings)
    left_out = sum(key in others.own for key in said)
    long_enough = frozenset(key for key in keys if _signs(key) >= FEWEST_SIGNS)
    return Needles(long_enough, frozenset(names), looked_for, left_out, parts, parts_left_out)


def prove(needles: Needles, places: Iterable[Path], vault: Vault, *, also: Mapping[str, bytes] | None = None) -> Proof:
    """Search the places, and the vault both as it lies on the disk and opened up.

    Args:
        needles: What is looked for.
        places: Files and folders.
        vault: The corpus's.
        also: What is not in files of ours, by what it is called.

    Raises:
        ProtectionError: If something cannot be searched: what was not searched is not called clean.
    """
    scanner = Scanner(needles.keys | needles.names, needles.phrases, parts=needles.parts)
    searched = sorted({*(place for place in places if place.exists()), vault.folder})
    try:
        hits = scanner.in_places(searched)
        hits += sorted(Hit(h.identifier, f"the vault, opened up: {h.where}", h.how) for h in _in_vault(scanner, vault))
        hits += [hit for name, said in (also or {}).items() for hit in sorted(scanner.in_bytes(said, name))]
    except ValueError as trouble:
        raise ProtectionError(
            f"Not everything could be searched, so nothing is proved: {trouble}. Remove or repair it, and forget again."
        ) from None
    files = [path for place in searched for path in place.rglob("*") if path.is_file() and not path.is_symlink()]
    return Proof(
        len(needles.keys),
        len(needles.names),
        len(needles.phrases),
        needles.left_out,
        len(files),
        sum(path.stat().st_size for path in files),
        tuple(searched),
        tuple(dict.fromkeys(hit.where for hit in hits)),
        len(needles.parts),
        needles.parts_left_out,
    )


def refuse_hits(proof: Proof) -> None:
    """
    Raises:
        ProtectionError: If the search found something.
    """
    if proof.hits:
        raise ProtectionError(
            f"NOT FORGOTTEN: something of it still stands in {len(proof.hits)} places, which `themes forget` names. "
            f"Delete them, or find out how they came there, and forget again."
        )


def _in_vault(scanner: Scanner, vault: Vault) -> Iterable[Hit]:
    """Hits in what the vault's values say once they are unsealed, and in what was sealed beside it."""
    queries = {
        "surrogates": "SELECT sealed FROM surrogates",
        "erasures": "SELECT sealed FROM erasures",
        "reveals": "SELECT sealed FROM reveals",
        "corrections": "SELECT sealed FROM corrections",
    }
    for table, query in queries.items():
        opened = b"\n".join(vault.unseal(sealed) for (sealed,) in vault.rows(query))
        yield from scanner.in_bytes(opened, table)
    for account in sorted(vault.folder.glob("failures/*.sealed")):
        yield from scanner.in_bytes(read_failure(vault, account).encode("utf-8", "surrogatepass"), account.name)


def _row_id(case_key: str) -> str | None:
    """The id of a survey's row if it may tell who somebody is: letters with it, or many figures, not "007"."""
    parts = case_key.split("\x1f")
    if len(parts) < 3 or parts[1] != "id":
        return None
    written = parts[2]
    telling = _signs(written) >= FEWEST_SIGNS and not written.isdigit()
    return written if telling or _signs(written) > FEWEST_WORDS else None


def _signs(text: str) -> int:
    return len(squeeze(text.encode()))
