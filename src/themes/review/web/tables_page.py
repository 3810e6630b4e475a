"""Codes by codes, codes by attributes, answers beside attributes."""

from starlette.responses import Response

from themes.review.crosstabs import TOGETHER, breakdowns, counts, crosstab
from themes.review.grid import attribute_names, cases_with, questions, rows
from themes.review.web.desk import Ask, not_here
from themes.review.web.overview import codes_by_group
from themes.review.web.search_page import attributes

BLIND = "You code blind: what the machine and other people say is hidden, and so are tables of it."
MOST_ROWS = 25


def tables(ask: Ask) -> Response:
    """One table: codes by codes, or by an attribute that the address names by its number."""
    if ask.desk.blind:
        return not_here(ask, BLIND, status=200)
    study, held, _ = ask.desk.look()
    found = ask.desk.counted(held, lambda: counts(study, ask.desk.search().every_coded(held)))
    names = breakdowns(found)
    at = _number(ask.query.get("by", ""))
    by = names[at] if at is not None and at < len(names) else TOGETHER
    return ask.page(
        "tables.html",
        study=study,
        names=names,
        by=by,
        together=by == TOGETHER,
        table=crosstab(study, found, by) if found else None,
        codes={code.code_id: code.name for code in study.codebook.codes},
    )


def grid(ask: Ask) -> Response:
    """A page of the grid; the address holds numbers and ids of codes alone."""
    study, held, _ = ask.desk.look()
    pairs, at = attributes(study), _number(ask.query.get("attribute", ""))
    attribute, value = pairs[at] if at is not None and at < len(pairs) else ("", "")
    coded = {} if ask.desk.blind else ask.desk.search().every_coded(held)
    code_id = ask.query.get("with", "") if ask.query.get("with", "") in coded else ""
    found = cases_with(study, attribute=attribute, value=value, any_of=coded[code_id] if code_id else None)
    start = _number(ask.query.get("from", "")) or 0
    told = {"attribute": str(at) if attribute else "", "with": code_id}
    return ask.page(
        "grid.html",
        study=study,
        names=attribute_names(study),
        questions=questions(study),
        rows=rows(study, found[start : start + MOST_ROWS], coded),
        found=len(found),
        start=start,
        further=start + MOST_ROWS if start + MOST_ROWS < len(found) else 0,
        fields={name: each for name, each in told.items() if each},
        pairs=pairs,
        chosen=(attribute, value),
        code_id=code_id,
        groups=codes_by_group(study),
    )


def _number(told: str) -> int | None:
    return int(told) if told.isascii() and told.isdigit() and len(told) < 8 else None
