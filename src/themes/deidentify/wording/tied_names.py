"""Names whose parts are tied in one place and not in another: Rees-Williams and Rees Williams, O'Neill and ONeill."""

import re
from collections.abc import Iterable, Sequence

from themes.deidentify.wording.lexicon import given_names

MARKS = str.maketrans("", "", "'-")
PREFIXES = ("mc", "mac")
"""What is written apart from the rest of a surname, too: "Mc Donald"."""


class Ties:
    """The tied names among pieces of names, in small letters.

    Args:
        pieces: The pieces of every name that is said, in any order.

    >>> Ties(["rees-williams", "o'neill"]).tied(["sarah", "rees", "williams"])
    ('sarah', 'rees-williams')
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        said = sorted(set(pieces))
        marked = [piece for piece in said if piece.translate(MARKS) != piece]
        self._whole = {piece.translate(MARKS): piece for piece in reversed(marked)}
        self._in_two = {piece: piece for piece in said if piece.startswith(PREFIXES)} | self._whole

    def tied(self, pieces: Sequence[str]) -> tuple[str, ...]:
        """The pieces of a name, those that are one elsewhere as one."""
        if not self._in_two:
            return tuple(pieces)
        found: list[str] = []
        at = 0
        while at < len(pieces):
            one = pieces[at].translate(MARKS)
            both = one + pieces[at + 1].translate(MARKS) if at + 1 < len(pieces) else ""
            if both in self._in_two:
                found.append(self._in_two[both])
                at += 2
            else:
                found.append(self._whole.get(one, pieces[at]))
                at += 1
        return tuple(found)


def user_name_apart(name: str) -> str:
    """A user name as the words it is made of; capitals part it only after a given name, for "McDonald" is one.

    >>> user_name_apart("karenSmith_82"), user_name_apart("McDonald")
    ('karen Smith ', 'McDonald')
    """
    plain = re.sub(r"[_\d]+", " ", name)
    first = re.match(r"([A-Za-z][a-z]+)(?=[A-Z])", plain)
    return f"{first[0]} {plain[first.end() :]}" if first and first[0].casefold() in given_names() else plain
