"""What is found once in a text, found in all of it: names of persons, and small places."""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from themes.deidentify.evidence import Look, within
from themes.deidentify.known_names import known_in
from themes.deidentify.lexicon import given_names, is_wide, ordinary_words, places, plain_towns, surnames
from themes.deidentify.stretches import Stretches
from themes.deidentify.verdicts import UNITS, Kept
from themes.deidentify.words import lower_case, words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span


def repeated(seen: Look, likely: NDArray[np.bool_], names: Sequence[Finding], kept: Kept) -> list[Finding]:
    """Names found once, found in all of the text, unless the weights are sure that here it is a word: "Carol sang a
    carol"."""
    text, words = seen.text, seen.words
    spoken = frozenset(name.span.of(text) for name in names if name.score >= 0.6)
    taken = {i for name in names for i in within(words, name.span)}
    found: list[Finding] = []
    for finding in known_in(text, spoken, recognizer="repeated"):
        inside = [i for i in within(words, finding.span) if i not in taken and not seen.forms[i].outside]
        free = [words[i] for i in inside if likely[i] or words[i].plain not in ordinary_words()]
        if free and not kept.all.touch(finding.span):
            found.extend(
                Finding(Span(w.start, w.end), "PERSON", IdentifierKind.DIRECT, 0.7, "repeated")
                for w in free
                if not (
                    w.opens
                    and w.plain in ordinary_words()
                    and w.plain not in given_names()
                    and w.plain not in surnames()
                )
            )
    return found


def places_again(text: str, found: Sequence[Finding], kept: Kept) -> list[Finding]:
    """Small places found once, found in all of a text, also where an office, a school, a workplace was found by one:
    "They sent me to Ingeus Goole. Goole is grim"."""
    told = {lower_case(f.span.of(text)) for f in found if f.label == "LOCATION"}
    told |= {word.plain for f in found if f.label in UNITS for word in words_of(f.span.of(text)) if word.capital}
    named = [word for word in told if word in places() and word not in _no_place() and not is_wide(word)]
    form = re.compile(rf"(?<![\w\-])(?:{'|'.join(map(re.escape, named))})(?![\w\-])", re.IGNORECASE)
    spans = [Span(*match.span()) for match in form.finditer(text)] if named else []
    taken = Stretches(f.span for f in found if f.label in UNITS)
    return [
        Finding(span, "LOCATION", IdentifierKind.QUASI, 0.7, "repeated")
        for span in spans
        if not kept.all.touch(span) and not taken.touch(span)
    ]


@cache
def _no_place() -> frozenset[str]:
    """What is not looked for again, for elsewhere it may be a word."""
    return ordinary_words() - plain_towns()
