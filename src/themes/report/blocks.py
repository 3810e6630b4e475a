"""What a paper is made of, whatever format it is written in: headings, sentences, points, quotes, tables, pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from themes.records.project import Audience, Release
from themes.report.excerpts import Excerpt
from themes.report.figures import Figure
from themes.report.words import day

TEAM, PUBLIC = "Team edition – not for publication", "Public edition"


@dataclass(frozen=True, slots=True)
class Heading:
    kind: ClassVar[str] = "heading"
    text: str
    level: int = 1
    """1 to 5."""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph. `style` is "", "people" (how many), "gap" (what is missing) or "aside"."""

    kind: ClassVar[str] = "words"
    text: str
    style: str = ""
    lead: str = ""
    """Its beginning, in bold."""


@dataclass(frozen=True, slots=True)
class Points:
    kind: ClassVar[str] = "points"
    items: tuple[tuple[str, str], ...]
    """(beginning in bold or "", the rest)"""
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    kind: ClassVar[str] = "quote"
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Table:
    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[str, ...]
    """Empty: a table of two columns without heads, as facts have it."""
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture, its caption, and its numbers as a table."""

    kind: ClassVar[str] = "drawn"
    figure: Figure


@dataclass(frozen=True, slots=True)
class PageBreak:
    kind: ClassVar[str] = "page_break"


type Block = Heading | Words | Points | Quote | Table | Drawn | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: what stands on top of it, what on each of its pages, and the rest in order."""

    title: str
    kicker: str
    made: str
    """The line below the title."""
    edition: str
    """`TEAM` or `PUBLIC`: said on each page."""
    moment: str
    """ISO 8601, from the run: what the file says of when it was made."""
    blocks: tuple[Block, ...]


def paper(release: Release, title: str, kicker: str, made: Sequence[str], blocks: Sequence[Block]) -> Paper:
    """A paper of a release, marked as its edition wants it. `made` are parts of the line after the date."""
    edition = TEAM if release.audience is Audience.TEAM else PUBLIC
    moment = release.run.started_at
    return Paper(title, kicker, " · ".join([day(moment), *made]), edition, moment, tuple(blocks))


def as_points(sentences: Sequence[str]) -> Points:
    """Plain points, none of them with a beginning in bold."""
    return Points(tuple(("", sentence) for sentence in sentences))
