"""A mask is wrong, or one is missing: put into the queue of corrections, which the next run takes up."""

from starlette.responses import Response

from themes.deidentify.replace.policy import has_rule, labels, rule_for
from themes.errors import WrongUse
from themes.records.corpus import Document
from themes.records.correction import Correction, CorrectionAction, Reach, Standing
from themes.records.replaced import ReplacementMap
from themes.records.span import Span
from themes.review.passage import nudged, passage, trimmed
from themes.review.web.desk import Ask, go_to, not_here
from themes.review.web.excerpt import GONE, NUDGES
from themes.review.web.filters import fields_of, query_of, wanted_of
from themes.review.web.ticks import carried

MOST_SHOWN = 80


def mask(ask: Ask) -> Response:
    """A stretch of a text, and what could be said of it."""
    study, _, _ = ask.desk.look()
    place = study.stretch(ask.path["segment_id"])
    if place is None:
        return not_here(ask, GONE)
    document, span = place
    span = trimmed(document.text, span)
    surrogates = ReplacementMap(document.replacements).surrogates
    touched = [detail for detail, where in zip(document.replacements, surrogates, strict=True) if where.overlaps(span)]
    wanted, ticks = wanted_of(study, ask.query), carried(study, ask.query)
    moved = {which: nudged(document.text, span, which) for which in NUDGES}
    return ask.page(
        "mask.html",
        study=study,
        document=document,
        segment_id=f"{document.document_id}:{span.start}-{span.end}",
        back=f"/excerpt/{ask.query.get('of', '')}" if study.stretch(ask.query.get("of", "")) else "/queue",
        of=ask.query.get("of", "") if study.stretch(ask.query.get("of", "")) else "",
        passage=passage(document, span),
        words=span.of(document.text),
        touched=touched,
        asked=[(each, _where(document, each)) for each in ask.desk.masks.asked(document.document_id)],
        rules=[(label, rule_for(label)) for label in labels()],
        moved={k: f"/mask/{document.document_id}:{v.start}-{v.end}" if v else "" for k, v in moved.items()},
        fields={**fields_of(study, wanted), **ticks},
        query=query_of(study, wanted, **ticks),
    )


def ask_for(ask: Ask) -> Response:
    """Put a correction into the queue."""
    study, _, _ = ask.desk.look()
    place, form = study.stretch(ask.path["segment_id"]), ask.form
    if place is None:
        return not_here(ask, GONE)
    action = CorrectionAction.UNMASK if form.one("do") == "unmask" else CorrectionAction.MASK
    label = form.one("label") if action is CorrectionAction.MASK else ""
    if action is CorrectionAction.MASK and not has_rule(label):
        raise WrongUse("Choose what kind of detail it is.")
    reach = Reach(form.one("reach")) if form.one("reach") in set(Reach) else None
    number = _asked_already(ask, *place, action, label, reach)
    if number is None:
        number = ask.desk.masks(*place, action, label=label, reach=reach, by=ask.person.coder_id)
    of, told = form.one("of"), {name: form.one(name) for name in form.values}
    query = query_of(study, wanted_of(study, told), **carried(study, told))
    back = f"/excerpt/{of}{query}" if study.stretch(of) else "/queue"
    return ask.page("asked.html", back=back, action=action, segment_id=ask.path["segment_id"], number=number, of=of)


def _asked_already(
    ask: Ask, document: Document, span: Span, action: CorrectionAction, label: str, reach: Reach | None
) -> int | None:
    """The number under which this person asked for the same, which still waits: a form that is sent twice asks once."""
    place, _ = ReplacementMap(document.replacements).before(trimmed(document.text, span))
    for each in ask.desk.masks.asked(document.document_id):
        same = (each.action, each.label, each.reach_asked, each.by) == (action, label, reach, ask.person.coder_id)
        if same and each.standing is Standing.WAITING and each.span.start <= place.start and place.end <= each.span.end:
            return each.number
    return None


def take_back(ask: Ask) -> Response:
    """Take back what was asked for in a text."""
    study, _, _ = ask.desk.look()
    place, told = study.stretch(ask.path["segment_id"]), ask.form.one("number")
    if place is None:
        return not_here(ask, GONE)
    numbers = {str(each.number): each.number for each in ask.desk.masks.asked(place[0].document_id)}
    if told not in numbers:
        raise WrongUse("Nothing of that number was asked for in this text, or it was taken back already.")
    ask.desk.masks.take_back(numbers[told], by=ask.person.coder_id)
    of = ask.form.one("of")
    return go_to(f"/mask/{ask.path['segment_id']}" + (f"?of={of}" if study.stretch(of) else ""))


def _where(document: Document, correction: Correction) -> str:
    """The words that a correction is about, as the text shows them now; a few of them."""
    span, _ = ReplacementMap(document.replacements).after(correction.span)
    return span.of(document.text)[:MOST_SHOWN]
