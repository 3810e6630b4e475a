"""The queue of corrections as the vault keeps it: encrypted, only ever added to, and a changed line shows.

Each line has a salted digest, and a keyed hash of that digest and the line before. Erasure takes the content and with
it the salt; digest and hash stay, so that the lines after it still fit, and tell nothing of what was said.
"""

import hmac
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from themes.deidentify.vault.vault import Vault
from themes.errors import VaultError

type Line = dict[str, Any]


def append(vault: Vault, lines: Iterable[Mapping[str, Any]]) -> list[int]:
    """Add lines, all or none. Returns their numbers.

    Args:
        vault: Whose queue it is.
        lines: What JSON can hold.
    """
    numbers = []
    with vault.writing() as database:
        last = vault.rows("SELECT number, chained FROM corrections ORDER BY number DESC LIMIT 1")
        number, before = last[0] if last else (0, b"")
        for line in lines:
            content = json.dumps({**line, "salt": secrets.token_hex(16)})
            digest = vault.keyed("correction", content)
            before, number = _linked(vault, before, digest), number + 1
            row = (number, vault.seal(content.encode()), digest, before)
            database.execute("INSERT INTO corrections VALUES (?, ?, ?, ?)", row)
            numbers.append(number)
    return numbers


def lines_of(vault: Vault) -> dict[int, Line | None]:
    """Every line by its number, oldest first; None where it was erased.

    Raises:
        VaultError: If a line was changed or is missing; it names the first that does not fit the one before.
    """
    return dict(_checked(vault))


def erase(vault: Vault, numbers: Iterable[int]) -> None:
    """Take away what lines say. That they were there stays."""
    with vault.writing() as database:
        database.executemany(
            "UPDATE corrections SET sealed = ? WHERE number = ?", [(vault.seal(b""), number) for number in numbers]
        )


def _checked(vault: Vault) -> Iterator[tuple[int, Line | None]]:
    before = b""
    rows = vault.rows("SELECT number, sealed, digest, chained FROM corrections ORDER BY number")
    for expected, (number, sealed, digest, chained) in enumerate(rows, 1):
        content = vault.unseal(sealed).decode()
        fits = not content or hmac.compare_digest(digest, vault.keyed("correction", content))
        if number != expected or not fits or not hmac.compare_digest(chained, _linked(vault, before, digest)):
            raise VaultError(
                f"The queue of corrections in {vault.folder} was tampered with: line {expected} is not what was "
                f"written. Compare it with a backup of the vault."
            )
        before = chained
        line = json.loads(content) if content else None
        yield number, line


def _linked(vault: Vault, before: bytes, digest: bytes) -> bytes:
    return vault.keyed("correction chain", before.hex() + digest.hex())
