"""What short names of files, sheets and columns say, where no sentence says what their words are."""

import re
from pathlib import Path

from themes.deidentify.decide.verdicts import UNITS
from themes.deidentify.weigh.evidence import look
from themes.deidentify.wording.lexicon import (
    context,
    listed_names,
    ordinary_words,
    places,
    plain_names,
    surnames,
    word_names,
)
from themes.deidentify.wording.words import kept_places
from themes.records.privacy import Finding

APART = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
"""Where one word ends and another begins without a blank."""


def as_words(name: str) -> str:
    """A name as words. The names that everybody knows stay in one piece.

    >>> as_words("raw/karenSmith_2.docx"), as_words("G4S_rating")
    ('Raw Karen Smith 2', 'G4S Rating')
    """
    stem = name[: -len(Path(name).suffix)] if Path(name).suffix else name
    pieces = [piece for piece in re.split(r"[_\-./\\ ]+", stem) if piece]
    return " ".join(piece if kept_places(piece) else APART.sub(" ", piece).title() for piece in pieces)


def names_somebody(words: str) -> bool:
    """Whether small words that no sentence holds together say a given name, or a word-name with a surname."""
    pieces = re.findall(r"[^\W\d_]+", words)
    return any(
        piece in plain_names() or (piece in word_names() and after in surnames())
        for piece, after in zip(pieces, [*pieces[1:], ""], strict=False)
    )


def says_a_strange_word(words: str) -> bool:
    """Whether what only the release profile masks has a word in it that is no everyday one: in a name of a file, where
    no sentence says what it is, that is enough."""
    return any(
        len(piece) > 3 and piece not in ordinary_words() and piece not in context("file_words")
        for piece in re.findall(r"[^\W\d_]+", words.casefold())
    )


def says_nothing(finding: Finding, reading: str) -> bool:
    """Whether what was found in such a name names nobody there: words tied by underscores, words that files are called
    by, a body that everybody knows."""
    return _ties_words(finding, reading) or _is_of_files(finding, reading) or _is_famous(finding, reading)


def _ties_words(finding: Finding, reading: str) -> bool:
    """Whether what looks like a user name is words tied by underscores ("age_band_2"): they are read
    as words, too."""
    written = finding.span.of(reading)
    return finding.label == "HANDLE" and "_" in written and not re.search(r"[@\d]", re.sub(r"_\d$", "", written))


def _is_of_files(finding: Finding, reading: str) -> bool:
    """Whether the weights alone make something of words that files are called by: "Wordpress Export"."""
    pieces = re.findall(r"[^\W\d_]+", finding.span.of(reading).casefold())
    return finding.recognizer == "evidence" and set(pieces) <= context("file_words")


def _is_famous(finding: Finding, reading: str) -> bool:
    """Whether the weights alone make an office or a workplace of a body that everybody knows and everyday words:
    "Ingeus Rating"; not "Ingeus Halifax"."""
    if finding.recognizer != "evidence" or finding.label not in UNITS:
        return False
    seen = look(finding.span.of(reading))
    rest = [word.plain for word, group in zip(seen.words, seen.kept, strict=True) if not group]
    return any(seen.kept) and all(word in ordinary_words() and not _is_name(word) for word in rest)


def _is_name(word: str) -> bool:
    return word in places() or word in listed_names()
