"""Traits that say little each and together point at somebody: "a muslim lesbian with one leg".

What somebody believes, where they come from, whom they love, their gender and their body are traits of five kinds. One
or two of them describe many people. Three kinds said together of one person, or two beside a small place, describe
hardly anybody else there.
"""

import re
from collections.abc import Iterator
from functools import cache

from themes.deidentify.wording.hints import Hinted, hinted
from themes.deidentify.wording.lexicon import any_of, beliefs, is_wide, nationalities, places
from themes.deidentify.wording.words import unwrapped
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

KINDS = {"faith": "religion", "origin": "ethnicity", "love": "sexuality", "gender": "gender", "body": "disability"}
"""Each kind, and what a surrogate calls it."""
ENOUGH = 3
"""Kinds that together point at somebody wherever they are."""
ENOUGH_IN_A_PLACE = 2
"""Kinds that do so in a small place."""
SMALL = 25_000
"""People below which a place is small: of so many, ten have two traits that one in fifty has."""
OF_MANY = frozenset("white christian catholic protestant british english scottish welsh irish".split())
"""Traits that do not count, though they may stand among others."""
LIKELY_TOGETHER = {"faith", "origin"}
"""Kinds of which one mostly says the other."""
BETWEEN = re.compile(
    rf"(?:[ ,\-/&]|\b(?:and|an?|the|with|of|who(?:['’]?s| is| was)?|also|as well as|from|background|heritage"
    rf"|working[ \-]class|young|older?|single|little|small|big|fat|tall|left|right|{any_of('one_person')})\b)*",
    re.IGNORECASE,
)
"""What may stand between two traits of one person."""
CROWD = re.compile(rf"(?:[ ,\-]|\b(?:and|or)\b)*\b{any_of('many_persons')}\b|[ ,]*(?:or\b|/)", re.IGNORECASE)
"""What says after a trait that many people have it: "deaf claimants", "deaf or blind"."""
IN_A_PLACE = re.compile(
    rf"(?: {any_of('one_person')}\b)?[ ,]*(?:(?:living|stuck|based) )?(?:in|from|of|at|near|round)"
    r" (?P<name>[\w'’\-]+(?: [A-Z][\w'’\-]+)?)"
)


def traits_in(text: str) -> Iterator[Finding]:
    """The stretches of one text in which traits of several kinds single somebody out.

    >>> [f.span.of("I'm a deaf Sikh lesbian, me") for f in traits_in("I'm a deaf Sikh lesbian, me")]
    ['deaf Sikh lesbian']
    >>> list(traits_in("deaf, Sikh or lesbian claimants, and a deaf Polish lad"))
    []
    """
    text = unwrapped(text)
    run: list[re.Match[str]] = []
    for match in _form().finditer(text):
        if run and not BETWEEN.fullmatch(text, run[-1].end(), match.start()):
            yield from _told(text, run)
            run = []
        run.append(match)
    yield from _told(text, run)


def kinds_told(words: str) -> str:
    """The kinds of traits that some words tell, as a surrogate says them; empty if they tell none.

    >>> kinds_told("deaf black lesbian"), kinds_told("Sikh"), kinds_told("with triplets")
    ('disability, ethnicity and sexuality', 'religion', '')
    """
    told = sorted({KINDS[match.lastgroup] for match in _form().finditer(words) if match.lastgroup})
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _told(text: str, run: list[re.Match[str]]) -> Iterator[Finding]:
    kinds = {match.lastgroup for match in run if match.group().casefold() not in OF_MANY}
    if not run or any(CROWD.match(text, match.end()) for match in run):
        return
    place = IN_A_PLACE.match(text, run[-1].end())
    few = place is not None and _is_small(place["name"]) and kinds != LIKELY_TOGETHER
    if len(kinds) >= ENOUGH or (few and len(kinds) >= ENOUGH_IN_A_PLACE):
        span = Span(run[0].start(), run[-1].end())
        yield Finding(span, "DEMOG", IdentifierKind.QUASI, 0.8, "traits")


def _is_small(name: str) -> bool:
    known = name.casefold() if name.casefold() in places() else name.split(maxsplit=1)[0].casefold()
    return known in places() and not is_wide(known) and places()[known] < SMALL


@cache
def _form() -> Hinted:
    told = {
        "faith": f"{beliefs()}|{any_of('trait_faith')}",
        "origin": f"{nationalities()}|{any_of('trait_origin')}",
        **{kind: any_of(f"trait_{kind}") for kind in ("love", "gender", "body")},
    }
    alone = "|".join(f"(?P<{kind}>{told[kind]})" for kind in KINDS)
    return hinted(rf"(?<![\w\-])(?:{alone})(?![\w])", re.IGNORECASE)
