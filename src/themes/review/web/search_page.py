"""Search and retrieval: excerpts by words, by codes with and without others, by who wrote and when."""

import re
from dataclasses import replace

from starlette.responses import Response

from themes.errors import EntryTaken
from themes.records.corpus import DocumentKind
from themes.review.held import Held
from themes.review.queries import keep, kept, kept_under
from themes.review.search import Query
from themes.review.study import Study
from themes.review.web.desk import Ask, go_to, not_here
from themes.review.web.filters import speakers
from themes.review.web.overview import codes_by_group
from themes.review.web.words import plain_words

MOST_LINES = 100
MOST_CODES = 3
"""Of codes that a search asks for at once; it can exclude one less."""
MOST_KEPT = 30
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
    told = ask.path["number"]
    one = kept_under(ask.desk.log, int(told)) if told.isascii() and told.isdigit() and len(told) < 10 else None
    if one is None:
        return not_here(ask, "No search was kept under this number.")
    query = replace(one.query, with_codes=(), without_codes=()) if ask.desk.blind else one.query
    return _page(ask, study, query, _ids(ask, held, query))


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
    named = {code.code_id: code.name for code in study.codebook.codes}
    told = [f"“{query.words}”"] if query.words else []
    told += [f"with {named.get(code_id, code_id)}" for code_id in query.with_codes]
    told += [f"without {named.get(code_id, code_id)}" for code_id in query.without_codes]
    told += [plain_words(each) for each in (query.kind, query.speaker) if each]
    told += [f"{plain_words(query.attribute)}: {query.value}"] if query.attribute else []
    told += [f"from {plain_words(query.since)}"] if query.since else []
    told += [f"to {plain_words(query.until)}"] if query.until else []
    return ", ".join(told)


def attributes(study: Study) -> list[tuple[str, str]]:
    """Every attribute of a case with each of its values."""
    return sorted({pair for case in study.cases.values() for pair in case.attributes.items() if pair[1]})


def _page(ask: Ask, study: Study, query: Query, found: list[str] | None) -> Response:
    ids = found or []
    lines = [(study.segments[each], study.documents[study.segments[each].document_id]) for each in ids[:MOST_LINES]]
    return ask.page(
        "search.html",
        study=study,
        query=query,
        asked=found is not None,
        kept=[(one, told_in_words(study, one.query)) for one in kept(ask.desk.log)[:MOST_KEPT]],
        many={"with": range(MOST_CODES), "without": range(MOST_CODES - 1)},
        lines=lines,
        found=len(ids),
        cases=len({study.segments[each].case_id for each in ids}),
        groups=codes_by_group(study),
        kinds=[kind for kind in DocumentKind if any(d.kind is kind for d in study.documents.values())],
        speakers=speakers(study),
        attributes=attributes(study),
    )
