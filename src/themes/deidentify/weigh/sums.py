"""What the learned weights make of a text: log-odds added up for all of its words at once.

A word's log-odds are the sum over its bundles (`evidence.py`), and most bundles come back: what one adds
up to is remembered. So that little is added up and looked up, it is remembered by what its features are made of: a pair
of words by the lists and shapes of both, not by the two words.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from themes.deidentify.weigh.bundles import features_of
from themes.deidentify.weigh.evidence import Bundle, Look
from themes.deidentify.weigh.forms import END, REACH, START, Form, cell, frame_feature, hashed, known, part
from themes.deidentify.weigh.sequence import sequence_places
from themes.deidentify.weigh.weights import Floats, Weights, shipped, word_pair

MOST_REMEMBERED = 400_000
"""Bundles whose sums are remembered at once; some 100 MB."""
NEAR = (0, *(offset for offset in range(-REACH, REACH + 1) if offset))
"""Where a word is heard from: itself first, then as a neighbour."""


class Told(NamedTuple):
    """What is heard of a form. `kind` and `bare` are numbers: forms of one kind give the same features to their
    neighbours, save those right beside them; those that are bare alike, to the pairs they are judged in."""

    kind: int
    bare: int
    word: str
    """The word itself where it is an everyday one, or its shape."""
    near: list[int]
    """The rows of what is heard of it from each place of NEAR."""


class Sums:
    """What the weights make of bundles; a bundle met before is not added up again."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        # A word is asked for as itself and as either neighbour.
        self._pair = lru_cache(maxsize=20_000)(lambda word: word_pair(word, weights.centre, weights.projection))
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[Hashable, int] = {}
        self._table = np.zeros((1024, len(self.weights.models)), np.float32)
        self._forms: dict[Form, Told] = {}
        self._alike: dict[tuple[str, ...], int] = {}

    def of(self, bundles: Sequence[Sequence[Bundle]]) -> Floats:
        """Log-odds of each word without the intercept: shape (n_words, n_models). Words have equally many bundles."""
        if not bundles:
            return np.zeros((0, len(self.weights.models)), np.float32)
        self._make_room()
        flat = [bundle for word in bundles for bundle in word]
        rows = np.array(self._rows_of(flat, flat.__getitem__)).reshape(len(bundles), -1)
        added: Floats = self._table[rows].sum(axis=1, dtype=np.float32)
        return added

    def of_text(self, seen: Look, ruled: Sequence[Sequence[Bundle]]) -> Floats:
        """What `of` gives for the bundles of a text, and one more of each word: shape (n_words, n_models).

        Args:
            ruled: For each word, the bundle of what the rules say of it.
        """
        count = len(seen.forms)
        if not count:
            return np.zeros((0, len(self.weights.models)), np.float32)
        self._make_room()
        forms = [START] * REACH + seen.forms + [END] * REACH
        told = self._told(forms)
        near = np.array([each.near for each in told])
        heard = [near[REACH + offset : REACH + offset + count, column] for column, offset in enumerate(NEAR)]
        told = told[REACH - 2 : REACH + count + 2]
        last, next_ = self._pairs(forms[REACH - 1 : REACH + count + 1], told[1:-1], seen.gaps)
        style = self._rows_of(
            [("style", each.bare, form.opens, seen.style) for each, form in zip(told[2:-2], seen.forms, strict=True)],
            lambda n: ("style", (seen.forms[n].plain, seen.forms[n].shape, seen.forms[n].opens, seen.style)),
        )
        said = [bundle for (bundle,) in ruled]
        rules = self._rows_of(said, said.__getitem__)
        rows = np.stack([*heard, last, next_, style], axis=1)
        parts = self._table[rows], self.weights.table[_frames(told, seen.forms)], self._table[rules][:, None]
        added: Floats = np.concatenate(parts, axis=1).sum(axis=1, dtype=np.float32)
        return added

    def of_surroundings(self, seen: Look, odds: Floats, families: Sequence[str]) -> Floats:
        """What a second hearing adds to the log-odds of the first: shape (n_words, n_families).

        Args:
            odds: Of the first hearing, shape (n_words, n_families).
        """
        if not len(odds):
            return np.zeros_like(odds)
        columns = [[self.weights.models.index(f"{family} last")] for family in families]
        added: Floats = self.weights.table[sequence_places(seen, odds, families), columns].sum(axis=-1)
        return added

    def _make_room(self) -> None:
        if len(self._rows) > MOST_REMEMBERED:
            self._forget()

    def _told(self, forms: Sequence[Form]) -> list[Told]:
        """What is heard of each form."""
        new = [form for form in dict.fromkeys(forms) if form not in self._forms]
        if new:
            kinds = [self._alike_as(form.shape, cell(form.plain), known(form.plain), part(form.plain)) for form in new]
            asked = [(form, kind, offset) for form, kind in zip(new, kinds, strict=True) for offset in NEAR]
            rows = self._rows_of(
                [(form if abs(offset) < 2 else kind, offset) for form, kind, offset in asked],
                lambda n: ("near", asked[n][::2]) if asked[n][2] else ("own", asked[n][:1]),
            )
            told = [
                Told(
                    kind,
                    self._alike_as(form.shape, cell(form.plain)),
                    known(form.plain) or form.shape,
                    rows[at : at + len(NEAR)],
                )
                for form, kind, at in zip(new, kinds, range(0, len(rows), len(NEAR)), strict=True)
            ]
            self._forms.update(zip(new, told, strict=True))  # only now: adding up can fail
        return [self._forms[form] for form in forms]

    def _alike_as(self, *traits: str) -> int:
        """A number for whatever has these traits."""
        return self._alike.setdefault(traits, len(self._alike))

    def _pairs(self, forms: Sequence[Form], told: Sequence[Told], gaps: Sequence[str]) -> tuple[list[int], list[int]]:
        """For each of the forms but the first and last, the rows of the pair it makes with the one before it, and with
        the one after."""
        last = self._rows_of(
            [("last", one.kind, gap, other.bare) for one, gap, other in zip(told, gaps, told[1:-1], strict=False)],
            lambda n: ("pair", (forms[n], gaps[n], forms[n + 1], False)),
        )
        next_ = self._rows_of(
            [
                ("next", one.bare, gap, other.kind)
                for one, gap, other in zip(told[1:], gaps[1:], told[2:], strict=False)
            ],
            lambda n: ("pair", (forms[n + 1], gaps[n + 1], forms[n + 2], True)),
        )
        return last, next_

    def _rows_of(self, keys: Sequence[Hashable], bundle_of: Callable[[int], Bundle]) -> list[int]:
        """Where the sum of each bundle stands in the table.

        Args:
            keys: By which a bundle is remembered. Those that share one have the same features.
            bundle_of: The bundle of the n-th key, asked for where the key is new.
        """
        rows = self._rows
        new = {key: n for n, key in enumerate(keys) if key not in rows}
        if new:
            start = len(rows)
            self._learn([bundle_of(n) for n in new.values()], start)
            rows.update(zip(new, range(start, start + len(new)), strict=True))  # only now: adding up can fail
        return [rows[key] for key in keys]

    def _learn(self, bundles: Sequence[Bundle], start: int) -> None:
        """Add up the weights of bundles not met before, into the rows from `start` on."""
        while start + len(bundles) > len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        places: list[int] = []
        starts: list[int] = []
        vectors: list[tuple[int, Form, int]] = []
        for n, bundle in enumerate(bundles):
            features, form, offset = features_of(bundle)
            starts.append(len(places))
            places.extend(sorted(set(hashed(features))))
            if form is not None:
                vectors.append((n, form, offset))
        sums = np.add.reduceat(self.weights.table[places], starts, axis=0)
        for n, form, offset in vectors:
            sums[n] += self._pair(form.written) @ self.weights.vectors[offset + 1]
        self._table[start : start + len(bundles)] = sums


def _frames(told: Sequence[Told], forms: Sequence[Form]) -> NDArray[np.int64]:
    """For each word, the places of what frames it: shape (n_words, 4). A feature each, so that none is remembered.

    Args:
        told: Of the words, with two more at either end.
    """
    words = [each.word for each in told]
    sides = zip(words, words[1:], words[3:], words[4:], forms, strict=False)
    features = [
        feature
        for far, near, next_, beyond, form in sides
        for feature in (
            frame_feature("before", far, near, ""),
            frame_feature("after", next_, beyond, ""),
            frame_feature("around", near, next_, ""),
            frame_feature("around", near, next_, form.shape),
        )
    ]
    return np.array(hashed(features)).reshape(-1, 4)


@cache
def sums() -> Sums:
    """The sums of the weights that ship."""
    return Sums(shipped())
