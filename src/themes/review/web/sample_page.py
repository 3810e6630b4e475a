"""The probability sample: how far its review is, what more cases would buy, and drawing them."""

from typing import TYPE_CHECKING

from starlette.responses import Response

from themes.errors import EntryTaken
from themes.records.coding import MACHINE_ID
from themes.records.corpus import DocumentKind
from themes.records.sample import Unit
from themes.review.study import Study
from themes.review.web.desk import Ask, go_to, not_here

if TYPE_CHECKING:
    from themes.estimate.frame import Frame

OFFERS = (20, 40, 80)
"""How many more cases can be drawn at once."""


def sample(ask: Ask) -> Response:
    """Cases drawn and reviewed, and what forty more would buy."""
    from themes.estimate.precision import over_all
    from themes.review.sample import batches_in, next_promises

    study, held, _ = ask.desk.look()
    frame = frame_in(study)
    drawn = [case_id for case_id in held.sample if study.by_case.get(case_id)]
    done = held.completed(ask.person.coder_id)
    reviewed = [case_id for case_id in drawn if done.issuperset(study.by_case[case_id])]
    left = len(frame.case_ids) - len(drawn)
    more = min(OFFERS[1], left)
    promises = next_promises(ask.desk.log, frame, more_cases=more) if more else []
    return ask.page(
        "sample.html",
        study=study,
        batches=batches_in(ask.desk.log),
        drawn=len(drawn),
        reviewed=len(reviewed),
        cases=len(frame.case_ids),
        more=more,
        offers=[offer for offer in OFFERS if offer <= left] or ([left] if left else []),
        now=over_all([p.now for p in promises]),
        then=over_all([p.then for p in promises]),
        promises=[(study.codebook[p.code_id].name, p.now, p.then) for p in promises],
        may_draw=ask.person.role in {"admin", "researcher"},
    )


def draw(ask: Ask) -> Response:
    """Draw one more batch of whole cases."""
    from themes.review.sample import draw_batch

    study, held, _ = ask.desk.look()
    frame = frame_in(study)
    told = ask.form.one("cases")
    left = len(frame.case_ids) - len(held.sample)
    if told not in {*map(str, OFFERS), str(left)} or not 0 < int(told) <= left:
        return not_here(ask, "Nothing was drawn: choose one of the numbers that the page offers.", status=400)
    try:
        draw_batch(
            ask.desk.log,
            frame,
            budget=int(told),
            secret=ask.desk.draw_secret(),
            run_id=study.run_id,
            codebook_version=study.codebook.version,
            coder=study.coder or "codebook",
            unit=Unit.CASES,
        )
    except EntryTaken:
        return not_here(ask, "Somebody else has just drawn a batch. Look at the sample again.", status=409)
    held.catch_up()
    return go_to("/sample")


def frame_in(study: Study) -> "Frame":
    """All cases that can be drawn: those who wrote, not articles."""
    from themes.estimate.frame import frame_of

    segments = [s for s in study.segments.values() if study.documents[s.document_id].kind is not DocumentKind.ARTICLE]
    codings = (c for said in study.codings.values() for c in said if c.coder_id == MACHINE_ID)
    return frame_of(segments, codings, [code.code_id for code in study.codebook.codes])
