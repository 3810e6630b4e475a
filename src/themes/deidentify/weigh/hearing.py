"""How likely each word of a text is part of a name, a place, a unit: the weights' log-odds, from the first look to the
last."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from themes.deidentify.recognize.names import names_in
from themes.deidentify.recognize.places import places_in
from themes.deidentify.recognize.signatures import signatures_in
from themes.deidentify.recognize.units import units_in
from themes.deidentify.weigh.evidence import (
    TAGGERS,
    Look,
    look,
    rule_bundles,
    tagger_bundles,
    votes_of,
)
from themes.deidentify.weigh.own_votes import odds_of_the_first_look, odds_told
from themes.deidentify.weigh.sums import Sums, sums
from themes.deidentify.weigh.third_hearing import heard_again
from themes.deidentify.weigh.weights import FAMILIES
from themes.records.privacy import Finding

type Odds = NDArray[np.float32]


def odds_of(odds: Odds, family: str) -> Odds:
    """The log-odds of one family, shape (n_words,), from those of all."""
    column: Odds = odds[:, FAMILIES.index(family)]
    return column


def first_odds(text: str) -> Odds:
    """Log-odds from the text and the rules alone, before any tagger: shape (n_words, n_families)."""
    return _half(_heard(text), sums(), "first")


def unheard(seen: Look) -> Odds:
    """Log-odds under which no word is held to be anything: shape (n_words, n_families)."""
    return np.full((len(seen.words), len(FAMILIES)), -99.0, np.float32)


def last_odds(seen: Look, findings: Iterable[Finding], tagged: Sequence[bool], *, heard: Sums | None = None) -> Odds:
    """Log-odds with everything heard, neighbours too: shape (n_words, n_families).

    Args:
        findings: What every recogniser found.
        tagged: For each word, whether taggers were asked about it; where not, its first log-odds go on.
        heard: The sums of other weights than those that ship.
    """
    ledger = heard or sums()
    plain = _heard(seen.text) if heard is None else _heard_with(seen, ledger)
    odds = _half(plain, ledger, "first")
    votes = votes_of(seen, findings)
    own = odds_of_the_first_look(odds)
    asked = [i for i, yes in enumerate(tagged) if yes]
    if asked:
        said = list(tagger_bundles(seen, votes, asked))
        odds[asked] = _half(plain[asked] + ledger.of(said), ledger, "full")
        own[asked] = odds_told([votes[i] for i in asked])
    second = ledger.of_surroundings(seen, odds, FAMILIES) + ledger.weights.intercepts[_columns(ledger, "last")]
    last: Odds = odds + second
    forest = ledger.weights.forest
    if not forest:
        return last
    at = frozenset(asked)
    heeded = [vote if i in at else _without_taggers(vote) for i, vote in enumerate(votes)]
    return heard_again(seen, last, heeded, FAMILIES, forest, own)


def _without_taggers(votes: dict[str, float]) -> dict[str, float]:
    return {name: score for name, score in votes.items() if name.split()[0] not in TAGGERS}


@lru_cache(maxsize=2048)
def _heard(text: str) -> Odds:
    return _heard_with(look(text), sums())


def _heard_with(seen: Look, ledger: Sums) -> Odds:
    """What the text and the rules add up to for every model, without the intercepts: shape (n_words, n_models)."""
    votes = votes_of(seen, ruled(seen.text))
    return ledger.of_text(seen, list(rule_bundles(seen, votes)))


def _half(added: Odds, ledger: Sums, half: str) -> Odds:
    columns = _columns(ledger, half)
    odds: Odds = added[:, columns] + ledger.weights.intercepts[columns]
    return odds


def _columns(ledger: Sums, half: str) -> list[int]:
    return [ledger.weights.models.index(f"{family} {half}") for family in FAMILIES]


def ruled(text: str) -> list[Finding]:
    """What the rules about names, places and units find in a text."""
    return [*names_in(text), *signatures_in(text), *places_in(text), *units_in(text)]
