"""Forms that a text is searched for only if it holds the writing that they cannot do without.

Most forms are about words that few texts have, and to look for the words of all forms at once takes a tenth of the time
that it takes to try each form at every place. Which they are is read from the form itself, by Python's own parser of
patterns, so that none is forgotten when a form changes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from re import _constants as names  # type: ignore[attr-defined]  # no other parser reads Python's patterns
from re import _parser as parser  # type: ignore[attr-defined]  # as above
from typing import Any

MOST_PIECES = 120
"""Pieces of which a form may need one."""
FEWEST_LETTERS = 2
"""Of a piece: single letters stand in every text."""
FIGURE = "0"
"""Stands for any digit, in pieces and in texts."""
ODD_LETTERS = str.maketrans("ıİſ\u212a", "iisk")
"""What a form in any case takes for a letter of the alphabet, though it has another small letter."""

type Pieces = frozenset[str]


@dataclass(frozen=True)
class Hinted:
    """A pattern, searched for where it may be found."""

    pattern: re.Pattern[str]

    def __post_init__(self) -> None:
        _pieces.forms.append(self)

    def finditer(self, text: str, *stretch: int) -> Iterator[re.Match[str]]:
        """Its matches in a text, or from one offset to another."""
        return self.pattern.finditer(text, *stretch) if self.may_be_in(text) else iter(())

    def search(self, text: str, *stretch: int) -> re.Match[str] | None:
        """Its first match in a text, or from one offset to another."""
        return self.pattern.search(text, *stretch) if self.may_be_in(text) else None

    def may_be_in(self, text: str) -> bool:
        """Whether a text holds what a match must hold; true where that cannot be told."""
        held = _pieces.held_by(text)
        return all(held & needed for needed in self._needed)

    def pieces_in(self, text: str) -> list[tuple[int, int]]:
        """Where a text holds the pieces that are hardest to find, in order: every match holds one.

        >>> hinted("(?i)[0-9]|first|second").pieces_in("Second, on the 3rd")
        [(0, 6), (15, 16)]
        """
        return [(start, end) for _, start, end in self._finder.find_matches_as_indexes(_small(text))]

    @cached_property
    def hints(self) -> list[Pieces]:
        """Pieces in small letters, with `FIGURE` for digits: every match holds one of each of the sets.

        >>> [sorted(pieces) for pieces in hinted(r"(?i)\\b(?:the )?(?:fire|storm)s? at \\d").hints]
        [[' at 0'], ['fire', 'storm']]
        """
        parsed = parser.parse(self.pattern.pattern, self.pattern.flags & ~re.DEBUG)
        return list(dict.fromkeys(sorted(_needed(parsed), key=_hardness, reverse=True)))

    @cached_property
    def _needed(self) -> list[int]:
        return [sum(_pieces.bits[piece] for piece in pieces) for pieces in self.hints]

    @cached_property
    def _finder(self) -> Any:
        return _finder(self.hints[0])


class AllPieces:
    """The pieces of all forms. Each is a bit of a number, so that a number says which of them a text holds."""

    def __init__(self) -> None:
        self.forms: list[Hinted] = []
        self.bits: dict[str, int] = {}
        self._read = 0
        self._in_order: list[int] = []
        self._automaton: Any = None
        self._held = lru_cache(maxsize=1024)(self._look)

    def held_by(self, text: str) -> int:
        """Which of the pieces a text holds."""
        if self._read < len(self.forms):
            self._take_in_new_forms()
        return self._held(text, self._read)

    def _take_in_new_forms(self) -> None:
        forms = len(self.forms)
        for piece in (piece for form in self.forms[self._read : forms] for pieces in form.hints for piece in pieces):
            self.bits.setdefault(piece, 1 << len(self.bits))
        self._in_order = list(self.bits.values())
        self._automaton = _finder(self.bits)
        self._read = forms  # last: a thread that sees it sees the rest

    def _look(self, text: str, _: int) -> int:
        held = 0
        for piece in {found[0] for found in self._automaton.find_matches_as_indexes(_small(text), overlapping=True)}:
            held |= self._in_order[piece]
        return held


_pieces = AllPieces()


def hinted(pattern: str, flags: int = 0) -> Hinted:
    """A pattern to search texts for."""
    return Hinted(re.compile(pattern, flags))


def _finder(pieces: Iterable[str]) -> Any:
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick(pieces)


def _small(text: str) -> str:
    """A text in small letters, of the same length, with `FIGURE` for every digit."""
    return re.sub(r"\d", FIGURE, (text if text.isascii() else text.translate(ODD_LETTERS)).lower())


def _needed(parts: Iterable[tuple[Any, Any]]) -> list[Pieces]:
    """The sets of pieces of which each has one in whatever matches all parts, one after the other."""
    needed: list[Pieces] = []
    letters = ""
    for kind, value in [*parts, (names.ANY, None)]:
        letter = _letter(value) if kind is names.LITERAL else FIGURE if _is_figure(kind, value) else ""
        if letter or kind in {names.AT, names.ASSERT_NOT}:
            letters += letter
            continue
        if len(letters) >= FEWEST_LETTERS or FIGURE in letters:
            needed.append(frozenset({letters}))
        needed += _needed_by(kind, value)
        letters = ""
    return needed


def _needed_by(kind: Any, value: Any) -> list[Pieces]:
    if kind is names.SUBPATTERN:
        return _needed(value[3])
    if kind is names.ATOMIC_GROUP:
        return _needed(value)
    if kind is names.ASSERT:
        return _needed(value[1])
    if kind in {names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT}:
        return _needed(value[2]) if value[0] else []
    if kind is names.BRANCH:
        branches = [max(_needed(branch), key=_hardness, default=frozenset()) for branch in value[1]]
        together = frozenset().union(*branches)
        return [together] if all(branches) and len(together) <= MOST_PIECES else []
    return []


def _letter(code: int) -> str:
    """A character as it stands in small letters; nothing for one that may stand there in another way."""
    return FIGURE if chr(code).isdecimal() else chr(code).lower() if code < 128 else ""


def _is_figure(kind: Any, value: Any) -> bool:
    if kind is names.IN:
        return all(_is_figure(*each) for each in value)
    if kind is names.RANGE:
        return chr(value[0]).isdecimal() and chr(value[1]).isdecimal()
    return (kind is names.CATEGORY and value is names.CATEGORY_DIGIT) or (
        kind is names.LITERAL and chr(value).isdecimal()
    )


def _hardness(pieces: Pieces) -> tuple[int, int]:
    """How hard one of the pieces is to find: long ones are, and few."""
    return min(map(len, pieces), default=0), -len(pieces)
