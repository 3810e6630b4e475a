"""Which labelled segments must stay together when they are tried out: those of one case, and near-duplicates.

Near-duplicates share most of their runs of words; answers of a few words, only if they answer the same question. They
are found by MinHash bands (Broder, 1997): texts are compared only if a few hashes agree, so that the work grows with
their number alone.
"""

import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from themes.records.segment import Segment

FOLDS = 5
NEAR = 0.6
"""Texts that share so much of their letters' runs (Jaccard) are near-duplicates."""
_RUN = 5
_FEWEST_RUNS = 20
"""With fewer, some five words, a text says by itself too little to be anybody's twice: "Yes." to two questions."""
_BANDS, _ROWS = 12, 3
"""A pair at .6 meets in some band with a chance of 95 %, one at .2 of 9 %; then it is compared in full."""
_PRIME = (1 << 31) - 1


def groups_of(segments: Sequence[Segment]) -> NDArray[np.int64]:
    """A number for each segment, shape (n_segments,), from 0 in order of appearance: equal if they stay together."""
    group = list(range(len(segments)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    first: dict[str, int] = {}
    for i, segment in enumerate(segments):
        group[root(i)] = root(first.setdefault(segment.case_id, i))
    for i, j in _near(segments):
        group[root(j)] = root(i)
    roots = [root(i) for i in range(len(segments))]
    order = {one: at for at, one in enumerate(dict.fromkeys(roots))}
    return np.array([order[one] for one in roots], np.int64)


def groups_to_hold_out(segments: Sequence[Segment]) -> NDArray[np.int64]:
    """The same, but for a case with more than half of all segments: then near-duplicates alone stay together.

    To hold such a case out would leave too little to learn from. Ids may also only look as if they told a case, such
    as "2024.1" and "2024.2".
    """
    groups = groups_of(segments)
    if 2 * np.bincount(groups, minlength=1).max() <= len(segments):
        return groups
    return groups_of([replace(segment, case_id=str(at)) for at, segment in enumerate(segments)])


def folds_of(groups: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """A fold for each segment, shape (n_segments,), 0 to `FOLDS` - 1; groups are dealt out at random."""
    if not len(groups):
        return groups
    return np.asarray((np.random.default_rng(seed).permutation(int(groups.max()) + 1) % FOLDS)[groups])


def _near(segments: Sequence[Segment]) -> Iterator[tuple[int, int]]:
    runs = [_runs_of(segment.text) for segment in segments]
    buckets: dict[tuple[str, int, bytes], list[int]] = {}
    random = np.random.default_rng(0)
    factors = random.integers(1, _PRIME, _BANDS * _ROWS)
    shifts = random.integers(0, _PRIME, _BANDS * _ROWS)
    for i, own in enumerate(runs):
        hashes = np.fromiter(own, np.int64, len(own))
        least = ((hashes[:, None] * factors + shifts) % _PRIME).min(axis=0).reshape(_BANDS, _ROWS)
        question = (segments[i].prompt or "") if len(own) < _FEWEST_RUNS else ""
        for band, part in enumerate(least):
            others = buckets.setdefault((question, band, part.tobytes()), [])
            for j in others:
                if len(own & runs[j]) >= NEAR * len(own | runs[j]):
                    yield j, i
                    break
            else:
                others.append(i)


def _runs_of(text: str) -> frozenset[int]:
    plain = "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
    runs = {plain[at : at + _RUN] for at in range(max(1, len(plain) - _RUN + 1))}
    return frozenset(zlib.crc32(run.encode()) % _PRIME for run in runs)
