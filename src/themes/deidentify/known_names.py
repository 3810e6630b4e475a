"""Names that are known without reading the text: who wrote it, who else speaks in the thread, what the corpus lists."""

import re
from collections import defaultdict
from collections.abc import Sequence

from themes.deidentify.lexicon import context, given_names, ordinary_words, plain_names, surnames
from themes.deidentify.roles import TITLES
from themes.deidentify.words import Word, words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span


def find_known_names(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Everybody who speaks in a thread, found in each of its documents: any case, possessive, one letter wrong.

    The batch holds whole threads. A name that is also an everyday word counts only with a capital, or beside another.
    """
    known = names_by_thread(documents)
    return [known_in(document.text, known[document.thread]) for document in documents]


def names_by_thread(documents: Sequence[RawDocument]) -> dict[str, frozenset[str]]:
    """The names known in each thread, as their writers give them."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for document in documents:
        if document.author and document.author.strip():
            names[document.thread].add(" ".join(document.author.split()))
        else:
            names[document.thread].update()
    return defaultdict(frozenset, {thread: frozenset(found) for thread, found in names.items()})


def known_in(
    text: str, names: frozenset[str], *, label: str = "PERSON", recognizer: str = "known-name"
) -> list[Finding]:
    """Where a text says one of the names, whole or in part.

    >>> [finding.span.of("As karens said") for finding in known_in("As karens said", frozenset({"Karen W"}))]
    ['karens']
    """
    if not names or not text:
        return []
    found = []
    parts: set[str] = set()
    for name in sorted(names):
        for match in re.finditer(rf"(?<!\w){_loosely(name)}(?!\w)", text, re.IGNORECASE):
            plain_word = " " not in name and match.group().islower() and not _nothing_else(match.group())
            if name.casefold() not in context("nobody") and not plain_word and (len(name) > 3 or match.group() == name):
                found.append(_finding(match.span(), label, recognizer))
        parts |= name_parts(name)
    words = words_of(text)
    for word in words:
        hit = word.plain in parts or any(_nearly(word, part) for part in parts)
        if hit and (word.capital or _nothing_else(word.plain)):
            found.append(_finding((word.start, word.end), label, recognizer))
    return found


def name_parts(name: str) -> set[str]:
    """The parts of an author's name by which others may call them, lower case.

    >>> sorted(name_parts("Mrs Jane O'Shea")), sorted(name_parts("jodie1984")), name_parts("Anonymous")
    (['jane', "o'shea"], ['jodie'], set())
    """
    pieces = [word.plain for word in words_of(re.sub(r"[_.\d]+", " ", name))]
    cut = re.sub(r"([a-z])([A-Z])", r"\1 \2", name)
    pieces += [word.plain for word in words_of(re.sub(r"[_.\d]+", " ", cut))]
    single = len(name.split()) == 1
    return {
        piece
        for piece in pieces
        if len(piece) > 2
        and piece not in context("nobody") | context("never") | TITLES
        and (piece in given_names() | surnames() or piece not in ordinary_words() or (single and name.isalpha()))
    }


def _nothing_else(plain: str) -> bool:
    return plain not in ordinary_words() or plain in plain_names()


def _nearly(word: Word, part: str) -> bool:
    """Whether a word is a known name with one letter wrong, left out, doubled or swapped, or with a stray plural s."""
    if len(part) < 5 or abs(len(word.plain) - len(part)) > 1 or word.plain[0] != part[0]:
        return word.plain == part + "s" and len(part) > 3 and word.plain not in ordinary_words() - given_names()
    if word.plain in ordinary_words() or word.plain in given_names():
        return word.plain == part + "s"
    from rapidfuzz.distance import OSA

    return int(OSA.distance(word.plain, part, score_cutoff=1)) <= 1


def _loosely(name: str) -> str:
    return r"[\s.,_\-]{1,3}".join(re.escape(piece) for piece in name.split())


def _finding(span: tuple[int, int], label: str, recognizer: str) -> Finding:
    return Finding(Span(*span), label, IdentifierKind.DIRECT, 1.0, recognizer)
