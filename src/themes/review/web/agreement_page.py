"""How far people agree, code by code; and the excerpts on which they do not, for somebody to settle."""

from starlette.responses import Response

from themes.records.coding import Coding
from themes.review.held import Held
from themes.review.study import Study
from themes.review.web.desk import Ask

MEASURES = ("Agreement", "Krippendorff's alpha", "Gwet's AC1")
MOST_LINES = 50
SEED = 1
"""Of the intervals: the same judgements give the same figures."""


def agreement(ask: Ask) -> Response:
    """Figures for each code that two people judged, and what each said where they differ."""
    from themes.estimate.agreement import ALL_CODES
    from themes.estimate.reliability import between_coders

    study, held, _ = ask.desk.look()
    codings = judgements(study, held)
    case_of = {each: study.documents[each.rpartition(":")[0]].case_id for each in {c.segment_id for c in codings}}
    rows: dict[str, dict[str, str]] = {}
    counts: dict[str, int] = {}
    for one in between_coders(codings, case_of, seed=SEED):
        if one.measure in MEASURES:
            rows.setdefault(one.code_id, {})[one.measure] = f"{one.value:.2f} ({one.low:.2f} to {one.high:.2f})"
            counts[one.code_id] = one.segments
    names = {ALL_CODES: "All codes together", **{c.code_id: c.name for c in study.codebook.codes}}
    return ask.page(
        "agreement.html",
        study=study,
        measures=MEASURES,
        rows=[(names.get(code_id, code_id), counts[code_id], row) for code_id, row in rows.items()],
        disputes=_disputes(study, held)[:MOST_LINES],
    )


def judgements(study: Study, held: Held) -> list[Coding]:
    """What each coder holds of each excerpt and code of the newest run."""
    return [
        Coding(o.segment_id, o.code_id, o.coder_id, o.applies)
        for segment_id in held.decided_on()
        if study.stretch(segment_id)
        for o in held.opinions_on(segment_id)
        if o.code_id in study.codebook
    ]


def _disputes(study: Study, held: Held) -> list[tuple[str, str, list[tuple[str, list[str], list[str]]]]]:
    """Excerpt, its words, and for each code in dispute who says yes and who no."""
    found = []
    for one in held.together(sorted(held.disputed())):
        said = held.opinions_on(one.segment_id)
        codes = [
            (
                study.codebook[code_id].name,
                [o.coder_id for o in said if o.code_id == code_id and o.applies],
                [o.coder_id for o in said if o.code_id == code_id and not o.applies],
            )
            for code_id in sorted(one.disputed)
            if code_id in study.codebook
        ]
        if codes and (words := study.words(one.segment_id)):
            found.append((one.segment_id, words, codes))
    return found
