"""The codebook: every version, each code with its memos; changes are looked at before a new version is made of them."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from starlette.responses import Response

from themes.errors import WrongUse
from themes.records.codebook import Codebook
from themes.records.decision import CarriedDecision
from themes.review.codebook_edit import (
    LISTS,
    POLARITIES,
    TEXTS,
    Content,
    defined,
    moved,
    retired,
    reworded,
    wording_in,
)
from themes.review.codebook_shelf import Edition, again, as_read, effects, history, newest, save
from themes.review.held import Held
from themes.review.web.desk import Ask, go_to, not_here

NO_FILE = "The page was opened without the folder of the corpus, so its codebook cannot be changed here."
MOST_STALE = 50
SENT = ("do", "code_id", "into", "group", "number", "polarity", "same", *TEXTS, *LISTS)
"""What a preview sends on, once it is agreed to; the codes that were ticked besides."""
TOLD = {
    "new": "is new",
    "taken up again": "is taken up again",
    "moved": "is shown under another group",
    "reworded": "is worded otherwise and means the same",
    "means something else": "means something else",
    "retired": "is given no more",
    "merged": "is merged",
}


def codebook(ask: Ask) -> Response:
    """The newest version by groups, and all versions."""
    study, held, _ = ask.desk.look()
    first = ask.desk.codebook
    now = newest(first) if first else None
    book = now.codebook if now else study.codebook
    return ask.page(
        "codebook.html",
        study=study,
        book=book,
        now=now,
        groups=grouped(book),
        versions=history(first, ask.desk.log) if first else [],
        memos={code.code_id: len(held.memos.get(code.code_id, ())) for code in book.codes},
        may_change=first is not None and ask.person.role in {"admin", "researcher"},
        stale=Counter(one.code_id for one in _stale(ask, held)),
        told=TOLD,
    )


def code(ask: Ask) -> Response:
    """One code of the newest version: what it says, its memos, a form to word it otherwise."""
    study, held, _ = ask.desk.look()
    first, code_id = ask.desk.codebook, ask.path["code_id"]
    now = newest(first) if first else None
    book = now.codebook if now else study.codebook
    found = book.ever(code_id)
    if found is None:
        return not_here(ask, "The codebook has no such code.")
    memos = held.memos.get(code_id, [])
    return ask.page(
        "code.html",
        study=study,
        code=found,
        retired=code_id not in book,
        into=book[book.stands_for(code_id)].name if code_id not in book and book.stands_for(code_id) else "",
        now=now,
        groups=book.groups,
        polarities=POLARITIES,
        memos=memos,
        own_memo=next((memo.text for memo in memos if memo.author == ask.person.coder_id), ""),
        may_change=now is not None and code_id in book and ask.person.role in {"admin", "researcher"},
        stale=[(one, study.words(one.made_on)) for one in _stale(ask, held) if one.code_id == code_id][:MOST_STALE],
    )


def new_code(ask: Ask) -> Response:
    """A form for a code that is not there yet."""
    study, _, _ = ask.desk.look()
    now = newest(_file(ask))
    return ask.page("code-new.html", study=study, now=now, groups=now.codebook.groups, polarities=POLARITIES)


def preview(ask: Ask) -> Response:
    """What a change would do, code by code, before a version is made of it."""
    study, held, _ = ask.desk.look()
    now = newest(_file(ask))
    after = as_read(now, _changed(ask, now))
    done = effects(now.codebook, after, held)
    return ask.page(
        "codebook-preview.html",
        study=study,
        now=now,
        after=after,
        effects=done,
        again=[e for e in done if e.what == "means something else" and (e.yes or e.no)],
        told=TOLD,
        sent=[(name, ask.form.one(name)) for name in SENT if ask.form.one(name)],
        codes=ask.form.all("code"),
    )


def change(ask: Ask) -> Response:
    """Make a new version of what was looked at."""
    _, held, _ = ask.desk.look()
    first = _file(ask)
    now = newest(first)
    if ask.form.one("base") != now.digest:
        # Sent twice, it was done the first time; else somebody was quicker, which `save` tells.
        save(first, ask.desk.log, now.content, base=ask.form.one("base"), entry_id=_entry_id(ask), by="", what=())
        return go_to("/codebook")
    content = _changed(ask, now)
    done = effects(now.codebook, as_read(now, content), held)
    if not done:
        raise WrongUse("Nothing would change, so no version was made.")
    told = [each.told for each in done]
    save(first, ask.desk.log, content, base=now.digest, entry_id=_entry_id(ask), by=ask.person.coder_id, what=told)
    return go_to("/codebook")


def grouped(book: Codebook) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Group name to id, name and definition of its codes; codes without a group last."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for each in book.codes:
        name = book.groups.get(each.parent_id or "", "")
        groups.setdefault(name, []).append((each.code_id, each.name, each.definition))
    return sorted(groups.items(), key=lambda group: not group[0])


def _changed(ask: Ask, now: Edition) -> Content:
    """The content that a form asks for."""
    form, content, book = ask.form, now.content, now.codebook
    code_id = form.one("code_id")
    ways: dict[str, Callable[[], Content]] = {
        "define": lambda: defined(content, book, code_id, wording_in(form.one)),
        "reword": lambda: reworded(
            content, book, code_id, wording_in(form.one), same_meaning=form.one("same") == "yes"
        ),
        "retire": lambda: retired(content, book, form.all("code")),
        "merge": lambda: retired(content, book, form.all("code"), into=form.one("into") or "-"),
        "move": lambda: moved(content, book, form.all("code"), form.one("group")),
        "restore": lambda: again(_file(ask), now, int(told) if (told := form.one("number")).isdecimal() else 0),
    }
    if form.one("do") not in ways:
        raise WrongUse("Nothing was chosen to be done.")
    return ways[form.one("do")]()


def _stale(ask: Ask, held: Held) -> list[CarriedDecision]:
    """What is to be looked at again; blind, one's own alone."""
    return [one for one in held.stale() if not ask.desk.blind or one.coder_id == ask.person.coder_id]


def _file(ask: Ask) -> Path:
    if ask.desk.codebook is None:
        raise WrongUse(NO_FILE)
    return ask.desk.codebook


def _entry_id(ask: Ask) -> str:
    from themes.review.deciding import TOKEN

    if not TOKEN.fullmatch(ask.form.one("act")):
        raise WrongUse("The form is not one of this page.")
    return f"c{ask.form.one('act')}"
