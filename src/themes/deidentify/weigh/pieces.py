"""Texts as our own tagger takes them: pieces of words, in windows that it bears, in batches of like length."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from themes.records.span import Span

LONGEST = 510
"""Pieces in a window; with the two marks around them it takes 512."""
BATCH = 256
"""Pieces in a batch, filling included: more no longer fits into a core's memory, and is slower (measured)."""


class Window(NamedTuple):
    """Pieces of words of one document, from its character `start` on; `offsets` count from there."""

    document: int
    start: int
    ids: Sequence[int]
    offsets: Sequence[tuple[int, int]]


def windows_of(tokenizer: Any, texts: Sequence[str], stretches: Sequence[tuple[int, Span]]) -> list[Window]:
    """The windows of stretches, each with the index of its text, from the shortest to the longest."""
    encoded = tokenizer.encode_batch([span.of(texts[i]) for i, span in stretches], add_special_tokens=False)
    windows = (
        Window(i, span.start, text.ids[cut : cut + LONGEST], text.offsets[cut : cut + LONGEST])
        for (i, span), text in zip(stretches, encoded, strict=True)
        for cut in range(0, len(text.ids), LONGEST)
    )  # none of a stretch without any piece, such as signs that take no room
    return sorted(windows, key=lambda window: len(window.ids))


def batches(windows: Sequence[Window]) -> Iterator[Sequence[Window]]:
    """Windows, which ascend in length, in lots of `BATCH` pieces at most."""
    if not windows:
        return
    first = 0
    for last, window in enumerate(windows):
        if last > first and (last + 1 - first) * (len(window.ids) + 2) > BATCH:
            yield windows[first:last]
            first = last
    yield windows[first:]


def filled(tokenizer: Any, texts: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    """The pieces of texts between their two marks, noughts behind them, and where there are pieces: each of shape
    (n_texts, longest + 2)."""
    import numpy as np

    ids = np.zeros((len(texts), max(map(len, texts)) + 2), dtype=np.int64)
    present = np.zeros_like(ids)
    start, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    for row, text in enumerate(texts):
        ids[row, : len(text) + 2] = [start, *text, end]
        present[row, : len(text) + 2] = 1
    return ids, present
