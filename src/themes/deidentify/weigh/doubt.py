"""Which stretches of a text a tagger is worth running on: those where cheaper evidence leaves a word in doubt.

The first look, from the text and the rules alone, is sure about most words: no tagger changes its mind. Running one on
every sentence costs nine tenths of the time (measured; see the benchmark).
"""

from functools import lru_cache

from themes.deidentify.weigh.evidence import look
from themes.deidentify.weigh.hearing import first_odds
from themes.deidentify.weigh.weights import FAMILIES
from themes.deidentify.wording.words import sentences_of
from themes.records.span import Span

DOUBT = {
    "person": (-3.5, 3.0),
    "place": (-2.0, 2.0),
    "unit": (-2.0, 2.0),
    "singled": (-1.0, 4.0),
    "address": (-2.0, 2.0),
}
"""Log-odds of the first look between which a word is in doubt. Chosen by cross-validation: what no tagger is asked
about costs less than a hundredth of the recall of names (see the training report)."""

DOUBT_IN_POSTS = {**DOUBT, "person": (-5.5, 3.5)}
"""The same in posts of a network, where names are said without anything around them that tells."""


NAMED = ("person", "place", "unit")
"""The families of names, of which alone spaCy knows anything."""


def doubtful_stretches(text: str) -> tuple[Span, ...]:
    """Sentences with a word in doubt, neighbours joined up to 480 characters. In order, no overlap.

    >>> doubtful_stretches("They were late. Sent by Oriel Pemble. It was fine.")
    (Span(start=16, end=38),)
    """
    return _stretches(text, tuple(DOUBT))


def stretches_with_doubtful_names(text: str) -> tuple[Span, ...]:
    """Of these sentences, those in which a name of a person, a place or a unit is in doubt, likewise joined."""
    return _stretches(text, NAMED)


@lru_cache(maxsize=8192)
def _stretches(text: str, families: tuple[str, ...]) -> tuple[Span, ...]:
    doubts = _doubtful_offsets(text, families)
    stretches: list[Span] = []
    at = 0
    for sentence in sentences_of(text):
        while at < len(doubts) and doubts[at] < sentence.start:
            at += 1
        if at == len(doubts):
            break
        if doubts[at] >= sentence.end:
            continue
        if stretches and stretches[-1].end == sentence.start and sentence.end - stretches[-1].start <= 480:
            stretches[-1] = Span(stretches[-1].start, sentence.end)
        else:
            stretches.append(sentence)
    return tuple(stretches)


def _doubtful_offsets(text: str, families: tuple[str, ...]) -> list[int]:
    seen = look(text)
    doubt = DOUBT if seen.style.endswith("plain") else DOUBT_IN_POSTS
    odds = first_odds(text)[:, [FAMILIES.index(family) for family in families]]
    if not len(odds):
        return []
    low, high = zip(*(doubt[family] for family in families), strict=True)
    doubtful = ((odds > low) & (odds < high)).any(axis=1)
    return [seen.words[i].start for i in map(int, doubtful.nonzero()[0]) if not seen.forms[i].outside]
