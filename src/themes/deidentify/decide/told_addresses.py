"""Addresses that the weights hear where no form of `addresses` tells them: "my address is Hafod-y-Wern"."""

from collections.abc import Iterator

from themes.deidentify.decide.word_runs import likely_from, runs, trimmed
from themes.deidentify.recognize.addresses import SURE, UNITS
from themes.deidentify.weigh.evidence import Look
from themes.deidentify.weigh.hearing import Odds
from themes.deidentify.wording.lexicon import ordinary_words
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

SURER = 1.0
"""How far above the cut one word of each address is."""


def told_addresses(seen: Look, odds: Odds, cut: float) -> Iterator[Finding]:
    """Runs of words that the weights hold to be an address, by the log-odds of each word, shape (n_words,)."""
    held = [odds[i] > cut and not form.outside for i, form in enumerate(seen.forms)]
    for run in runs(seen, held):
        start, end = trimmed(seen, *run)
        if start == end or max(odds[start:end]) < cut + SURER or not _tells(seen, start, end):
            continue
        span = Span(seen.words[start].start, seen.words[end - 1].end)
        yield Finding(span, "ADDRESS", IdentifierKind.DIRECT, likely_from(float(max(odds[start:end]))), "told-address")


def _tells(seen: Look, start: int, end: int) -> bool:
    """Whether a run has more than everyday words in small letters, or a number and what it counts: "next door", "3rd",
    "3 mile", "8 High" of a bed have not."""
    words = [word for word in seen.words[start:end] if not seen.text[word.start].isdigit()]
    if len(words) < end - start and all(word.plain in UNITS - SURE for word in words):
        return False
    return any(
        word.shape == "digit" or (word.capital and not word.opens) or word.plain not in ordinary_words()
        for word in seen.words[start:end]
    )
