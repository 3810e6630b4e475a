"""Turning a surrogate back, by somebody, for a reason. Both are written down before anything is shown.

The log is in the vault, encrypted, and only ever added to: its table refuses deletion, and each entry carries a keyed
hash of itself and the one before, so that a changed entry shows. Erasing somebody blanks what names them in it.
"""

import hmac
import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from themes.deidentify.vault.vault import Vault
from themes.errors import VaultError, WrongUse

ROWS = "SELECT number, sealed, chained FROM reveals ORDER BY number"
BLANKED = "reveal blanked"
TAG = re.compile(r"\[?(?:[^\[\]]*\s)?(?P<tag>[A-Z][0-9][A-Z0-9]{3,})\]?")


@dataclass(frozen=True, slots=True)
class Revealed:
    """What a tag stands for, within one family ("person", "location")."""

    family: str
    words: str = field(repr=False)
    """Empty if somebody's erasure took the words away."""


@dataclass(frozen=True, slots=True)
class Reveal:
    """One entry of the log: never the words themselves."""

    at: str
    """ISO 8601 with zone."""
    by: str
    reason: str
    tag: str
    """Empty once it stood for nobody but somebody who is forgotten."""


def plain_tag(written: str) -> str:
    """The tag in what somebody typed or copied.

    Raises:
        WrongUse: If it holds none.

    >>> plain_tag("[adviser K7QX2]"), plain_tag("k7qx2")
    ('K7QX2', 'K7QX2')
    """
    found = TAG.fullmatch(written.strip()) or TAG.fullmatch(written.strip().upper())
    if found is None:
        raise WrongUse(f"'{written}' is no tag. Give one as it stands in a text, such as \"[adviser K7QX2]\" or K7QX2.")
    return found["tag"]


def reveal(vault: Vault, written: str, *, reason: str, by: str, now: datetime) -> list[Revealed]:
    """What a tag stands for, logged first. A tag may be given in more than one family.

    Args:
        vault: The vault of the corpus.
        written: The tag, alone or as it stands in a text.
        reason: Why it has to be known.
        by: Who asks.
        now: When, with zone.

    Raises:
        WrongUse: Without a reason or a name, or if `written` is no tag.
        VaultError: If the vault never gave the tag; nothing is logged then.
    """
    if not reason.strip() or not by.strip():
        raise WrongUse("Say why a surrogate must be turned back, and who asks: --reason TEXT --by NAME.")
    tag = plain_tag(written)
    found = vault.rows("SELECT family, sealed FROM surrogates WHERE tag = ? ORDER BY family", tag)
    if not found:
        raise VaultError(f"The vault of this corpus holds no tag {tag}: it never gave it, or it was forgotten.")
    entry = Reveal(now.isoformat(timespec="seconds"), by.strip(), reason.strip(), tag)
    with vault.writing() as database:
        ((last, before),) = vault.rows("SELECT number, chained FROM reveals ORDER BY number DESC LIMIT 1") or [(0, b"")]
        content = json.dumps(asdict(entry))
        row = (last + 1, vault.seal(content.encode()), vault.keyed("reveal", before.hex() + content))
        database.execute("INSERT INTO reveals VALUES (?, ?, ?)", row)
    return [Revealed(family, vault.unseal(sealed).decode()) for family, sealed in found]


def reveals(vault: Vault) -> list[Reveal]:
    """The log, oldest first.

    Raises:
        VaultError: If an entry was changed or is missing; it names the first that does not fit the one before.
    """
    return list(_checked(vault))


def forget_in_reveals(vault: Vault, *, blanked: Callable[[str], str], tags: Collection[str]) -> None:
    """Blank in the log what tells of somebody who is forgotten; who asked and when stays, and the chain holds.

    An entry that did not fit the chain before does not fit it afterwards either.

    Args:
        vault: The vault.
        blanked: A text with the words and names of those who go blanked.
        tags: Tags that stand for them alone.
    """
    before = b""
    for number, sealed, chained in vault.rows(ROWS):
        entry, sound = _opened(vault, before, sealed, chained)
        tag = "" if entry.tag in tags else entry.tag
        anew = replace(entry, by=blanked(entry.by), reason=blanked(entry.reason), tag=tag)
        if anew != entry:
            content = json.dumps(asdict(anew))
            vouched = vault.keyed(BLANKED, before.hex() + chained.hex() + content).hex() if sound else ""
            whole = json.dumps({**asdict(anew), "vouched": vouched})
            with vault.writing() as database:
                database.execute("UPDATE reveals SET sealed = ? WHERE number = ?", (vault.seal(whole.encode()), number))
        before = chained


def _checked(vault: Vault) -> Iterator[Reveal]:
    before = b""
    for expected, (number, sealed, chained) in enumerate(vault.rows(ROWS), 1):
        entry, sound = _opened(vault, before, sealed, chained)
        if number != expected or not sound:
            raise VaultError(
                f"The log of reveals in {vault.folder} was tampered with: entry {expected} is not what was written. "
                f"Compare it with a backup of the vault."
            )
        before = chained
        yield entry


def _opened(vault: Vault, before: bytes, sealed: bytes, chained: bytes) -> tuple[Reveal, bool]:
    """An entry, and whether it is what was written: by its hash, or, once blanked, by what vouches for the rest."""
    content = vault.unseal(sealed).decode()
    told = json.loads(content)
    vouched = told.pop("vouched", None)
    if vouched is None:
        return Reveal(**told), hmac.compare_digest(chained, vault.keyed("reveal", before.hex() + content))
    expected = vault.keyed(BLANKED, before.hex() + chained.hex() + json.dumps(told)).hex()
    return Reveal(**told), hmac.compare_digest(vouched, expected)
