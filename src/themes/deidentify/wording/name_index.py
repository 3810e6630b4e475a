"""Names that are worth comparing: those that begin alike, or of which one may be a short form of the other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from themes.deidentify.wording.nicknames import LOOSE, likeness, related


class Index:
    """Names by what they begin with, so that not every pair is compared.

    Args:
        names: Each name and the pieces by which it is looked for.
    """

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._by_letter: defaultdict[str, set[str]] = defaultdict(set)
        self._by_piece: defaultdict[str, set[str]] = defaultdict(set)
        for name, pieces in names.items():
            for piece in pieces:
                self._by_letter[piece[0]].add(name)
                self._by_piece[piece].add(name)

    def exact(self, pieces: Iterable[str]) -> list[str]:
        """The names that have one of these pieces, sorted."""
        return sorted({name for piece in pieces for name in self._by_piece.get(piece, ())})

    def near(self, pieces: Iterable[str]) -> list[str]:
        """The names one of whose pieces has the first letter of one of these, or may be a short form of it or it of
        that; sorted."""
        found: set[str] = set()
        for piece in pieces:
            found |= self._by_letter.get(piece[0], set())
            found |= {name for other in related(piece) for name in self._by_piece.get(other, ())}
        return sorted(found)


def neither(names: Iterable[str], apart: Set[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """The pairs of names that are two people's, and with both of each whoever may be either: Elizabeth, beside a Liz
    and a Lizzie.

    Args:
        names: Given names, in small letters.
        apart: Pairs of them, each in both orders.
    """
    if not apart:
        return frozenset()
    index = Index({name: [name] for name in names})
    either = {
        (own, name)
        for own, other in apart
        for name in index.near([own])
        if likeness(name, own) in LOOSE and likeness(name, other) in LOOSE
    }
    return frozenset(apart | either | {(name, own) for own, name in either})
