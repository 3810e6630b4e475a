"""Conditions so rare that, with a town, they point at somebody: by the form of their names. Common ones stay."""

import re
from collections.abc import Iterator, Sequence

from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.lexicon import any_of, context, given_names, ordinary_words
from themes.deidentify.wording.words import unwrapped
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

PIECE = r"[A-Za-zÀ-ÿ][\w'’\-]*"
HEAD = hinted(rf"(?<![\w\-]){any_of('condition_heads')}(?![\w\-])", re.IGNORECASE)
BEFORE = 60
"""Characters before the head of a condition's name in which the name is looked for."""
LEARNED = hinted(
    rf"\b(?P<detail>(?:(?:hereditary|acute|chronic|familial|congenital|idiopathic|progressive|intermittent) ){{0,2}}"
    rf"[A-Za-z]{{2,30}}{any_of('condition_endings')})(?![\w'’\-])",
    re.IGNORECASE,
)
NAMED = hinted(rf"(?<![\w\-])(?P<detail>{any_of('rare_conditions')})(?![\w\-])", re.IGNORECASE)
HAVING = (
    r"(?:ha(?:ve|s|d|ving)|got|['’]ve|diagnosed(?: with| as)?|born with|sight to|(?:illness|condition"
    r"|disease|disorder|it)(?:['’]s| is| was) called)"
)
EPONYM = hinted(
    rf"\b(?i:{HAVING}) (?P<detail>[A-Z][a-zà-ÿ]+(?:-[A-Z][a-zà-ÿ]+)*(?:['’]s|-[A-Z][a-zà-ÿ]+))"
    r"(?=\s*(?:$|[.,;:!?)\n–]|(?:and|but|so|since|for|which|he|she|I|they|like|same|too|now|in|at|from)\b))"
)
"""What somebody has that bears the name of another: "he has Leber's"."""
CALLED = hinted(
    r"\b(?:condition|disease|disorder|illness|syndrome|tumour|cancer|mutation)(?: that(?:['’]s| is)"
    r"| which is| is|,)? called"
    r" (?P<detail>[A-Za-zÀ-ÿ][\w'’\-]+(?: [\w'’\-]+){0,4}?)(?=\s*(?:$|[.,;:!?)(\n–]|(?:and|but|so|which|that|it|I)\b))",
    re.IGNORECASE,
)
SORT = re.compile(
    r",? ?(?:[–(\-] ?)?(?:(?:the )?[a-z]+ (?:sort|type|kind|form|variant)\b|bilateral\b|type (?:\d|[IVX]{1,3})\b)\)?",
    re.IGNORECASE,
)
COMMON = re.compile(rf"\b{any_of('common_conditions')}\b", re.IGNORECASE)


def find_conditions(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Rare conditions of each document."""
    return [list(conditions_in(document.text)) for document in documents]


def conditions_in(text: str) -> Iterator[Finding]:
    """The rare conditions of one text.

    >>> [f.span.of("she has stiff person syndrome") for f in conditions_in("she has stiff person syndrome")]
    ['stiff person syndrome']
    >>> list(conditions_in("I have irritable bowel syndrome and arthritis"))
    []
    """
    text = unwrapped(text)
    for match in HEAD.finditer(text):
        start = _start_of_name(text, match.start())
        if start is not None and not COMMON.search(text[start : match.end()]):
            yield _found(start, _with_sort(text, match.end()))
    for match in EPONYM.finditer(text):
        name = match["detail"]
        bearer = re.split(r"['’\-]", name)[0].casefold()
        if (
            not COMMON.search(name)
            and bearer not in given_names()
            and bearer not in context("never")
            and bearer not in ordinary_words()
        ):
            yield _found(match.start("detail"), _with_sort(text, match.end("detail")))
    for match in CALLED.finditer(text):
        words = match["detail"].casefold()
        last = words.split()[-1]
        if not COMMON.search(words) and last not in context("common_ailments") and last not in ordinary_words():
            yield _found(match.start("detail"), _with_sort(text, match.end("detail")))
    for match in LEARNED.finditer(text):
        last = match["detail"].split()[-1].casefold()
        if last not in ordinary_words() and last not in context("common_ailments"):
            yield _found(match.start("detail"), _with_sort(text, match.end("detail")))
    for match in NAMED.finditer(text):
        yield _found(match.start("detail"), _with_sort(text, match.end("detail")))


def _with_sort(text: str, end: int) -> int:
    """The end of a condition's name, with the sort of it that is said after: ", the vascular type"."""
    sort = SORT.match(text, end)
    return sort.end() if sort else end


def _start_of_name(text: str, head: int) -> int | None:
    """Where the name before "syndrome" or "disease" begins; None if no word of it tells which one it is."""
    first = max(0, head - BEFORE)
    before = re.split(r"[^\w'’\- ]", text[first:head])[-1]
    pieces = [(m.start() + head - len(before), m.group()) for m in re.finditer(PIECE, before)]
    start, telling = None, False
    for at, piece in pieces[:-5:-1]:
        plain = piece.casefold()
        if plain in context("before_conditions") or plain in context("never"):
            break
        start = at
        telling = telling or plain not in context("vague_conditions")
    return start if telling else None


def _found(start: int, end: int) -> Finding:
    return Finding(Span(start, end), "CONDITION", IdentifierKind.QUASI, 0.8, "conditions")
