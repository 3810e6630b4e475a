"""What the weights hold, as findings: words over their cut to names, places, units, edges where names end."""

from collections.abc import Iterable, Sequence

import numpy as np

from themes.deidentify.decide.joined import KINDS_OF_UNITS
from themes.deidentify.decide.namesakes import said_of_somebody_met, told_who, with_namesakes
from themes.deidentify.decide.small_units import everyday_unit, is_said_of_a_place
from themes.deidentify.decide.word_runs import (
    is_no_part,
    likely_from,
    runs,
    whole_words,
    with_everyday_words,
    with_more_of_the_name,
)
from themes.deidentify.recognize.place_fields import FIELDS
from themes.deidentify.recognize.said_names import SAID_NAME
from themes.deidentify.recognize.towns import TOWNS
from themes.deidentify.weigh.evidence import RULES, TAGGERS, Look
from themes.deidentify.weigh.hearing import Odds
from themes.deidentify.wording.dialect import is_dialect
from themes.deidentify.wording.lexicon import (
    context,
    is_wide,
    ordinary_words,
    places,
    plain_names,
    wide_names,
    word_names,
)
from themes.deidentify.wording.plain_words import plain_words
from themes.deidentify.wording.stretches import Stretches, is_a_list, snapped
from themes.deidentify.wording.words import KeptPlace, Word, within
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

CUTS = {"person": -0.8, "place": -2.0, "unit": -2.0, "strict": -3.6, "singled": -1.0, "age": -0.7, "address": -1.0}
"""Log-odds from which on a word is held to be part of a name: a name missed costs more than a word masked in vain.
Chosen by cross-validation; the training report says what each cut gives."""
POST_CUT = -2.4
"""The cut for persons in posts of a network, where names are said without anything around them that tells."""
SMALL_POST_CUT = -2.8
"""The same where nothing has a capital: less can be told there, and a name missed still costs more."""
ALONE = -1.2
"""The cut for words of a place or a unit that no voter proposes."""
UNHEARD = 0.6
"""How much higher it is in posts for a word that neither a rule nor spaCy holds to be a name: out of fold, half as many
of these are one at the same log-odds."""
EVERYDAY = 1.0
"""How much higher the cut for persons is for an everyday word that is not capital by choice, outside posts."""
HARDLY = 2.5
"""How much higher it is for a word that hardly ever is a name."""
MINISTER = 4.0
"""How much higher it is for a surname by which everybody knows a minister."""
KNOWING = frozenset({"known-name", "listed", "corrected", SAID_NAME})
"""Voters that know a name, whatever word it is."""
ANNOUNCED = 3.0
"""How much lower the cut is for a name that "Mr", "my adviser", "called" and their like announce for certain: out of
fold, where the weights waver between the two cuts, more of these are names than not."""
MET_BY_NAME = 2.0
"""The same for a famous name that is said of somebody met: less, for what is listed is seldom a name at all."""
NAMED_BRANCH = 2.0
"""How much lower the cut is for an office told by the name of a charity or provider and a place: "Scope in Bolton"."""
UNITS = frozenset({"BRANCH", "HOSPITAL", "SCHOOL", "EMPLOYER"})
SURE_OF_WORDS = -0.5
"""Log-odds from which on everyday words with a capital are a name though no rule and no list says so."""
LONGEST_INITIALS = 3
"""Letters in which capitals that are announced for certain, "the initials are TM", are initials."""
FAR_BELOW = 3.0
"""How far below the cut an everyday word is no name though it is one elsewhere in the text."""


def cuts_of(style: str) -> dict[str, float]:
    """The cut of each family for a text of a style (see `forms.style_of`)."""
    if style.endswith("plain"):
        return CUTS
    return {**CUTS, "person": SMALL_POST_CUT if style.startswith("none") else POST_CUT}


def believed(finding: Finding) -> bool:
    """Whether a voter is not weighed: it knows, or it is one that somebody has added."""
    return finding.recognizer not in RULES | TAGGERS


class Kept:
    """The kept names of a text, by place."""

    def __init__(self, places: Sequence[KeptPlace]) -> None:
        self.places = places
        self.all = Stretches(place.span for place in places)
        self.long = Stretches(place.span for place in places if not place.short)


def persons(seen: Look, odds: Odds, cut: float, said: Sequence[Finding]) -> list[Finding]:
    """Names of persons: runs of words that are known for one, or whose log-odds, shape (n_words,), are over the cut."""
    sure = {
        i
        for finding in said
        if believed(finding)
        for i in within(seen.words, finding.span)
        if finding.recognizer in KNOWING or not _plain_word(seen, i)
    }
    sure |= {
        i
        for i in _covered(seen, (f for f in said if f.recognizer == "name-context" and f.score >= 1.0))
        if seen.words[i].shape == "upper"
        and seen.words[i].end - seen.words[i].start <= LONGEST_INITIALS
        and not _plain_word(seen, i)
    }
    announced = _covered(seen, (f for f in said if f.recognizer in {"name-context", "name-hint"} and f.score >= 0.9))
    announced |= _covered(seen, (f for f in said if f.recognizer in RULES and f.score >= 0.9)) & _covered(
        seen, (f for f in said if f.recognizer == "spacy")
    )
    whole = _covered(seen, (f for f in said if f.recognizer in KNOWING and " " in f.span.of(seen.text)))
    voters: dict[int, str] = {}
    for finding in sorted(said, key=_loudness):
        for i in within(seen.words, finding.span):
            voters.setdefault(i, finding.recognizer)
    held = [False] * len(seen.words)
    post = not seen.style.endswith("plain")
    over = sure.union(map(int, np.flatnonzero(odds > cut - ANNOUNCED)))
    for i in over - plain_words(seen.text):  # the others no cut is low enough for
        if i not in sure and is_dialect(seen.words[i]):
            continue
        word, its_cut = seen.words[i], cut + _more_for(seen, i, i in announced) - ANNOUNCED * (i in announced)
        its_cut += UNHEARD * (post and i not in voters)
        part_of_name = not seen.forms[i].outside and not is_no_part(word, of_known=i in whole)
        held[i] = part_of_name and (i in sure or bool(odds[i] > its_cut and word.shape != "digit"))
    likely = [
        bool(value > cut) and not is_no_part(word, of_known=False) for word, value in zip(seen.words, odds, strict=True)
    ]
    held = with_namesakes(seen, held, likely)
    held = held if post else with_everyday_words(seen, held, likely)
    found: list[Finding] = []
    for start, end in runs(seen, with_more_of_the_name(seen, held)):
        score = max(1.0 if i in sure else likely_from(odds[i]) for i in range(start, end))
        voter = next((voters[i] for i in range(start, end) if i in voters), "evidence")
        span = Span(seen.words[start].start, seen.words[end - 1].end)
        found.append(Finding(span, "PERSON", IdentifierKind.DIRECT, score, voter))
    return found


def _covered(seen: Look, findings: Iterable[Finding]) -> set[int]:
    return {i for finding in findings for i in within(seen.words, finding.span)}


def _loudness(finding: Finding) -> tuple[bool, int, float]:
    """Sorts voters: whose name a verdict bears."""
    order = ("name-context", "given-name", "word-name", "name-hint", "spacy")
    heard = order.index(finding.recognizer) if finding.recognizer in order else len(order)
    return not believed(finding), heard, -finding.score


def locations(seen: Look, odds: Odds, said: Sequence[Finding], kept: Kept, names: Sequence[Finding]) -> list[Finding]:
    """Places: what a voter proposes and the weights bear out, runs of words that the weights alone hold, and towns that
    can be nothing else where neither found more."""
    people, wide = Stretches(name.span for name in names), Stretches(wide_names(seen.text))
    found: list[Finding] = []
    taken: set[int] = set()
    at_last = [f for f in said if f.recognizer == TOWNS and len(within(seen.words, f.span)) == 1]
    heard = [f for f in said if f not in at_last]
    for finding in sorted(heard, key=lambda f: (not believed(f), f.recognizer in TAGGERS, f.span.start - f.span.end)):
        inside = within(seen.words, finding.span)
        if not inside or taken & set(inside) or wide.hold(finding.span.start):
            continue
        known = believed(finding)
        likely = float(np.mean(odds[inside]))
        if known or (likely > CUTS["place"] and not kept.long.touch(finding.span) and not people.touch(finding.span)):
            span = snapped(seen.text, finding.span)
            if span is not None:
                span = whole_words(seen.words, inside, span)
                taken |= set(inside)
                score = 1.0 if known else likely_from(likely)
                found.append(Finding(span, "LOCATION", IdentifierKind.QUASI, score, finding.recognizer))
    held = [
        i not in taken and value > ALONE and not _is_kept(seen, i) and not seen.forms[i].outside
        and not people.hold(seen.words[i].start) and not wide.hold(seen.words[i].start)
        for i, value in enumerate(odds)
    ]  # fmt: skip
    for start, end in runs(seen, held):
        likely = likely_from(float(odds[start:end].max()))
        if (span := _named(seen, odds, start, end)) is not None:
            found.append(Finding(span, "LOCATION", IdentifierKind.QUASI, likely, "evidence"))
    settled = Stretches(finding.span for finding in found)
    return [*found, *(town for town in at_last if not settled.touch(town.span))]


def units(seen: Look, odds: Odds, said: Sequence[Finding], kept: Kept) -> list[Finding]:
    """Offices, hospitals, schools and workplaces, by log-odds of shape (n_words,): what a rule proposes and the weights
    bear out, and runs of words that the weights alone hold; these are called a hospital, a school, or else a workplace,
    by the words in and before them."""
    found: list[Finding] = []
    taken: set[int] = set()
    for finding in sorted(said, key=lambda f: (-f.score, f.span.start - f.span.end)):
        inside = within(seen.words, finding.span)
        if not inside or believed(finding) or taken & set(inside):
            continue
        likely = float(np.mean(odds[inside]))
        names = kept.long.over(finding.span)
        named = finding.label == "BRANCH" and any(finding.span.contains(name) for name in names)
        likely_enough = likely > CUTS["unit"] - NAMED_BRANCH * named
        if (
            likely_enough
            and not is_a_list(seen.text, finding, names)
            and not any(name.contains(finding.span) for name in names)
        ):
            taken |= set(inside)
            found.append(Finding(finding.span, finding.label, finding.kind, likely_from(likely), "unit"))
    held = [i not in taken and odds[i] > ALONE and not seen.forms[i].outside for i in range(len(odds))]
    for start, end in runs(seen, held):
        span = _named(seen, odds, start, end) or everyday_unit(seen, odds, start, end)
        if span is not None and not any(each.contains(span) for each in kept.long.over(span)):
            likely = float(odds[start:end].max())
            found.append(
                Finding(span, _unit_label(seen, start, end), IdentifierKind.QUASI, likely_from(likely), "evidence")
            )
    return found


def _unit_label(seen: Look, start: int, end: int) -> str:
    """What a unit is that the weights hear: by the words around, then by its own or the next, "the Larkspur team"."""
    around = {word.plain for word in seen.words[max(0, start - 8) : end + 4]}
    for label in ("SCHOOL", "HOSPITAL", "BRANCH"):
        if around & context(f"{label.casefold()}_words"):
            return label
    named = {word.plain for word in seen.words[start : end + 1]}
    return next((label for label, kinds in KINDS_OF_UNITS.items() if named & kinds), "EMPLOYER")


def _more_for(seen: Look, i: int, announced: bool) -> float:
    """What a word must have beyond the cut. One of a name of keep.toml more than any context gives; less where a
    namesake may be meant: a minister's surname alone, an actor's name in a post, "my adviser Tom Jones", "Moses the
    receptionist"."""
    post, word = not seen.style.endswith("plain"), seen.words[i]
    if seen.kept[i]:
        if seen.kept[i].endswith("+s"):
            return MINISTER
        if seen.kept[i] not in {"people", "culture"}:
            return float("inf")
        if not announced and said_of_somebody_met(seen, i):
            return -MET_BY_NAME
        if announced or (post and seen.kept[i] == "culture"):
            return 0.0
        return HARDLY if post else float("inf")
    if _plain_word(seen, i):
        return HARDLY
    everyday = (
        (word.shape == "lower" or word.opens) and word.plain in ordinary_words() and word.plain not in plain_names()
    )
    return EVERYDAY if everyday and not post and not (word.capital and told_who(seen, i)) else 0.0


def _plain_word(seen: Look, i: int) -> bool:
    """Whether a word is one of those that hardly ever are a name, and not written like one."""
    word = seen.words[i]
    name = word.plain in word_names() and word.capital and not word.opens
    return word.plain in context("never") and word.end - word.start > 1 and not name


def _is_kept(seen: Look, i: int) -> bool:
    return bool(seen.kept[i]) and not seen.kept[i].endswith("+s")


def _lived_in_by_all(word: Word) -> bool:
    """ "I live in hope": no village, unless by its capital."""
    return word.shape == "lower" and word.plain in context("lived_in_by_all")


def _heads_a_field(seen: Look, i: int) -> bool:
    """ "County" in "County: East Yorkshire"."""
    word = seen.words[i]
    return (word.plain in ordinary_words() or word.plain in FIELDS) and seen.text.startswith(":", word.end)


AROUND_PLACES = frozenset({"near", "outside", "around", "beyond", "towards", "past", "off", "town", "city"})


def _named(seen: Look, odds: Odds, start: int, end: int) -> Span | None:
    """A run of words that the weights alone hold, everyday words at its edges left out; None if nothing in it could
    be a name of its own: "the High Street", "at leeds", "for Amazon"."""
    plain = context("never") | context("free_capitals") | context("months_and_days") | AROUND_PLACES
    while start < end and seen.forms[start].plain in plain:
        start += 1
    while start < end and seen.forms[end - 1].plain in plain:
        end -= 1
    while start < end and _heads_a_field(seen, end - 1):
        end -= 1
    if start == end or is_said_of_a_place(seen, start, end):
        return None
    span = Span(seen.words[start].start, seen.words[end - 1].end)
    own = [i for i in range(start, end) if not _is_kept(seen, i)]
    strange = any(seen.forms[i].plain not in ordinary_words() for i in own)
    capital = any(seen.words[i].capital and not seen.words[i].opens and odds[i] > SURE_OF_WORDS for i in own)
    small_place = any(seen.forms[i].plain in places() and not _lived_in_by_all(seen.words[i]) for i in own)
    return span if (strange or capital or small_place) and not is_wide(span.of(seen.text)) else None
