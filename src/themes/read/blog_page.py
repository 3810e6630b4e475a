"""A saved blog page: the post as an article, its comments with author, date, reply-to and hidden names.

Written against what WordPress themes, Blogger, Drupal and the microformats h-cite and schema.org/Comment print.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from themes.read.bylines import author_in, byline, date_line
from themes.read.dates import find_date
from themes.read.encoding import sound_text
from themes.read.files import Unreadable, read_bytes
from themes.read.furniture import is_control, is_furniture, promises_in
from themes.read.html_parts import Comments, classes
from themes.read.html_text import parse, text_of
from themes.read.page import Comment, Page, documents_of, name_and_hidden, page_options
from themes.records.corpus import Empty, Quarantined
from themes.records.raw import RawDocument
from themes.records.span import Span
from themes.records.spec import RowRange, SourceSpec

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

TOP_LINES = 4  # of the post: where a date or a byline may stand
_CONTENT = (
    ".entry-content, [itemprop=articleBody], .post-content, .post-body, .article-body, .article-content",
    ".field-name-body, .field--name-body, .e-content, .post-entry",
    ".post, .hentry, .h-entry, article",
    "main, [role=main], #content, #main",
    "body",
)
_TITLE = (".entry-title", "[itemprop=headline]", ".p-name", ".post-title", "article h1", "main h1", "h1")
_POST_AUTHOR = (
    ".entry-meta .author .fn", ".entry-meta .author", ".byline .author", ".author .fn", ".p-author", "[rel=author]",
    "[itemprop=author]", ".post-author", ".entry-author", ".byline", ".submitted",
)  # fmt: skip
_POST_DATE = (
    "time.entry-date", "time.published", "[itemprop=datePublished]", ".dt-published", ".entry-meta time",
    "article time", "time", ".entry-date", ".published", ".date-header", ".submitted", ".entry-meta",
    ".post-meta", ".date",
)  # fmt: skip
_AUTHOR = (
    ".fn", ".p-author", "[itemprop=author] [itemprop=name]", "[itemprop=author]", "[itemprop=creator]", "cite.user",
    ".comment-author cite", ".comment-author b", ".comment-author", ".comment_author", ".comment__author", ".username",
    ".author", ".submitted", ".comment-meta cite", "cite",
)  # fmt: skip
_DATE = (
    "time", "[itemprop=datePublished]", "[itemprop=dateCreated]", ".dt-published", ".comment-metadata", ".comment-date",
    ".comment-time", ".datetime", ".comment-timestamp", ".commentmetadata", ".comment-meta", ".date", ".published",
    ".submitted",
)  # fmt: skip
_AROUND_COMMENT = frozenset((
    "comment-author", "comment-meta", "commentmetadata", "comment-metadata", "comment-header", "comment-date",
    "comment-time", "reply", "comment-reply", "comment-reply-link", "comment-edit-link", "comment-actions",
    "comment-footer", "comment-likes", "says", "fn", "vcard", "submitted", "links", "comment-awaiting-moderation",
    "permalink", "username", "author", "datetime", "comment-timestamp",
))  # fmt: skip
_BOX = re.compile(
    r"(?i)(?:^|[-_])(?:cookies?|consent|gdpr|shar(?:e|ing|edaddy|ethis)|socials?|addtoany|donat(?:e|ion)s?|newsletter|mailing|"
    r"subscri(?:be|ption)|signup|nav|navigation|menu|sidebar|widgets?|breadcrumbs?|related|relatedposts|pagination|pager|"
    r"skip|screen-reader-text|search|advert|ads|promo|popup|modal|toolbar|tags|tag-links|cat-links|author-(?:box|bio)|"
    r"respond|comments|comment-list|commentlist|comments-area|entry-meta|post-meta|byline|submitted|copyright)(?:$|[-_])"
)
_BOX_TAGS = frozenset(("nav", "aside"))
_HIDDEN_NAME = re.compile(
    r"(?i)(?:name|author)[-_]?(?:is[-_]?)?(?:hidden|withheld)|hid(?:e|den)[-_]?(?:name|author)|^anonymous$"
)
_AFTER_NAME = re.compile(
    r"(?i)\s*(?:\((?:not verified|author|unverified)\)|\b(?:says|said|wrote|writes|replied|commented)\b.*"
    r"|\bon \w*,? ?\d.*|:)\s*$"
)
_BEFORE_NAME = re.compile(r"(?i)^\s*(?:(?:submitted|posted|written|comment) )?by:?\s+")
_PINGBACK = re.compile(r"(?i)\s*(?:pingback|trackback)\b")


def read_blog_page(
    path: Path, source: SourceSpec, *, name: str = "", rows: RowRange | None = None
) -> Iterator[RawDocument | Quarantined | Empty]:
    """The post and the comments of one page.

    Args:
        path: An .html file.
        source: Its options: see `page.page_options`.
        name: The file's name in records; the name of `path` if empty.
        rows: Not for pages.

    Yields:
        The article, then the comments in the order of the page; pingbacks and trackbacks are nobody's words.

    Raises:
        Unreadable: If the file is no page, or a post and comments cannot be found on it.
    """
    chosen = page_options(source)
    content = read_bytes(path)
    if content.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise Unreadable("is not a web page, whatever its name says. Save the page again as HTML")
    html = sound_text(content, chosen.encoding)
    found = documents_of(page_of(html), name or path.name, chosen)
    if not found:
        raise Unreadable("has no post and no comments that can be found. Save the page again, or copy it as text")
    yield from found


def page_of(html: str) -> Page:
    """The parts of a web page.

    Raises:
        Unreadable: See `html_text.parse`.
    """
    tree = parse(html)
    body = tree.body
    if body is None:
        return Page("")
    comments = Comments(body)
    text, quotations = _article(body, comments)
    lines = text.split("\n")
    author = _first_name(_outside(body, comments, _POST_AUTHOR)) or _meta(tree, "meta[name=author]")
    written = _first_date(_outside(body, comments, _POST_DATE))
    published = _meta(tree, "meta[property='article:published_time']")
    top = lines[1 : TOP_LINES + 1]
    return Page(
        text,
        author or next(filter(None, map(byline, top)), None) or author_in(lines),
        written or (find_date(published) if published else None) or next(filter(None, map(date_line, top)), None),
        quotations,
        _comments(comments),
        promises_in([" ".join(body.text(separator=" ").split())]),
    )


def _article(body: "LexborNode", comments: Comments) -> tuple[str, tuple[Span, ...]]:
    title = next((" ".join(node.text().split()) for node in _outside(body, comments, _TITLE)), "")

    def skip(node: "LexborNode") -> bool:
        return node in comments or _is_box(node)

    for selector in _CONTENT:
        for node in body.css(selector) if selector != "body" else [body]:
            if node in comments or comments.holder(node) is not None:
                continue
            text, quotations = text_of(node, skip=skip, links=False)
            text, quotations = without_lines(
                text, quotations, lambda line: is_furniture(line) or line == (title or None)
            )
            if text.strip():
                heading = f"{title}\n\n" if title else ""
                return heading + text, tuple(Span(s.start + len(heading), s.end + len(heading)) for s in quotations)
    return "", ()


def without_lines(text: str, spans: Sequence[Span], drop: Callable[[str], bool]) -> tuple[str, tuple[Span, ...]]:
    """The text without the lines that `drop` names, blank lines not doubled, and the spans moved along."""
    kept: list[str] = []
    starts, moved = [0], [0]  # where each line began, and where it begins now; of a dropped line: what follows it
    at = length = 0
    for line in text.split("\n"):
        if not (drop(line) or (not line and (not kept or not kept[-1]))):
            kept.append(line)
            starts.append(at)
            moved.append(length)
            length += len(line) + 1
        at += len(line) + 1
        starts.append(at)
        moved.append(length)
    result = "\n".join(kept).rstrip("\n")

    def place(offset: int) -> int:
        line = bisect_right(starts, offset) - 1
        following = moved[line + 1] if line + 1 < len(moved) else len(result)
        return min(moved[line] + offset - starts[line], following, len(result))

    ends = ((place(span.start), place(span.end)) for span in spans)
    return result, tuple(Span(start, end) for start, end in ends if start < end)


def _comments(found: Comments) -> list[Comment]:
    comments: list[Comment] = []
    places: dict[int, int] = {}  # among all comment elements → among those that are somebody's words
    for place, node in enumerate(found.nodes):
        body = found.body(node)

        def skip(inner: "LexborNode", *, within_body: bool = body is not None) -> bool:
            return inner in found or _is_box(inner) or (not within_body and bool(classes(inner) & _AROUND_COMMENT))

        text, quotations = text_of(body if body is not None else node, skip=skip)
        if classes(node) & {"pingback", "trackback"} or _PINGBACK.match(text):
            continue
        names = [each for selector in _AUTHOR for each in found.own(node, selector) if not _inside(each, body)]
        shown = _first_name(names)
        name, hidden = name_and_hidden(shown)

        def drop(line: str, *, shown: str | None = shown, within_body: bool = body is not None) -> bool:
            return is_control(line) or (not within_body and bool(shown) and _AFTER_NAME.sub("", line) == shown)

        text, quotations = without_lines(text, quotations, drop)
        dates = [each for selector in _DATE for each in found.own(node, selector) if not _inside(each, body)]
        above = found.answered(place)
        while above is not None and above not in places:
            above = found.answered(above)  # an answer to a pingback answers what that one answers
        places[place] = len(comments)
        comments.append(
            Comment(
                text,
                name,
                hidden or any(_marked_hidden(each) for each in (node, *names)),
                _first_date(dates),
                places[above] if above is not None else None,
                quotations,
            )
        )
    return comments


def _inside(node: "LexborNode", body: "LexborNode | None") -> bool:
    above = node.parent
    while body is not None and above is not None:
        if above.mem_id == body.mem_id:
            return True
        above = above.parent
    return False


def _marked_hidden(node: "LexborNode") -> bool:
    return any(_HIDDEN_NAME.search(each) for each in classes(node)) or any(
        _HIDDEN_NAME.search(key) and value not in ("false", "0")
        for key, value in node.attributes.items()
        if key != "class"
    )


def _outside(body: "LexborNode", comments: Comments, selectors: Sequence[str]) -> Iterator["LexborNode"]:
    for selector in selectors:
        for node in body.css(selector):
            if node not in comments and comments.holder(node) is None:
                yield node


def _first_name(nodes: Iterator["LexborNode"] | Sequence["LexborNode"]) -> str | None:
    for node in nodes:
        name = _AFTER_NAME.sub("", _AFTER_NAME.sub("", " ".join(node.text().split())))
        name = _BEFORE_NAME.sub("", name).strip(" ,:|")
        if name and len(name.split()) <= 8:
            return name
    return None


def _first_date(nodes: Iterator["LexborNode"] | Sequence["LexborNode"]) -> date | None:
    for node in nodes:
        stamps = (
            node.attributes.get("datetime"),
            node.attributes.get("content"),
            node.attributes.get("title"),
            node.text(),
        )
        if found := next(filter(None, (find_date(stamp) for stamp in stamps if stamp)), None):
            return found
    return None


def _meta(tree: "LexborHTMLParser", selector: str) -> str | None:
    node = tree.css_first(selector)
    return (node.attributes.get("content") or None) if node is not None else None


def _is_box(node: "LexborNode") -> bool:
    """Whether an element is a box of the page, not part of what somebody wrote."""
    attributes = node.attributes
    if (
        node.tag in _BOX_TAGS
        or "hidden" in attributes
        or "display:none" in (attributes.get("style") or "").replace(" ", "")
    ):
        return True
    names = (*classes(node), attributes.get("id") or "")
    return attributes.get("role") in ("navigation", "banner", "search", "contentinfo", "dialog") or any(
        map(_BOX.search, names)
    )
