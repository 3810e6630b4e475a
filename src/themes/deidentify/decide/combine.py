"""From what every recogniser says to one verdict per stretch of text.

Details with a form of their own stand by their pattern. Names of persons, places and units are weighed word by word:
learned weights (`weigh/hearing.py`) hear the word, its neighbours and every voter, and a word is held if its
log-odds pass the cut of its family. The weights were trained by tests/benchmarks/train_evidence.py, never on the texts
that measure us.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from themes.deidentify.decide.joined import joined
from themes.deidentify.decide.left_out import telling
from themes.deidentify.decide.office_holders import office_holders
from themes.deidentify.decide.repeats import places_again, repeated, units_again
from themes.deidentify.decide.surgeries import as_surgeries
from themes.deidentify.decide.telling_phrases import telling_phrases
from themes.deidentify.decide.told_addresses import told_addresses
from themes.deidentify.decide.told_ages import told_ages
from themes.deidentify.decide.verdicts import (
    FAR_BELOW,
    KNOWING,
    UNITS,
    Kept,
    believed,
    cuts_of,
    locations,
    persons,
    units,
)
from themes.deidentify.recognize.hashtags import HASHTAGS
from themes.deidentify.recognize.mutations import MUTATED
from themes.deidentify.recognize.phones import public_numbers
from themes.deidentify.recognize.place_fields import PLACE_FIELD
from themes.deidentify.recognize.signed_initials import SIGNATURE
from themes.deidentify.recognize.towns import TOWNS
from themes.deidentify.replace.policy import NEVER_KEPT, Action, action_on, release_keeps, rule_for
from themes.deidentify.replace.surrogate_form import surrogate_places
from themes.deidentify.weigh.evidence import RULES, TAGGERS, Look, look
from themes.deidentify.weigh.hearing import Odds, last_odds, odds_of, unheard
from themes.deidentify.weigh.own_votes import OWN_TAGGER
from themes.deidentify.wording.dialect import is_dialect, says_nothing_else
from themes.deidentify.wording.lexicon import any_of, context, ordinary_words
from themes.deidentify.wording.stretches import Stretches, apart, outside, snapped
from themes.deidentify.wording.words import kept_places, places_of_words, within, words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

SURE_OF_PERSONS = KNOWING | {"patterns", SIGNATURE}
"""Recognisers of persons whom no office is found over by the weights alone."""
EVEN = 0.5
"""Least score of what a pattern finds."""
OFFICE = re.compile(rf"(?:{any_of('offices')}|centre|offices)", re.IGNORECASE)
WEIGHED_VOTERS = RULES | TAGGERS | {"evidence"}
WEIGHED = frozenset({"PERSON", "LOCATION", "ORG"}) | UNITS


def combined(
    text: str,
    findings: Iterable[Finding],
    *,
    keep_words: Sequence[str] = (),
    tagged: Sequence[Span] = (),
    strict: bool = False,
    weighed: bool = True,
    withdrawn: Sequence[Span] = (),
) -> list[Finding]:
    """The details of a text: in order, none overlapping another, edges on words, titles and possessive endings outside.

    Args:
        text: The text all findings are about.
        findings: What every recogniser found, in any order.
        keep_words: Words that the corpus wants kept, in any case.
        tagged: The stretches that taggers were asked about.
        strict: Whether to find what only the release profile masks as well, as far as the weights alone tell it.
        weighed: Whether the weights are asked at all: not where none of the voters was that they were trained with.
        withdrawn: Where the names of those stand who withdrew: no keep-word keeps them.
    """
    said, seen = list(findings), look(text)
    asked = Stretches(tagged)
    told = [asked.hold(word.start) for word in seen.words] if tagged else []
    odds = last_odds(seen, said, told) if weighed else unheard(seen)
    return weighed_up(text, said, odds, keep_words=keep_words, strict=strict, withdrawn=withdrawn)


def weighed_up(
    text: str,
    said: Sequence[Finding],
    odds: Odds,
    *,
    keep_words: Sequence[str] = (),
    strict: bool = False,
    withdrawn: Sequence[Span] = (),
) -> list[Finding]:
    """The details of a text by the log-odds of each word, shape (n_words, n_families); the rest as in `combined`."""
    seen, kept = look(text), Kept(kept_places(text))
    gone = Stretches(withdrawn)
    wanted = [span for span in places_of_words(text, keep_words) if not gone.touch(span)]
    known = Stretches(_listed(said))
    wanted += [span for span in office_holders(seen, kept.places) if not known.touch(span)]
    forbidden = Stretches([*surrogate_places(text), *wanted])
    cuts = cuts_of(seen.style)
    marked = [f for f in said if f.recognizer == HASHTAGS]
    public = public_numbers(text)
    said = [f for f in said if f.recognizer not in {HASHTAGS, OWN_TAGGER} and not _is_for_all(f, public)]
    towns = Stretches(f.span for f in said if f.recognizer == TOWNS)
    names = _people(seen, odds, said, cuts["person"], towns)
    sure = Stretches([*(name.span for name in names if name.recognizer in SURE_OF_PERSONS), *_listed(said)])
    names += repeated(seen, odds_of(odds, "person") > cuts["person"] - FAR_BELOW, names, kept)
    formal = (f for f in said if f.label not in WEIGHED and not _a_minister(f, text, kept))
    settled = [
        *marked,
        *(f for f in formal if f.score >= EVEN),
        *(f for f in said if f.label in UNITS and believed(f)),
        *names,
        *_offices(seen, odds, said, kept, sure, towns),
        *locations(seen, odds_of(odds, "place"), [f for f in said if f.label == "LOCATION"], kept, names),
    ]
    settled += places_again(text, settled, kept)
    settled += units_again(text, settled, kept)
    settled += telling_phrases(seen, odds_of(odds, "singled"), cuts["singled"])
    settled += told_addresses(seen, odds_of(odds, "address"), cuts["address"])
    ages = told_ages(seen, odds_of(odds, "age"), cuts["age"])
    settled += [age for age in ages if not kept.long.hold(age.span.start)]
    settled = [f for f in settled if f.recognizer not in WEIGHED_VOTERS or not _is_dialect(seen, f)]
    settled += _organisations(text, said, kept)
    settled = as_surgeries(text, settled)

    def settle(findings: Iterable[Finding]) -> list[Finding]:
        clipped = [piece for finding in findings for piece in _clipped(text, finding, forbidden)]
        return joined(text, apart(text, clipped, lambda finding: _standing(text, finding)), stays=forbidden)

    found = settle(settled)
    return settle([*found, *telling(seen, odds, cuts["strict"], found)]) if strict else found


def _people(seen: Look, odds: Odds, said: Sequence[Finding], cut: float, towns: Stretches) -> list[Finding]:
    """Names of persons but those that are rather a place, as far as nothing sure says otherwise."""
    names = persons(seen, odds_of(odds, "person"), cut, [f for f in said if f.label == "PERSON"])
    no_person = Stretches(f.span for f in said if f.recognizer in {MUTATED, PLACE_FIELD})
    return [
        name
        for name in names
        if name.recognizer in SURE_OF_PERSONS
        or not (no_person.touch(name.span) or _rather_a_town(seen, odds, name, towns))
    ]


def _listed(said: Sequence[Finding]) -> Iterator[Span]:
    return (f.span for f in said if f.recognizer in KNOWING)


def _offices(
    seen: Look, odds: Odds, said: Sequence[Finding], kept: Kept, sure: Stretches, towns: Stretches
) -> list[Finding]:
    """Offices, hospitals, schools, workplaces. What the weights alone take for one gives way to people who are known,
    and is more than a day or a town."""
    found = units(seen, odds_of(odds, "unit"), [f for f in said if f.label in UNITS], kept)
    found = [f for f in found if not _any_office(seen.text, f, kept)]
    ruled = [f for f in found if f.recognizer != "evidence"]
    heard = [f for f in found if f.recognizer == "evidence" and not sure.touch(f.span)]
    return [*ruled, *(f for f in heard if not (_a_day(seen.text, f) or _a_mere_town(seen.text, f, towns)))]


def _clipped(text: str, finding: Finding, forbidden: Stretches) -> list[Finding]:
    """What of a finding lies beside what stays; of an office whose name stays, "Karens office", nothing."""
    pieces = outside(finding, forbidden.over(finding.span))
    if finding.label not in UNITS or pieces == [finding]:
        return pieces
    return [piece for piece in pieces if not _everyday(piece.span.of(text))]


def _everyday(words: str) -> bool:
    return all(word.islower() and word in ordinary_words() for word in words.split())


def _organisations(text: str, said: Sequence[Finding], kept: Kept) -> list[Finding]:
    """For the strict profile alone: what a tagger holds to be an organisation, and the listed ones that it does not
    keep."""
    tagged = [f for f in said if f.label == "ORG" and not kept.all.touch(f.span)]
    tagged = [f for f in tagged if not _is_dialect(look(text), f)]
    listed = [
        Finding(p.span, "ORG", IdentifierKind.QUASI, 1.0, "keep-list")
        for p in kept.places
        if not release_keeps(p.group)
    ]
    return tagged + listed


def _is_for_all(finding: Finding, public: Sequence[Span]) -> bool:
    """Whether a number is a helpline's or another that everybody may ring."""
    numbered = finding.label in {"CODE", "PHONE"} and finding.recognizer not in NEVER_KEPT
    return numbered and any(number.contains(finding.span) for number in public)


def _rather_a_town(seen: Look, odds: Odds, name: Finding, towns: Stretches) -> bool:
    """Whether a town is taken for a person without anything that announces one, though it is likelier to be a place:
    "Goole has no work"."""
    inside = within(seen.words, name.span)
    alone = name.recognizer in {"evidence", "name-hint", "spacy"} and len(inside) == 1 and towns.touch(name.span)
    return alone and bool(odds_of(odds, "place")[inside[0]] > odds_of(odds, "person")[inside[0]])


def _a_mere_town(text: str, office: Finding, towns: Stretches) -> bool:
    """Whether the weights alone take a town for a workplace, or for an office that another sentence speaks of: "Halifax
    is a long way"."""
    beside = " ".join(piece.span.of(text) for piece in outside(office, towns.over(office.span)))
    mere = len(beside.split()) < 2 and _everyday(beside)
    if not towns.touch(office.span) or not mere:
        return False
    sentence = re.split(r"[.!?\n]", text[: office.span.start])[-1] + re.split(r"[.!?\n]", text[office.span.end :])[0]
    said = context(f"{office.label.casefold()}_words") if office.label != "EMPLOYER" else frozenset()
    return not any(word.plain in said for word in words_of(sentence))


def _is_dialect(seen: Look, finding: Finding) -> bool:
    """Whether a place or a unit is nothing but words of dialect, "Mithering"; an organisation slips as well."""
    inside = [seen.words[i] for i in within(seen.words, finding.span)]
    if finding.label == "ORG":
        return says_nothing_else(inside)
    return finding.label in WEIGHED - {"PERSON"} and all(map(is_dialect, inside))


def _any_office(text: str, office: Finding, kept: Kept) -> bool:
    """Whether an office is told by the name of its organisation alone, which has many: "the Maximus office"."""
    beside = [snapped(text, piece.span) for piece in outside(office, kept.long.over(office.span))]
    words = [span.of(text) for span in beside if span]
    return office.label == "BRANCH" and bool(words) and all(OFFICE.fullmatch(each) for each in words)


def _a_day(text: str, office: Finding) -> bool:
    """Whether the weights alone take days for a workplace: "Sundays only"."""
    return all(word.plain.rstrip("s") in context("months_and_days") for word in words_of(office.span.of(text)))


def _a_minister(finding: Finding, text: str, kept: Kept) -> bool:
    """Whether a trade is the surname of somebody whom everybody knows: "under Thatcher"."""
    named = (place.span for place in kept.places if place.short and text[place.span.start].isupper())
    return finding.label == "JOB" and any(span == finding.span for span in named)


def _standing(text: str, finding: Finding) -> tuple[bool, int, int, int, str]:
    stays = action_on(finding, finding.span.of(text), "coding") is Action.KEEP
    unsure_unit = finding.label in UNITS and finding.score < 0.9
    rank = rule_for(finding.label).rank + (3 if unsure_unit else 0)
    return (stays, rank, finding.span.start - finding.span.end, finding.span.start, finding.recognizer)
