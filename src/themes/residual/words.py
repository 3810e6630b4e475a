"""The words of a released text, surrogates left out."""

import re
from collections.abc import Iterator

from themes.records.corpus import Document
from themes.records.span import Span
from themes.release_text import surrogates_in

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def words_between_surrogates(released: Document) -> Iterator[list[tuple[str, Span]]]:
    """Stretches of words in small letters, each with its place; a surrogate parts two stretches.

    Args:
        released: `release_text.as_released` of a document.
    """
    at, text = 0, released.text.replace("’", "'")
    for surrogate in [*surrogates_in(released), Span(len(text), len(text))]:
        stretch = [
            (match.group().casefold(), Span(*match.span())) for match in WORD.finditer(text, at, surrogate.start)
        ]
        if stretch:
            yield stretch
        at = surrogate.end
