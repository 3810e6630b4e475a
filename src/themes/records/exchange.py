"""A project or codebook as programs for qualitative analysis exchange it (REFI-QDA 1.5): their words, our offsets."""

import uuid
from dataclasses import dataclass

from themes.records.span import Span

NAMESPACE = uuid.UUID("e1af2488-cc6f-4c65-a8a9-3f75dd18d80e")
"""Ours alone, drawn once by chance, so that nobody else's names give our ids."""


def guid(corpus: str, kind: str, own_id: str) -> str:
    """The id under which something of a corpus is exchanged: the same in every run and every export.

    >>> guid("my-study", "code", "sanctions")
    'dc85426b-ef62-5092-aac9-5a706490fc1d'
    """
    return str(uuid.uuid5(NAMESPACE, "\0".join((corpus, kind, own_id))))


def coding_guid(corpus: str, segment_id: str, code_id: str, coder_id: str) -> str:
    """Under it a coding is known again when a file comes back."""
    return guid(corpus, "coding", f"{segment_id}\0{code_id}\0{coder_id}")


@dataclass(frozen=True, slots=True)
class ExchangedUser:
    guid: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ExchangedCode:
    guid: str
    name: str
    description: str = ""
    is_codable: bool = True
    color: str = ""
    """"#rrggbb"; empty: none."""
    children: "tuple[ExchangedCode, ...]" = ()


@dataclass(frozen=True, slots=True)
class ExchangedSet:
    """Codes that belong together; we give one for each research question."""

    guid: str
    name: str
    description: str = ""
    code_guids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangedVariable:
    guid: str
    name: str
    kind: str = "Text"
    """Text, Boolean, Integer, Float, Date or DateTime."""
    description: str = ""


type Values = tuple[tuple[str, str], ...]
"""Pairs of a variable's guid and a value."""


@dataclass(frozen=True, slots=True)
class ExchangedCase:
    guid: str
    name: str = ""
    values: Values = ()
    source_guids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangedCoding:
    """A code on a stretch of a text, by one user."""

    guid: str
    code_guid: str
    span: Span | None
    """In the text with single line feeds, in code points, its end exclusive; None: the code is on the whole text."""
    user_guid: str = ""
    made_at: str = ""
    """ISO 8601; empty: not told."""
    quote: str = ""
    """The words under it, as the file repeats them."""
    selection_guid: str = ""
    """Of the stretch. We give each coding one of its own: some programs read the first coding of a stretch alone."""


@dataclass(frozen=True, slots=True)
class ExchangedSource:
    """A text."""

    guid: str
    name: str = ""
    text: str = ""
    """With single line feeds."""
    description: str = ""
    codings: tuple[ExchangedCoding, ...] = ()
    values: Values = ()


@dataclass(frozen=True)
class ExchangedProject:
    name: str = ""
    origin: str = ""
    """The program that wrote it."""
    made_at: str = ""
    users: tuple[ExchangedUser, ...] = ()
    codes: tuple[ExchangedCode, ...] = ()
    variables: tuple[ExchangedVariable, ...] = ()
    cases: tuple[ExchangedCase, ...] = ()
    sources: tuple[ExchangedSource, ...] = ()
    sets: tuple[ExchangedSet, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class ExchangedCodebook:
    origin: str = ""
    codes: tuple[ExchangedCode, ...] = ()
    sets: tuple[ExchangedSet, ...] = ()
