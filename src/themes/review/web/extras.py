"""What goes with an excerpt beside its codes: a memo, a concern. And each person's keys."""

from starlette.responses import Response

from themes.errors import EntryTaken
from themes.records.coding import Memo
from themes.records.theme import ThemeOrigin
from themes.review.codebook_shelf import newest
from themes.review.web.desk import Ask, go_to, not_here
from themes.review.web.excerpt import LONGEST_MEMO, TOO_LONG, new_memo
from themes.review.web.filters import query_of, wanted_of
from themes.review.web.keys import ACTIONS, as_cookie, clash, keys_of
from themes.review.web.ticks import left_ticked
from themes.store.review_records import add_concern, add_memo

A_YEAR = 365 * 24 * 60 * 60


def memo(ask: Ask) -> Response:
    """Keep what somebody noted about an excerpt; an empty note takes theirs back."""
    study, _, _ = ask.desk.look()
    segment_id = ask.path["segment_id"]
    if study.stretch(segment_id) is None:
        return not_here(ask)
    return _kept(ask, segment_id, _back(ask, segment_id))


def memo_on_code(ask: Ask) -> Response:
    """Keep what somebody noted about a code."""
    study, _, _ = ask.desk.look()
    code_id = ask.path["code_id"]
    known = newest(ask.desk.codebook).codebook if ask.desk.codebook else study.codebook
    if known.ever(code_id) is None:
        return not_here(ask)
    return _kept(ask, code_id, f"/code/{code_id}")


def memo_on_theme(ask: Ask) -> Response:
    """Keep what somebody noted about a theme."""
    study, _, _ = ask.desk.look()
    if ask.path["theme_id"] not in study.themes:
        return not_here(ask)
    emergent = study.themes[ask.path["theme_id"]].origin is ThemeOrigin.EMERGENT
    return _kept(ask, ask.path["theme_id"], f"/themes/{ask.path['theme_id']}" if emergent else "/themes")


def _kept(ask: Ask, about: str, back: str) -> Response:
    text = ask.form.one("memo").strip()
    if len(text) > LONGEST_MEMO:
        return not_here(ask, TOO_LONG, status=400)
    try:
        add_memo(ask.desk.log, f"m{ask.form.one('act')}", Memo(about, ask.person.coder_id, text, ""))
    except EntryTaken:
        return not_here(ask, "This form was already sent, with another text. Go back and reload.", status=409)
    return go_to(back)


def concern(ask: Ask) -> Response:
    """Note that an excerpt is worrying and needs a person, or that somebody has seen to it."""
    study, _, _ = ask.desk.look()
    segment_id = ask.path["segment_id"]
    if study.stretch(segment_id) is None:
        return not_here(ask)
    worrying, noted = ask.form.one("do") != "seen to", new_memo(ask, segment_id)
    if noted is not None and len(noted.text) > LONGEST_MEMO:
        return not_here(ask, TOO_LONG, status=400)
    try:
        if noted is not None:
            add_memo(ask.desk.log, f"mw{ask.form.one('act')}", noted)
        add_concern(ask.desk.log, f"w{ask.form.one('act')}", segment_id, by=ask.person.coder_id, worrying=worrying)
    except EntryTaken:
        return not_here(ask, "This form was already sent. Go back and reload.", status=409)
    return go_to(_back(ask, segment_id))


def keys(ask: Ask) -> Response:
    """All keys, and fields to change them."""
    return ask.page("keys.html", actions=ACTIONS, chosen=keys_of(ask.keys), wrong=[])


def choose_keys(ask: Ask) -> Response:
    """Keep somebody's choice of keys in their browser."""
    do = ask.form.one("do")
    chosen = {action: ask.form.one(action).strip() for action in ACTIONS} if do == "keep" else {}
    if do == "off":
        chosen = dict.fromkeys(ACTIONS, "")
    if wrong := clash(chosen):
        return ask.page("keys.html", status=400, actions=ACTIONS, chosen=chosen, wrong=wrong)
    response = go_to("/keys")
    told = as_cookie(chosen) if chosen else ""
    response.set_cookie(
        "themes-keys", told, max_age=A_YEAR, httponly=True, samesite="strict", path="/", secure=ask.secure
    )
    return response


def help_page(ask: Ask) -> Response:
    """What the page is for, and its keys."""
    return ask.page("help.html", actions=ACTIONS, chosen=keys_of(ask.keys))


def _back(ask: Ask, segment_id: str) -> str:
    """The excerpt as it was left: its filter, what it is a part of, what was ticked and not yet sent."""
    study, held, _ = ask.desk.look()
    told = {name: ask.form.one(name) for name in ask.form.values}
    said, blind = held.by_coder(segment_id, ask.person.coder_id), ask.desk.hides(held, segment_id)
    more = left_ticked(study, segment_id, said, ask.form, blind=blind)
    if study.stretch(told.get("of", "")):
        more["of"] = told["of"]
    return f"/excerpt/{segment_id}{query_of(study, wanted_of(study, told), **more)}"
