"""A blog page that somebody copied as text: the article, numbered or named comments, and furniture all round."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from themes.read.bylines import author_in, byline, date_line
from themes.read.dates import find_date, only_date
from themes.read.encoding import sound_text
from themes.read.files import Unreadable, read_bytes
from themes.read.furniture import (
    bare,
    ends_article,
    is_caption,
    is_control,
    is_credit,
    is_furniture,
    is_teaser_heading,
    promises_in,
    starts_form,
)
from themes.read.page import Comment, Page, documents_of, name_and_hidden, page_options
from themes.records.corpus import Empty, Quarantined
from themes.records.raw import RawDocument
from themes.records.spec import RowRange, SourceSpec

TOP_LINES = 8  # below the title: where dates and bylines stand
TEASER_WORDS = 80
SHARE_BELOW = 0.5  # of the article's words: more than that below an end mark, and it was none
_HEADING = re.compile(
    r"(?i)(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:responses?|comments?|repl(?:y|ies)|thoughts?)"
    r"(?: (?:to|on|so far|for)\b.*)?:?"
    r"|(?:comments?|responses?|discussion|readers?'? comments|what (?:people|others|you) (?:say|said|think))"
    r"(?: ?\(\d+\))?:?"
)
_NUMBERED = re.compile(r"(?P<indent>[ \t]*)(?P<number>\d{1,4})[.)]\s+(?P<rest>\S.*)")
_SAYS = re.compile(
    r"(?P<name>[^\s:,.!?“\"](?:[^:!?\n“\"]{0,58}[^\s:,!?“\"])?)(?: (?:on|at) (?P<when>[^:\n]*\d[^\n]{0,40}?))?"
    r" (?:says|said|wrote|writes|commented|replied|responded)"
    r"(?: (?:on|at) (?P<later>[^\n]*\d[^\n]{0,40}?))?\s*:(?P<rest>.*)"
)
_NAME_ON_DATE = re.compile(
    r"(?:(?:posted )?by )?(?P<name>[^\s:].{0,58}?)(?:,| on| at| –| -| \|) (?P<when>[^\n]*\d[^\n]*)"
)
_NOT_IN_NAMES = frozenset((
    "i", "he", "she", "it", "we", "you", "they", "my", "his", "her", "its", "our", "your", "their", "this", "that",
    "these", "those", "and", "but", "so", "then", "when", "as", "if", "one", "people", "someone", "somebody",
    "everyone", "nobody", "posted", "published",
))  # fmt: skip
MOST_NAME_WORDS = 6
LONGEST_OPENING = 200  # characters in which a name and a date are looked for
_PINGBACK = re.compile(r"(?i)(?:pingback|trackback)s?\b.*")


def read_copied_page(
    path: Path, source: SourceSpec, *, name: str = "", rows: RowRange | None = None
) -> Iterator[RawDocument | Quarantined | Empty]:
    """The article and the comments of one page.

    Args:
        path: A .txt or .md file.
        source: Its options: see `page.page_options`.
        name: The file's name in records; the name of `path` if empty.
        rows: Not for pages.

    Yields:
        The article, then the comments in the order of the page.

    Raises:
        Unreadable: If the file holds no text, is not text, or is nothing but furniture.
    """
    chosen = page_options(source)
    text = text_of_file(path, chosen.encoding)
    found = documents_of(page_of(text), name or path.name, chosen)
    if not found:
        raise Unreadable("holds no article and no comment, only page furniture. Copy the page again, or remove it")
    yield from found


def text_of_file(path: Path, encoding: str | None = None) -> str:
    """The text of a text file, line ends made "\\n".

    Raises:
        Unreadable: If it is empty, no text, or holds bytes that are no characters.
    """
    content = read_bytes(path)
    if content.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff")):
        raise Unreadable("is not a text file, whatever its name says. Give it its true extension, or save it as text")
    text = sound_text(content, encoding)
    if not text.strip():
        raise Unreadable("holds nothing but white space. Put the text there, or remove the file")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def page_of(text: str) -> Page:
    """The parts of a copied page."""
    lines = [line.replace("\u00a0", " ").rstrip() for line in text.split("\n")]
    start = _start_of_comments(lines)
    article, author, written = _article(lines[:start])
    return Page(article, author, written, comments=_comments(lines[start:]), promises=promises_in(lines))


def _article(lines: Sequence[str]) -> tuple[str, str | None, date | None]:
    """The article's text, title first, and who wrote it when; lines that say only that are taken out."""
    kept: list[str] = []
    author, written, top = None, None, 0
    pictured = any(map(is_credit, lines))
    for line in _without_teasers(_above_end(lines)):
        if is_furniture(line):
            continue
        if line.strip():
            top += 1
            if 1 < top <= TOP_LINES:
                named, dated = byline(line), date_line(line)
                author, written = author or named, written or dated
                only_title = len([each for each in kept if each]) == 1
                if named or dated or (pictured and only_title and is_caption(line)):
                    continue
        kept.append(line.strip())
    return _paragraphs(kept), author or author_in(kept), written


def _above_end(lines: Sequence[str]) -> Sequence[str]:
    """The lines above the first one that ends an article. "Leave a comment" under a title ends nothing."""
    counts = [0 if is_furniture(line) else len(line.split()) for line in lines]
    for at, line in enumerate(lines):
        if ends_article(line) and sum(counts[at:]) <= SHARE_BELOW * sum(counts[:at]):
            return lines[:at]
    return lines


def _without_teasers(lines: Sequence[str]) -> Iterator[str]:
    """The lines without the boxes below an article: a heading such as "Get involved" and the paragraph after it."""
    counts = [len(line.split()) for line in lines]
    drop_paragraph = False
    for at, line in enumerate(lines):
        if is_teaser_heading(line) and sum(counts[at:]) <= SHARE_BELOW * sum(counts[:at]):
            drop_paragraph = True
        elif drop_paragraph and line.strip():
            drop_paragraph = False
            if counts[at] > TEASER_WORDS:
                yield line
        else:
            yield line


def _start_of_comments(lines: Sequence[str]) -> int:
    for at, line in enumerate(lines):
        if at and _HEADING.fullmatch(bare(line)) and _comment_follows(lines[at + 1 :]):
            return at + 1
        opening = _numbered(line)
        if opening and opening.number == 1 and opening.named:
            return at
    return len(lines)


def _comment_follows(lines: Sequence[str]) -> bool:
    """Whether a comment begins soon: "3 comments" also stands under a title."""
    filled = [line for line in lines if line.strip()][:4]
    return any((_numbered(line) or _dated(line, filled[at + 1 :])) is not None for at, line in enumerate(filled[:3]))


@dataclass(frozen=True, slots=True)
class _Opening:
    """The line a comment begins with."""

    rest: str
    name: str | None = None
    named: bool = False
    written: date | None = None
    number: int | None = None
    indent: int = 0


def _comments(lines: Sequence[str]) -> list[Comment]:
    comments: list[Comment] = []
    said: list[str] | None = None  # None: in a form, a pingback, or above the first comment
    first: _Opening | None = None
    number = 0
    for at, line in enumerate(lines):
        opening = _opening(line, lines[at + 1 :], first, number)
        if opening:
            first, number = first or opening, opening.number or 0
            if said is not None:
                comments[-1] = replace(comments[-1], text=_paragraphs(said))
            said = None
            if not _PINGBACK.fullmatch(opening.name or opening.rest):
                name, hidden = name_and_hidden(opening.name)
                comments.append(Comment("", name, hidden, opening.written))
                said = [opening.rest]
        elif said is None:
            continue
        elif starts_form(line) or _PINGBACK.fullmatch(bare(line)):
            comments[-1] = replace(comments[-1], text=_paragraphs(said))
            said = None
        elif not any(said) and (written := only_date(line)):
            comments[-1] = replace(comments[-1], written=comments[-1].written or written)
        elif not is_control(line):
            said.append(line.strip())
    if said is not None:
        comments[-1] = replace(comments[-1], text=_paragraphs(said))
    return comments


def _opening(line: str, below: Sequence[str], first: _Opening | None, number: int) -> _Opening | None:
    """How a comment begins on this line, if one does: in the manner in which the first on the page began."""
    if first is None or first.number is not None:
        found = _numbered(line)
        # A list inside a comment is numbered too; it is indented, or its numbers do not go on.
        if found and found.number and found.indent <= (first or found).indent + 1:
            next_one = found.number == number + 1
            after_a_gap = found.named and number < found.number <= number + 20
            if next_one or after_a_gap:
                return found
    return _dated(line, below) if first is None or first.number is None else None


def _numbered(line: str) -> _Opening | None:
    match = _NUMBERED.fullmatch(line)
    if match is None:
        return None
    number, indent = int(match["number"]), len(match["indent"].expandtabs(4))
    said = _SAYS.fullmatch(match["rest"][:LONGEST_OPENING])
    if said is None or not _may_be_name(said["name"]):
        return _Opening(match["rest"], number=number, indent=indent)
    when = said["when"] or said["later"]
    rest = match["rest"][said.start("rest") :].strip()
    return _Opening(rest, said["name"], True, find_date(when) if when else None, number, indent)


def _dated(line: str, below: Sequence[str]) -> _Opening | None:
    """ "Jo says:" above a date, "Jo said on 9 October 2013:", "Jo on 9 October 2013", or "Jo" above a date."""
    words = bare(line)
    if len(words) > LONGEST_OPENING:
        return None
    said = _SAYS.fullmatch(words)
    if said and _may_be_name(said["name"]) and (when := said["when"] or said["later"]) and (written := find_date(when)):
        return _Opening(said["rest"].strip(), said["name"], True, written)
    on = _NAME_ON_DATE.fullmatch(words)
    if on and _may_be_name(on["name"]) and (written := only_date(on["when"].rstrip(":"))):
        return _Opening("", on["name"], True, written)
    dated = only_date(bare(next((each for each in below if each.strip()), "")))
    if dated and said and not said["rest"].strip() and _may_be_name(said["name"]):
        return _Opening("", said["name"], True, dated)
    if dated and words and not words.endswith((".", "!", "?", ":")) and _may_be_name(words) and not only_date(words):
        return _Opening("", words, True, dated)
    return None


def _may_be_name(words: str) -> bool:
    first, *others = words.casefold().split()
    return len(others) < MOST_NAME_WORDS and first not in _NOT_IN_NAMES


def _paragraphs(lines: Sequence[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
