"""Searches every byte of files and folders for identifiers, however they are written down or packed.

Two proofs stand on it: that nothing personal is outside the vault (the canary run), and that nothing of a person is
left once they are forgotten. So it has its own test: it must find 40 of 40 copies hidden by hand.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ahocorasick_rs import BytesAhoCorasick

from themes.erase.needles import (
    FEWEST_SIGNS_IN_BINARY,
    Needle,
    phrase_needles,
    plain_needles,
    squeeze,
    squeezed_needles,
)
from themes.erase.unpack import SQLITE, database, rewritings, unpack

DEEPEST = 12
"""Layers of packing that are opened. Deeper is refused, not passed over."""

CONTROLS = bytes([*range(9), *range(14, 32), 127])


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """An identifier, where it was found ("run/documents/0.parquet › column text"), and in what form."""

    identifier: str
    where: str
    how: str


class Scanner:
    """Looks for a fixed list of identifiers. Built once, used on any number of places.

    Args:
        identifiers: Each with at least six letters or digits, and unlike any ordinary word: a hit must be a hit.
        phrases: Runs of words, with at least nine letters or digits: there may be thousands.
        parts: Single names, with at least six: looked for as they are alone, since with spaces dropped a name may arise
            from two words that meet ("be thankful").

    Raises:
        ValueError: If an identifier or a phrase is too short.
    """

    def __init__(self, identifiers: Iterable[str], phrases: Iterable[str] = (), *, parts: Iterable[str] = ()) -> None:
        wanted, runs = sorted(set(identifiers)), sorted(set(phrases))
        if any(len(squeeze(phrase.encode())) < FEWEST_SIGNS_IN_BINARY for phrase in runs):
            raise ValueError(f"a phrase needs at least {FEWEST_SIGNS_IN_BINARY} letters or digits")
        squeezed = [needle for phrase in runs for needle in phrase_needles(phrase)]
        squeezed += [needle for identifier in wanted for needle in squeezed_needles(identifier)]
        as_they_are = sorted({*wanted, *parts})
        self._plain = _Automaton(needle for identifier in as_they_are for needle in plain_needles(identifier))
        self._squeezed = _Automaton(squeezed)

    def in_places(self, places: Iterable[Path]) -> list[Hit]:
        """Hits in the files, and in all files below the folders, their names included.

        Links are not followed, pipes and sockets not opened.

        Raises:
            ValueError: If there is no such place, or something in it cannot be opened up to be searched.
        """
        hits: set[Hit] = set()
        for place in places:
            if not place.exists():
                raise ValueError(f"there is nothing to search at {place}")
            paths = sorted(place.rglob("*")) if place.is_dir() else [place]
            for path in paths:
                where = str(path.relative_to(place.parent))
                hits.update(self.in_bytes(where.encode("utf-8", "surrogateescape"), f"{where} (its name)"))
                if path.is_file() and not path.is_symlink():
                    hits.update(self._in_file(path, where))
        return sorted(hits)

    def _in_file(self, path: Path, where: str) -> set[Hit]:
        data = path.read_bytes()
        hits = self.in_bytes(data, where)
        wal = path.with_name(f"{path.name}-wal")
        if data.startswith(SQLITE) and wal.is_file():
            for name, inner in database(data, wal.read_bytes()):
                hits |= self.in_bytes(inner, f"{where} with its log › {name}")
        return hits

    def in_bytes(self, data: bytes, where: str = "bytes") -> set[Hit]:
        """Hits in the bytes and in whatever is packed in them."""
        hits: set[Hit] = set()
        seen: set[bytes] = set()
        waiting = [(data, where, 0)]
        while waiting:
            layer, place, depth = waiting.pop()
            if not layer or layer in seen:
                continue
            if depth > DEEPEST:
                raise ValueError(f"{place} is packed more than {DEEPEST} layers deep")
            seen.add(layer)
            for name, view in [("", layer), *rewritings(layer)]:
                there = f"{place} › {name}" if name else place
                hits.update(Hit(needle.identifier, there, needle.how) for needle in self._needles_in(view))
                if name != "text between tags":
                    waiting.extend(
                        (inner, f"{there} › {packed}", depth + 1) for packed, inner in unpack(view, untouched=not name)
                    )
        return hits

    def _needles_in(self, data: bytes) -> Iterator[Needle]:
        yield from self._plain.needles_in(data.lower(), data)
        shortest = 0 if _is_text(data) else FEWEST_SIGNS_IN_BINARY
        for needle in self._squeezed.needles_in(squeeze(data)):
            if len(needle.pattern) >= shortest:
                yield needle


class _Automaton:
    """All needles at once, in one pass over the bytes."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        by_pattern: dict[bytes, list[Needle]] = {}
        for needle in needles:
            by_pattern.setdefault(needle.pattern, []).append(needle)
        self._needles = list(by_pattern.values())
        self._automaton = BytesAhoCorasick(list(by_pattern))

    def needles_in(self, searched: bytes, exact: bytes = b"") -> Iterator[Needle]:
        for number, start, end in self._automaton.find_matches_as_indexes(searched, overlapping=True):
            for needle in self._needles[number]:
                if needle.exact is None or needle.exact == exact[start:end]:
                    yield needle


def _is_text(data: bytes) -> bool:
    """Fewer than one byte in a hundred is a control character."""
    return len(data.translate(None, delete=CONTROLS)) > 0.99 * len(data)
