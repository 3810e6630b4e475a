"""Which stretches of a text a tagger is worth running on.

A sentence of small ordinary words without a figure holds no name that a tagger would find: running one there costs nine
tenths of the time and adds nothing but errors (measured; see the benchmark).
"""

from functools import cache, lru_cache

from themes.deidentify.lexicon import context, given_names, ordinary_words, plain_names, surnames
from themes.deidentify.words import kept_places, sentences_of, words_of
from themes.records.span import Span


@lru_cache(maxsize=4096)
def doubtful_stretches(text: str) -> tuple[Span, ...]:
    """Sentences that may hold a name or a place, neighbours joined up to 480 characters. In order, no overlap.

    >>> doubtful_stretches("They were late. I saw Brenda there. It was fine.")
    (Span(start=16, end=36),)
    """
    doubts = _doubtful_offsets(text)
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


def _doubtful_offsets(text: str) -> list[int]:
    known = [place.span for place in kept_places(text) if not place.short]
    names, ordinary = plain_names(), _nothing_but_words()
    doubts = []
    at = 0
    for word in words_of(text):
        while at < len(known) and known[at].end <= word.start:
            at += 1
        if at < len(known) and known[at].start <= word.start:
            continue
        if word.shape == "digit" or word.plain in context("free_capitals"):
            continue
        strange = (
            len(word.plain) > 3
            and word.plain not in ordinary_words()
            and word.plain not in context("free_strangers")
            and "'" not in word.plain
        )
        if (word.capital and (not word.opens or word.plain not in ordinary)) or word.plain in names or strange:
            doubts.append(word.start)
    return doubts


@cache
def _nothing_but_words() -> frozenset[str]:
    return ordinary_words() - given_names() - surnames()
