"""How likely each word of a text is part of a name, a place, a unit: the weights' log-odds, from the first look to the
last."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from themes.deidentify.evidence import (
    Bundle,
    Look,
    look,
    rule_bundles,
    tagger_bundles,
    text_bundles,
    votes_of,
)
from themes.deidentify.names import names_in
from themes.deidentify.places import places_in
from themes.deidentify.sequence import sequence_bundles
from themes.deidentify.signatures import signatures_in
from themes.deidentify.units import units_in
from themes.deidentify.weights import Sums, sums
from themes.records.privacy import Finding

FAMILIES = ("person", "place", "unit", "strict")
"""Strict: what a court leaves out of a public judgment: dates, sums, organisations, roles. For the release profile."""

type Odds = NDArray[np.float32]


def first_odds(text: str) -> Odds:
    """Log-odds from the text and the rules alone, before any tagger: shape (n_words, n_families)."""
    return _first(text)[1]


def last_odds(seen: Look, findings: Iterable[Finding], tagged: Sequence[bool], *, heard: Sums | None = None) -> Odds:
    """Log-odds with everything heard, neighbours too: shape (n_words, n_families).

    Args:
        findings: What every recogniser found.
        tagged: For each word, whether taggers were asked about it; where not, its first log-odds go on.
        heard: The sums of other weights than those that ship.
    """
    ledger = heard or sums()
    bundles, odds = _first(seen.text) if heard is None else _first_with(seen, ledger)
    odds = odds.copy()
    asked = [i for i, yes in enumerate(tagged) if yes]
    if asked:
        said = list(tagger_bundles(seen, votes_of(seen, findings)))
        odds[asked] = _picked(ledger, [[*bundles[i], *said[i]] for i in asked], "full")
    last = np.empty_like(odds)
    for column, family in enumerate(FAMILIES):
        around = list(sequence_bundles(seen, odds[:, column].tolist(), family))
        last[:, column] = odds[:, column] + _picked(ledger, around, "last")[:, column]
    return last


@lru_cache(maxsize=2048)
def _first(text: str) -> tuple[list[list[Bundle]], Odds]:
    return _first_with(look(text), sums())


def _first_with(seen: Look, ledger: Sums) -> tuple[list[list[Bundle]], Odds]:
    votes = votes_of(seen, ruled(seen.text))
    bundles = [[*plain, *said] for plain, said in zip(text_bundles(seen), rule_bundles(seen, votes), strict=True)]
    return bundles, _picked(ledger, bundles, "first")


def ruled(text: str) -> list[Finding]:
    """What the rules about names, places and units find in a text."""
    return [*names_in(text), *signatures_in(text), *places_in(text), *units_in(text)]


def _picked(ledger: Sums, bundles: Sequence[Sequence[Bundle]], half: str) -> Odds:
    models = ledger.weights.models
    columns = [models.index(f"{family} {half}") for family in FAMILIES]
    return ledger.of(bundles)[:, columns] + ledger.weights.intercepts[columns]
