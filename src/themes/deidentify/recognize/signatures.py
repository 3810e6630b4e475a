"""Names by their place on the page: a sign-off, a byline, who "says:", an officer and their office, initials."""

import re
from collections.abc import Iterator, Sequence

from themes.deidentify.recognize.form_names import form_names_in
from themes.deidentify.recognize.signed_initials import SIGNATURE, signed_initials_in
from themes.deidentify.wording.hints import Hinted, hinted
from themes.deidentify.wording.lexicon import (
    all_names,
    any_of,
    context,
    given_names,
    is_wide,
    ordinary_words,
    places,
    surnames,
    wide_places,
    word_names,
)
from themes.deidentify.wording.reading import Reading, nameable, read
from themes.deidentify.wording.words import Word
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

PIECE = r"[^\W\d_][\w'’\-]*\.?"
CAPITAL = r"[A-Z][\w'’\-]+"
NAME_PIECE = r"(?:[^\W\d_]\b\.?|[^\W\d_][\w'’\-]*)"
CLOSING = re.compile(
    rf"(?:^|[\n.!?,][ \n]{{0,3}}){any_of('closings')}\b(?: (?:from|and|to all|everyone|all))?"
    rf"[,.!:\-–—]?[ \n]{{0,4}}[\-–—]? ?"
    rf"(?P<name>{PIECE}(?: {PIECE}){{0,2}})[ ,]*(?:\([^)\n]{{0,40}}\)|x{{1,9}}|[.!])?$",
    re.IGNORECASE,
)
SIGNED = re.compile(
    rf"(?:\n|[.!?]) {{0,2}}[\-–—~]{{1,2}} ?(?P<name>{PIECE}(?: [A-Z][\w'’\-]*\.?){{0,2}})"
    r"(?: ?\([^)\n]{0,40}\)| ?x{1,3})?$"
)
LETTER_END = hinted(
    rf"(?:^|(?<=[.!?,][ \n]))(?:{any_of('letter_closings')}|(?P<weak>{any_of('closings')}))\b"
    rf"(?: (?:from|and)\b)?[,.!:\-–—]?(?P<line>[ \t]*\n\s{{0,6}}|[,.!:\-–—]? {{1,3}})"
    rf"(?P<name>{NAME_PIECE}(?: ?{NAME_PIECE}){{0,3}})"
    r"[ \t]*(?P<more>,[^\n]{2,60}|\([^)\n]{0,40}\)|x{1,9}|[.!])?[ \t]*(?=\n|$|(?<=[.!]) )",
    re.IGNORECASE | re.MULTILINE,
)
"""Who signs a letter that is pasted into a text, on the line below its closing words or on the same."""
BYLINE = hinted(
    rf"(?:^|\n|[.(:] ?) {{0,4}}(?:(?i:{any_of('posted')}(?: (?:was )?(?:written )?)?by)|By)[: ]\s?"
    rf"(?P<name>{CAPITAL}(?: [A-Z][\w'’.\-]*){{0,3}})"
)
SAYS = hinted(
    r"^ {0,8}(?:\d{1,3}\. {1,4})?(?P<name>[^\n]{1,40}?)"
    r" (?:says|said|wrote|writes|commented|replied)(?: on [^\n:]{4,40})?:",
    re.MULTILINE,
)
SENDER = re.compile(
    r"^\[?\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4},? {1,2}\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]m)?\]?(?: [\-–])? {1,2}"
    r"(?P<name>[^\n:]{1,40}):(?= )",
    re.MULTILINE | re.IGNORECASE,
)
"""Who sent a message, in a chat that was saved as text: no list need know the name."""
NOBODYS_OWN = re.compile(
    rf"{any_of('staff')}|{'|'.join(sorted(context('kin_of_mr') | context('kin_of_ms')))}|work|me|you"
)
"""Words under which a sender may stand who is not named."""
OFFICER = hinted(
    rf"(?:^|[.\n] ?|: |, our [^,\n]{{3,40}}, )(?P<name>{CAPITAL} {CAPITAL}), "
    rf"(?=(?:[A-Z]\w+ |the |our |a |and |of ){{0,7}}?(?i:{any_of('officers')})\b)"
)
INITIALS = re.compile(rf"(?!{any_of('two_letters')})(?P<name>[A-Z]\.? ?[A-Z]\.?(?: ?[A-Z]\.)?)(?![\w'’]|\.\w)")
DOTTED = re.compile(
    rf"(?<![\w.])(?!{any_of('dotted_words').replace('.', '[.]')})(?P<name>[A-Z]\.[A-Z]\.?(?:[A-Z]\.?)?)(?!\w)"
)
INITIALS_SAID = hinted(
    rf"\b(?:[Ii]nitials(?: (?:are|were|being|is))? |[Ss]igned(?: off)?(?: by)? |[Ii]t was (?=[A-Z]{{2}} who))"
    rf"(?!{any_of('two_letters')})(?P<name>[A-Z]\.? ?[A-Z]\.?(?:[A-Z]\.?)?)(?!\w)"
)
INITIALS_BEFORE = hinted(
    rf"(?<![\w.])(?!{any_of('two_letters')})(?P<name>[A-Z]{{2}}), (?:my|the|our) (?:\w+ )?{any_of('staff')}\b"
)

type Form = re.Pattern[str] | Hinted
INITIALS_SURE: dict[Form, float] = {DOTTED: 0.7, INITIALS_SAID: 1.0, INITIALS_BEFORE: 1.0}
"""How sure initials are by each form."""
AT_THE_END: tuple[re.Pattern[str], ...] = (CLOSING, SIGNED)
SURE_AT_THE_END = 0.9
ANYWHERE: dict[Form, float] = {BYLINE: 1.0, SAYS: 1.0, SENDER: 1.0, OFFICER: 0.9}
"""How sure a name is by each form that is looked for in all of a text."""
LONGEST_CLOSING = 200
"""Characters from which on a closing is looked for, from the end of the text."""


def find_signatures(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Persons whom their place on the page names. `recognizer` is "name-context", as of names in a sentence,
    or "signature", which needs no other evidence, for who signs a letter."""
    return [
        [
            *signatures_in(document.text),
            *letter_ends_in(document.text),
            *signed_initials_in(document.text),
            *form_names_in(document.text),
        ]
        for document in documents
    ]


def signatures_in(text: str) -> Iterator[Finding]:
    """The signatures, bylines and initials of one text.

    >>> [finding.span.of("Kind regards,\\nMo") for finding in signatures_in("Kind regards,\\nMo")]
    ['Mo']
    """
    reading = read(text)
    yield from _initials_in(reading)
    yield from _names_by_place(reading)


def _initials_in(reading: Reading) -> Iterator[Finding]:
    """Initials by their form, or by the words beside them."""
    for form, score in INITIALS_SURE.items():
        for match in form.finditer(reading.text):
            span = Span(*match.span("name"))
            if not reading.kept.touch(span):
                yield _person(span, score)


def _names_by_place(reading: Reading) -> Iterator[Finding]:
    """Who closes a text, who is named above it, who says or sends what follows, who holds an office."""
    # Who signs does so at the end: searched for in all of a long text, a pattern that ends there would take for ever.
    end = len(reading.text.rstrip())
    start = max(0, end - LONGEST_CLOSING)
    for closing in AT_THE_END:
        for match in closing.finditer(reading.text, start, end):
            said = [word for word in _words_in(reading, match) if word.plain not in context("never")]
            if _signs(match, said):
                yield from (_person(Span(word.start, word.end), SURE_AT_THE_END) for word in said if _named(word))
    for form, score in ANYWHERE.items():
        for match in form.finditer(reading.text):
            for word in _words_in(reading, match):
                nobody = form is SENDER and NOBODYS_OWN.fullmatch(word.plain)
                if not nobody and (form in {SAYS, SENDER} or _named(word)):
                    yield _person(Span(word.start, word.end), score)


def _named(word: Word) -> bool:
    return word.capital or word.plain in given_names() or word.plain in surnames()


def letter_ends_in(text: str) -> Iterator[Finding]:
    """Who signs the letters that are pasted into a text.

    >>> letter = "Yours sincerely,\\nD. P. Wetherby\\nDecision Maker\\n\\nThat is what they sent me."
    >>> [finding.span.of(letter) for finding in letter_ends_in(letter)]
    ['D. P. Wetherby']
    """
    reading = read(text)
    for match in LETTER_END.finditer(text):
        said = _words_in(reading, match)
        if _signs_a_letter(match, said):
            span = Span(said[0].start, said[-1].end)
            yield Finding(span, "PERSON", IdentifierKind.DIRECT, 0.95, SIGNATURE)


def _words_in(reading: Reading, match: re.Match[str]) -> list[Word]:
    """The words of a match's name; none where it names nobody."""
    start, end = match.span("name")
    said = [word for word in reading.words if start <= word.start < end]
    if not said or said[0].plain in context("never") - {"x"} or any(reading.keeps(word) for word in said):
        return []
    return said


def _signs(match: re.Match[str], said: Sequence[Word]) -> bool:
    """Whether words at the end of a text sign it: "thanks. Bye", "love from Leeds" do not."""
    if not said or said[0].plain in wide_places():
        return False
    first = said[0]
    strange = first.capital and first.plain not in ordinary_words() and first.plain not in places()
    on_its_own_line = "\n" in match.group()[: match.start("name") - match.start()] and first.capital
    return nameable(said) or strange or on_its_own_line or first.plain in word_names()


def _signs_a_letter(match: re.Match[str], said: Sequence[Word]) -> bool:
    """Whether the line below the closing words of a letter names a person: with an initial, a name of the lists, or a
    word that is none. Not "The Benefits Team", "Halifax"; and below "Thanks" a name of the lists alone."""
    if not said or any(word.plain in context("signing_offices") for word in said) or is_wide(match["name"].rstrip(".")):
        return False
    text, below = match.string, "\n" in match["line"]
    named = [word for word in said if word.plain in all_names() or word.plain in surnames()]
    initials = [word for word in said if word.end - word.start == 1 and not _a_word_alone(text, word)]
    strange = [word for word in said if word.plain not in ordinary_words() and word.plain not in places()]
    capital = all(text[word.start].isupper() for word in said)
    if match["weak"]:
        return below and bool(named) and capital and len(named) + len(initials) == len(said)
    if not (capital or len(named) + len(initials) == len(said)) or not (below or named):
        return False
    return bool(named or strange or len(initials) in range(1, len(said)))


def _a_word_alone(text: str, word: Word) -> bool:
    return word.plain in "ai" and not text.startswith(".", word.end)


def _person(span: Span, score: float) -> Finding:
    return Finding(span, "PERSON", IdentifierKind.DIRECT, score, "name-context")
