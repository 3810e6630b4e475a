"""Towns by names that mean nothing else, in capitals, in small letters, hyphened or not: "I HATE HALIFAX", "barrow in
furness". A town that is a word as well is one only where somebody lives in it: "I LIVE IN DEAL", not "WHAT A DEAL".
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.lexicon import any_of, context, is_wide, plain_towns
from themes.deidentify.wording.roles import ROLES, TITLES
from themes.deidentify.wording.stretches import Stretches
from themes.deidentify.wording.words import Word, kept_places, lower_case, words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

TOWNS = "town"
"""The recogniser of these findings: no weight is asked about them."""
LIVED_IN = hinted(
    rf"\b{any_of('lives_for_certain')} (?:in|from) (?P<name>[a-z]{{4,12}})"
    rf"(?=[ \n]*(?:$|[.,;:!?)]|{any_of('after_a_place')}\b))",
    re.IGNORECASE,
)


def towns_in(text: str) -> Iterator[Finding]:
    """The towns of a text whose names cannot mean anything else.

    >>> [town.span.of("WHAT A DEAL! I HATE HALIFAX") for town in towns_in("WHAT A DEAL! I HATE HALIFAX")]
    ['HALIFAX']
    """
    small = lower_case(text)
    found = [Span(start, end) for _, start, end in _automaton().find_matches_as_indexes(small)]
    if found:
        kept, words = Stretches(place.span for place in kept_places(text)), words_of(text)
        opening = {word.start: i for i, word in enumerate(words)}
        closing = {word.end: i for i, word in enumerate(words)}
        for span in found:
            first, last = opening.get(span.start), closing.get(span.end)
            if first is None or last is None or kept.touch(span):
                continue
            if not _part_of_a_name(text, words, first, last):
                yield _town(span)
    for match in LIVED_IN.finditer(text):
        name = match["name"].casefold()
        if name in context("towns_lived_in") and not is_wide(name):
            yield _town(Span(*match.span("name")))


def _part_of_a_name(text: str, words: tuple[Word, ...], first: int, last: int) -> bool:
    """Whether a name goes on to either side: "Mrs Barnsley", "Halifax Building Society", "Radio Goole"."""
    before, after = words[first - 1] if first else None, words[last + 1] if last + 1 < len(words) else None
    gap = text[before.end : words[first].start] if before else ""
    if before and gap in {" ", ". "}:
        if before.plain in TITLES or before.plain in ROLES:
            return True
        alone = gap == " " or before.end - before.start == 1
        if (
            alone
            and _capital_beside(before, words[first])
            and not before.opens
            and before.plain not in context("never")
        ):
            return True
    if after is None or text[words[last].end : after.start] != " " or not words[last].capital:
        return False
    return _capital_beside(after, words[last]) and not is_wide(after.plain) and after.plain not in context("never")


def _capital_beside(word: Word, town: Word) -> bool:
    """Whether a word's capital says something: not where all around is in capitals."""
    return word.capital and not (word.shape == "upper" and town.shape == "upper")


def _town(span: Span) -> Finding:
    return Finding(span, "LOCATION", IdentifierKind.QUASI, 0.9, TOWNS)


@cache
def _automaton() -> Any:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(sorted(plain_towns()), matchkind=MatchKind.LeftmostLongest)
