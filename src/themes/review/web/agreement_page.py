"""How far people agree, code by code; and the excerpts on which they do not, for somebody to settle."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from themes.code.decided import Opinion
from themes.records.coding import Coding
from themes.records.estimate import Agreement
from themes.review.held import Held
from themes.review.settling import differences, of_coders
from themes.review.study import Study
from themes.review.web.desk import Ask

MEASURES = ("Agreement", "Krippendorff's alpha", "Gwet's AC1")
OF_LETTERS = "Agreement letter by letter"
MOST_LINES = 50
SEED = 1
"""Of the intervals: the same judgements give the same figures."""


def agreement(ask: Ask) -> Response:
    """Figures for each code that two people judged, and what each said where they differ."""
    from themes.estimate.agreement import ALL_CODES
    from themes.estimate.letter_runs import letter_by_letter
    from themes.estimate.reliability import between_coders

    study, held, _ = ask.desk.look()
    blind = [one for one in held.judged_blind() if one.code_id in study.codebook]
    every = "all" in ask.query or not blind
    opinions = _all_opinions(study, held) if every else blind
    if not study.tells_agreement:
        opinions = []
    codings = judgements(study, opinions)
    case_of = {each: study.documents[each.rpartition(":")[0]].case_id for each in {c.segment_id for c in codings}}
    rows: dict[str, dict[str, str]] = {}
    counts: dict[str, int] = {}
    for one in between_coders(codings, case_of, seed=SEED):
        if one.measure in MEASURES:
            rows.setdefault(one.code_id, {})[one.measure] = _told(one)
            counts[one.code_id] = one.segments
    for one in letter_by_letter(codings, case_of, seed=SEED):
        if one.measure == MEASURES[0]:
            rows.setdefault(one.code_id, {})[OF_LETTERS] = _told(one)
            counts.setdefault(one.code_id, 0)
    of_months = [
        (month, [one for one in found if one.measure in MEASURES])
        for month, each in sorted(by_month(opinions).items())
        if (found := between_coders(judgements(study, each), case_of, seed=SEED, each_code=False))
    ]
    names = {ALL_CODES: "All codes together", **{c.code_id: c.name for c in study.codebook.codes}}
    lines = _lines(study, held)
    return ask.page(
        "agreement.html",
        study=study,
        measures=(*MEASURES, OF_LETTERS),
        rows=[(names.get(code_id, code_id), counts[code_id], row) for code_id, row in rows.items()],
        months=[(month, found[0].segments, {one.measure: _told(one) for one in found}) for month, found in of_months],
        every=every,
        any_blind=bool(blind),
        hidden=len(held.hidden()),
        open=[line for line in lines if not line.settled_by][:MOST_LINES],
        settled=[line for line in lines if line.settled_by][:MOST_LINES],
    )


def _told(one: Agreement) -> str:
    return f"{one.value:.2f} ({one.low:.2f} to {one.high:.2f})"


def by_month(opinions: Sequence[Opinion]) -> dict[str, list[Opinion]]:
    """What coders hold, by the month in which the last of them judged that excerpt for that code."""
    last: dict[tuple[str, str], str] = {}
    for one in opinions:
        place = (one.segment_id, one.code_id)
        last[place] = max(last.get(place, ""), one.made_at[:7])
    months: dict[str, list[Opinion]] = defaultdict(list)
    for one in opinions:
        months[last[one.segment_id, one.code_id]].append(one)
    return months


@dataclass(frozen=True, slots=True)
class Line:
    """One excerpt on which people differ, as the page lists it."""

    segment_id: str
    words: str
    codes: list[tuple[str, list[str], list[str]]]
    """Name of a code, who says yes, who no."""
    settled_by: str


def judgements(study: Study, opinions: Iterable[Opinion]) -> list[Coding]:
    """What coders hold of codes that there are; what was settled is no judgement."""
    return [Coding(o.segment_id, o.code_id, o.coder_id, o.applies) for o in opinions if o.code_id in study.codebook]


def _all_opinions(study: Study, held: Held) -> list[Opinion]:
    """What each coder holds, whether or not they saw the other's; not what two still judge blind."""
    there = (each for each in held.decided_on() if study.stretch(each) and not held.is_hidden(each))
    return [one for each in there for one in of_coders(held.opinions_on(each))]


def _lines(study: Study, held: Held) -> list[Line]:
    lines = []
    for one in differences(study, held):
        said = of_coders(held.opinions_on(one.segment_id))
        codes = [
            (
                study.codebook[code_id].name,
                [o.coder_id for o in said if o.code_id == code_id and o.applies],
                [o.coder_id for o in said if o.code_id == code_id and not o.applies],
            )
            for code_id in one.code_ids
        ]
        lines.append(Line(one.segment_id, study.words(one.segment_id), codes, one.settled_by))
    return lines
