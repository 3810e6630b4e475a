"""Texts that say the same: rows exported twice, comments posted twice, letters of a campaign.

What is a duplicate, and what is two honest people:

- Fewer than 8 words: "The adviser did not listen" is what many people say, each for themselves. Only the same case
  saying it again, to the same question, is a duplicate.
- 8 to 11 words: equal but for case, punctuation and spacing. Nobody hits upon the same eight words by chance.
- 12 words and more: also nearly equal, since in shorter texts one common phrase makes two texts look alike.

A duplicate is coded once and its writer stays a case. A near duplicate always links to a text that it resembles itself,
not to the far end of a chain of look-alikes.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

FEWEST_WORDS_EQUAL = 8
FEWEST_WORDS_ALIKE = 12
SHINGLE_WORDS = 3
PERMUTATIONS = 128
BANDS = 32  # of 4: texts with a Jaccard similarity of 0.6 meet in some band with a probability of 0.99
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def words_of(text: str) -> list[str]:
    """The words that are compared: no case, no punctuation, one kind of apostrophe."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def exact_digest(text: str, case_id: str, prompt: str | None = None, *, key: bytes = b"") -> str:
    """What two duplicates have in common, word for word; texts under eight words only within one case.

    Args:
        text: The text.
        case_id: Whose it is.
        prompt: The question it answers: "Yes" to two questions is two answers.
        key: Secret, up to 64 bytes: an unkeyed digest of a short text could be guessed back.

    >>> exact_digest("No help at all.", "c1") == exact_digest("no help at ALL", "c2")
    False
    """
    words = words_of(text)
    whose = f"{case_id}\x1f{prompt or ''}" if len(words) < FEWEST_WORDS_EQUAL else ""
    said = " ".join(words) or text  # a text of pictures alone
    return blake2b(f"{whose}\x1f{said}".encode(), digest_size=16, key=key).hexdigest()


def signature(text: str, *, key: bytes = b"") -> bytes:
    """A MinHash signature of the text's three-word shingles, for `link_duplicates`.

    Args:
        text: The text.
        key: Secret, up to 64 bytes.

    Returns:
        512 bytes: 128 numbers of 32 bits; empty for a text under twelve words, which is near to nothing.

    Source: Broder (1997), On the resemblance and containment of documents.
    """
    import numpy as np

    words = words_of(text)
    if len(words) < FEWEST_WORDS_ALIKE:
        return b""
    shingles = {" ".join(words[at : at + SHINGLE_WORDS]) for at in range(len(words) - SHINGLE_WORDS + 1)}
    hashes = np.array(
        [int.from_bytes(blake2b(each.encode(), digest_size=4, key=key).digest()) for each in sorted(shingles)],
        np.uint64,
    )
    factors, terms = _permutations()
    smallest = np.full(PERMUTATIONS, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(hashes), 4_096):  # a long text does not need much memory
        part = (factors[:, None] * hashes[None, start : start + 4_096] + terms[:, None]) >> np.uint64(32)
        smallest = np.minimum(smallest, part.min(axis=1))
    return smallest.astype("<u4").tobytes()


def _permutations() -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """Factors and terms of the multiply-shift hashes, always the same: signatures of two runs can be compared."""
    import numpy as np

    generator = np.random.default_rng(20_130_409)
    factors = generator.integers(0, 2**63, PERMUTATIONS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    return factors, generator.integers(0, 2**63, PERMUTATIONS, dtype=np.uint64)


def link_duplicates(
    items: Iterable[tuple[str, str, bytes, str]],
    *,
    similarity: float = 0.6,
    counted: Mapping[str, int] = MappingProxyType({}),
) -> dict[str, str]:
    """Which documents say what an earlier one says.

    Args:
        items: (document id, month written or "", `signature`, `exact_digest`) of each document of the corpus, in any
            order; ids are unique.
        similarity: Estimated Jaccard similarity of shingles, 0 to 1, from which two texts are alike; the estimate has
            a standard error of 0.04.
        counted: Ids of documents that were firsts when people began to rely on it, to when that was, as a number.

    Returns:
        Duplicate's id to first one's id. First is what was `counted` before, and that earliest; then the earliest
        written, undated ones last, then the smallest id; a first is never itself a duplicate. The order of `items`
        changes nothing.
    """
    import numpy as np

    since = max(counted.values(), default=0) + 1
    ordered = sorted(items, key=lambda item: (counted.get(item[0], since), item[1] or "9999", item[0]))
    first_with: dict[str, str] = {}
    links: dict[str, str] = {}
    firsts: list[tuple[str, bytes]] = []
    for document_id, _, made, digest in ordered:
        first = first_with.setdefault(digest, document_id)
        if first != document_id:
            links[document_id] = first
        elif made:
            firsts.append((document_id, made))
    if len(firsts) < 2:
        return links
    signatures = np.frombuffer(b"".join(made for _, made in firsts), "<u4").reshape(len(firsts), PERMUTATIONS)
    near = _near_firsts(signatures, similarity)
    renamed = {firsts[place][0]: firsts[first][0] for place, first in near.items()}
    return {
        **{document_id: renamed.get(first, first) for document_id, first in links.items()},
        **renamed,
    }


def _near_firsts(signatures: "np.ndarray[Any, Any]", similarity: float) -> dict[int, int]:
    """Place of each text that is like an earlier one, to the place of the earliest it is like.

    Texts meet in buckets, one for each band of their signatures; only those that are no duplicates themselves are put
    into buckets, so that ten thousand copies of one letter cost ten thousand comparisons, not fifty million.
    """
    import numpy as np

    keys = _bucket_keys(signatures)
    shared = np.zeros(keys.shape, dtype=bool)
    for band in range(BANDS):
        _, inverse, counts = np.unique(keys[:, band], return_inverse=True, return_counts=True)
        shared[:, band] = counts[inverse] > 1
    buckets: dict[tuple[int, int], list[int]] = {}
    near: dict[int, int] = {}
    for place in np.flatnonzero(shared.any(axis=1)).tolist():
        bands = [(band, int(keys[place, band])) for band in np.flatnonzero(shared[place]).tolist()]
        candidates = sorted({other for bucket in bands for other in buckets.get(bucket, ())})
        if candidates:
            alike = (signatures[candidates] == signatures[place]).mean(axis=1) >= similarity
            if alike.any():
                near[place] = candidates[int(alike.argmax())]
                continue
        for bucket in bands:
            buckets.setdefault(bucket, []).append(place)
    return near


def _bucket_keys(signatures: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """One number for each band of each signature, shape (n_texts, BANDS). Collisions cost a comparison, no more."""
    import numpy as np

    rows = PERMUTATIONS // BANDS
    mixing = np.random.default_rng(7).integers(0, 2**63, rows, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    bands = signatures.reshape(len(signatures), BANDS, rows).astype(np.uint64)
    return (bands * mixing).sum(axis=2, dtype=np.uint64)
