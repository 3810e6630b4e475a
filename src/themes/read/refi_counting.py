"""How a file of REFI-QDA counts: found out by the quotes that many programs repeat beside the places.

The standard's words ("the first and the last character") and its examples (139 to 195 for 56 characters) contradict
each other, and programs differ: ends inclusive or not, emoji as one or two, CR LF as one or two, a byte order mark as
one or none. A file counts in one way throughout.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from themes.records.positions import PLAIN, Counting, Places


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch as the file has it."""

    written: str
    """Its text as it stands in the file, with the byte order mark, if there is one."""
    start: int
    end: int
    quote: str
    """The words that the file says are there; empty: not told."""


def counting_of(selections: Sequence[Selection], *, origin: str = "") -> Counting:
    """The way of counting by which most quotes stand where the file says, and fewest places lie outside their text.

    Args:
        selections: All of a file.
        origin: The program that wrote it; settles it where nothing else does.

    Returns:
        The plainest of those that fit equally well: code points, ends exclusive.
    """
    texts = {selection.written for selection in selections}
    nvivo = "nvivo" in origin.casefold()
    choices = product(
        (nvivo, not nvivo) if any(ord(max(text, default=" ")) > 0xFFFF for text in texts) else (False,),
        (False, True) if any("\r\n" in text for text in texts) else (False,),
        (False, True),
        (False, True) if any(text.startswith("\ufeff") for text in texts) else (False,),
    )
    best, most = PLAIN, (-1, 0)
    for choice in choices:
        counting = Counting(*choice)
        fits = _fit(selections, counting)
        if fits > most:
            best, most = counting, fits
    return best


def _fit(selections: Sequence[Selection], counting: Counting) -> tuple[int, int]:
    """How many quotes stand where they should, and, negative, how many places lie outside."""
    places: dict[str, Places] = {}
    hits = outside = 0
    for each in selections:
        if each.written not in places:
            places[each.written] = Places(each.written.removeprefix("\ufeff"), counting)
        found = places[each.written].span(each.start, each.end)
        if found is None:
            outside += 1
        elif each.quote:
            # White space apart: an attribute of XML may have lost its line ends.
            hits += places[each.written].text[slice(*found)].split() == each.quote.split()
    return hits, -outside
