"""The text of a part of a web page, paragraph by paragraph, with what it quotes marked."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from themes.read.files import Unreadable
from themes.records.span import Span

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

DEEPEST = 1_000  # elements within one another; a parser's time grows with the square of it
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "dt", "dd", "option",
))  # fmt: skip
_NEVER = frozenset((
    "script", "style", "noscript", "template", "form", "iframe", "button", "input", "select", "textarea", "svg",
    "canvas", "audio", "video", "object", "embed", "head",
))  # fmt: skip
_PARAGRAPHS = frozenset((
    "p", "div", "blockquote", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section",
    "main", "header", "footer", "aside", "pre", "figure", "hr",
))  # fmt: skip
_LINES = frozenset((
    "br", "li", "tr", "dt", "dd", "figcaption", "address", "caption",
))  # fmt: skip
_QUOTES = frozenset(("blockquote", "q"))

Skips = Callable[["LexborNode"], bool]


def parse(html: str) -> "LexborHTMLParser":
    """The page as a tree.

    Raises:
        Unreadable: If its elements are nested so deeply that parsing it would take minutes.
    """
    from selectolax.lexbor import LexborHTMLParser

    depth = 0
    for closes, tag, closed in _TAG.findall(html):
        if tag.lower() not in _VOID and not closed:
            depth = max(0, depth + (-1 if closes else 1))
            if depth > DEEPEST:
                raise Unreadable(f"nests its elements more than {DEEPEST:,} deep, as no page does. Do not trust it")
    return LexborHTMLParser(html)


def text_of(node: "LexborNode", *, skip: Skips = lambda _: False, links: bool = True) -> tuple[str, tuple[Span, ...]]:
    """The text of a node: paragraphs divided by a blank line, lines by a line break, and the spans of its quotations.

    Args:
        node: Where to begin; its own element is never skipped.
        skip: Says which elements below are left out with all they hold.
        links: Whether a link's target is kept in brackets after its words, so that personal details in it are seen.
    """
    text, quotes, opened = _Text(), [], []
    for event, current in _walk(node, skip):
        tag = current.tag or ""
        if event == "text":
            text.add(current.text_content or "")
        elif tag in _PARAGRAPHS:
            text.break_lines(2)
        elif tag == "br" and event == "enter":
            text.break_lines(text.breaks + 1)
        elif tag in _LINES:
            text.break_lines(1)
        elif event == "leave" and tag == "a" and links:
            text.add(_target(current, text.tail))
        elif event == "enter" and tag == "img" and not _is_avatar(current):
            text.add(current.attributes.get("alt") or "")
        if tag in _QUOTES:
            if event == "enter":
                opened.append(text.next_start)
            elif opened:
                start = opened.pop()
                if not opened and text.length > start:  # a quotation within a quotation is part of it
                    quotes.append(Span(start, text.length))
    return text.text, tuple(quotes)


def _walk(node: "LexborNode", skip: Skips) -> Iterator[tuple[str, "LexborNode"]]:
    """Each element when it is entered and left, each text; without recursion, since pages are other people's."""
    waiting: list[tuple[str, LexborNode]] = [("first", node)]
    while waiting:
        event, current = waiting.pop()
        if event == "leave":
            yield event, current
        elif current.is_text_node:
            yield "text", current
        elif event == "first" or (current.is_element_node and current.tag not in _NEVER and not skip(current)):
            yield "enter", current
            waiting.append(("leave", current))
            child = current.last_child
            while child is not None:
                waiting.append(("enter", child))
                child = child.prev


class _Text:
    """Text that grows: white space as a browser shows it, line breaks only between words."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._breaks = 0
        self._space = False
        self.length = 0

    @property
    def text(self) -> str:
        return "".join(self._parts)

    @property
    def tail(self) -> str:
        return "".join(self._parts[-8:])[-2_100:]

    @property
    def next_start(self) -> int:
        """Where the next word will stand."""
        return (
            self.length + (self._breaks if self.length else 0) + (self._space and not self._breaks and self.length > 0)
        )

    @property
    def breaks(self) -> int:
        """Line breaks before the next word, at most two."""
        return self._breaks

    def break_lines(self, count: int) -> None:
        self._breaks = max(self._breaks, min(count, 2))

    def add(self, text: str) -> None:
        words = re.sub(r"[ \t\r\n\f]+", " ", text)
        if words.startswith(" "):
            self._space = True
        if not (kept := words.strip(" ")):
            return
        if self.length:
            self._append("\n" * self._breaks if self._breaks else " " if self._space else "")
        self._append(kept)
        self._breaks, self._space = 0, words.endswith(" ")

    def _append(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self.length += len(text)


def _target(link: "LexborNode", before: str) -> str:
    href = (link.attributes.get("href") or "").strip()
    shown = re.sub(r"^(?:mailto:|https?://)", "", href).rstrip("/")
    kept = re.match(r"(?i)(?:https?://|mailto:|tel:)", href) and shown and shown not in before
    return f" ({href})" if kept else ""


def _is_avatar(image: "LexborNode") -> bool:
    described = " ".join(filter(None, (image.attributes.get("class"), image.attributes.get("src"))))
    return "avatar" in described
