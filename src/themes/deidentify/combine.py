"""From what every recogniser says to one verdict per stretch of text.

Details with a form of their own stand by their pattern. Names and places are weighed: each recogniser is a voter with
a weight,
in log-odds, and a word is held to be a name if the sum is above nought. The weights are set by hand, on the tweets of
the
development set and on our own texts; nothing was fitted to the texts that measure us.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from themes.deidentify.known_names import known_in
from themes.deidentify.lexicon import (
    context,
    given_names,
    is_wide,
    ordinary_words,
    places,
    plain_names,
    surnames,
    word_names,
)
from themes.deidentify.policy import Action, action_for, release_keeps, rule_for
from themes.deidentify.words import KeptPlace, Word, kept_places, surrogate_places, words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

PERSON_START = -1.8
PERSON_WEIGHTS = {
    "known-name": 8.0, "listed": 12.0, "name-context": 4.0, "name-hint": 1.6, "given-name": 3.0, "word-name": 1.6,
    "spacy": 1.5, "rampart": 2.3,
}  # fmt: skip
STRANGER = 3.0
"""The weight of a recogniser that is not in the table: one that somebody has added is believed."""
PLACE_START = -1.5
PLACE_WEIGHTS = {"listed": 12.0, "place": 3.0, "place-name": 2.4, "spacy": 1.0, "rampart": 1.3}
SURE_TAGGER = {"PHONE", "EMAIL", "ADDRESS"}
"""Kinds in which a tagger is heard on its own, if it is sure and the words bear it out."""


def combined(text: str, findings: Iterable[Finding], *, keep_words: Sequence[str] = ()) -> list[Finding]:
    """The details of a text: in order, none overlapping another, edges on words, titles and possessive endings outside.

    Args:
        text: The text all findings are about.
        findings: What every recogniser found, in any order.
        keep_words: Words that the corpus wants kept, in any case.
    """
    said = list(findings)
    words = words_of(text)
    kept = kept_places(text)
    forbidden = surrogate_places(text) + _wanted(text, keep_words)
    names = _persons(text, words, [f for f in said if f.label == "PERSON"], kept)
    names += _repeated(text, words, names, kept)
    held = [f for f in said if f.label not in {"PERSON", "LOCATION", "ORG"} and _stands(f, text, kept)]
    settled = [*held, *names, *_locations(text, [f for f in said if f.label == "LOCATION"], kept, names)]
    settled += _organisations(said, kept)
    clipped = [piece for finding in settled for piece in _outside(finding, forbidden)]
    return _apart(text, clipped)


def _persons(text: str, words: Sequence[Word], said: Sequence[Finding], kept: Sequence[KeptPlace]) -> list[Finding]:
    votes: list[dict[str, float]] = [{} for _ in words]
    for finding in said:
        for i in _within(words, finding.span):
            votes[i][finding.recognizer] = max(votes[i].get(finding.recognizer, 0.0), finding.score)
    sums = [
        _person_sum(word, vote, kept) if vote and word.plain not in context("titles_only") else -9.0
        for word, vote in zip(words, votes, strict=True)
    ]
    held = [value > 0 for value in sums]
    for i in range(len(words)):  # a half-sure word beside a sure one: the surname that only a tagger saw
        beside = (i > 0 and held[i - 1] and _side_by_side(text, words, i - 1)) or (
            i + 1 < len(words) and held[i + 1] and _side_by_side(text, words, i)
        )
        if not held[i] and beside and words[i].capital and sums[i] > -1.4:
            held[i] = True
    found: list[Finding] = []
    for i, word in enumerate(words):
        if not held[i]:
            continue
        score = min(1.0, round(0.5 + max(sums[i], 0) / 10, 3))
        voter = max(votes[i], key=lambda name: (votes[i][name] * PERSON_WEIGHTS.get(name, STRANGER), name))
        last = found[-1] if found else None
        if last and i and held[i - 1] and last.span.end == words[i - 1].end and _side_by_side(text, words, i - 1):
            found[-1] = Finding(
                Span(last.span.start, word.end),
                "PERSON",
                IdentifierKind.DIRECT,
                max(score, last.score),
                last.recognizer,
            )
        else:
            found.append(Finding(Span(word.start, word.end), "PERSON", IdentifierKind.DIRECT, score, voter))
    return found


def _person_sum(word: Word, votes: dict[str, float], kept: Sequence[KeptPlace]) -> float:
    total = PERSON_START + sum(PERSON_WEIGHTS.get(voter, STRANGER) * score for voter, score in votes.items())
    listed = word.plain in given_names() or word.plain in surnames()
    initial = word.end - word.start == 1 and word.capital and votes.get("name-context", 0.0) >= 1
    if word.shape == "digit":
        total -= 4
    elif word.plain in context("never") and not initial:
        total -= 1.0 if word.plain in word_names() and word.capital and not word.opens else 6.0
    elif word.shape == "lower" and word.plain in ordinary_words() and word.plain not in plain_names():
        total -= 1.5
    elif word.shape == "lower" and not listed and votes.keys() == {"rampart"}:
        total -= 0.4
    elif (
        word.plain not in ordinary_words()
        and word.capital
        and not word.opens
        and len(word.plain) > 2
        and word.shape == "title"
    ):
        total += 0.4
    if not listed and (is_wide(word.plain) or word.plain in places()):
        total -= 1.2
    for place in kept:
        if place.span.start <= word.start < place.span.end:
            total -= (
                2.1
                if place.short or (len(word.plain) == place.span.end - place.span.start and place.group == "people")
                else 6.0
            )
    return total


def _repeated(text: str, words: Sequence[Word], names: Sequence[Finding], kept: Sequence[KeptPlace]) -> list[Finding]:
    """Names found once, found in all of the text."""
    spoken = frozenset(name.span.of(text) for name in names if name.score >= 0.6)
    taken = {i for name in names for i in _within(words, name.span)}
    found: list[Finding] = []
    for finding in known_in(text, spoken, recognizer="repeated"):
        free = [words[i] for i in _within(words, finding.span) if i not in taken]
        if free and not any(place.span.overlaps(finding.span) for place in kept):
            found.extend(
                Finding(Span(w.start, w.end), "PERSON", IdentifierKind.DIRECT, 0.7, "repeated")
                for w in free
                if not (w.opens and w.plain in ordinary_words() and w.plain not in given_names() | surnames())
            )
    return found


def _locations(
    text: str, said: Sequence[Finding], kept: Sequence[KeptPlace], names: Sequence[Finding]
) -> list[Finding]:
    groups: list[list[Finding]] = []
    for finding in sorted(said, key=lambda f: f.span):
        if groups and finding.span.start < max(f.span.end for f in groups[-1]):
            groups[-1].append(finding)
        else:
            groups.append([finding])
    found = []
    for group in groups:
        votes: defaultdict[str, float] = defaultdict(float)
        for finding in group:
            votes[finding.recognizer] = max(votes[finding.recognizer], finding.score)
        total = PLACE_START + sum(PLACE_WEIGHTS.get(voter, STRANGER) * score for voter, score in votes.items())
        known = [f for f in group if f.recognizer in {"place", "place-name", "listed"}] or group
        span = _snapped(text, max((f.span for f in known), key=lambda s: s.end - s.start))
        if (
            span is None
            or total <= 0
            or any(p.span.overlaps(span) and "listed" not in votes for p in kept if not p.short)
        ):
            continue
        if not span.of(text)[0].isupper() and "place" not in votes and "listed" not in votes:
            continue
        if "listed" not in votes and any(name.span.overlaps(span) for name in names):
            continue
        found.append(
            Finding(span, "LOCATION", IdentifierKind.QUASI, min(1.0, round(0.5 + total / 10, 3)), known[0].recognizer)
        )
    return found


def _organisations(said: Sequence[Finding], kept: Sequence[KeptPlace]) -> list[Finding]:
    """For the strict profile alone: what a tagger holds to be an organisation, and the listed ones that it does not
    keep."""
    tagged = [f for f in said if f.label == "ORG" and not any(p.span.overlaps(f.span) for p in kept)]
    listed = [
        Finding(p.span, "ORG", IdentifierKind.QUASI, 1.0, "keep-list") for p in kept if not release_keeps(p.group)
    ]
    return tagged + listed


def _stands(finding: Finding, text: str, kept: Sequence[KeptPlace]) -> bool:
    if finding.recognizer == "rampart":
        words = finding.span.of(text)
        digits = sum(character.isdigit() for character in words)
        borne_out = {
            "PHONE": digits >= 7,
            "EMAIL": "@" in words or " at " in words,
            "ADDRESS": digits > 0 and any(c.isalpha() for c in words),
        }
        return finding.label in SURE_TAGGER and finding.score >= 0.9 and borne_out[finding.label]
    if finding.recognizer == "unit":
        return not any(place.span.contains(finding.span) for place in kept if not place.short)
    return finding.score >= 0.5


def _apart(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """Findings without overlap: the stronger keeps its stretch, and what sticks out of the weaker stays one of its
    own."""
    settled: list[Finding] = []
    for finding in sorted(findings, key=lambda f: _standing(text, f)):
        for piece in _outside(finding, [other.span for other in settled]):
            whole = piece.span == finding.span
            span = _snapped(text, piece.span)
            if span is None or (
                not whole and (finding.label in {"ORG", "CODE", "AGE", "DATE", "LOCATION"} or span.end - span.start < 3)
            ):
                continue
            settled.append(Finding(span, piece.label, piece.kind, piece.score, piece.recognizer))
    return sorted(settled, key=lambda f: f.span)


def _standing(text: str, finding: Finding) -> tuple[bool, bool, int, int, int, str]:
    stays = action_for(finding.label, finding.span.of(text), "coding") is Action.KEEP
    unsure_unit = finding.recognizer == "unit" and finding.score < 0.9
    rank = rule_for(finding.label).rank + (3 if unsure_unit else 0)
    return (stays, False, rank, finding.span.start - finding.span.end, finding.span.start, finding.recognizer)


def _outside(finding: Finding, taken: Sequence[Span]) -> list[Finding]:
    pieces = [finding.span]
    for span in taken:
        pieces = [
            Span(start, end)
            for piece in pieces
            for start, end in ((piece.start, min(piece.end, span.start)), (max(piece.start, span.end), piece.end))
            if start < end
        ] if any(piece.overlaps(span) for piece in pieces) else pieces  # fmt: skip
    return [Finding(piece, finding.label, finding.kind, finding.score, finding.recognizer) for piece in pieces]


def _snapped(text: str, span: Span) -> Span | None:
    """A span without the blanks and marks at its edges; None if nothing is left."""
    start, end = span.start, span.end
    while start < end and not (text[start].isalnum() or text[start] in "+@(["):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == "_"):
        end -= 1
    if "(" in text[start:end] and ")" not in text[start:end] and text[end : end + 1] == ")":
        end += 1
    if (
        text[start:end].endswith(("'s", "’s"))
        and end - start > 3
        and text[end - 3].isalpha()
        and " " not in text[start:end]
    ):
        end -= 2
    return Span(start, end) if start < end else None


def _wanted(text: str, keep_words: Sequence[str]) -> list[Span]:
    low = text.casefold()
    if len(low) != len(text):
        low = text.lower()
    spans = []
    for word in keep_words:
        at = low.find(word.casefold())
        while at >= 0 and word:
            edges = low[max(0, at - 1) : at] + low[at + len(word) : at + len(word) + 1]
            if not any(edge.isalnum() for edge in edges):
                spans.append(Span(at, at + len(word)))
            at = low.find(word.casefold(), at + 1)
    return spans


def _within(words: Sequence[Word], span: Span) -> list[int]:
    from bisect import bisect_left

    i = bisect_left(words, span.start, key=lambda word: word.end)
    inside = []
    while i < len(words) and words[i].start < span.end:
        if words[i].end > span.start:
            inside.append(i)
        i += 1
    return inside


def _side_by_side(text: str, words: Sequence[Word], i: int) -> bool:
    gap = text[words[i].end : words[i + 1].start]
    return gap in {" ", "-", "\u00a0"} or (gap in {". ", "."} and words[i].end - words[i].start == 1)
