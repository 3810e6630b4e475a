"""What blog pages and pages copied as text have in common: an article, comments, and who said what when."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from themes.read import options
from themes.read.quotations import plain_words, quoted_speech, repeated_words
from themes.records.corpus import DocumentKind, Empty, SourceRef
from themes.records.raw import RawDocument
from themes.records.span import Span
from themes.records.spec import SourceSpec

_NAMES_OF_NOBODY = frozenset(
    ("anonymous", "anon", "anonymous user", "guest", "name hidden", "hidden", "name withheld", "name supplied",
     "name and address supplied", "name removed", "hidden name", "someone", "no name", "unknown", "a reader", "visitor",
     "name hidden at writer's request", "name hidden by request", "name withheld by request", "not verified")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as a page shows it. `answers` is the place, in the list of comments, of the one it replies to."""

    text: str = field(repr=False)
    author: str | None = field(default=None, repr=False)
    name_hidden: bool = False
    written: date | None = None
    answers: int | None = None
    quotations: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """An article, perhaps empty, with its comments in the order of the page."""

    article: str = field(repr=False)
    author: str | None = field(default=None, repr=False)
    written: date | None = None
    quotations: tuple[Span, ...] = ()
    comments: Sequence[Comment] = ()
    promises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What a page's source in corpus.toml may say for all its texts."""

    consent: str | None = None
    speaker: str | None = None
    promises: tuple[str, ...] = ()
    encoding: str | None = None


def page_options(source: SourceSpec) -> PageOptions:
    """The options of a source of pages or stories.

    Raises:
        CorpusError: For an option that is unknown or of the wrong kind.
    """
    options.only_known(source, ("consent", "speaker", "promises", "encoding"))
    return PageOptions(
        options.word(source, "consent"),
        options.word(source, "speaker"),
        options.words(source, "promises"),
        options.encoding(source),
    )


def name_and_hidden(name: str | None) -> tuple[str | None, bool]:
    """A commenter's name and whether it is hidden: "Anonymous" is no name but the wish to have none.

    >>> name_and_hidden("Anonymous"), name_and_hidden("Jo"), name_and_hidden("")
    ((None, True), ('Jo', False), (None, False))
    """
    name = " ".join((name or "").split()).strip(" :")
    if name.casefold().strip("()[].") in _NAMES_OF_NOBODY:
        return None, True
    return name or None, False


def documents_of(page: Page, name: str, chosen: PageOptions) -> list[RawDocument | Empty]:
    """The article and the comments of a page as candidate texts, in its order.

    The same author name within one page is one case; a nameless or hidden one is a case of its own. The article's
    quoted speech, and what a comment repeats from the page in quotation marks, are marked as quotations.
    """
    promises = tuple(dict.fromkeys((*chosen.promises, *page.promises)))
    found: list[RawDocument | Empty] = []
    if page.article.strip():
        found.append(_article(page, name, promises))
    keys = _keys(page.comments, name)
    said = plain_words(page.article)
    for number, (comment, key) in enumerate(zip(page.comments, keys, strict=True), 1):
        source = SourceRef(name, f"comment {number}")
        if not comment.text.strip():
            found.append(Empty(source))
            continue
        found.append(
            RawDocument(
                source=source,
                kind=DocumentKind.COMMENT,
                text=comment.text,
                case_key=_speaker(comment, name) or key,
                document_key=key,
                thread=name,
                author=comment.author,
                name_hidden=comment.name_hidden,
                consent=chosen.consent,
                promises=promises,
                speaker=chosen.speaker,
                written=comment.written,
                reply_to=keys[comment.answers] if comment.answers is not None else None,
                quotations=_merged((*comment.quotations, *repeated_words(comment.text, said))),
            )
        )
        said += plain_words(comment.text)
    return found


def _article(page: Page, name: str, promises: tuple[str, ...]) -> RawDocument:
    return RawDocument(
        source=SourceRef(name, "article"),
        kind=DocumentKind.ARTICLE,
        text=page.article,
        case_key=f"{name}\x1farticle",
        document_key=f"{name}\x1farticle",
        thread=name,
        author=page.author,
        promises=promises,
        written=page.written,
        quotations=_merged((*page.quotations, *quoted_speech(page.article))),
    )


def _speaker(comment: Comment, name: str) -> str | None:
    """The case of a comment whose author shows a name; None if it is a case of its own."""
    if comment.name_hidden or not comment.author:
        return None
    return f"{name}\x1fauthor\x1f{' '.join(comment.author.casefold().split())}"


def _keys(comments: Sequence[Comment], name: str) -> list[str]:
    """Keys made of who said what, not of the place on the page: a comment added above moves no other."""
    seen: Counter[str] = Counter()
    keys = []
    for comment in comments:
        said = blake2b(
            f"{comment.author}\x1f{comment.text}".encode("utf-8", "surrogatepass"), digest_size=16
        ).hexdigest()
        keys.append(f"{name}\x1fcomment\x1f{said}\x1f{seen[said]}")
        seen[said] += 1
    return keys


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
