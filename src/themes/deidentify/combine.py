"""From what every recogniser says to one verdict per stretch of text.

Details with a form of their own stand by their pattern. Names of persons, places and units are weighed word by word:
learned weights (themes.deidentify.hearing) hear the word, its neighbours and every voter, and a word is held if its
log-odds pass the cut of its family. The weights were trained by tests/benchmarks/train_evidence.py, never on the texts
that measure us.
"""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from themes.deidentify.evidence import RULES, TAGGERS, Look, look, within
from themes.deidentify.hearing import Odds, last_odds, unheard
from themes.deidentify.known_names import known_in
from themes.deidentify.lexicon import (
    context,
    given_names,
    ordinary_words,
    places,
    plain_names,
    surnames,
    word_names,
)
from themes.deidentify.policy import Action, action_for, release_keeps, rule_for
from themes.deidentify.stretches import Stretches, apart, outside, snapped
from themes.deidentify.surrogate_form import surrogate_places
from themes.deidentify.words import KeptPlace, Word, kept_places, lower_case
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

CUTS = {"person": -0.4, "place": -1.0, "unit": -1.3, "strict": -3.5}
"""Log-odds from which on a word is held to be part of a name: a name missed costs more than a word masked in vain.
Chosen by cross-validation; the training report says what each cut gives."""
EVERYDAY = 0.5
"""How much higher the cut is for an everyday word in small letters."""
ALONE = -0.7
"""The cut for words of a place or a unit that no voter proposes."""
POST_CUT = -2.0
"""The cut for persons in posts of a network, where names are said without anything around them that tells."""


def cuts_of(style: str) -> dict[str, float]:
    """The cut of each family for a text of a style (see `forms.style_of`)."""
    return CUTS if style.endswith("plain") else {**CUTS, "person": POST_CUT}


ANNOUNCED = 2.5
"""How much lower the cut is for a name that "Mr", "my adviser", "called" and their like announce for certain: out of
fold, where the weights waver between the two cuts, more of these are names than not."""
KNOWING = frozenset({"known-name", "listed", "corrected", "forgotten-name"})
"""Voters that know a name, whatever word it is."""
FAR_BELOW = 3.0
"""How far below the cut an everyday word is no name though it is one elsewhere in the text."""
SURE_TAGGER = {"PHONE", "EMAIL", "ADDRESS"}
"""Kinds in which a tagger is heard on its own, if it is sure and the words bear it out."""
UNITS = frozenset({"BRANCH", "HOSPITAL", "SCHOOL", "EMPLOYER"})
WEIGHED = frozenset({"PERSON", "LOCATION", "ORG"}) | UNITS


def combined(
    text: str,
    findings: Iterable[Finding],
    *,
    keep_words: Sequence[str] = (),
    tagged: Sequence[Span] = (),
    odds: Odds | None = None,
    strict: bool = False,
    weighed: bool = True,
) -> list[Finding]:
    """The details of a text: in order, none overlapping another, edges on words, titles and possessive endings outside.

    Args:
        text: The text all findings are about.
        findings: What every recogniser found, in any order.
        keep_words: Words that the corpus wants kept, in any case.
        tagged: The stretches that taggers were asked about.
        odds: Log-odds of each word for each family, in the place of those that the weights give.
        strict: Whether to find what only the release profile masks as well, as far as the weights alone tell it.
        weighed: Whether the weights are asked at all. Not where none of the voters was that they were trained with.
    """
    said, seen = list(findings), look(text)
    asked = Stretches(tagged)
    if not weighed:
        odds = unheard(seen)
    elif odds is None:
        odds = last_odds(seen, said, [asked.hold(word.start) for word in seen.words])
    kept = Kept(kept_places(text))
    forbidden = Stretches([*surrogate_places(text), *_wanted(text, keep_words)])
    cuts = cuts_of(seen.style)
    names = _persons(seen, odds[:, 0], cuts["person"], [f for f in said if f.label == "PERSON"])
    names += _repeated(seen, (odds[:, 0] > cuts["person"] - FAR_BELOW).tolist(), names, kept)
    units = _units(seen, odds, [f for f in said if f.label in UNITS], kept)
    held = [f for f in said if f.label not in WEIGHED and _stands(f, text, kept)]
    held += [f for f in said if f.label in UNITS and _believed(f)]
    settled = [
        *held,
        *names,
        *units,
        *_locations(seen, odds[:, 1], [f for f in said if f.label == "LOCATION"], kept, names),
    ]
    settled += _organisations(said, kept)
    if strict:
        settled += _telling(seen, odds[:, 3], cuts["strict"])
    clipped = [piece for finding in settled for piece in outside(finding, forbidden.over(finding.span))]
    return apart(text, clipped, lambda finding: _standing(text, finding))


def _believed(finding: Finding) -> bool:
    """Whether a voter is not weighed: it knows, or it is one that somebody has added."""
    return finding.recognizer not in RULES | TAGGERS


class Kept:
    """The kept names of a text, by place."""

    def __init__(self, places: Sequence[KeptPlace]) -> None:
        self.places = places
        self.all = Stretches(place.span for place in places)
        self.long = Stretches(place.span for place in places if not place.short)
        self.by_span = {place.span: place for place in places}


def _persons(seen: Look, odds: Odds, cut: float, said: Sequence[Finding]) -> list[Finding]:
    sure = {
        i
        for finding in said
        if _believed(finding)
        for i in within(seen.words, finding.span)
        if finding.recognizer in KNOWING or not _plain_word(seen, i)
    }
    announced = {
        i for f in said if f.recognizer == "name-context" and f.score >= 0.9 for i in within(seen.words, f.span)
    }
    by_weight = sorted(said, key=lambda f: (f.recognizer in KNOWING, f.recognizer in RULES, f.score, f.recognizer))
    voters = {i: finding.recognizer for finding in by_weight for i in within(seen.words, finding.span)}
    held = [
        word.plain not in context("titles_only")
        and not seen.forms[i].outside
        and (
            i in sure
            or (odds[i] > cut + _more_for(seen, i) - ANNOUNCED * (i in announced) and word.shape != "digit")
        )
        for i, word in enumerate(seen.words)
    ]
    found: list[Finding] = []
    for start, end in _runs(seen, held):
        score = max(1.0 if i in sure else _likely(odds[i]) for i in range(start, end))
        voter = next((voters[i] for i in range(start, end) if i in voters), "evidence")
        span = Span(seen.words[start].start, seen.words[end - 1].end)
        found.append(Finding(span, "PERSON", IdentifierKind.DIRECT, score, voter))
    return found


def _more_for(seen: Look, i: int) -> float:
    """What a word must have beyond the cut: one of those that hardly ever are a name, much; a minister's surname alone,
    as much; all other names of keep.toml, more than any context gives."""
    post, word = not seen.style.endswith("plain"), seen.words[i]
    if seen.kept[i]:
        outweighed = seen.kept[i].endswith("+s") or (post and seen.kept[i] in {"people", "culture"})
        return 2.5 if outweighed else float("inf")
    if _plain_word(seen, i):
        return 2.5
    everyday = word.shape == "lower" and word.plain in ordinary_words() and word.plain not in plain_names()
    return EVERYDAY if everyday and not post else 0.0


def _plain_word(seen: Look, i: int) -> bool:
    """Whether a word is one of those that hardly ever are a name, and not written like one."""
    word = seen.words[i]
    name = word.plain in word_names() and word.capital and not word.opens
    return word.plain in context("never") and word.end - word.start > 1 and not name


def _is_kept(seen: Look, i: int) -> bool:
    return bool(seen.kept[i]) and not seen.kept[i].endswith("+s")


def _named(seen: Look, start: int, end: int) -> Span | None:
    """A run of words that the weights alone hold, everyday words at its edges left out; None if nothing in it could
    be a name."""
    plain = context("never") | context("free_capitals") | context("months_and_days")
    while start < end and seen.forms[start].plain in plain:
        start += 1
    while start < end and seen.forms[end - 1].plain in plain:
        end -= 1
    telling = any(
        word.plain not in ordinary_words() or word.plain in places() or (word.capital and not word.opens)
        for word in seen.words[start:end]
    )
    return Span(seen.words[start].start, seen.words[end - 1].end) if telling else None


def _likely(odds: float) -> float:
    return round(float(1 / (1 + np.exp(-odds))), 3)


def _runs(seen: Look, held: Sequence[bool]) -> Iterable[tuple[int, int]]:
    """Runs of held words that stand side by side: start, end."""
    start = None
    for i, yes in enumerate(held):
        if yes and start is None:
            start = i
        if start is not None and (i + 1 == len(held) or not held[i + 1] or not _side_by_side(seen.text, seen.words, i)):
            if yes:
                yield start, i + 1
            start = None


def _repeated(seen: Look, likely: Sequence[bool], names: Sequence[Finding], kept: Kept) -> list[Finding]:
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
                if not (w.opens and w.plain in ordinary_words() and w.plain not in given_names() | surnames())
            )
    return found


def _locations(seen: Look, odds: Odds, said: Sequence[Finding], kept: Kept, names: Sequence[Finding]) -> list[Finding]:
    """Places: what a voter proposes and the weights bear out, and runs of words that the weights alone hold."""
    persons = Stretches(name.span for name in names)
    found: list[Finding] = []
    taken: set[int] = set()
    for finding in sorted(said, key=lambda f: (not _believed(f), f.recognizer in TAGGERS, f.span.start - f.span.end)):
        inside = within(seen.words, finding.span)
        if not inside or taken & set(inside):
            continue
        believed = _believed(finding)
        likely = float(np.mean(odds[inside]))
        if believed or (
            likely > CUTS["place"] and not kept.long.touch(finding.span) and not persons.touch(finding.span)
        ):
            span = snapped(seen.text, finding.span)
            if span is not None:
                taken |= set(inside)
                score = 1.0 if believed else _likely(likely)
                found.append(Finding(span, "LOCATION", IdentifierKind.QUASI, score, finding.recognizer))
    held = [
        i not in taken and value > ALONE and not _is_kept(seen, i) and not seen.forms[i].outside
        and not persons.hold(seen.words[i].start)
        for i, value in enumerate(odds)
    ]  # fmt: skip
    for start, end in _runs(seen, held):
        likely = _likely(float(odds[start:end].max()))
        if (span := _named(seen, start, end)) is not None:
            found.append(Finding(span, "LOCATION", IdentifierKind.QUASI, likely, "evidence"))
    return found


def _units(seen: Look, odds: Odds, said: Sequence[Finding], kept: Kept) -> list[Finding]:
    """Offices, hospitals, schools and workplaces: what a rule proposes and the weights bear out, and runs of words that
    the weights alone hold; these are called a hospital, a school, or else a workplace, by the words in and before
    them."""
    found: list[Finding] = []
    taken: set[int] = set()
    for finding in sorted(said, key=lambda f: (-f.score, f.span.start - f.span.end)):
        inside = within(seen.words, finding.span)
        if not inside or _believed(finding) or taken & set(inside):
            continue
        likely = float(np.mean(odds[inside, 2]))
        if likely > CUTS["unit"] and not any(span.contains(finding.span) for span in kept.long.over(finding.span)):
            taken |= set(inside)
            found.append(Finding(finding.span, finding.label, finding.kind, _likely(likely), "unit"))
    held = [i not in taken and odds[i, 2] > ALONE and not seen.forms[i].outside for i in range(len(odds))]
    for start, end in _runs(seen, held):
        span = _named(seen, start, end)
        if span is not None and not any(each.contains(span) for each in kept.long.over(span)):
            likely = float(odds[start:end, 2].max())
            found.append(
                Finding(span, _unit_label(seen, start, end), IdentifierKind.QUASI, _likely(likely), "evidence")
            )
    return found


def _unit_label(seen: Look, start: int, end: int) -> str:
    around = {word.plain for word in seen.words[max(0, start - 8) : end + 4]}
    for label in ("SCHOOL", "HOSPITAL", "BRANCH"):
        if around & context(f"{label.casefold()}_words"):
            return label
    return "EMPLOYER"


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


def _telling(seen: Look, odds: Odds, cut: float) -> list[Finding]:
    """For the strict profile alone: what else a court would leave out of a public judgment."""
    held = [
        value > cut and not seen.forms[i].outside and not release_keeps(seen.kept[i].removesuffix("+s"))
        for i, value in enumerate(odds)
    ]
    spans = [(Span(seen.words[a].start, seen.words[b - 1].end), max(odds[a:b])) for a, b in _runs(seen, held)]
    return [Finding(span, "MISC", IdentifierKind.QUASI, _likely(value), "evidence") for span, value in spans]


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


def _side_by_side(text: str, words: Sequence[Word], i: int) -> bool:
    gap = text[words[i].end : words[i + 1].start]
    return gap in {" ", "-", "\u00a0", "\n"} or (gap in {". ", "."} and words[i].end - words[i].start == 1)
