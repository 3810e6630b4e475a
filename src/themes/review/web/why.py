"""Why a code is suggested: the codebook's words for it, what speaks against it, and what it means."""

from starlette.responses import Response

from themes.review.held import Held
from themes.review.web.desk import Ask, not_here
from themes.review.web.excerpt import GONE, segment_or_stretch
from themes.review.web.filters import query_of, wanted_of
from themes.review.web.ticks import carried


def why(ask: Ask) -> Response:
    """The code with its definition, and what of the excerpt spoke for and against it."""
    from themes.code.explain import explain

    study, held, _ = ask.desk.look()
    segment_id, code_id = ask.path["segment_id"], ask.path["code_id"]
    segment = segment_or_stretch(study, segment_id)
    if segment is None or code_id not in study.codebook:
        return not_here(ask, GONE)
    code, wanted = study.codebook[code_id], wanted_of(study, ask.query)
    coding = next((c for c in study.suggested(segment_id) if c.code_id == code_id), None)
    hidden = ask.desk.hides(held, segment_id)
    near = [] if hidden else ask.desk.nearest().to(segment_id, _decided(held, code_id))
    return ask.page(
        "why.html",
        study=study,
        segment=segment,
        segment_id=segment_id,
        code=code,
        coding=None if hidden else coding,
        told=None if hidden else explain(segment, code, study.codebook),
        near=[(one, study.words(one.segment_id)) for one in near],
        close=[(study.codebook[other].name, how) for other, how in code.close_codes.items() if other in study.codebook],
        query=query_of(study, wanted),
        back=query_of(study, wanted, **carried(study, ask.query)),
    )


def _decided(held: Held, code_id: str) -> dict[str, bool]:
    """Excerpts of which people hold together that a code applies, or does not."""
    return {
        one.segment_id: code_id in one.code_ids
        for one in held.together(held.decided_on())
        if code_id in one.code_ids | one.asked
    }
