"""How programs count places in a text, and the way from one count to another."""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Counting:
    """How a file of REFI-QDA counts. The default is how we read the standard: code points, ends exclusive."""

    utf16: bool = False
    """In UTF-16 units: an emoji counts as two."""
    line_end_is_one: bool = False
    """A line end of two characters, CR and LF, counts as one."""
    inclusive: bool = False
    """An end is the last character, not the one behind it."""
    byte_order_mark: bool = False
    """The mark before the first character counts as one."""


PLAIN = Counting()


class Places:
    """The places of one text by one way of counting."""

    def __init__(self, written: str, counting: Counting) -> None:
        """Take the text as it stands in its file, line ends as they are there, without a byte order mark."""
        self.text = with_line_feeds(written)
        self._counting = counting
        self._first = int(counting.byte_order_mark)
        wide = counting.utf16 and any(ord(character) > 0xFFFF for character in self.text)
        long = not counting.line_end_is_one and "\r\n" in written
        self._starts = list(accumulate(self._widths(written), initial=0)) if wide or long else None

    def _widths(self, written: str) -> list[int]:
        widths, skip = [], False
        for at, character in enumerate(written):
            if skip:
                skip = False
                continue
            if character == "\r" and written[at + 1 : at + 2] == "\n":
                skip = True
                widths.append(1 if self._counting.line_end_is_one else 2)
            else:
                widths.append(2 if self._counting.utf16 and ord(character) > 0xFFFF else 1)
        return widths

    def code_point(self, place: int) -> int | None:
        """A place as an offset in `text`; None where it lies outside of it or within a character."""
        counted = place - self._first
        if self._starts is None:
            return counted if 0 <= counted <= len(self.text) else None
        at = bisect_left(self._starts, counted)
        return at if at < len(self._starts) and self._starts[at] == counted else None

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """A stretch as offsets in `text`, its end exclusive; None if it has none, or no length."""
        first, last = self.code_point(start), self.code_point(end)
        if first is None or last is None:
            return None
        after = last + self._counting.inclusive
        return (first, after) if first < after <= len(self.text) else None

    def counted(self, offset: int) -> int:
        """An offset in `text` as this way of counting has it."""
        return self._first + (offset if self._starts is None else self._starts[offset])


def with_line_feeds(text: str) -> str:
    r"""The text with every line end a single line feed.

    >>> with_line_feeds("a\r\nb\rc\n")
    'a\nb\nc\n'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")
