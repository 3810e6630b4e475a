"""What those who go said and are called, found in what others wrote, and blanked there."""

import re

from themes.deidentify.withdraw.tombstones import BLANK
from themes.erase.proof import Needles
from themes.erase.search import Scanner

WORD = re.compile(r"\w+")
ESCAPED = re.compile(r'\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|["\\/abefnrtv0])')
"""What TOML, JSON and YAML write for signs that cannot stand as they are: their letters are no words."""
MOST_WORDS = 40
"""Words within which a name, or a run of words that is looked for, stands."""


class TheirWords:
    """Their names, and runs of words that nobody else says. Plaintext: it stays in memory."""

    def __init__(self, needles: Needles) -> None:
        # Parts of names by themselves, so that of a whole name the whole is blanked.
        self._scanners = Scanner(needles.keys | needles.names, needles.phrases), Scanner((), parts=needles.parts)

    def are_in(self, text: str) -> bool:
        """Whether any of it stands in a text, however it is spelt or packed."""
        return any(_found(scanner, text) for scanner in self._scanners)

    def blanked(self, written: str) -> str:
        """A text, or what a file holds as TOML, YAML or JSON, with their words blanked letter by letter.

        All else stays as it is, and so does the form of the file. What it cannot find word by word stays: ask
        `are_in` afterwards.
        """
        for scanner in self._scanners:
            if _found(scanner, written):
                # Line by line is soon done in a long file; what goes on from one line to the next is left for the end.
                lines = (_blanked(scanner, line) for line in written.splitlines(keepends=True))
                written = _blanked(scanner, "".join(lines))
        return written


def _found(scanner: Scanner, text: str) -> bool:
    return bool(scanner.in_bytes(text.encode("utf-8", "surrogatepass")))


def _blanked(scanner: Scanner, written: str) -> str:
    if not _found(scanner, written):
        return written
    words = [found.span() for found in WORD.finditer(ESCAPED.sub(lambda sign: " " * len(sign[0]), written))]
    gone: set[int] = set()
    first = 0
    for last, (_, end) in enumerate(words):
        first = max(first, last - MOST_WORDS + 1)
        if not _found(scanner, written[words[first][0] : end]):
            continue
        while first < last and _found(scanner, written[words[first + 1][0] : end]):
            first += 1
        gone.update(range(first, last + 1))
        first += 1
    signs = list(written)
    for start, end in (words[at] for at in gone):
        signs[start:end] = BLANK * (end - start)
    return "".join(signs)
