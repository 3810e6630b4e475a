"""Phrases that the weights hold to single somebody out: a role that one person has, an event that one lived through,
"the only ... in ...", a rare condition. Put in words that no rule lists."""

import re
from collections.abc import Iterator

from themes.deidentify.decide.word_runs import likely_from, runs, trimmed
from themes.deidentify.weigh.evidence import Look
from themes.deidentify.weigh.hearing import Odds
from themes.deidentify.wording.lexicon import any_of, origins
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

SURER = 2.0
"""How far above the cut one word of each phrase is."""
FEWEST = 2
"""Words, unless what they tell is a condition."""
CONDITION = re.compile(
    rf"{any_of('condition_heads')}|{any_of('rare_conditions')}|\b\w+{any_of('condition_endings')}\b", re.IGNORECASE
)
EVENT = re.compile(
    rf"\b(?:{any_of('events')}|{any_of('mishaps')}|when|after|(?:day|night|time) (?:that )?(?:the|i|we|she|he)|won"
    r"|met)\b",
    re.IGNORECASE,
)
DEMOGRAPHIC = re.compile(rf"\b(?:(?-i:{origins()})|family|household|women|woman|men|man|person|people)\b", re.I)


def telling_phrases(seen: Look, odds: Odds, cut: float) -> Iterator[Finding]:
    """What singles somebody out, by the log-odds of each word, shape (n_words,)."""
    held = [odds[i] > cut and not form.outside for i, form in enumerate(seen.forms)]
    for i in range(1, len(held) - 1):  # one word that says little stands between two that say much
        held[i] = held[i] or (held[i - 1] and held[i + 1] and not seen.forms[i].outside)
    for run in runs(seen, held):
        start, end = trimmed(seen, *run)
        if start == end or max(odds[start:end]) < cut + SURER:
            continue
        span = Span(seen.words[start].start, seen.words[end - 1].end)
        label = _label(span.of(seen.text))
        if end - start >= FEWEST or label == "CONDITION":
            yield Finding(span, label, IdentifierKind.QUASI, likely_from(float(max(odds[start:end]))), "telling-phrase")


def _label(words: str) -> str:
    for label, form in (("CONDITION", CONDITION), ("EVENT", EVENT), ("DEMOG", DEMOGRAPHIC)):
        if form.search(words):
            return label
    return "JOB"
