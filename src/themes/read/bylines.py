"""Who wrote a page and when, from the lines that say so."""

import re
from collections.abc import Sequence
from datetime import date

from themes.read.dates import find_date, only_date

_NAME = (
    r"(?P<name>(?:(?:Dr|Prof|Professor|Rev|Sir|Dame|Lord|Mrs?|Ms|Miss)\.? )?"
    r"[A-Z][\w'’-]+(?: (?:[Dd]e\b|[Vv]an\b|[Vv]on\b|[A-Z][\w'’-]+|[A-Z]\b\.?)){0,3})"
)
_TELLS = (
    r"(?:talk|write|explain|say|respond|reflect|describe|look|discusse|argue|ask|share|tell|introduce|blog|report|consider"
    r"|explore|set)s?"
)
_ROLE = (
    r"(?:director|officer|manager|editor|chief|head|researcher|writer|blogger|adviser|founder|coordinator|chair|professor"
    r"|lecturer|trustee)"
)
_BYLINE = re.compile(
    r"(?:(?:posted|written|published|submitted|words|blog|guest (?:post|blog)|author|text)(?: on .{1,40}?)?(?: by|:)"
    rf"|by|from)\s+{_NAME}(?:\s*(?:[,|·–-]|on|in)\s*.{{0,80}})?",
    re.IGNORECASE,  # of "BY"; the name is checked for capitals by `_is_name`
)
_WITHIN = re.compile(rf"\b(?:post|blog|article|piece|guest blog) (?:is )?(?:written )?by {_NAME}")
_STANDFIRST = re.compile(rf"{_NAME},(?: [^.!?\n]{{2,80}},?)? {_TELLS}\b.*")
_BIOGRAPHY = re.compile(rf"{_NAME} (?:\(@\w+\) )?is (?:an? |the |our )?(?:[\w&-]+ ){{0,6}}?{_ROLE}\b.*")
_DATED_BYLINE_WORDS = 14
_LONGEST_BYLINE = 200


def byline(line: str) -> str | None:
    """The name in a line that says nothing but who wrote the page, and perhaps when.

    >>> byline("Posted on 9 October 2013 by Ann Example"), byline("By bus it took two hours.")
    ('Ann Example', None)
    """
    line = line.strip()
    if len(line) > _LONGEST_BYLINE or len(line.split()) > _DATED_BYLINE_WORDS or line.endswith((".", "!", "?")):
        return None
    dated = re.sub(r"^.*\d{4},?\s+(?=by )", "", line) if find_date(line) else line
    match = _BYLINE.fullmatch(dated)
    return match["name"] if match and _is_name(match["name"]) else None


def author_in(lines: Sequence[str]) -> str | None:
    """The writer as the text itself names them: "post by X", "X, Campaigns Officer, talks about", "X is director of".

    The first kind found anywhere wins over the next.
    """
    for rule, search in ((_WITHIN, True), (_STANDFIRST, False), (_BIOGRAPHY, False)):
        for line in lines:
            match = rule.search(line) if search else rule.fullmatch(line.strip())
            if match and _is_name(match["name"]) and " " in match["name"]:
                return match["name"]
    return None


def date_line(line: str) -> date | None:
    """The date of a line that holds only a date, or a date and a byline, or "Published" and a date."""
    stripped = re.sub(
        r"(?i)^(?:posted|published|written|added|date|last updated|submitted)(?: on)?:?\s+", "", line.strip()
    )
    if (alone := only_date(stripped)) is not None:
        return alone
    return find_date(line) if byline(line) else None


def _is_name(text: str) -> bool:
    return all(word[0].isupper() or word.lower() in ("de", "van", "von") for word in text.split())
