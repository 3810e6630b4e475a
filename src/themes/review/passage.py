"""A text as the page shows it: cut where anything begins or ends, each piece knowing what it is part of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from themes.records.corpus import Document
from themes.records.replaced import ReplacementMap
from themes.records.span import Span

AROUND = 2500
"""Code points shown on each side of an excerpt; a longer text is shown in full when asked for."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text that are all part of the same."""

    span: Span
    text: str
    now: bool
    """Of the excerpt that is being decided on."""
    mask: Span | None
    """The surrogate that it is part of."""
    quoted: bool
    depth: int
    """In how many stretches it lies on which somebody decided, or which the machine coded."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, or the part of it around an excerpt."""

    pieces: Sequence[Piece]
    start: int
    """Where in the text it begins, in code points."""
    cut_before: bool
    cut_after: bool


def passage(document: Document, now: Span, coded: Iterable[Span] = (), *, whole: bool = False) -> Passage:
    """A text in pieces.

    Args:
        document: The text, with surrogates.
        now: The excerpt.
        coded: Other stretches that carry codings; they may overlap.
        whole: Show all of it, however long.
    """
    start, end = (0, len(document.text)) if whole else _window(document.text, now)
    masks = ReplacementMap(document.replacements).surrogates
    marked = list(coded)
    edges = {start, end, now.start, now.end}
    for span in (*masks, *marked, *document.quotations):
        edges |= {span.start, span.end}
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    pieces = []
    for one, other in pairwise(cuts):
        span = Span(one, other)
        pieces.append(
            Piece(
                span=span,
                text=span.of(document.text),
                now=now.contains(span),
                mask=next((mask for mask in masks if mask.contains(span)), None),
                quoted=any(quotation.contains(span) for quotation in document.quotations),
                depth=sum(stretch.contains(span) for stretch in marked),
            )
        )
    return Passage(pieces, start, start > 0, end < len(document.text))


def _window(text: str, now: Span) -> tuple[int, int]:
    """From a line's or a word's beginning, not too far before, to one's end not too far behind."""
    start, end = max(0, now.start - AROUND), min(len(text), now.end + AROUND)
    while 0 < start < now.start and not text[start - 1].isspace():
        start += 1
    while now.end < end < len(text) and not text[end].isspace():
        end -= 1
    return start, end


def nudged(text: str, span: Span, which: str) -> Span | None:
    """A stretch one word longer or shorter at one end; None where that cannot be.

    Args:
        text: What it is a stretch of.
        span: The stretch.
        which: "start-back", "start-on", "end-back" or "end-on".

    >>> nudged("They were very kind.", Span(5, 9), "end-on")
    Span(start=5, end=14)
    """
    edge = span.start if which.startswith("start") else span.end
    edges = starts_of_words(text) if which.startswith("start") else ends_of_words(text)
    if which.endswith("back"):
        moved = max((each for each in edges if each < edge), default=None)
    else:
        moved = min((each for each in edges if each > edge), default=None)
    if moved is None:
        return None
    start, end = (moved, span.end) if which.startswith("start") else (span.start, moved)
    return Span(start, end) if start < end else None


def starts_of_words(text: str) -> list[int]:
    """Where words begin, in code points."""
    return [at for at, each in enumerate(text) if not each.isspace() and (at == 0 or text[at - 1].isspace())]


def ends_of_words(text: str) -> list[int]:
    """Where words end, in code points."""
    return [at + 1 for at, each in enumerate(text) if not each.isspace() and text[at + 1 : at + 2].strip() == ""]


def trimmed(text: str, span: Span) -> Span:
    """A stretch without the white space at its ends, if anything is left.

    >>> trimmed(" kind staff ", Span(0, 12))
    Span(start=1, end=11)
    """
    words = span.of(text)
    kept = words.strip()
    if not kept:
        return span
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(kept))
