"""From what every recogniser says to one verdict per stretch of text.

Details with a form of their own stand by their pattern. Names and places are weighed: each recogniser is a voter with
a weight,
in log-odds, and a word is held to be a name if the sum is above nought. The weights are set by hand, on the tweets of
the
development set and on our own texts; nothing was fitted to the texts that measure us.
"""

import re
from bisect import bisect_left
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
from themes.deidentify.stretches import Stretches, apart, outside, snapped
from themes.deidentify.surrogate_form import surrogate_places
from themes.deidentify.words import KeptPlace, Word, kept_places, lower_case, words_of
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
    kept = Kept(kept_places(text))
    forbidden = Stretches([*surrogate_places(text), *_wanted(text, keep_words)])
    names = _persons(text, words, [f for f in said if f.label == "PERSON"], kept)
    names += _repeated(text, words, names, kept)
    held = [f for f in said if f.label not in {"PERSON", "LOCATION", "ORG"} and _stands(f, text, kept)]
    settled = [*held, *names, *_locations(text, [f for f in said if f.label == "LOCATION"], kept, names)]
    settled += _organisations(said, kept)
    clipped = [piece for finding in settled for piece in outside(finding, forbidden.over(finding.span))]
    return apart(text, clipped, lambda finding: _standing(text, finding))


class Kept:
    """The kept names of a text, by place."""

    def __init__(self, places: Sequence[KeptPlace]) -> None:
        self.places = places
        self.all = Stretches(place.span for place in places)
        self.long = Stretches(place.span for place in places if not place.short)
        self.by_span = {place.span: place for place in places}

    def at(self, word: Word) -> list[KeptPlace]:
        return [self.by_span[span] for span in self.all.over(Span(word.start, word.start + 1))]


def _persons(text: str, words: Sequence[Word], said: Sequence[Finding], kept: Kept) -> list[Finding]:
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


def _person_sum(word: Word, votes: dict[str, float], kept: Kept) -> float:
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
        total += 0.25
    if not listed and (is_wide(word.plain) or word.plain in places()):
        total -= 1.2
    for place in kept.at(word):
        surname = place.group == "people" and place.span.end - place.span.start == len(word.plain)
        total -= 2.1 if place.short or surname else 6.0
    return total


def _repeated(text: str, words: Sequence[Word], names: Sequence[Finding], kept: Kept) -> list[Finding]:
    """Names found once, found in all of the text."""
    spoken = frozenset(name.span.of(text) for name in names if name.score >= 0.6)
    taken = {i for name in names for i in _within(words, name.span)}
    found: list[Finding] = []
    for finding in known_in(text, spoken, recognizer="repeated"):
        free = [words[i] for i in _within(words, finding.span) if i not in taken]
        if free and not kept.all.touch(finding.span):
            found.extend(
                Finding(Span(w.start, w.end), "PERSON", IdentifierKind.DIRECT, 0.7, "repeated")
                for w in free
                if not (w.opens and w.plain in ordinary_words() and w.plain not in given_names() | surnames())
            )
    return found


def _locations(text: str, said: Sequence[Finding], kept: Kept, names: Sequence[Finding]) -> list[Finding]:
    groups: list[list[Finding]] = []
    reach = 0
    for finding in sorted(said, key=lambda f: f.span):
        if groups and finding.span.start < reach:
            groups[-1].append(finding)
        else:
            groups.append([finding])
            reach = 0
        reach = max(reach, finding.span.end)
    persons = Stretches(name.span for name in names)
    found = []
    for group in groups:
        votes: defaultdict[str, float] = defaultdict(float)
        for finding in group:
            votes[finding.recognizer] = max(votes[finding.recognizer], finding.score)
        total = PLACE_START + sum(PLACE_WEIGHTS.get(voter, STRANGER) * score for voter, score in votes.items())
        known = [f for f in group if f.recognizer in {"place", "place-name", "listed"}] or group
        span = snapped(text, max((f.span for f in known), key=lambda s: s.end - s.start))
        if span is None or total <= 0:
            continue
        if "listed" not in votes:
            small = not span.of(text)[0].isupper() and "place" not in votes
            if small or kept.long.touch(span) or persons.touch(span):
                continue
        found.append(
            Finding(span, "LOCATION", IdentifierKind.QUASI, min(1.0, round(0.5 + total / 10, 3)), known[0].recognizer)
        )
    return found


def _organisations(said: Sequence[Finding], kept: Kept) -> list[Finding]:
    """For the strict profile alone: what a tagger holds to be an organisation, and the listed ones that it does not
    keep."""
    tagged = [f for f in said if f.label == "ORG" and not kept.all.touch(f.span)]
    listed = [
        Finding(p.span, "ORG", IdentifierKind.QUASI, 1.0, "keep-list")
        for p in kept.places
        if not release_keeps(p.group)
    ]
    return tagged + listed


def _stands(finding: Finding, text: str, kept: Kept) -> bool:
    if finding.recognizer == "rampart":
        words = finding.span.of(text)
        digits = sum(character.isdigit() for character in words)
        borne_out = {
            "PHONE": digits >= 7,
            "EMAIL": "@" in words or " at " in words,
            "ADDRESS": digits > 0 and any(len(word) > 3 and word.isalpha() for word in words.split()),
        }
        return finding.label in SURE_TAGGER and finding.score >= 0.9 and borne_out[finding.label]
    if finding.recognizer == "unit":
        return not any(span.contains(finding.span) for span in kept.long.over(finding.span))
    return finding.score >= 0.5


def _standing(text: str, finding: Finding) -> tuple[bool, int, int, int, str]:
    stays = action_for(finding.label, finding.span.of(text), "coding") is Action.KEEP
    unsure_unit = finding.recognizer == "unit" and finding.score < 0.9
    rank = rule_for(finding.label).rank + (3 if unsure_unit else 0)
    return (stays, rank, finding.span.start - finding.span.end, finding.span.start, finding.recognizer)


def _wanted(text: str, keep_words: Sequence[str]) -> list[Span]:
    if not keep_words:
        return []
    form = "|".join(re.escape(lower_case(word)) for word in sorted(keep_words, key=len, reverse=True) if word)
    return [Span(*match.span()) for match in re.finditer(rf"(?<!\w)(?:{form})(?!\w)", lower_case(text))]


def _within(words: Sequence[Word], span: Span) -> list[int]:
    i = bisect_left(words, span.start, key=lambda word: word.end)
    inside = []
    while i < len(words) and words[i].start < span.end:
        if words[i].end > span.start:
            inside.append(i)
        i += 1
    return inside


def _side_by_side(text: str, words: Sequence[Word], i: int) -> bool:
    gap = text[words[i].end : words[i + 1].start]
    return gap in {" ", "-", "\u00a0", "\n"} or (gap in {". ", "."} and words[i].end - words[i].start == 1)
