"""HTML that found its way into what people wrote: pasted from a web page, or left by a form."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from themes.clean.rewriting import Edit, rewritten
from themes.records.raw import RawDocument
from themes.records.span import Span

# Only names of elements: "I earn <100 and >50" and "<my adviser>" are what somebody wrote.
_ELEMENTS = (
    "a|abbr|address|area|article|aside|audio|b|base|bdi|bdo|big|blink|blockquote|body|br|button|canvas|caption|center|"
    "cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|"
    "frameset|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|marquee|meta|nav|"
    "noscript|object|ol|optgroup|option|p|param|picture|pre|q|s|samp|script|section|select|small|source|span|strike|"
    "strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|"
    "video|wbr|o:p|xml"
)
_TAG = re.compile(rf"<(?P<closes>/?)(?P<name>{_ELEMENTS})(?![\w-])(?P<attributes>[^<>]*)>", re.IGNORECASE)
_INERT = re.compile(
    r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<!doctype[^>]*>", re.IGNORECASE | re.DOTALL
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ATTRIBUTE = r"""(?i)(?<![\w-]){name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_HREF, _ALT = re.compile(_ATTRIBUTE.format(name="href")), re.compile(_ATTRIBUTE.format(name="alt"))
_NEW_LINE = frozenset(
    ("br", "p", "div", "li", "tr", "blockquote", "ul", "ol", "table", "hr", "h1", "h2", "h3", "h4", "h5", "h6")
)
_QUOTED_LINES = re.compile(r"(?m)^ *>.*(?:\n *>.*)*")
MOST_LAYERS = 3  # of entities within entities; more is a game, not a paste


def clean_markup(document: RawDocument) -> RawDocument:
    """The document with the text that its HTML would show, and quoted lines marked as quotations.

    Scripts, styles and comments go with what they hold; so an inert text is left. A link's target stays in brackets
    after its words and an image's description in its place, where personal details in them are seen. What
    `<blockquote>` holds, and lines that begin with ">", become quotations.
    """
    for _ in range(MOST_LAYERS):
        before = document
        for find in (_entities, _inert):
            document = rewritten(document, find(document.text))
        document = _without_tags(document)
        if document is before:
            break
    lines = [Span(match.start(), match.end()) for match in _QUOTED_LINES.finditer(document.text)]
    return _also_quoting(document, lines)


def _entities(text: str) -> Iterator[Edit]:
    for match in _ENTITY.finditer(text):
        meant = unescape(match.group())
        if not any("\ud800" <= character <= "\udfff" or character == "\x00" for character in meant):
            yield Edit(match.start(), match.end(), " " if meant == "\u00a0" else meant)


def _inert(text: str) -> Iterator[Edit]:
    return (Edit(match.start(), match.end()) for match in _INERT.finditer(text))


def _without_tags(document: RawDocument) -> RawDocument:
    tags = list(_TAG.finditer(document.text))
    if not tags:
        return document
    edits: list[Edit] = []
    links: list[str] = []
    opened: list[int] = []
    quoted: list[Span] = []
    for tag in tags:
        name, closes = tag["name"].lower(), bool(tag["closes"])
        new = "\n" if name in _NEW_LINE else ""
        if name == "a" and not closes:
            links.append(_value(_HREF, tag["attributes"]))
        elif name == "a" and links:
            new = _target(links.pop(), document.text[edits[-1].end : tag.start()] if edits else "")
        elif name == "img":
            new = _value(_ALT, tag["attributes"])
        elif name == "blockquote" and not closes:
            opened.append(tag.end())
        elif name == "blockquote" and opened:
            quoted.append(Span(opened.pop(), max(tag.start(), quoted[-1].end if quoted else 0)))
        edits.append(Edit(tag.start(), tag.end(), new))
    return rewritten(_also_quoting(document, quoted), edits)


def _value(rule: re.Pattern[str], attributes: str) -> str:
    match = rule.search(attributes)
    return next(filter(None, match.groups()), "") if match else ""


def _target(target: str, words: str) -> str:
    shown = re.sub(r"^(?:mailto:|https?://)", "", target.strip()).rstrip("/")
    kept = re.match(r"(?i)(?:https?://|mailto:|tel:)", target.strip())
    return f" ({target.strip()})" if kept and shown and shown not in words else ""


def _also_quoting(document: RawDocument, spans: list[Span]) -> RawDocument:
    """Its quotations and these, merged where they touch; spans without words are none."""
    merged: list[Span] = []
    for span in sorted((*document.quotations, *(span for span in spans if span.of(document.text).strip()))):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return document if tuple(merged) == document.quotations else replace(document, quotations=tuple(merged))
