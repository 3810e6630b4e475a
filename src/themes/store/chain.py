"""The hash chain of the review log: a changed, added or missing entry shows, and an erased one breaks nothing.

Each entry has a digest over what it says and a random salt, and a hash over that digest, everything else that stays,
and the hash before. Erasure takes words and salt; digest and hash stay, and nobody can check a guess against them.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

START = "0" * 64
"""Stands for the hash before the first entry."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the database holds it. `about`, `content` and `salt` go when it is erased; all else stays."""

    corpus: str
    number: int
    kind: str
    written_at: str
    key: str
    """Hash of the entry's id: known again, and it names nothing."""
    about: str | None
    content: str | None
    """JSON with sorted keys, the entry's id and `about` among them."""
    salt: str | None
    digest: str
    chained: str

    @property
    def is_erased(self) -> bool:
        return self.content is None


def linked(
    before: str, *, corpus: str, number: int, kind: str, written_at: str, entry_id: str, about: str, content: Any
) -> Link:
    """An entry that follows the one whose hash is `before`."""
    whole, salt = written(entry_id, about, content), secrets.token_hex(16)
    key, digest = key_of(corpus, entry_id), _digest(salt, whole)
    chained = _chained(before, corpus, number, kind, written_at, key, digest)
    return Link(corpus, number, kind, written_at, key, about, whole, salt, digest, chained)


def written(entry_id: str, about: str, content: Mapping[str, Any]) -> str:
    """What an entry says, as it is kept: equal content gives equal text."""
    whole = {"id": entry_id, "about": about, "said": content}
    return json.dumps(whole, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def key_of(corpus: str, entry_id: str) -> str:
    """By what an id is known again without being kept."""
    return _sha256("key", corpus, entry_id)


def fits(link: Link, *, after: str, number: int) -> bool:
    """Whether an entry is what was written, and stands where it was written.

    Args:
        link: The entry.
        after: The hash of the entry before it.
        number: Which one it must be.
    """
    content, salt = link.content, link.salt
    if content is None or salt is None:
        whole = content is None and salt is None and link.about is None
    else:
        said = json.loads(content) if hmac.compare_digest(_digest(salt, content), link.digest) else None
        whole = said is not None and (said["about"], key_of(link.corpus, said["id"])) == (link.about, link.key)
    chained = _chained(after, link.corpus, link.number, link.kind, link.written_at, link.key, link.digest)
    return whole and link.number == number and hmac.compare_digest(chained, link.chained)


def _digest(salt: str, content: str) -> str:
    return _sha256("content", salt, content)


def _chained(before: str, corpus: str, number: int, kind: str, written_at: str, key: str, digest: str) -> str:
    return _sha256("chain", before, corpus, str(number), kind, written_at, key, digest)


def _sha256(*parts: str) -> str:
    """Over the parts, each with its length, so that no two lists of parts are hashed alike."""
    coded = [part.encode("utf-8", "surrogatepass") for part in parts]
    return hashlib.sha256(b"".join(b"%d:%b" % (len(part), part) for part in coded)).hexdigest()
