"""Names that begin with initials and their stops: "J. K. Ramsbottom", "r. s. quigley", "a letter from P. Swallow"."""

import re
from collections.abc import Iterator

from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.lexicon import any_of, context, ordinary_words
from themes.deidentify.wording.roles import TITLES
from themes.deidentify.wording.stretches import Stretches
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

NO_INITIALS = rf"(?!(?i:{any_of('dotted_words').replace('.', '[.]')}))"
SURNAME = r"(?P<surname>[^\W\d_][\w'’\-]+)"
SEVERAL = hinted(rf"(?<![\w.]){NO_INITIALS}(?P<initials>(?:[^\W\d_]\. ?){{2,3}}){SURNAME}")
ONE = hinted(rf"(?<![\w.])(?P<initials>[A-Z]\. ?){SURNAME}")
BEFORE = re.compile(r"([^\W_]{1,20})[.(:,;]? ?[(\n]?$")
REACH = 24
"""Characters before initials in which the word before them is looked for."""


def initialled_in(text: str) -> Iterator[Finding]:
    """The names of one text that begin with initials; said of a person only as far as the letters bear it out.

    >>> text = "the letter was from P. Swallow and j. k. ramsbottom, plan B. Nobody rang"
    >>> [finding.span.of(text) for finding in initialled_in(text)]
    ['j. k. ramsbottom', 'P. Swallow']
    """
    several = list(SEVERAL.finditer(text))
    for match in several:
        surname, initials = match["surname"], match["initials"]
        if surname[0].isupper() if initials[0].isupper() else surname.casefold() not in ordinary_words():
            yield _person(match, 0.9)
    inside = Stretches(Span(*match.span()) for match in several)
    for match in ONE.finditer(text):
        word = BEFORE.search(text[max(0, match.start() - REACH) : match.start()])
        surname, before = match["surname"], word[1].casefold() if word else ""
        if inside.hold(match.start("surname")) or not surname[0].isupper():
            continue
        if before.removesuffix("s") in context("lettered_things"):
            continue
        if surname.casefold() in context("never") and before not in TITLES:
            continue
        introduced = before in context("before_initials")
        if introduced or surname.casefold() not in ordinary_words():
            yield _person(match, 0.9 if introduced else 0.7)


def _person(match: re.Match[str], score: float) -> Finding:
    span = Span(match.start("initials"), match.end("surname"))
    return Finding(span, "PERSON", IdentifierKind.DIRECT, score, "name-context" if score >= 0.9 else "name-hint")
