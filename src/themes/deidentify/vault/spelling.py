"""How ids and tags are spelled: from a keyed hash to a few letters and figures that can be read aloud."""

import hashlib

LETTERS = "abcdefghjkmnpqrstuvwxyz"  # no i, l, o: they look like figures
FIGURES = "23456789"
ID_LENGTH = 8
"""Characters of an id: its kind's letter and seven of 31, so that 100,000 documents meet a collision once in seven
corpora.
Longer only where two meet: who came first keeps the short one, so a collision would depend on the order of arrival."""
TAG_LENGTH = 6
"""Characters of a tag such as K7QX2M: letter, figure, then either; 170 million, so that 1,000 people meet a collision
once in 340 corpora. Longer only where two meet: then the order of arrival would say whose, so it must be rare."""


def spelled_id(digest: bytes) -> str:
    """Forty letters and figures, of which an id takes as many as it needs."""
    alphabet, number, letters = LETTERS + FIGURES, int.from_bytes(digest), ""
    for _ in range(40):
        number, remainder = divmod(number, len(alphabet))
        letters += alphabet[remainder]
    return letters


def spelled_tag(digest: bytes) -> str:
    """The same in capitals, with a figure in second place, so that no tag spells a word or a name."""
    number = int.from_bytes(hashlib.sha256(digest).digest())
    number, letter = divmod(number, len(LETTERS))
    number, figure = divmod(number, len(FIGURES))
    return (LETTERS[letter] + FIGURES[figure] + spelled_id(number.to_bytes(32))).upper()
