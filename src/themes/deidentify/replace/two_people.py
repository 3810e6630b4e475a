"""Who is two people, though the name of one may be short for the other's: "Jo and Joanne", "Mike's brother Michael",
"my wife Sue" beside "my adviser Susan".

What is only spelled otherwise, or wrongly, may still be one: nobody joins a name to its misspelling to tell of two.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from themes.deidentify.replace.persons import Said
from themes.deidentify.wording.lexicon import given_names, listed_names
from themes.deidentify.wording.name_index import Index
from themes.deidentify.wording.nicknames import LOOSE, Likeness, likeness, spelled, surname_likeness
from themes.deidentify.wording.roles import BEFORE, TITLES, roles_of
from themes.records.privacy import Finding

CLOSE_ROLES = frozenset({"relative", "friend"})
JOINED = re.compile(
    r"(?:['’]s?)?(?:(?P<and>\s{1,2}or\s{1,2}|(?:,?\s{1,2}and\s{1,2}|\s{0,2}&\s{0,2})"
    r"(?:(?:my|our|your|his|her|their|the|an?) (?:[\w\-]+ ){1,3})?)|,\s{1,2})"
    rf"(?:(?:{'|'.join(sorted(map(re.escape, TITLES), key=len, reverse=True))})\.? )?",
    re.IGNORECASE,
)
SAME_PERSON = re.compile(
    r",? (?:for short|as (?:i|we|he|she|they|everyone|everybody|people)\b|to (?:his|her|their|my|our"
    r"|me|us|everyone|everybody|friends|family)\b)",
    re.IGNORECASE,
)
"""After a name that the one before it is called by besides: "Elizabeth, Liz to her friends"."""


def told_apart(text: str, people: Sequence[Finding], named: Mapping[int, Said]) -> dict[int, Said]:
    """How each person is named, with the names of whom a text says that they are somebody else.

    Two are joined by "and", "&", "or" or a comma within a sentence, one is a relative or the like of the other, or one
    is a relative or friend and the other an adviser, manager and so on.

    Args:
        text: The text.
        people: Where it names somebody; in order, without overlap.
        named: How, by where that starts.
    """
    apart: defaultdict[Said, set[tuple[str, str]]] = defaultdict(set)
    for group, others in (*_joined(text, people, named), *_by_role(text, people, named)):
        index = Index({other.key: other.pieces[:1] for other in others})
        by_key = defaultdict(list)
        for other in others:
            by_key[other.key].append(other)
        for one in group:
            for other in (each for key in index.near(one.pieces[:1]) for each in by_key[key]):
                if _alike(one, other):
                    for own in _forms(one.pieces[0]):
                        apart[one] |= {pair for its in _forms(other.pieces[0]) for pair in ((own, its), (its, own))}
    return {start: replace(one, apart=tuple(sorted(apart.get(one, ())))) for start, one in named.items()}


Groups = list[tuple[Iterable[Said], Iterable[Said]]]


def _joined(text: str, people: Sequence[Finding], named: Mapping[int, Said]) -> Groups:
    """Who is named beside each other; all of "Jo, Bob and Joanne" are."""
    found: Groups = []
    chain: list[Said] = []
    for first, second in pairwise(people):
        one, other = named[first.span.start], named[second.span.start]
        chain = chain or [one]
        link = JOINED.fullmatch(text, first.span.end, second.span.start)
        link = None if SAME_PERSON.match(text, second.span.end) else link
        if link or _owned(text, first, second):
            found.append(([one], [other]))
        chain = [*chain, other] if link else []
        if link and link["and"]:
            found.append((set(chain), set(chain)))
            chain = []
    return found


def _owned(text: str, first: Finding, second: Finding) -> bool:
    """Whether the second is the brother, the friend or the like of the first."""
    told = BEFORE.search(text[first.span.start : second.span.start])
    words = first.span.of(text)
    if not told or told.start() >= len(words):
        return False
    return words.endswith("s") or (told["whose"] or "").rstrip().endswith(("'s", "’s", "s'", "s’"))


def _by_role(text: str, people: Sequence[Finding], named: Mapping[int, Said]) -> Groups:
    close: set[Said] = set()
    other: set[Said] = set()
    if len({named[finding.span.start].pieces for finding in people}) > 1:
        for finding, role in zip(people, roles_of(text, [each.span for each in people]), strict=True):
            if role:
                (close if role in CLOSE_ROLES else other).add(named[finding.span.start])
    return [(close, other)] if close and other else []


def _alike(one: Said, other: Said) -> bool:
    """Whether the two might be taken for one by their first names, or what is said alone."""
    if one.full and other.full and surname_likeness(one.pieces[-1], other.pieces[-1]) is Likeness.NONE:
        return False
    return likeness(one.pieces[0], other.pieces[0]) in LOOSE


def _forms(name: str) -> frozenset[str]:
    """A name in all its spellings, and without the s of a possessive that has no apostrophe."""
    bare = name.removesuffix("s")
    return spelled(name) | (spelled(bare) if bare in given_names() and name not in listed_names() else frozenset())
