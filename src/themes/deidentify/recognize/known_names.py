"""Names that are known without reading the text: who wrote it, who else speaks in the thread, what the corpus lists."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from themes.deidentify.recognize.small_names import said_as_a_name
from themes.deidentify.wording.hints import ODD_LETTERS
from themes.deidentify.wording.lexicon import context, given_names, is_wide, ordinary_words, plain_names, surnames
from themes.deidentify.wording.nicknames import byname
from themes.deidentify.wording.roles import TITLES
from themes.deidentify.wording.words import Word, words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span


def find_known_names(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Everybody who speaks in a thread, found in each of its documents: any case, possessive, one letter wrong.

    The batch holds whole threads. A name that is also an everyday word counts with a capital, or where it is said as
    a name.
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

    A name of two words and more is found in any case. A part that is also an everyday word counts with a capital, or
    in small letters where the words around say that it names somebody (see `small_names`).

    >>> [finding.span.of("As karens said") for finding in known_in("As karens said", frozenset({"Karen W"}))]
    ['karens']
    """
    if not names or not text:
        return []
    known = _known(names)
    spans = [match.span() for match in _whole(text, known)]
    words = words_of(text)
    for i, word in enumerate(words):
        if (
            known.calls(word.plain)
            and (word.capital or _nothing_else(word.plain) or (label == "PERSON" and said_as_a_name(text, words, i)))
        ) or (label == "LOCATION" and word.plain in known.places and _said_as_a_place(text, word.start, word.plain)):
            spans.append((word.start, word.end))
    return [Finding(Span(*span), label, IdentifierKind.DIRECT, 1.0, recognizer) for span in spans]


def _said_as_a_place(text: str, start: int, plain: str) -> bool:
    """Whether a place in small letters whose name is a word as well is said as one: "in bath", and "leeds" anywhere."""
    return (is_wide(plain) and plain not in context("towns_and_words")) or bool(
        WHERE.search(text, max(0, start - 12), start)
    )


WHERE = re.compile(r"\b(?:in|to|from|near|at|round|around|via|outside|through|leave|left|love|hate) $", re.IGNORECASE)
"""What stands before a place."""


@dataclass(frozen=True, slots=True)
class Known:
    """The names known in a thread, made ready to be looked for in each of its texts."""

    whole: tuple[str, ...]
    by_head: dict[str, tuple[str, ...]]
    """Names by the letters they begin with, so that each is looked for only where a word of the text is these."""
    other: tuple[str, ...]
    """Those that begin with a sign, or with a letter of another alphabet."""
    parts: frozenset[str]
    long_parts: dict[str, tuple[str, ...]]
    """Parts of five letters and more by their first: those of which a word may be a slip."""

    @property
    def places(self) -> frozenset[str]:
        """Names of one word, in small letters."""
        return frozenset(name.casefold() for name in self.whole if " " not in name)

    def calls(self, plain: str) -> bool:
        """Whether a word is part of a name, as it is or with one letter wrong, left out, doubled or swapped, or with a
        stray plural s."""
        return plain in self.parts or self._plural(plain) or self._slip(plain)

    def _plural(self, plain: str) -> bool:
        part = plain[:-1]
        if plain[-1:] != "s" or part not in self.parts or len(part) < 4:
            return False
        return len(part) > 4 or plain not in ordinary_words() or plain in given_names()

    def _slip(self, plain: str) -> bool:
        near = self.long_parts.get(plain[:1])
        if near is None or len(plain) < 4 or plain in ordinary_words() or plain in given_names():
            return False
        from rapidfuzz.distance import OSA

        return any(abs(len(plain) - len(part)) < 2 and OSA.distance(plain, part, score_cutoff=1) < 2 for part in near)


@lru_cache(maxsize=256)
def _known(names: frozenset[str]) -> Known:
    parts = frozenset(part for name in names for part in name_parts(name))
    long_parts: defaultdict[str, list[str]] = defaultdict(list)
    for part in sorted(parts):
        if len(part) > 4:
            long_parts[part[0]].append(part)
    whole = tuple(name for name in sorted(names) if name.strip() and name.casefold() not in context("nobody"))
    by_head: defaultdict[str, list[str]] = defaultdict(list)
    other = []
    for name in whole:
        head = HEAD.match(name.lstrip())
        if head and head.group().isascii():
            by_head[head.group().lower()].append(name)
        else:
            other.append(name)
    return Known(
        whole,
        {head: tuple(begin) for head, begin in by_head.items()},
        tuple(other),
        parts,
        {first: tuple(near) for first, near in long_parts.items()},
    )


def _whole(text: str, known: Known) -> Iterator[re.Match[str]]:
    """Where a text says a name whole, each piece once: one look at each word, however many names are known."""
    ends: dict[str, int] = {}
    for word in HEAD.finditer(text):
        for name in known.by_head.get(word.group().translate(ODD_LETTERS).lower(), ()):
            match = _form(name).match(text, word.start())
            if match and match.start() >= ends.get(name, 0):
                ends[name] = match.end()
                if _is_said(match, name):
                    yield match
    for name in known.other:
        yield from (match for match in _form(name).finditer(text) if _is_said(match, name))


HEAD = re.compile(r"[^\W_]+")


def _is_said(match: re.Match[str], name: str) -> bool:
    """Whether a name is meant: no everyday word in small letters, and a short one only as it is written."""
    plain_word = " " not in name and match.group().islower() and not _nothing_else(match.group())
    return not plain_word and (len(name) > 3 or match.group() == name)


@lru_cache(maxsize=4096)
def _form(name: str) -> re.Pattern[str]:
    loosely = r"[\s.,_\-]{1,3}".join(re.escape(piece) for piece in name.split())
    return re.compile(rf"(?<!\w){loosely}(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def name_parts(name: str) -> frozenset[str]:
    """The parts of an author's name by which others may call them, lower case.

    >>> sorted(name_parts("Mrs Jane O'Shea")), sorted(name_parts("jodie1984")), name_parts("Anonymous")
    (['jane', "o'shea"], ['jodie'], frozenset())
    """
    pieces = [word.plain for word in words_of(re.sub(r"[_.\d]+", " ", name))]
    cut = re.sub(r"([a-z])([A-Z])", r"\1 \2", name)
    pieces += [word.plain for word in words_of(re.sub(r"[_.\d]+", " ", cut))]
    single = len(name.split()) == 1
    return frozenset(
        piece
        for piece in pieces
        if len(piece) > 2
        and not any(piece in words for words in (context("nobody"), context("never"), TITLES))
        and (
            piece in given_names()
            or piece in surnames()
            or piece not in ordinary_words()
            or (single and name.isalpha())
            or piece == byname(name)
        )
    )


def with_first_names(names: Iterable[str]) -> frozenset[str]:
    """Names of people, with the first word of those that have several, which may be an everyday one: "Ash Pickersgill"
    is "Ash" as well. Not for what writers call themselves: "Happy Camper".

    >>> sorted(with_first_names(["Ash Pickersgill", "Big Trev", "E. Throssell", "Jo"]))
    ['Ash', 'Ash Pickersgill', 'Big Trev', 'E. Throssell', 'Jo']
    """
    told = frozenset(names)
    first = {name.split()[0] for name in told if " " in name}
    no_name = context("nickname_words") | context("never") | context("name_particles") | TITLES
    return told | {word for word in first if len(word) > 2 and word.isalpha() and word.casefold() not in no_name}


def are_many(word: Word) -> bool:
    """Whether a word in small letters is rather several of what a name means: "the roses", where a Rose is named."""
    one = word.plain.removesuffix("s")
    return word.shape == "lower" and one != word.plain and one in ordinary_words() and one not in plain_names()


def _nothing_else(plain: str) -> bool:
    return plain not in ordinary_words() or plain in plain_names()
