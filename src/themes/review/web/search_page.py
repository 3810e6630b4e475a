"""Search and retrieval: excerpts by words, by codes with and without others, by who wrote and when."""

import re
from collections.abc import Callable
from dataclasses import replace

from starlette.responses import Response

from themes.errors import EntryTaken, WrongUse
from themes.records.corpus import DocumentKind
from themes.review.deciding import TOKEN
from themes.review.held import Held
from themes.review.queries import KeptQuery, deleted, keep, kept, kept_under, named
from themes.review.search import Query
from themes.review.study import Study
from themes.review.web.desk import Ask, go_to, not_here
from themes.review.web.filters import speakers
from themes.review.web.overview import codes_by_group
from themes.review.web.words import plain_words

MOST_LINES = 100
MOST_CODES = 3
"""Of codes that a search asks for at once, all of them or one of them; it can exclude one less."""
MOST_KEPT = 30
LONGEST_NAME = 80
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
LONGEST_WORDS = 500


def search(ask: Ask) -> Response:
    """An empty form, and the searches that were kept."""
    study, _, _ = ask.desk.look()
    return _page(ask, study, Query(), None)


def found(ask: Ask) -> Response:
    """What a query finds."""
    study, held, _ = ask.desk.look()
    query = query_in(study, ask)
    return _page(ask, study, query, _ids(ask, held, query))


def keep_search(ask: Ask) -> Response:
    """Keep what somebody looks for, under a number that can be an address."""
    study, _, _ = ask.desk.look()
    query = query_in(study, ask)
    if query.is_empty:
        return not_here(ask, "There is nothing to keep: say what to look for.", status=200)
    try:
        number = keep(ask.desk.log, f"q{ask.form.one('act')}", query, by=ask.person.coder_id)
    except EntryTaken:
        return not_here(ask, "This form was already sent, with another search. Go back and reload.", status=409)
    return go_to(f"/search/{number}")


def kept_search(ask: Ask) -> Response:
    """What a search that was kept finds now."""
    study, held, _ = ask.desk.look()
    one = _kept_under(ask)
    if one is None:
        return not_here(ask, "No search is kept under this number.")
    query = replace(one.query, with_codes=(), any_codes=(), without_codes=()) if ask.desk.blind else one.query
    return _page(ask, study, query, _ids(ask, held, query), one=one)


def name_search(ask: Ask) -> Response:
    """Call a kept search by another name; by none, it is told by what it looks for."""
    one = _own(ask)
    name = " ".join(ask.form.one("name").split())
    if len(name) > LONGEST_NAME:
        raise WrongUse(f"A name has up to {LONGEST_NAME} characters. Nothing was changed.")
    return _changed(ask, lambda entry_id: named(ask.desk.log, entry_id, one.number, name, by=ask.person.coder_id))


def delete_search(ask: Ask) -> Response:
    """Keep a search no longer."""
    one = _own(ask)
    return _changed(ask, lambda entry_id: deleted(ask.desk.log, entry_id, one.number, by=ask.person.coder_id))


def _changed(ask: Ask, change: Callable[[str], None]) -> Response:
    try:
        change(f"q{ask.form.one('act')}")
    except EntryTaken:
        return not_here(ask, "This form was already sent, with something else. Open the search again.", status=409)
    return go_to("/search")


def _own(ask: Ask) -> KeptQuery:
    """The search that an address names, if whoever asks may change it.

    Raises:
        WrongUse: If there is none, or it is somebody else's.
    """
    if not TOKEN.fullmatch(ask.form.one("act")):
        raise WrongUse("The form is not one of this page.")
    one = _kept_under(ask)
    if one is None:
        raise WrongUse("No search is kept under this number any more.")
    if not may_change(ask, one):
        raise WrongUse("This search was kept by somebody else, who can change it, as a researcher can.")
    return one


def may_change(ask: Ask, one: KeptQuery) -> bool:
    """Whoever kept a search may change it, and those who lead."""
    return ask.person.role in {"admin", "researcher"} or (ask.person.role != "viewer" and one.by == ask.person.coder_id)


def _kept_under(ask: Ask) -> KeptQuery | None:
    told = ask.path["number"]
    return kept_under(ask.desk.log, int(told)) if told.isascii() and told.isdigit() and len(told) < 10 else None


def _ids(ask: Ask, held: Held, query: Query) -> list[str]:
    return [] if query.is_empty else ask.desk.search().found(query, held)


def query_in(study: Study, ask: Ask) -> Query:
    """What a form asks for; what the run does not have is left out."""
    form, blind = ask.form, ask.desk.blind
    attribute, _, value = form.one("attribute").partition("\n")
    since, until = (told if MONTH.fullmatch(told := form.one(name)) else "" for name in ("since", "until"))
    return Query(
        words=form.one("words")[:LONGEST_WORDS],
        with_codes=() if blind else tuple(dict.fromkeys(c for c in form.all("with") if c in study.codebook)),
        any_codes=() if blind else tuple(dict.fromkeys(c for c in form.all("any") if c in study.codebook)),
        without_codes=() if blind else tuple(dict.fromkeys(c for c in form.all("without") if c in study.codebook)),
        kind=form.one("kind") if form.one("kind") in set(DocumentKind) else "",
        speaker=form.one("speaker") if form.one("speaker") in speakers(study) else "",
        attribute=attribute if (attribute, value) in attributes(study) else "",
        value=value if (attribute, value) in attributes(study) else "",
        since=since,
        until=until,
    )


def told_in_words(study: Study, query: Query) -> str:
    """A search as a line of a list. Stands on the page alone: it may repeat what somebody wrote."""
    names = {code.code_id: code.name for code in study.codebook.codes}
    told = [f"“{query.words}”"] if query.words else []
    told += [f"with {names.get(code_id, code_id)}" for code_id in query.with_codes]
    told += ["with " + " or ".join(names.get(c, c) for c in query.any_codes)] if query.any_codes else []
    told += [f"without {names.get(code_id, code_id)}" for code_id in query.without_codes]
    told += [plain_words(each) for each in (query.kind, query.speaker) if each]
    told += [f"{plain_words(query.attribute)}: {query.value}"] if query.attribute else []
    told += [f"from {plain_words(query.since)}"] if query.since else []
    told += [f"to {plain_words(query.until)}"] if query.until else []
    return ", ".join(told)


def attributes(study: Study) -> list[tuple[str, str]]:
    """Every attribute of a case with each of its values."""
    return sorted({pair for case in study.cases.values() for pair in case.attributes.items() if pair[1]})


def _page(ask: Ask, study: Study, query: Query, found: list[str] | None, *, one: KeptQuery | None = None) -> Response:
    ids = found or []
    lines = [(study.segments[each], study.documents[study.segments[each].document_id]) for each in ids[:MOST_LINES]]
    return ask.page(
        "search.html",
        study=study,
        query=query,
        asked=found is not None,
        kept=[(each, told_in_words(study, each.query)) for each in kept(ask.desk.log)[:MOST_KEPT]],
        opened=one,
        may_change=one is not None and may_change(ask, one),
        longest_name=LONGEST_NAME,
        many={"with": range(MOST_CODES), "any": range(MOST_CODES), "without": range(MOST_CODES - 1)},
        lines=lines,
        found=len(ids),
        cases=len({study.segments[each].case_id for each in ids}),
        groups=codes_by_group(study),
        kinds=[kind for kind in DocumentKind if any(d.kind is kind for d in study.documents.values())],
        speakers=speakers(study),
        attributes=attributes(study),
    )
