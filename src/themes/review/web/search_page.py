"""Search and retrieval: excerpts by words, by codes with and without others, by who wrote and when."""

import re

from starlette.responses import Response

from themes.records.corpus import DocumentKind
from themes.review.search import Query
from themes.review.study import Study
from themes.review.web.desk import Ask
from themes.review.web.filters import speakers
from themes.review.web.overview import codes_by_group

MOST_LINES = 100
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
LONGEST_WORDS = 500


def search(ask: Ask) -> Response:
    """An empty form."""
    study, _, _ = ask.desk.look()
    return _page(ask, study, Query(), [])


def found(ask: Ask) -> Response:
    """What a query finds."""
    study, held, _ = ask.desk.look()
    query = query_in(study, ask)
    ids = [] if query.is_empty else ask.desk.search().found(query, held)
    return _page(ask, study, query, ids)


def query_in(study: Study, ask: Ask) -> Query:
    """What a form asks for; what the run does not have is left out."""
    form, blind = ask.form, ask.desk.blind
    attribute, _, value = form.one("attribute").partition("\n")
    since, until = (told if MONTH.fullmatch(told := form.one(name)) else "" for name in ("since", "until"))
    return Query(
        words=form.one("words")[:LONGEST_WORDS],
        with_codes=() if blind else tuple(c for c in form.all("with") if c in study.codebook),
        without_codes=() if blind else tuple(c for c in form.all("without") if c in study.codebook),
        kind=form.one("kind") if form.one("kind") in set(DocumentKind) else "",
        speaker=form.one("speaker") if form.one("speaker") in speakers(study) else "",
        attribute=attribute if (attribute, value) in attributes(study) else "",
        value=value if (attribute, value) in attributes(study) else "",
        since=since,
        until=until,
    )


def attributes(study: Study) -> list[tuple[str, str]]:
    """Every attribute of a case with each of its values."""
    return sorted({pair for case in study.cases.values() for pair in case.attributes.items() if pair[1]})


def _page(ask: Ask, study: Study, query: Query, ids: list[str]) -> Response:
    lines = [(study.segments[each], study.documents[study.segments[each].document_id]) for each in ids[:MOST_LINES]]
    return ask.page(
        "search.html",
        study=study,
        query=query,
        asked=ask.form.values != {},
        lines=lines,
        found=len(ids),
        cases=len({study.segments[each].case_id for each in ids}),
        groups=codes_by_group(study),
        kinds=[kind for kind in DocumentKind if any(d.kind is kind for d in study.documents.values())],
        speakers=speakers(study),
        attributes=attributes(study),
    )
