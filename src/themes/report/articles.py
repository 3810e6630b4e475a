"""What organisations say: articles and posts, which are coded, and which nobody lived through."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from themes.records.corpus import Document, DocumentKind
from themes.records.project import Release
from themes.report.excerpts import Excerpt, Said
from themes.report.words import month_name
from themes.withholding import BLOCK

EXCERPTS_AN_ARTICLE = 3
LONGEST_TITLE = 120
"""Characters: an article without a title starts with a paragraph."""


@dataclass(frozen=True, slots=True)
class Article:
    """What an organisation says. Never counted."""

    title: str
    file: str
    """Its file's name; empty where that is the title."""
    month: str
    themes: tuple[str, ...]
    excerpts: tuple[Excerpt, ...]


def articles_in(release: Release, said: Iterable[Said], show: Callable[[Said], Excerpt]) -> Iterator[Article]:
    """Each article with its title, its themes and a few excerpts, in the order of their files.

    Its title is no excerpt of it, if there are others.
    """
    names = {code.code_id: code.name for code in release.codebook.codes}
    spoken = defaultdict(list)
    for one in said:
        if one.document.kind is DocumentKind.ARTICLE:
            spoken[one.document.document_id].append(one)
    articles = [document for document in release.documents if document.kind is DocumentKind.ARTICLE]
    for document in sorted(articles, key=lambda document: (document.source.file, document.document_id)):
        within = spoken[document.document_id]
        # An article is one voice: here its excerpts need not come from different cases.
        title = _title(document)
        best = sorted((one for one in within if not one.withheld), key=lambda one: (-one.probability, one.segment.span))
        below = [one for one in best if one.segment.text.strip().casefold() not in title.casefold()]
        excerpts = {one.segment.segment_id: one for one in below or best}
        file = PurePosixPath(document.source.file).name
        yield Article(
            title or file,
            file if title else "",
            month_name(document.written or ""),
            tuple(dict.fromkeys(names.get(one.code_id, one.code_id) for one in best)),
            tuple(show(one) for one in list(excerpts.values())[:EXCERPTS_AN_ARTICLE]),
        )


def _title(article: Document) -> str:
    """The first line, cut where it is long; empty if there is none, or some of it is withheld."""
    line = next((" ".join(line.split()) for line in article.text.splitlines() if line.strip()), "")
    if BLOCK in line:
        return ""
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1].rstrip()}…"
