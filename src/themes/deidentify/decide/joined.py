"""Details brought together: pieces of one that lie side by side, and the whole name of a house."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from themes.deidentify.recognize.addresses import ON_A_STREET
from themes.deidentify.wording.lexicon import all_names, context, plain_names
from themes.deidentify.wording.stretches import Stretches
from themes.deidentify.wording.words import Word, within, words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

IN_PIECES = frozenset({"PERSON", "ADDRESS", "BRANCH", "HOSPITAL", "SCHOOL", "EMPLOYER"})
"""Kinds of which two that lie side by side are one."""
BRACKETS = {(" (", ") "), (" '", "' "), (" ‘", "’ "), (' "', '" '), (" “", "” ")}
LONGEST_WORD = 100
"""Characters of what was brought together so far that are looked at for its last word."""
HOUSE_NAMED = IN_PIECES | {"LOCATION"}
CUT_OFF = re.compile(r"(?<=\w) (?:on|off|down|along|in|at|near|by)(?: the)?$", re.IGNORECASE)
WITH_PATIENTS = re.compile(r"surgery|clinic", re.IGNORECASE)
KINDS_OF_UNITS = {
    "HOSPITAL": frozenset({"team", "ward", "unit", "clinic", "centre", "suite"}),
    "BRANCH": frozenset({"hub", "desk", "centre", "office", "jobcentre", "jcp"}),
}
"""What a unit is, after its name and part of it: "the Larkspur team"."""
HOUSED = frozenset({"BRANCH", "HOSPITAL", "SCHOOL"})
"""Kinds whose house is told by its word in small letters as well: "nine weeks at oakapple house"."""


def joined(text: str, findings: Sequence[Finding], *, stays: Stretches) -> list[Finding]:
    """The findings, those side by side that are of one kind as one, and with the rest of a house's name.

    Args:
        text: What they are about.
        findings: In order, none overlapping another.
        stays: What is no part of any detail.
    """
    words = words_of(text)
    whole: list[Finding] = []
    findings = _with_bracketed(text, findings)
    for at, finding in enumerate(findings):
        begins = whole[-1].span.end if whole else 0
        if finding.span.start < begins:
            continue  # the word for a house, that only the release profile masks, went to its name
        now = _with_office(text, finding, begins)
        now = _with_house(text, words, now, begins, _free_to(text, findings[at + 1 : at + 2]), stays)
        if whole and (told := _told_by_its_street(text, whole[-1], now)):
            whole[-1:] = told
            continue
        if whole and _one(text, whole[-1], now):
            now = _both(whole.pop(), now)
        whole.append(now)
    return whole


def _with_bracketed(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, "Robert", "Bob" and "Ackroyd" of "Robert (Bob) Ackroyd" as one."""
    left = list(findings)
    at = 0
    while at + 2 < len(left):
        three = left[at : at + 3]
        gaps = tuple(text[one.span.end : other.span.start] for one, other in pairwise(three))
        if gaps in BRACKETS and all(each.label == "PERSON" for each in three):
            left[at : at + 3] = [_both(three[0], three[2])]
        at += 1
    return left


def _free_to(text: str, following: Sequence[Finding]) -> int:
    """Up to where a finding may grow: to the next, or over one that says no more than "House" and its like."""
    for after in following:
        mere = after.label in {"MISC", "ORG"} and all(_is_house(word) for word in words_of(after.span.of(text)))
        return after.span.end if mere else after.span.start
    return len(text)


def _both(first: Finding, second: Finding) -> Finding:
    surer = first if first.score >= second.score else second
    return replace(surer, span=Span(first.span.start, second.span.end))


def _one(text: str, first: Finding, second: Finding) -> bool:
    """Whether two findings are pieces of one. Two given names in a row are two people."""
    gap = text[first.span.end : second.span.start]
    if first.label != second.label:
        return False
    if first.label not in IN_PIECES:
        return not gap  # "+44 (0)" and "7700 900 one two three"
    if gap not in {" ", "-", ""} and not (first.label == "ADDRESS" and gap in {", ", ","}):
        return False
    if first.label != "PERSON":
        return True
    last = text[max(first.span.start, first.span.end - LONGEST_WORD) : first.span.end]
    names = [word.plain for word in words_of(last)[-1:] + words_of(second.span.of(text))[:1]]
    return not (len(names) == 2 and names[0] in all_names() and names[1] in plain_names())


def _with_office(text: str, finding: Finding, begins: int) -> Finding:
    """An office by its street as a whole, not as somebody's home: "Reed office on Castle Street"."""
    street = finding.label == "ADDRESS" and not any(map(str.isdigit, finding.span.of(text)))
    before = ON_A_STREET.search(text, max(begins, finding.span.start - 40), finding.span.start) if street else None
    if before is None:
        return finding
    label = "HOSPITAL" if WITH_PATIENTS.search(before.group()) else "BRANCH"
    return replace(finding, label=label, kind=IdentifierKind.QUASI, span=Span(before.start(), finding.span.end))


def _told_by_its_street(text: str, unit: Finding, place: Finding) -> list[Finding]:
    """A unit cut off after "on" and its like: with the street that tells it as one, "Shaw Trust on" and "Quarry Lane";
    without the "on" before anything else. Empty where none was cut off so."""
    near = max(unit.span.start, unit.span.end - LONGEST_WORD)
    link = CUT_OFF.search(text, near, unit.span.end) if unit.label in HOUSED | {"EMPLOYER"} else None
    if link is None or text[unit.span.end : place.span.start] not in {" ", " the "}:
        return []
    if place.label == "ADDRESS" and not any(map(str.isdigit, place.span.of(text))):
        return [replace(unit, span=Span(unit.span.start, place.span.end))]
    return [replace(unit, span=Span(unit.span.start, link.start())), place]


def _with_house(
    text: str, words: Sequence[Word], finding: Finding, begins: int, ends: int, stays: Stretches
) -> Finding:
    """A finding with the word for a house after it, and with the capitals before it: "Five Ways" and "House"."""
    if finding.label not in HOUSE_NAMED:
        return finding
    inside = within(words, finding.span)
    if not inside:
        return finding
    first, last = inside[0], inside[-1]
    after = words[last + 1 : last + 2]
    kinds = KINDS_OF_UNITS.get(finding.label, frozenset())
    housed = context("named_houses") if finding.label in HOUSED else frozenset()
    house = after and (_is_house(after[0]) or after[0].plain in housed | kinds)
    if house and after[0].end <= ends and _beside(text, words, last, stays):
        last += 1
    while _is_house(words[last]) and first and words[first - 1].start >= begins and _leads(text, words, first, stays):
        first -= 1
    start = words[first].start if first < inside[0] else finding.span.start
    end = words[last].end if last > inside[-1] else finding.span.end
    return replace(finding, span=Span(start, end))


def _is_house(word: Word) -> bool:
    return word.capital and word.plain in context("named_houses")


def _leads(text: str, words: Sequence[Word], first: int, stays: Stretches) -> bool:
    """Whether the word before is in capitals by choice, and one of a name: "Five" before "Ways House"."""
    word = words[first - 1]
    named = word.shape == "title" and not word.opens and word.plain not in context("never") | context("titles")
    return named and text[word.end : words[first].start] == " " and not stays.hold(word.start)


def _beside(text: str, words: Sequence[Word], last: int, stays: Stretches) -> bool:
    gap = text[words[last].end : words[last + 1].start]
    return gap in {" ", "'s ", "’s "} and not stays.hold(words[last + 1].start)
