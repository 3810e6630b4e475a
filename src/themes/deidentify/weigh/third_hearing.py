"""A third hearing: what the log-odds of a word and of those around it make of each other.

Two hearings weigh one feature beside the other, and a sum cannot say "unless". Whether a word that may be a place is
one depends on whether its neighbours are persons; whether a phrase singles somebody out, on how far the likely words
reach to either side. So trees are asked about the words that the second hearing does not rule out. They are told
log-odds, what the taggers say, and where in the text the word stands. Out of fold they find a third more of what
singles people out at the same precision, and hold fewer words in vain (ADR 29).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from themes.deidentify.weigh.evidence import Look
from themes.deidentify.weigh.own_votes import UNLIKELY
from themes.deidentify.weigh.sequence import elsewhere
from themes.deidentify.weigh.trees import Forest

HEARD_AGAIN = ("person", "place", "unit", "singled")
"""The families that are heard a third time."""
RULED_OUT = -6.0
"""Log-odds of the second hearing up to which a word is not heard again."""
BESIDE = (-2, -1, 1, 2)
AROUND = (3, 6)
"""How many words to either side are looked at together."""
NOBODY = -12.0
"""The log-odds of a word that is not there."""
SPACY = ("spacy", "spacy LOCATION", "spacy ORG")
type Votes = Mapping[str, float]
type Floats = NDArray[np.float32]


def heard_again(
    seen: Look, odds: Floats, votes: Sequence[Votes], families: Sequence[str], forest: Forest, own: Floats
) -> Floats:
    """The log-odds after the third hearing: shape (n_words, n_families).

    Args:
        odds: Of the second hearing, shape (n_words, n_families).
        votes: For each word, the best score of each voter (`evidence.votes_of`).
        families: Whose log-odds these are.
        forest: The trees of HEARD_AGAIN, in its order.
        own: What our own tagger says of each word, or the first look in its place, as log-odds.
    """
    columns = [families.index(family) for family in HEARD_AGAIN]
    words, models = (odds[:, columns] > RULED_OUT).nonzero()
    last = odds.copy()
    if len(words):
        numbers = numbers_of(seen, odds, votes, families, own)
        last[words, np.array(columns)[models]] = forest.log_odds(numbers[words], models)
    return last


def numbers_of(seen: Look, odds: Floats, votes: Sequence[Votes], families: Sequence[str], own: Floats) -> Floats:
    """What the trees are told of each word: shape (n_words, n_numbers).

    Its own log-odds in every family. In those of HEARD_AGAIN, the log-odds of the words of BESIDE, the highest and the
    mean log-odds within each reach of AROUND, the best of its like elsewhere in the text and the highest of the text.
    The same of our own tagger's log-odds. What spaCy says, and how many voters speak. How many words stand before it
    and after it; the share of words that are likely persons, and of those in small letters; whether the text is a post.
    """
    count = len(odds)
    columns = [families.index(family) for family in HEARD_AGAIN]
    some = odds[:, columns]
    like = elsewhere(seen, np.rint(np.clip(some, -12, 12)).astype(np.int64))
    said = [(*(v.get(name, 0.0) for name in SPACY), len(v)) for v in votes]
    place = np.arange(count)
    text = [*some.max(axis=0), (some[:, 0] > 0).mean(), _share_small(seen), not seen.style.endswith("plain")]
    return np.concatenate(
        [
            odds,
            *_around(some, NOBODY),
            own,
            *_around(own[:, columns], UNLIKELY),
            like,
            said,
            place[:, None],
            count - place[:, None],
            np.tile(text, (count, 1)),
        ],
        axis=1,
    ).astype(np.float32)


def _around(odds: Floats, nobody: float) -> list[Floats]:
    """The log-odds of the words of BESIDE, then the highest and the mean within each reach of AROUND, for each word.

    Args:
        nobody: The log-odds of a word that is not there.
    """
    count, most = len(odds), max(AROUND)
    padded = np.full((count + 2 * most, odds.shape[1]), nobody, np.float32)
    padded[most : most + count] = odds
    wide = np.lib.stride_tricks.sliding_window_view(padded, 2 * most + 1, axis=0)
    within = [wide[:, :, most - reach : most + reach + 1] for reach in AROUND]
    return [
        *(padded[most + k : most + k + count] for k in BESIDE),
        *(told for each in within for told in (each.max(axis=-1), each.mean(axis=-1))),
    ]


def _share_small(seen: Look) -> float:
    return sum(form.shape == "lower" for form in seen.forms) / len(seen.forms)
