"""All memos in one place: on excerpts, on codes and on themes, the newest first."""

import re
from dataclasses import dataclass

from starlette.responses import Response

from themes.records.coding import Memo
from themes.review.codebook_shelf import newest
from themes.review.held import Held
from themes.review.study import Study
from themes.review.web.desk import Ask

MOST_LINES = 200
EXCERPT = re.compile(r".+:\d+-\d+", re.DOTALL)
"""Ids of excerpts and stretches; codes and themes have none of the kind."""


@dataclass(frozen=True, slots=True)
class Line:
    """One memo, as the page lists it."""

    memo: Memo
    what: str
    """ "excerpt", "code" or "theme"."""
    about: str
    """The words of the excerpt, or the name of the code or theme."""
    address: str
    """Where it can be changed; empty if what it is about is gone."""


def memos(ask: Ask) -> Response:
    """Everybody's memos; of what is judged blind one's own alone."""
    study, held, _ = ask.desk.look()
    book = newest(ask.desk.codebook).codebook if ask.desk.codebook else study.codebook
    names = {each: code.name for each in held.memos if (code := book.ever(each)) is not None}
    mine = "mine" in ask.query
    found = [
        _line(study, names, memo)
        for about, noted in held.memos.items()
        for memo in noted
        if _may_see(ask, held, about, memo) and (not mine or memo.author == ask.person.coder_id)
    ]
    found.sort(key=lambda line: line.memo.written_at, reverse=True)
    return ask.page("memos.html", study=study, lines=found[:MOST_LINES], found=len(found), mine=mine)


def _may_see(ask: Ask, held: Held, about: str, memo: Memo) -> bool:
    if memo.author == ask.person.coder_id:
        return True
    return not (ask.desk.hides(held, about) if EXCERPT.fullmatch(about) else ask.desk.blind)


def _line(study: Study, names: dict[str, str], memo: Memo) -> Line:
    if memo.about in names:
        return Line(memo, "code", names[memo.about], f"/code/{memo.about}")
    if memo.about in study.themes:
        return Line(memo, "theme", study.themes[memo.about].name, f"/themes/{memo.about}")
    if not EXCERPT.fullmatch(memo.about):
        return Line(memo, "theme", "", "")  # one that is gone
    words = study.words(memo.about)
    return Line(memo, "excerpt", words, f"/excerpt/{memo.about}" if words else "")
